"""Codes are written as a person writes them; a row without a code is in no level."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.assess.contracts.table import Column
from hashar.assess.rules.levels import answered, both_sides, code_text, crossed, item_levels, levels_of, numbers_of
from hashar.errors import InputError

EVERYBODY = np.ones(5, dtype=bool)


def number(*values, **more):
    return Column("y", np.array(values, dtype=np.float64), **more)


def text(*values, **more):
    return Column("y", np.array(values, dtype=object), **more)


@pytest.mark.parametrize(
    ("code", "written"),
    [(1.0, "1"), (-3.0, "-3"), (0.5, "0.5"), (1e16, "10000000000000000"), ("01", "01"), ("ja", "ja")],
)
def test_whole_numbers_have_no_decimal_point_and_text_stays(code, written):
    assert code_text(code) == written


def test_declared_missing_codes_and_ranges_are_no_answers():
    column = number(1, 9, 97, 98, np.nan, missing_codes=(9,), missing_ranges=((97, 99),))
    assert answered(column).tolist() == [True, False, False, False, False]
    assert answered(number(1, np.nan)).tolist() == [True, False]
    assert answered(text("a", "", "XX", missing_codes=("XX",))).tolist() == [True, False, False]


def test_numbers_are_nan_where_there_is_no_answer():
    np.testing.assert_array_equal(numbers_of(number(1, 9, missing_codes=(9,))), [1, np.nan])
    np.testing.assert_array_equal(numbers_of(text("", "")), [np.nan, np.nan])


def test_text_where_numbers_are_needed_is_refused_with_its_row():
    with pytest.raises(InputError, match="row 2: “girl”"):
        numbers_of(text("", "girl", "boy"))


def test_only_a_question_is_offered_as_shares():
    with pytest.raises(InputError, match="or name another column"):
        numbers_of(text("heavy"))
    with pytest.raises(InputError, match="or choose --statistic proportion"):
        numbers_of(text("girl"), countable=True)


def test_levels_are_those_of_the_rows_that_count():
    found = levels_of(number(3, 1, 2, np.nan, 1), np.array([True, True, False, True, True]))
    assert found.names == (("1",), ("3",))
    assert found.codes.tolist() == [1, 0, -1, -1, 0]


def test_an_item_has_all_levels_of_the_file_and_both_sides_of_yes_and_no():
    assert item_levels(number(2, 5, np.nan)).names == (("2",), ("5",))
    assert item_levels(text("b", "", "a")).codes.tolist() == [1, -1, 0]
    nobody = item_levels(number(0, 0, np.nan))
    assert nobody.names == (("0",), ("1",))
    assert nobody.codes.tolist() == [0, 0, -1]
    assert item_levels(number(1, 1)).codes.tolist() == [1, 1]
    assert item_levels(text("1", "1")).names == (("1",),)


def test_only_a_lone_0_or_1_gets_its_other_side():
    assert both_sides([0.0]) == both_sides([1.0]) == [0.0, 1.0]
    assert both_sides([2.0]) == [2.0]
    assert both_sides([]) == []


def test_columns_are_crossed_with_the_first_varying_slowest_and_only_what_occurs():
    sex, grade = text("f", "m", "f", "", "m"), number(9, 8, 8, 8, np.nan)
    found = crossed([sex, grade], EVERYBODY)
    assert found.names == (("f", "8"), ("f", "9"), ("m", "8"))
    assert found.codes.tolist() == [1, 2, 0, -1, -1]


def test_no_columns_make_one_domain_of_the_rows_that_count():
    found = crossed([], np.array([True, False]))
    assert found.names == ((),)
    assert found.codes.tolist() == [0, -1]


def test_where_nobody_has_a_level_there_is_no_domain():
    found = crossed([number(np.nan, np.nan), number(1, 2)], np.ones(2, dtype=bool))
    assert len(found) == 0
    assert found.codes.tolist() == [-1, -1]


@given(
    st.lists(st.tuples(st.sampled_from([0.0, 1.0, np.nan]), st.sampled_from(["a", "b", ""])), min_size=1, max_size=30)
)
@settings(max_examples=40)
def test_every_row_is_in_the_domain_of_its_own_codes_or_in_none(rows):
    first, second = number(*(a for a, _ in rows)), text(*(b for _, b in rows))
    found = crossed([first, second], np.ones(len(rows), dtype=bool))
    for (a, b), code in zip(rows, found.codes, strict=True):
        expected = (code_text(a), b) if a == a and b else None
        assert (found.names[code] if code >= 0 else None) == expected
    assert list(found.names) == sorted(set(found.names))


@pytest.mark.parametrize(
    ("words", "row"), [(("2.5", "3,5", "abc"), "row 3"), (("1", "inf"), "row 2"), (("1", "2"), "row 1")]
)
def test_text_among_numbers_is_refused_with_the_row_of_the_text(words, row):
    with pytest.raises(InputError, match=row):
        numbers_of(text(*words))
