"""State and civil society in a real browser: an invitation, a promise, words of both, and it is accepted."""

import pytest
from django.urls import reverse

from tests.browser.checks import axe_faults, runs_over
from tests.plan.together import make_together


@pytest.fixture
def together(cast):
    return make_together(cast)


def press(page, name):
    page.get_by_role("button", name=name, exact=True).first.click()


def words(page):
    """What the page says below its menu."""
    return page.locator("main").inner_text()


def test_from_an_invitation_to_an_accepted_promise(visit, together):
    plan = reverse("plan", args=[together.plan])
    official = visit(plan, "official", java_script_enabled=False)
    assert "without civil society" in words(official)
    official.get_by_role("row", name="Провести тренинги").get_by_role("link", name="page of the measure").click()
    official.get_by_role("link", name="Invite an organisation").first.click()
    official.get_by_label("Organisation").select_option(label="Almaty youth")
    official.get_by_label("What is done").fill("Trainings for parents in ten schools")
    press(official, "Save")
    official.get_by_text("The organisation is invited.").wait_for()

    youth = visit(reverse("home"), "youth", width=360, height=740)
    youth.get_by_role("link", name="Almaty youth is invited to measure 1: answer.").click()
    youth.get_by_role("link", name="Promise something").last.click()
    youth.get_by_label("What is done").fill("Ten evenings for parents")
    youth.get_by_label("With which means of its own").fill("Two trainers")
    press(youth, "Save")
    youth.get_by_text("Ten evenings for parents").first.wait_for()
    youth.get_by_label("Write in the thread").fill("Which schools first?")
    press(youth, "Write")
    youth.get_by_text("Which schools first?", exact=True).wait_for()
    assert axe_faults(youth) + runs_over(youth) == []

    official.goto(reverse("home"))
    official.get_by_role("link", name="Almaty youth offers something for measure 1: decide.").click()
    assert "Which schools first?" in words(official)
    press(official, "Accept")
    official.get_by_label("Write in the thread").fill("Numbers 5 and 12, please.")
    official.get_by_label("Who reads it").select_option(label="only organisations of this measure")
    press(official, "Write")

    youth.reload()
    assert "Numbers 5 and 12, please." in words(youth)
    assert youth.locator(".commitment .badge").inner_text() == "Accepted"
    youth.get_by_text("History").click()
    history = youth.locator(".history").inner_text()
    assert all(word in history for word in ("Invited", "Proposed", "Accepted", "Trainings for parents in ten schools"))
    official.goto(plan)
    assert "without civil society" not in official.get_by_role("row", name="Провести тренинги").inner_text()
