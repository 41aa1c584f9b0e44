"""Why there is no answer: not asked, no answer, don't know, refused and invalid stay different."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.assess.contracts.codebook import MissingRule
from hashar.assess.contracts.table import Column, MissingKind
from hashar.assess.rules.missing import is_code, kind_of_label, missing_kinds

NO = MissingKind.NO_ANSWER


def numbers(*values, **more):
    return Column("q", np.array(values, dtype=float), **more)


def words(*values, **more):
    return Column("q", np.array(values, dtype=object), **more)


@pytest.mark.parametrize(
    ("label", "kind"),
    [
        ("Refused", MissingKind.REFUSED),
        ("Отказ от ответа", MissingKind.REFUSED),
        ("Жауап беруден бас тартты", MissingKind.REFUSED),
        ("Жооп берүүдөн баш тартты", MissingKind.REFUSED),
        ("Don’t know", MissingKind.DONT_KNOW),
        ("Не знаю", MissingKind.DONT_KNOW),
        ("Білмеймін", MissingKind.DONT_KNOW),
        ("Bilmayman", MissingKind.DONT_KNOW),
        ("Bilmeýärin", MissingKind.DONT_KNOW),
        ("Намедонам", MissingKind.DONT_KNOW),
        ("Not applicable", MissingKind.NOT_ASKED),
        ("Вопрос не задавался", MissingKind.NOT_ASKED),
        ("Нет ответа", MissingKind.NO_ANSWER),
        ("Жауап жоқ", MissingKind.NO_ANSWER),
        ("Multiple answers", MissingKind.INVALID),
        ("Да", None),
        ("Нет", None),
        ("Никогда", None),
        ("", None),
    ],
)
def test_the_words_of_a_label_tell_the_kind(label, kind):
    assert kind_of_label(label) is kind


def test_a_number_and_its_word_are_the_same_code():
    assert is_code(numbers(1, 2, np.nan), ["1", 7.0]).tolist() == [True, False, False]
    assert is_code(words("1", " 2 ", ""), [1.0, 2.0]).tolist() == [True, True, False]
    assert is_code(numbers(1, 2), ["да"]).tolist() == [False, False]


def test_an_empty_cell_is_no_answer_unless_the_codebook_says_otherwise():
    routed = MissingRule(codes={"system": MissingKind.NOT_ASKED})
    for column in (numbers(1, np.nan), words("1", " ")):
        assert missing_kinds(column, MissingRule()).tolist() == [0, NO]
        assert missing_kinds(column, routed).tolist() == [0, MissingKind.NOT_ASKED]


def test_codes_that_the_file_declares_have_the_kind_of_their_label():
    column = numbers(1, 8, 9, missing_codes=(8.0, 9.0), value_labels={8.0: "Не знаю", 9.0: "Пропущено"})
    assert missing_kinds(column, MissingRule()).tolist() == [0, MissingKind.DONT_KNOW, NO]


def test_codes_in_a_declared_range_have_the_kind_of_their_label():
    column = numbers(1, 98, 97, 120, missing_ranges=((90.0, 99.0),), value_labels={98.0: "Refused"})
    assert missing_kinds(column, MissingRule()).tolist() == [0, MissingKind.REFUSED, NO, 0]


def test_letters_of_stata_keep_their_kinds_apart():
    column = numbers(1, np.nan, np.nan, np.nan, tags=np.array(["", "a", "b", ""]), value_labels={"a": "Refused"})
    assert missing_kinds(column, MissingRule()).tolist() == [0, MissingKind.REFUSED, NO, NO]
    rule = MissingRule(codes={".b": MissingKind.NOT_ASKED, "system": MissingKind.DONT_KNOW})
    assert missing_kinds(column, rule).tolist() == [
        0,
        MissingKind.REFUSED,
        MissingKind.NOT_ASKED,
        MissingKind.DONT_KNOW,
    ]


def test_the_codebook_overrules_the_file():
    column = numbers(1, 9, missing_codes=(9.0,), value_labels={9.0: "Refused"})
    assert missing_kinds(column, MissingRule(codes={9.0: MissingKind.NOT_ASKED})).tolist() == [0, MissingKind.NOT_ASKED]


def test_an_answer_of_the_codebook_overrules_what_the_file_calls_missing():
    column = numbers(1, 9, missing_codes=(9.0,))
    assert missing_kinds(column, MissingRule(), answers=[1.0, 9.0]).tolist() == [0, 0]


def test_words_declared_missing_are_found():
    column = words("да", "жоқ", missing_codes=("жоқ",))
    assert missing_kinds(column, MissingRule()).tolist() == [0, NO]


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from([1.0, 2.0, 8.0, 9.0, np.nan]), min_size=1, max_size=30))
def test_every_cell_is_answered_or_has_one_kind(values):
    column = numbers(*values, missing_codes=(8.0, 9.0))
    kinds = missing_kinds(column, MissingRule(codes={9.0: MissingKind.REFUSED}))
    assert [kind == MissingKind.ANSWERED for kind in kinds] == [value in (1.0, 2.0) for value in values]
