"""Territories by the names that registers use."""

import pytest

from hashar.assess.contracts.series_import import Place
from hashar.assess.rules.series_places import Gazetteer, Named, bare
from hashar.assess.rules.series_words import fold, is_total


def named(code, *names, former=(), codes=(), city=False):
    path = "KZ/" if code == "KZ" else f"KZ/{code}/"
    place = Place(id=hash(code), code=code, path=path, level="country" if code == "KZ" else "region", names={})
    return Named(place, (code, *codes), names, former, city)


PLACES = Gazetteer(
    [
        named("KZ", "Kazakhstan", "Казахстан"),
        named("KZ-11", "Akmola Region", "Акмолинская область", "Ақмола облысы", codes=("KZ-AKM", "110000000")),
        named("KZ-19", "Almaty Region", "Алматинская область", "Алматы облысы"),
        named("KZ-71", "Astana City", "г. Астана", "Астана қаласы", former=("Акмола", "Нур-Султан"), city=True),
        named("KZ-75", "Almaty City", "г. Алматы", "Алматы қаласы", city=True),
        named("KG-O", "Osh Region", "Ошская область"),
        named("KG-X", "Osh", "Ош", city=False),
    ]
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("KZ-11", "KZ-11"),
        ("kz-akm", "KZ-11"),
        ("110000000", "KZ-11"),
        ("АКМОЛИНСКАЯ  ОБЛАСТЬ*", "KZ-11"),
        ("Акмолинская обл.", "KZ-11"),
        ("Акмолинская", "KZ-11"),
        ("Ақмола", "KZ-11"),
        ("Нур‑Султан", "KZ-71"),
        ("г.Алматы", "KZ-75"),
        ("Алматы облысы", "KZ-19"),
        ("Республика Казахстан", "KZ"),
        ("KAZ", "KZ"),
        ("Almaty (city)", "KZ-75"),
        ("Almaty oblast", "KZ-19"),
    ],
)
def test_it_is_found(text, code):
    assert [place.code for place in PLACES.find(text)] == [code]


def test_a_name_of_a_city_and_a_region_is_not_guessed():
    assert [place.code for place in PLACES.find("Алматы")] == ["KZ-19", "KZ-75"]


def test_what_is_not_there_is_not_found():
    assert PLACES.find("Атлантида") == []
    assert not PLACES.knows("")
    assert PLACES.knows("Astana")


def test_a_kind_that_none_of_them_has_leaves_them_all():
    twins = Gazetteer([named("A", "Ош", city=False), named("B", "Ош қ", "Ош", city=False)])
    assert len(twins.find("Ош шаары")) == 2
    cities = Gazetteer([named("A", "Ош", city=True), named("B", "Ош", city=True)])
    assert len(cities.find("Ош облусу")) == 2


def test_a_name_of_nothing_but_kinds_stays():
    assert bare(fold("Область")) == "область"


@pytest.mark.parametrize("text", ["Итого", "ВСЕГО по республике", "Total", "жалпы", "оба пола"])
def test_totals_are_known_in_all_languages(text):
    assert is_total(text)


def test_a_region_is_no_total():
    assert not is_total("Акмолинская область")
