"""Those who run the site may add a country; nobody else, and never twice."""

import datetime as dt

import pytest

from hashar.errors import Forbidden, UsageError
from hashar.people.contracts import CONSOLE, Actor
from hashar.places.queries import territory
from hashar.places.services.countries import add_country

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)
GEORGIA = {"code": "GE", "names": {"en": "Georgia", "ru": "Грузия"}, "source": "ISO 3166-1", "now": NOW}


def test_an_operator_adds_a_country_that_is_found_afterwards():
    made = add_country(actor=CONSOLE, **GEORGIA)
    found = territory("GE")
    assert (found.id, found.path, found.level, found.names["ru"]) == (made, "GE/", "country", "Грузия")


def test_adding_it_again_gives_the_same():
    assert add_country(actor=CONSOLE, **GEORGIA) == add_country(actor=CONSOLE, **GEORGIA)


def test_nobody_else_may():
    with pytest.raises(Forbidden):
        add_country(actor=Actor(person=1), **GEORGIA)


@pytest.mark.parametrize("wrong", [{"code": "ge"}, {"code": "GEO"}, {"code": "G1"}, {"names": {"ru": "Грузия"}}])
def test_a_country_needs_its_code_and_an_english_name(wrong):
    with pytest.raises(UsageError, match="two-letter code"):
        add_country(actor=CONSOLE, **{**GEORGIA, **wrong})
