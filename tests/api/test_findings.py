"""Releases, figures and where they come from: to whom, in which formats, filtered how, with how many queries."""

import csv
import io
import json

import pytest

from hashar.people.contracts import Scope
from hashar.people.services import tokens
from tests.web.security.world import MARK, clock

pytestmark = pytest.mark.django_db
SHARED_WITH = ["reader", "official", "analyst", "coordinator", "colleague", "manager"]


@pytest.fixture(scope="module")
def secrets(world):
    """A token of everybody, as a program would send it."""
    made = {}
    for name in world.cast.people:
        actor = world.cast.actor(name)
        made[name] = tokens.make(actor=actor, name="t", scopes=[Scope.READ], days=30, now=clock()).code
    return made


@pytest.fixture
def get(client, secrets):
    def ask(address, name="reader", **query):
        return client.get(f"/api/v1/{address}", query, headers={"Authorization": f"Bearer {secrets[name]}"})

    return ask


def rows_of(answer):
    return list(csv.DictReader(io.StringIO(answer.content.decode())))


@pytest.mark.parametrize("name", SHARED_WITH)
def test_a_shared_release_is_there_for_those_it_is_shared_with(get, world, name):
    assert get(f"releases/{world['shared']}", name).json()["state"] == "shared"
    assert world["shared"] in {item["id"] for item in get("releases", name).json()["items"]}


@pytest.mark.parametrize("name", ["stranger", "operator"])
def test_strangers_meet_neither_releases_nor_figures(get, world, name):
    for address in (f"releases/{world['shared']}", f"findings/{world['finding']}", f"findings/{world['finding']}/why"):
        assert get(address, name).status_code == 404
    for address in ("releases", "findings", f"sources/{world['sha256']}/findings", "series"):
        assert get(address, name).json()["items"] == []


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
def test_what_is_not_shared_stays_with_those_who_prepare_it(get, world, state):
    assert get(f"releases/{world[state]}/profile", "reader").status_code == 404
    assert get(f"releases/{world[state]}/profile", "analyst").status_code == 200


def test_a_token_of_an_analyst_opens_no_microdata(get, world):
    for address in (f"surveys/{world['survey']}", f"files/{world['file']}", "surveys"):
        assert get(address, "analyst").status_code == 404


@pytest.mark.parametrize(
    ("query", "field", "wanted"),
    [
        ({"indicator": "alcohol"}, "indicator", {"alcohol"}),
        ({"wave": "2022"}, "wave", {"2022"}),
        ({"group": "sex"}, "group", {"sex"}),
        ({"group": "total"}, "group", {""}),
        ({"about": "factor"}, "about", {"factor"}),
        ({"place": "KZ"}, "place", {"KZ-75"}),
    ],
)
def test_figures_are_filtered(get, query, field, wanted):
    items = get("findings", size=500, **query).json()["items"]
    assert {item[field] for item in items} == wanted


def test_a_filter_that_fits_nothing_gives_nothing(get):
    assert get("findings", indicator="no-such").json()["total"] == 0
    assert get("findings", place="KG").json()["total"] == 0
    assert get("findings", place="nowhere").status_code == 404


def test_a_figure_has_its_numbers_or_its_reason_and_never_both(get, world):
    items = get("findings", release=world["shared"], size=500).json()["items"]
    assert {bool(item["suppressed"]) for item in items} == {True, False}
    for item in items:
        assert (item["estimate"] is None) == bool(item["suppressed"])
        if item["suppressed"]:
            assert {item[name] for name in ("n", "se", "ci_low", "ci_high", "weighted_n")} == {None}


def test_texts_come_in_the_language_asked_for(get, world):
    item = get(f"findings/{world['finding']}", lang="ru").json()
    assert get(f"findings/{world['finding']}", lang="ru")["Content-Type"] == "application/json"
    assert item["label"]


def test_a_figure_says_where_it_comes_from_without_naming_people(get, world):
    told = get(f"findings/{world['finding']}/why").json()
    assert told["sources"][0]["sha256"] == world["sha256"]
    assert told["codebook"] == world["number"]
    assert told["methods"]
    assert told["parameters"]
    assert "made_by" not in told
    assert "Analyst" not in json.dumps(told)


def test_the_way_back_from_a_file_leads_to_its_figures(get, world):
    found = get(f"sources/{world['sha256']}/findings", size=500).json()
    assert {item["release"] for item in found["items"]} == {world["shared"]}


