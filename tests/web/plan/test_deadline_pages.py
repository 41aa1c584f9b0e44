"""Deadlines on the pages: the home page, the list, the calendar file."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from hashar.plan.models import Commitment, MeasureDeadline
from hashar.web.deadline_words import shortened
from tests.plan.together import make_together

pytestmark = pytest.mark.django_db


@pytest.fixture
def together(cast):
    made = make_together(cast)
    MeasureDeadline.objects.filter(measure=made.measures[0]).update(
        kind="date", start=None, end=timezone.localdate() + timezone.timedelta(days=3), every=""
    )
    return made


def address(name, *args):
    return reverse(name, args=args).replace("/ru/", "/en/").replace("/kk/", "/en/")


def text(response):
    return response.content.decode()


def test_the_home_page_warns_the_owner_and_nobody_else(together, client):
    together.offer()
    together.cast.sign_in(client, "official")
    page = text(client.get(address("home")))
    assert ": measure 1." in page
    assert "Due on" in page
    assert "Almaty youth offers something for measure 1: decide." in page
    assert address("measure", together.plan, together.measures[0]) in page
    together.cast.sign_in(client, "reader")
    assert "Due on" not in text(client.get(address("home")))


def test_an_invitation_and_missed_promises_stand_on_the_home_page(together, client):
    made = together.accepted(until=timezone.localdate(), at=1)
    together.invite()
    together.cast.sign_in(client, "youth")
    page = text(client.get(address("home")))
    assert "Almaty youth is invited to measure 1: answer." in page
    assert re.search("Due on [^<]*: the promise for measure 2", page)
    Commitment.objects.filter(pk=made).update(until="2026-03-02")
    assert re.search("Missed on [^<]*: the promise for measure 2", text(client.get(address("home"))))


def test_what_does_not_fit_on_the_home_page_is_counted(together, client, monkeypatch):
    monkeypatch.setattr("hashar.flows.deadlines.SHOWN", 0)
    MeasureDeadline.objects.filter(measure=together.measures[1]).update(end="2026-01-01", kind="date", every="")
    together.cast.sign_in(client, "official")
    page = text(client.get(address("home")))
    assert "1 more deadline is close or missed." in page
    assert "In plans of your organisation 1 deadline of others is close or missed." in page


def test_a_deadline_that_was_missed_stands_on_the_home_page(together, client):
    MeasureDeadline.objects.filter(measure=together.measures[0]).update(end="2026-03-02")
    together.cast.sign_in(client, "official")
    assert "Missed on March 2, 2026: measure 1." in text(client.get(address("home")))


def test_long_texts_are_cut_between_words():
    assert shortened("слово " * 40) == "слово " * 26 + "…"
    assert shortened("one\ntwo") == "one two"


def test_the_list_is_narrowed_and_downloaded_for_a_calendar(together, client):
    together.cast.sign_in(client, "reader")
    page = text(client.get(address("deadlines")))
    assert "Measure 1" in page
    assert "close" in page
    page = text(client.get(address("deadlines"), {"body": f"o{together.cast.centre}"}))
    assert "Обучить" not in page
    assert f"calendar/?body=o{together.cast.centre}" in page
    answer = client.get(address("deadlines_calendar"), {"body": f"o{together.cast.centre}"})
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert ".ics" in answer["Content-Disposition"]
    content = text(answer)
    assert content.count("BEGIN:VEVENT") == 1
    assert f"UID:measure-{together.measures[0]}-" in content
    assert client.get(address("deadlines"), {"body": "nonsense", "page": "99"}).status_code == 200
    whole = text(client.get(address("deadlines_calendar")))
    assert whole.count("BEGIN:VEVENT") == 3


def test_a_stranger_has_an_empty_list_and_an_empty_calendar(together, client):
    together.cast.sign_in(client, "stranger")
    assert "Nothing is due" in text(client.get(address("deadlines")))
    assert "VEVENT" not in text(client.get(address("deadlines_calendar")))
