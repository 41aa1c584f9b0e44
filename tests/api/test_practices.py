"""Practices through the API."""

import pytest

from hashar.exchange.services import own
from tests.exchange.registry import registry
from tests.exchange.test_own import DRAFT
from tests.people.cast import NOW

__all__ = ["registry"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast(registry):
    return registry


def test_practices_are_found_by_words_in_any_language(api):
    answer = api.get("practices", text="тәлімгерлік", lang="ru").json()
    assert answer["items"][0]["code"] == "P44"
    assert answer["items"][0]["name"].startswith("«Старшие братья")


def test_filters_narrow_the_list(api):
    codes = [
        item["code"]
        for item in api.get("practices", factor="P-R10", setting="school", age=12, lane="tested").json()["items"]
    ]
    assert codes == ["P01", "P04"]
    assert api.get("practices", size=500).json()["total"] == 54
    assert api.get("practices", age="young").status_code == 422


def test_the_table_has_a_row_for_each_practice(api):
    rows = api.get("practices", format="csv", size=500).content.decode().splitlines()
    assert len(rows) == 55
    assert rows[0].startswith("code,name,lane,evidence")


def test_a_practice_keeps_its_ratings_apart_and_tells_what_is_inferred(api):
    told = api.get("practices/P23").json()
    assert {one["registry"] for one in told["ratings"]} == {"xchange", "blueprints", "sbu"}
    assert [[one["registry"] for one in pair] for pair in told["contradictions"]] == [["xchange", "sbu"]]
    assert {one["basis"] for one in told["factors"]} == {"inferred"}
    assert not any(one["confirmed"] for one in told["factors"])
    assert told["evidence"] == "mixed"
    assert all(one.startswith("http") for one in told["sources"])


def test_a_practice_that_is_not_there_is_a_problem(api):
    assert api.get("practices/P99").status_code == 404


def test_a_draft_is_for_its_organisation_alone(api, cast):
    code = own.enter(actor=cast.actor("official"), organisation=cast.centre, draft=DRAFT, now=NOW)
    told = api.get(f"practices/{code}", lang="ru").json()
    assert (told["lane"], told["evidence"], told["state"]) == ("community", "own", "draft")
    assert told["summary"] == DRAFT.summary
    assert api.get(f"practices/{code}", "colleague").status_code == 404