def test_the_profile_is_whole_and_names_an_organisation_and_nobody_else(get, world):
    answer = get(f"releases/{world['shared']}/profile")
    content = answer.json()
    assert content["schema"] == "hashar.profile/1"
    assert MARK in content["profile"]["title"]["en"]
    assert (
        content["profile"]["provenance"]["operator"] == get(f"releases/{world['shared']}").json()["organisation_name"]
    )
    assert "person:" not in answer.text


def test_sdmx_has_a_row_for_every_figure_also_for_the_hidden(get, world):
    answer = get(f"releases/{world['shared']}/sdmx")
    assert answer["Content-Type"] == "application/vnd.sdmx.data+csv;version=2.0.0"
    rows = rows_of(answer)
    figures = get("findings", release=world["shared"], size=500).json()
    answers = sum(item["about"] == "answer" for item in figures["items"])
    assert len(rows) == figures["total"] - answers
    assert {row["OBS_STATUS"] for row in rows} >= {"A", "Q"}
    assert {row["OBS_VALUE"] for row in rows if row["OBS_STATUS"] in "QL"} == {""}


def test_the_keys_of_sdmx_are_each_there_once(get, world):
    rows = rows_of(get(f"releases/{world['shared']}/sdmx"))
    keys = ("REF_AREA", "RELEASE", "INDICATOR", "STATISTIC", "BREAKDOWN", "LEVEL", "TIME_PERIOD")
    assert len({tuple(row[key] for key in keys) for row in rows}) == len(rows)


def test_dhis2_gets_what_is_shown_and_is_told_how_much_is_not(get, world):
    answer = get(f"releases/{world['shared']}/dhis2", group="place")
    values = answer.json()["dataValues"]
    assert int(answer["Hashar-Left-Out"]) > 0
    assert {value["period"] for value in values} == {"2022"}
    assert {value["orgUnit"] for value in values} == {"KZ-75"}
    assert all(value["categoryOptionCombo"].startswith("place:") for value in values)


def test_dhis2_gets_everybody_when_nothing_else_is_asked(get, world):
    values = get(f"releases/{world['shared']}/dhis2").json()["dataValues"]
    assert not any("categoryOptionCombo" in value for value in values)
    rows = rows_of(get(f"releases/{world['shared']}/dhis2", format="csv"))
    assert [row["value"] for row in rows] == [value["value"] for value in values]


def test_a_period_that_is_none_is_refused(get, world):
    assert get(f"releases/{world['shared']}/dhis2", period="2019-Q9").status_code == 422
    assert get(f"releases/{world['shared']}/sdmx", period="spring").status_code == 422


def test_a_register_says_that_it_measures_detection(get, world):
    told = get(f"series/{world['series']}").json()
    assert told["series"]["kind"] == "detection"
    numbers = get(f"series/{world['series']}/observations").json()
    assert [item["value"] for item in numbers["items"]] == [1200.0, 1300.0]
    assert get(f"observations/{world['observation']}/why").json()["sha256"] == world["series_sha256"]


def test_an_indicator_of_ones_own_is_there_for_its_organisation_alone(get, world):
    assert get(f"indicators/{world['own_indicator']}", "reader").status_code == 200
    assert get(f"indicators/{world['own_indicator']}", "colleague").status_code == 404
    assert get("indicators/cur_alcohol", "stranger").json()["correspondences"]


CALLING = 13
"""Queries that count the call and find its person."""
BOUNDED = {
    "places": 1,
    "places/KZ-75": 1,
    "places/KZ-75/population": 2,
    "organisations": 2,
    "indicators": 1,
    "factors": 0,
    "releases": 2,
    "releases/{shared}": 1,
    "releases/{shared}/profile": 1,
    "releases/{shared}/sdmx": 3,
    "releases/{shared}/dhis2": 3,
    "findings": 2,
    "findings/{finding}": 1,
    "findings/{finding}/why": 2,
    "sources/{sha256}/findings": 2,
    "series": 2,
    "series/{series}": 1,
    "series/{series}/observations": 3,
    "observations/{observation}/why": 3,
}
"""At most so many more, whatever the size of the page."""


@pytest.mark.parametrize("address", BOUNDED)
def test_a_larger_page_costs_no_more_queries(get, world, django_assert_max_num_queries, address):
    get("factors")
    for size in ({}, {"size": 500}) if address in ("findings", "releases", "places") else ({},):
        with django_assert_max_num_queries(CALLING + BOUNDED[address]):
            assert get(address.format(**world.arguments), **size).status_code == 200
