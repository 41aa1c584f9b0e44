"""Every kind of page with data in it, as its owner sees it: accessible, within its window, and light."""

import pytest
from django.urls import reverse
from django.utils.translation import override

from hashar.places.services.loading import load_shipped
from hashar.runs.models import Run
from tests.assess.site import make_survey
from tests.browser.checks import axe_faults, runs_over, weigh
from tests.people.cast import NOW
from tests.web.security import world as worlds
from tests.web.security.addresses import all_addresses

TEXT, CHARTS, LATER = 100_000, 350_000, 30_000
"""The most bytes over the wire: a first page of text, a first page with charts, and what a later page adds."""

OWNERS = {
    "nobody": ["account_login", "account_reset_password", "join", "join_with", "style", "api", "account_erased"],
    "operator": ["home", "people", "accounts", "site_audit", "organisation_new", "organisation_close"],
    "coordinator": [
        *["home", "account", "account_logout", "account_reauthenticate", "account_change_password", "mfa_index"],
        *["mfa_list_webauthn", "usersessions_list", "organisation", "organisation_change", "invite", "member"],
        *["member_end", "organisation_audit", "survey_new", "release_withdraw", "series_unshare"],
    ],
    "official": [
        *["all_series", "series_new", "series", "series_edit", "series_upload", "series_why", "series_source"],
        *["series_import", "series_columns", "series_preview", "series_undo"],
        *["place_imports", "place_import_new", "place_import"],
    ],
    "analyst": [
        *["assess", "surveys", "survey", "survey_upload", "survey_file_remove", "survey_profile", "codebook"],
        *["codebook_text", "codebook_draft", "codebook_version", "codebook_add", "codebook_remove"],
        *["codebook_section", "codebook_item", "run", "releases", "release", "release_part", "release_documents"],
        *["release_indicator", "release_factor", "findings", "finding", "source"],
        *["evaluate", "claim", "release_claims", "trend_claims", "indicator_define"],
    ],
    "reader": [
        *["places", "place", "reference", "reference_indicator", "reference_factors", "reference_factor"],
        *["reference_substances", "reference_strategies", "reference_sectors"],
    ],
}
WITH_CHARTS = {
    *["release", "release_part", "release_indicator", "release_factor", "finding", "series", "places", "place", "style"]
}


@pytest.fixture
def world(cast, settings, tmp_path):
    """Places, a survey with a shared release, a register with numbers, and an import that waits."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    load_shipped(now=NOW)
    made = worlds.World(cast)
    survey = make_survey(cast, settings.DATA)
    release = survey.release(now=worlds.clock())
    survey.share(release)
    file = survey.detail().files[0]
    found = worlds.release_queries.findings(cast.actor("analyst"), release=release).items[0]
    made.arguments |= {"survey": survey.id, "file": file.id, "sha256": file.sha256, "finding": found.id}
    made.arguments |= {"shared": release, "number": 1}
    for add in (worlds.add_people, worlds.add_series, worlds.add_place_imports, worlds.add_reference):
        add(made, worlds.clock())
    made.arguments["run"] = Run.objects.get(kind="profile").pk
    return made


def addresses(world, owner, language):
    """Name and address of every page of an owner."""
    with override(language):
        reverse("home")
        known = {each.name: each for each in all_addresses()}
        return {name: known[name].filled(world) for name in OWNERS[owner]}


def too_heavy(name, sizes, text_limit):
    """Pages with charts have a limit for the first visit only."""
    most = text_limit if name not in WITH_CHARTS else CHARTS
    return [f"{sum(sizes.values())} bytes, not {most}: {sizes}"] if sum(sizes.values()) > most else []


def faults_of(visit, small, who, name, english, russian):
    """A first visit in a fresh window; then a later one, in a small dark window."""
    page = visit("about:blank", who)
    until = "networkidle" if name in WITH_CHARTS else "load"
    said = too_heavy(name, weigh(page, english, until), TEXT)
    said += [] if page.url.endswith(english) else [f"led to {page.url}"]
    said += axe_faults(page) + runs_over(page)
    page.context.close()
    later = {key: size for key, size in weigh(small, russian, until).items() if "/static/" not in key}
    in_small = too_heavy(name, later, LATER) + axe_faults(small) + runs_over(small)
    said += [f"at 360, dark, ru: {each}" for each in in_small]
    return [f"{name} {english}: {each}" for each in said]


def test_every_page_is_accessible_within_its_window_and_light(visit, world):
    faults = []
    for owner in OWNERS:
        who = None if owner == "nobody" else owner
        small = visit("/ru/account/login/", who, width=360, dark=True)
        russian = addresses(world, owner, "ru")
        for name, english in addresses(world, owner, "en").items():
            faults += faults_of(visit, small, who, name, english, russian[name])
    assert faults == [], "\n".join(faults)
