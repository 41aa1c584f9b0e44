"""The way of a sentence in a real browser: judged, kept, overridden with a reason, printed."""

import pytest

from tests.assess.site import make_survey
from tests.browser.checks import axe_faults, runs_over

REASON = "The council has decided to print it; the numbers stand beside it."


@pytest.fixture
def release(settings, tmp_path, cast):
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    survey = make_survey(cast, settings.DATA)
    made = survey.release()
    survey.share(made)
    return made


def press(page, name):
    page.get_by_role("button", name=name).first.click()


@pytest.mark.parametrize("scripts", [True, False])
def test_from_a_change_of_a_profile_to_a_printed_sentence(visit, release, scripts):
    page = visit(f"/en/assess/releases/{release}/changes/", "coordinator", java_script_enabled=scripts)
    page.get_by_role("link", name="May I write it?").click()
    page.locator("tr", has_text="“Alcohol” fell from 2020 to 2022.").get_by_role("link").click()
    page.get_by_role("link", name="Keep the claim").first.click()
    page.get_by_label("Title of the new report").fill("Report of the quarter")
    page.locator("#id_sentence").fill("Fewer pupils drink than two years ago.")
    press(page, "Keep the claim")
    page.get_by_text("The claim is kept with its verdict.").wait_for()
    assert page.get_by_text("Not shown").first.is_visible()

    page.get_by_role("link", name="Print it all the same").click()
    page.locator("#id_reason").fill("Because.")
    press(page, "Print it with this reason")
    page.get_by_text("Give a reason of at least 20 letters").first.wait_for()
    page.faults.clear()  # the refusal is a page with its status
    page.locator("#id_reason").fill(REASON)
    press(page, "Print it with this reason")
    page.get_by_role("link", name="Report").last.click()
    page.get_by_role("heading", name="Report of the quarter").wait_for()
    assert page.get_by_text(REASON).is_visible()
    if scripts:
        assert axe_faults(page) + runs_over(page) == []
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Web page in one file").click()
    printed = waiting.value.path().read_text(encoding="utf-8")
    for said in ("Fewer pupils drink than two years ago.", "Not shown", REASON, "Coordinator,", "From the profile"):
        assert said in printed
