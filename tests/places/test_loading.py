import datetime as dt

import pytest

from hashar.places import queries
from hashar.places.models import Population, SearchGram, SearchKey, Territory
from hashar.places.services.loading import load_shipped

NOW = dt.datetime(2026, 3, 1, 9, 0, tzinfo=dt.UTC)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def shipped():
    load_shipped(now=NOW)


def test_five_countries_and_their_54_first_level_territories_are_there():
    assert [place.code for place in queries.children(None)] == ["KG", "KZ", "TJ", "TM", "UZ"]
    assert {code: len(queries.children(code)) for code in ("KZ", "KG", "TJ", "UZ", "TM")} == {
        "KZ": 20,
        "KG": 9,
        "TJ": 5,
        "UZ": 14,
        "TM": 6,
    }


def test_loading_again_writes_nothing():
    before = [model.objects.count() for model in (Territory, SearchKey, SearchGram, Population)]
    assert load_shipped(now=NOW) == 0
    assert [model.objects.count() for model in (Territory, SearchKey, SearchGram, Population)] == before


def test_loading_again_mends_a_name_that_was_lost():
    Territory.objects.filter(code="KZ-75").update(names={})
    assert load_shipped(now=NOW) == 1
    assert queries.territory("KZ-75").names["en"] == "Almaty City"
    assert queries.search("Almaty City")[0].code == "KZ-75"


def test_every_place_is_named_in_seven_languages_and_says_which_are_unreviewed():
    for place in queries.territories(Territory.objects.values_list("code", flat=True)).values():
        assert set(place.names) == {"en", "ru", "kk", "ky", "uz", "tg", "tk"}, place.code
        assert place.unreviewed <= {"kk", "ky", "uz", "tg", "tk"}
    assert queries.territory("KZ-19").unreviewed == {"ky", "uz", "tg", "tk"}
    assert queries.territory("KG-B").unreviewed == {"kk", "ky", "uz", "tg", "tk"}
    assert queries.territory("KZ").unreviewed == set()


def test_what_somebody_imported_over_a_shipped_place_stays(cast):
    from hashar.places.models import Import

    made = Import.objects.create(
        organisation_id=cast.centre, kind="territories", state="done", made_by_id=cast.people["analyst"], made_at=NOW
    )
    Territory.objects.filter(code="KZ-75").update(names={"en": "Ours"}, imported=made)
    load_shipped(now=NOW)
    assert queries.territory("KZ-75").names == {"en": "Ours"}


def test_a_changed_shipped_count_is_mended():
    rows = Population.objects.filter(territory__code="KZ-75", year=2023, sex="female")
    rows.update(count=1)
    assert load_shipped(now=NOW) == 1
    assert rows.get().count == 1157823


def test_every_boundary_holds_the_point_that_the_territory_has():
    for code in Territory.objects.exclude(parent=None).values_list("code", flat=True):
        place = queries.territory(code)
        (outline,) = queries.outlines([code]).outlines
        points = [point for polygon in outline.geometry["coordinates"] for point in polygon[0]]
        assert min(x for x, _ in points) <= place.lon <= max(x for x, _ in points), code
        assert min(y for _, y in points) <= place.lat <= max(y for _, y in points), code


def test_each_map_says_whose_boundaries_it_shows():
    assert queries.outlines(["KZ-75"]).attributions == ("© OCHA, geokz (COD-AB 2024), CC BY 4.0",)
    assert queries.outlines(["UZ-TK", "KZ-75"]).attributions == (
        "© OpenStreetMap contributors, ODbL 1.0",
        "© OCHA, geokz (COD-AB 2024), CC BY 4.0",
    )
    assert queries.outlines(["XX"]).outlines == ()


@pytest.mark.parametrize("year", [2000, 2016, 2017, 2021, 2022, 2023])
def test_the_regions_of_kazakhstan_add_up_to_the_country(year):
    """No region is counted twice or forgotten, with 16, 17 or 20 of them."""
    regions = [queries.population(place.code, year) for place in queries.children("KZ")]
    assert sum(one.count for one in regions if one) == queries.population("KZ", year).count
    assert len([one for one in regions if one]) == {2000: 16, 2016: 16, 2017: 17, 2021: 17}.get(year, 20)


def test_a_region_says_whom_it_counts_besides_its_own():
    assert queries.population("KZ-19", 2021).includes == ("KZ-33",)
    assert queries.population("KZ-19", 2022).includes == ()
    assert queries.population("KZ-61", 2016).includes == ("KZ-79",)
    assert queries.population("KZ-61", 2017).includes == ()


def test_population_by_sex_and_by_source():
    women = queries.population("KZ-75", 2023, "female")
    assert (women.count, women.source.key) == (1157823, "kz_by_sex")
    assert queries.population("KZ-75", 2023).source.key == "kz_by_year"
    assert queries.population("UZ", 2023).count == 35652307
    assert queries.population("UZ", 1900) is None
    assert queries.population("UZ", 2023, age=(12, 17)) is None
    assert queries.latest_population("TM").year == 2024
    assert queries.latest_population("TM-A") is None
    assert {one.source.key for one in queries.populations("KZ")} == {"kz_by_year", "world_bank"}
    assert queries.population("KZ", 2023).all_ages
