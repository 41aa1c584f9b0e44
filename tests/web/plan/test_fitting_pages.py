"""Who can fulfil a measure, and which measures one's work could serve, on the pages."""

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from hashar.flows.fitting import Ground, Kind, Known
from hashar.i18n import Translator
from hashar.web.fitting_words import SENTENCES, FittingWords
from tests.flows.test_fulfilment import enter, intend
from tests.plan.together import make_together

pytestmark = pytest.mark.django_db


@pytest.fixture
def together(cast):
    return make_together(cast)


def address(name, *args):
    return reverse(name, args=args).replace("/ru/", "/en/").replace("/kk/", "/en/")


def text(response):
    return response.content.decode()


def test_an_official_reads_why_and_invites(together, client):
    enter(together)
    together.cast.sign_in(client, "official")
    page = text(client.get(address("measure_fitting", together.plan, together.measures[0])))
    assert "It has the practice “Family evenings”. Both name: тренинги, родителей, школьников." in page
    assert "It works in Almaty, which holds the plan&#39;s territory." in page
    assert f"invite/?organisation={together.cast.neighbour}" in page
    together.cast.sign_in(client, "reader")
    assert "invite/" not in text(client.get(address("measure_fitting", together.plan, together.measures[0])))


def test_a_planned_activity_is_told_and_can_be_opened(together, client):
    made = intend(together, now=timezone.now(), date=timezone.localdate() + dt.timedelta(days=2), note="Ask the mother")
    together.cast.sign_in(client, "official")
    page = text(client.get(address("measure_fitting", together.plan, together.measures[0])))
    assert "It plans “Training for parents of pupils”. Both name:" in page
    assert address("activity", made) in page
    assert "Ask the mother" not in text(client.get(address("activity", made)))
    together.cast.sign_in(client, "youth")
    assert "It plans “Training for parents of pupils”. Both name:" in text(client.get(address("fitting_measures")))


@pytest.mark.parametrize(
    ("works", "names", "sentence"),
    [
        ("whole", {}, "It works in every territory."),
        ("whole", {"en": "Kazakhstan"}, "It works in Kazakhstan, which holds the plan's territory."),
        ("part", {"en": "Almaty"}, "It works in Almaty, a part of the plan's territory."),
    ],
)
def test_where_an_organisation_works_is_said(works, names, sentence):
    assert FittingWords(Translator("en")).place(works, names) == sentence


def test_every_reason_has_its_sentence():
    known = Known(1, Kind.SECTOR, "media", "")
    words = FittingWords(Translator("en"))
    assert words.ground(Ground(known, ("реклама",))) == "Its sector is media, and the measure names: реклама."
    practice = Ground(Known(1, Kind.PRACTICE, "It", ""), ("a", "b"), ages=True)
    assert words.ground(practice) == "It has the practice “It”. Both name: a, b. The ages fit."
    assert set(Kind) == set(SENTENCES)


def test_nobody_found_says_what_is_missing(together, client):
    together.cast.sign_in(client, "official")
    page = text(client.get(address("measure_fitting", together.plan, together.measures[2])))
    assert "Nobody was found" in page
    assert "3 organisations work here" in page
    assert "Invite an organisation" in page


def test_an_ngo_finds_measures_for_its_work(together, client):
    together.cast.sign_in(client, "youth")
    assert "Nothing was found" in text(client.get(address("fitting_measures")))
    enter(together, share=False)
    page = text(client.get(address("fitting_measures")))
    assert "Measure 1: Провести тренинги" in page
    together.cast.sign_in(client, "stranger")
    assert "Провести тренинги" not in text(client.get(address("fitting_measures")))
