"""The whole way of a survey in a real browser: invitation, second factor, file, codebook, profile, why, share, Word."""

import datetime as dt
import re
import zipfile

import pytest
from django.core.cache import cache
from django.urls import reverse

from hashar.flows.demonstration import survey as shipped
from tests.assess.site import make_survey

PASSWORD = "nine quiet bridges"
WAIT = 30_000


@pytest.fixture
def data(settings, tmp_path):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    return settings.DATA


def six_digits(secret):
    from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time

    return format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))


def press(page, name, **options):
    page.get_by_role("button", name=name, **options).first.click()


def work():
    """What ``hashar worker`` does until nothing is left."""
    from hashar.runs.services import work_once

    while work_once(clock=lambda: dt.datetime.now(dt.UTC)):
        pass


def invite(page, cast):
    """The coordinator's part; the link of the letter."""
    page.goto(reverse("invite", args=[cast.centre]))
    page.get_by_label("Analyst", exact=False).first.check()
    press(page, "Make the letter")
    return page.locator(".copyable code").first.inner_text()


def join(page, link):
    """The invited person's part, up to a second factor that works."""
    page.goto(link)
    page.get_by_label("Your name").fill("Saule")
    page.get_by_label("Login name").fill("saule")
    for field in page.locator("input[type=password]").all():
        field.fill(PASSWORD)
    press(page, "Join", exact=True)
    page.goto(reverse("mfa_activate_totp"))
    if page.locator("input[type=password]").count():
        page.locator("input[type=password]").fill(PASSWORD)
        press(page, "Go on")
    secret = page.locator(".copyable code").inner_text().replace(" ", "")
    page.locator("#id_code").fill(six_digits(secret))
    press(page, "Set it up")
    return secret


def sign_in(page, secret):
    """With password and one-time code; a code works once, so the memory of used ones is emptied."""
    cache.clear()
    page.goto(reverse("account_login"))
    page.get_by_label("Login name").fill("saule")
    page.get_by_label("Password").fill(PASSWORD)
    press(page, "Sign in", exact=True)
    page.wait_for_url("**" + reverse("mfa_authenticate") + "**")
    page.locator("input[name=code]").fill(six_digits(secret))
    page.locator("main form").first.locator("button[type=submit]").first.click()
    page.wait_for_url("**" + reverse("home"))


def upload(page, survey, path):
    page.goto(reverse("survey_upload", args=[survey.id]))
    page.get_by_label("Survey file").set_input_files(path)
    press(page, "Upload", exact=True)
    page.wait_for_url("**" + reverse("survey", args=[survey.id]), timeout=WAIT)


def write_codebook(page, survey, text):
    page.goto(reverse("codebook_text", args=[survey.id]))
    page.locator("#id_text").fill(text)
    press(page, "Save", exact=True)
    page.get_by_text("Saved as version 1. No problem is left.").wait_for(timeout=WAIT)


def ask_for_profile(page, survey):
    page.goto(reverse("survey_profile", args=[survey.id]))
    page.get_by_label(re.compile("2019")).first.check()
    for box in page.get_by_label(re.compile("2017")).all():
        if box.get_attribute("type") == "checkbox":
            box.check()
    for box in page.locator("[name=by]").all():
        box.uncheck()  # without groups the Word file has a third of the charts
    press(page, "Make the profile")
    page.wait_for_url("**/runs/**")


def test_from_an_invitation_to_the_word_file(visit, cast, data, tmp_path):
    cache.clear()
    survey = make_survey(cast, data, title="School survey")
    coordinator = visit(reverse("home"), "coordinator")
    link = invite(coordinator, cast)
    page = visit("/en/")
    secret = join(page, link)
    page.context.clear_cookies()
    sign_in(page, secret)

    files = shipped()
    for path in (files.earlier[0], files.file):
        upload(page, survey, path)
    write_codebook(page, survey, files.codebook.read_text(encoding="utf-8"))
    ask_for_profile(page, survey)
    work()
    page.reload()
    release = survey.detail().releases[0].id

    page.goto(reverse("release", args=[release]))
    assert "13,677" in page.locator("main").inner_text()
    page.get_by_role("link", name="Why this number?").first.click()
    why = page.locator("main").inner_text()
    assert "SHA-256" in why
    assert "yrbs_national_2019.parquet" in why
    page.goto(reverse("release_part", args=[release, "changes"]))
    page.get_by_role("link", name="May I write it?").click()
    assert page.get_by_text("Not shown").count()
    assert page.get_by_text("Supported").count()

    coordinator.goto(reverse("release_share", args=[release]))
    coordinator.locator("main form button[type=submit]").first.click()
    coordinator.wait_for_url("**" + reverse("release", args=[release]))
    assert survey.detail().releases[0].state == "shared"

    colleague = visit(reverse("release_documents", args=[release]), "colleague")
    press(colleague, re.compile("Make Word"))
    colleague.wait_for_load_state()
    work()
    colleague.goto(reverse("release_documents", args=[release]))
    with colleague.expect_download(timeout=WAIT) as download:
        colleague.get_by_role("link", name=re.compile("Download Word")).first.click()
    target = tmp_path / "profile.docx"
    download.value.save_as(target)
    with zipfile.ZipFile(target) as document:
        assert "Youth Risk Behavior Survey" in document.read("word/document.xml").decode()

    stranger = visit(reverse("home"), "stranger")
    answer = stranger.goto(reverse("release", args=[release]))
    assert answer.status == 404
    assert "Youth Risk" not in stranger.content()
    stranger.faults.clear()  # the refusal itself is what the console reports
