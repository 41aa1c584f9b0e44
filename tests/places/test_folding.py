"""One spelling for names."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.i18n.spelling import fold
from hashar.places.rules.folding import grams, telling_words, typed_grams
from hashar.places.rules.keys import fold_code, search_keys
from hashar.places.rules.matching import cost, prefix_distance, typos_allowed

SAME = [
    ("Ақтөбе", "Актобе", "Aktöbe", "Aqtoʻbe", "Aqto'be", "АҚТӨБЕ"),
    ("Шымкент", "Shymkent", "Şymkent"),
    ("Жетісу", "Zhetisu", "Jetisu", "Жетису"),
    ("Ош", "Oş", "Oʻsh", "O‘sh"),
    ("Джалал-Абад", "Jalal-Abad", "Jalalabad", "Жалал-Абад"),
    ("Маңғыстау", "Мангистау", "Mangystau", "Маңгыстау"),
    ("Ысык-Көл", "Issiqkoʻl"),
    ("Дашогуз", "Daşoguz", "Dashoguz"),
    ("Ҷиззах", "Jizzax", "Jizzakh"),
    ("Абай", "Abay", "Abaý"),
    ("Ёлкино", "Елкино"),
    ("Щучинск", "Shchuchinsk"),
    ("Ерейментау", "Yereymentau"),
    ("Целиноград", "Tselinograd"),
    ("Солтүстiк", "Солтүстік"),
]


@pytest.mark.parametrize("spellings", SAME, ids=lambda spellings: spellings[0])
def test_spellings_of_one_name_fold_to_the_same(spellings):
    assert len({fold(spelling) for spelling in spellings}) == 1


def test_a_letter_with_an_unexpected_mark_folds_to_its_base():
    assert fold("А́лматы") == fold("Алматы")
    assert fold("Ѝмя") == fold("Имя")


def test_nothing_but_signs_folds_to_nothing():
    assert fold("– … !") == ""
    assert grams("") == set() == typed_grams("")


def test_digits_are_kept_as_they_are():
    assert fold("KZ-7511000") == "kz7511000"
    assert fold_code("kz 75 11") == "kz7511"


@given(st.text(max_size=40))
@settings(max_examples=60, deadline=None)
def test_folding_twice_is_folding_once_and_leaves_plain_letters(text):
    folded = fold(text)
    assert set(folded) <= set("abcdefghijklmnopqrstuvwz0123456789 ")
    assert folded == " ".join(folded.split())


def test_words_that_only_say_the_kind_do_not_tell_places_apart():
    assert telling_words(fold("Алматинская область")) == ["almatinskaia"]
    assert telling_words(fold("область")) == ["oblast"]


def test_one_or_two_letters_look_for_beginnings():
    assert typed_grams("a") == {" a"}
    assert typed_grams("al") == {" al"}
    assert typed_grams("alm") == {"alm"}
    assert typed_grams("alma") == {"alm", "lma", " al"}
    assert {" a", " al", "alm", "lma"} <= grams("alma")


def test_a_name_in_several_languages_is_one_key_and_codes_come_last():
    keys = search_keys({"ru": "Ош", "tk": "Oş", "en": "…"}, ["Ош", "Уш"], ["KG-GO", "OW"])
    assert [(key.folded, key.languages, key.named) for key in keys] == [
        ("ow", ("ru", "tk"), True),
        ("uw", (), True),
        ("kggo", (), False),
    ]


def test_exact_comes_before_beginning_before_middle_before_misspelling():
    costs = [cost([typed], "almati", forgiving=True) for typed in ("almati", "alm", "mati", "almtai")]
    assert costs == sorted(costs)
    assert None not in costs
    assert cost(["zzz"], "almati", forgiving=True) is None
    assert cost(["almtai"], "almati") is None


def test_a_word_for_the_kind_that_is_not_in_the_name_costs_little_but_is_not_enough_alone():
    assert cost(["almati", "region"], "almati city") == 1
    assert cost(["region"], "almati") is None


def test_two_letters_do_not_match_inside_a_word():
    assert cost(["ma"], "almati") is None


@pytest.mark.parametrize(("word", "allowed"), [("osh", 0), ("talas", 1), ("almati", 1), ("karagandi", 2)])
def test_longer_words_forgive_more(word, allowed):
    assert typos_allowed(word) == allowed


@pytest.mark.parametrize(
    ("typed", "name", "slips"),
    [
        ("almti", "almati", 1),
        ("almaati", "almati", 1),
        ("olmati", "almati", 1),
        ("amlati", "almati", 1),
        ("alm", "almati", 0),
    ],
)
def test_each_slip_counts_once(typed, name, slips):
    assert prefix_distance(typed, name, 2) == slips


def test_too_many_slips_are_no_match():
    assert prefix_distance("zzzzzz", "almati", 2) is None
