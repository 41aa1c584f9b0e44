"""What a map is drawn on: the territories a profile names, and what lies beside them in the same whole."""

import dataclasses

import pytest

from hashar.assess.contracts.profile import Breakdown, Row
from hashar.reports import ground
from hashar.reports.ground import ground_of
from tests.people.cast import make_territory
from tests.places.shipped import shipped  # noqa: F401  (a fixture)
from tests.reports.sample import sample_profile, shown, text

pytestmark = pytest.mark.django_db


def profile(*territories):
    """The sample profile whose first indicator has these territories, and whose first factor has Astana."""
    whole = sample_profile()
    rows = [Row(code, text(code), shown(0.2), code) for code in territories]
    astana = Breakdown("place", {}, [Row("a", {}, shown(0.2), "KZ-71")], "place")
    one = dataclasses.replace(whole.indicators[0], breakdowns=[Breakdown("place", {}, rows, "place")])
    factor = dataclasses.replace(whole.factors[0], breakdowns=[astana] if territories else [])
    return dataclasses.replace(whole, indicators=[one], factors=[factor])


def beside(found):
    return [names["en"] for names, _ in found.beside]


def test_a_profile_without_territories_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert ground_of(sample_profile()) is None
    assert ground_of(dataclasses.replace(profile("Atlantis"), factors=[])) is None


def test_neighbours_in_the_same_whole_lie_beside(django_assert_num_queries):
    with django_assert_num_queries(4):
        found = ground_of(profile("KZ-75", "KZ-ALM"))
    assert set(found.shapes) == {"KZ-75", "KZ-ALM", "KZ-71"}
    assert len(beside(found)) == 17
    assert "Abay Region" in beside(found)
    assert not {"Almaty Region", "Almaty City", "Astana City"} & set(beside(found))
    assert any("OCHA" in words for words in found.attributions)


def test_what_holds_a_territory_is_not_drawn_beside_it():
    district = make_territory("KZ-75-1", None, "district", {"en": "District"})
    city = make_territory("KZ-75", None, "city", {})
    district.parent, district.path = city, f"{city.path}KZ-75-1/"
    district.save()
    from hashar.places.models import SearchKey

    SearchKey.objects.create(territory=district, folded="kz751", languages="", named=False, size=5)
    found = ground_of(profile("KZ-75-1"))
    assert set(found.shapes) == {"KZ-71"}
    assert "Almaty City" not in beside(found)


def test_territories_of_many_wholes_stand_alone(monkeypatch):
    monkeypatch.setattr(ground, "MOST_WHOLES", 1)
    found = ground_of(profile("KZ-75", "KG-GO"))
    assert set(found.shapes) == {"KZ-75", "KG-GO", "KZ-71"}
    assert found.beside == []
