"""The language of --where: a small grammar, three values, errors with their position."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.assess.contracts.table import Column
from hashar.assess.rules.expressions import parse
from hashar.errors import UsageError

NAN = float("nan")
COLUMNS = {
    "grade": Column("grade", np.array([8, 9, 10, NAN])),
    "sex": Column("sex", np.array([1.0, 2, 9, 1]), missing_codes=(9.0,)),
    "region": Column("region", np.array(["Алматы", "", "Astana", "O'sh"], dtype=object)),
    "my column": Column("my column", np.array([1.0, 2, 3, 4])),
}


def rows(text):
    return parse(text).evaluate(COLUMNS).tolist()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("grade = 9", [0, 1, 0, 0]),
        ("grade == 9", [0, 1, 0, 0]),
        ("grade != 9", [1, 0, 1, 0]),
        ("grade <> 9", [1, 0, 1, 0]),
        ("grade < 9", [1, 0, 0, 0]),
        ("grade <= 9", [1, 1, 0, 0]),
        ("grade > 9", [0, 0, 1, 0]),
        ("9 <= grade", [0, 1, 1, 0]),
        ("not grade = 9", [1, 0, 1, 0]),
        ("not not grade = 9", [0, 1, 0, 0]),
        ("grade in (8, 10)", [1, 0, 1, 0]),
        ("grade not in (8, -1)", [0, 1, 1, 0]),
        ("region in ('Алматы', \"Astana\")", [1, 0, 1, 0]),
        ("region = 'O''sh'", [0, 0, 0, 1]),
        ("grade is missing", [0, 0, 0, 1]),
        ("grade is not missing", [1, 1, 1, 0]),
        ("region is missing", [0, 1, 0, 0]),
        ("sex = 1 and grade > 7", [1, 0, 0, 0]),
        ("sex = 1 or grade > 9", [1, 0, 1, 1]),
        ("sex = 1 OR (grade = 9 AND sex = 2)", [1, 1, 0, 1]),
        ("sex = 1 or sex = 2 and grade = 8", [1, 0, 0, 1]),
        ("[my column] * 2 - 1 >= 5", [0, 0, 1, 1]),
        ("`my column` / 2 + 1 = 2", [0, 1, 0, 0]),
        ("-grade < -8.5e0", [0, 1, 1, 0]),
        ("- - grade = 8", [1, 0, 0, 0]),
        ("grade / (sex - 1) > 0", [0, 1, 0, 0]),
        ("(grade + 1) * 2 = 18", [1, 0, 0, 0]),
    ],
)
def test_conditions_hold_where_they_certainly_hold(text, expected):
    assert rows(text) == [bool(value) for value in expected]


def test_a_code_that_the_file_declares_missing_is_missing():
    assert rows("sex is missing") == [False, False, True, False]
    assert rows("sex != 1") == [False, True, False, False]


def test_unknown_is_neither_true_nor_false():
    assert rows("grade = 9 or not grade = 9") == [True, True, True, False]
    assert rows("not (grade = 9 and sex = 2)") == [True, False, True, True]
    assert rows("not (grade = 9 or sex = 7)") == [True, False, False, False]


def test_the_columns_needed_are_named_once_in_order():
    assert parse("sex = 1 and [my column] > grade and sex < 3").names == ("sex", "my column", "grade")


def test_a_condition_without_columns_is_the_same_everywhere():
    assert parse("1 < 2").evaluate({}).tolist() == [True]


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "is not complete"),
        ("grade >", "is not complete"),
        ("(grade = 1", "is not complete"),
        ("grade = 1)", r'Position 10 of "grade = 1\)": "\)" is not expected here'),
        ("grade = 9 = 1", 'Position 11 .*"=" is not expected'),
        ("grade = = 1", "Position 9"),
        ("grade in 1", "Position 10"),
        ("grade in (sex)", 'Position 11 .*"sex" is not expected'),
        ("grade in (-'x')", "Position 12"),
        ("grade is 1", "Position 10"),
        ("grade not 1", "Position 11"),
        ("grade = 1 ; import os", 'Position 11 .*";" is not expected'),
        ("grade = 1x", "Position 9"),
        ("grade = 'open", "Position 9"),
        ("(" * 60 + "grade = 1" + ")" * 60, "too many brackets inside each other"),
        ("grade = " + "-" * 60 + "1", "too many brackets inside each other"),
        ("grade = " + "1" * 10_001, "longer than 10000 characters"),
    ],
)
def test_what_cannot_be_understood_says_where(text, message):
    with pytest.raises(UsageError, match=message):
        parse(text)


@pytest.mark.parametrize(
    ("symbols", "words"),
    [
        ("a == 1 & b < 2", "a = 1 and b < 2"),
        ("a = 1 && b = 2 || !(b = 3)", "a = 1 and b = 2 or not (b = 3)"),
        ("a = 1 | ~ b = 2", "a = 1 or not b = 2"),
    ],
)
def test_the_symbols_of_other_languages_are_the_words_and_bind_like_them(symbols, words):
    columns = {name: Column(name, np.repeat([1.0, 2.0, 3.0, np.nan], 4)) for name in "ab"}
    columns["b"] = Column("b", np.tile([1.0, 2.0, 3.0, np.nan], 4))
    np.testing.assert_array_equal(parse(symbols).evaluate(columns), parse(words).evaluate(columns))


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("Grade = 1", 'Position 1 .*there is no column "Grade"'),
        ("grade", "Position 1 .*compare this with something"),
        ("grade = 1 and sex", "Position 15"),
        ("region = 3", "words are compared with numbers"),
        ("grade = '9'", "words are compared with numbers"),
        ("grade in (1, 'x')", "words are compared with numbers"),
        ("region + 1 > 2", "words cannot be calculated with"),
        ("-region > 2", "words cannot be calculated with"),
        ("(grade = 1) = 1", "a condition stands where a number or a word is expected"),
    ],
)
def test_what_does_not_fit_the_columns_says_where(text, message):
    with pytest.raises(UsageError, match=message):
        rows(text)


@settings(max_examples=60, deadline=None)
@given(st.text(alphabet="ab1 ()=<>'[]`.,+-*/&|!нотandoris", max_size=40))
def test_any_text_is_a_condition_or_a_sentence(text):
    try:
        expression = parse(text)
    except UsageError as error:
        expression = error
    assert str(expression)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.one_of(st.none(), st.integers(0, 3)), min_size=1, max_size=20), st.integers(0, 3))
def test_a_condition_and_its_opposite_never_hold_together(values, pivot):
    columns = {"x": Column("x", np.array([NAN if value is None else value for value in values], dtype=float))}
    for text in (f"x < {pivot}", f"x in ({pivot})", f"x = {pivot} or x > 2"):
        holds = parse(text).evaluate(columns)
        opposite = parse(f"not ({text})").evaluate(columns)
        known = ~np.isnan(columns["x"].values)
        assert np.array_equal(holds | opposite, known)
        assert not (holds & opposite).any()
