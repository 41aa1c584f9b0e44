"""What a cell of numbers says."""

import datetime as dt
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.assess.contracts.series_import import Dash, Decimal
from hashar.assess.rules.series_numbers import decimal_mark, number


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (12.0, 12.0),
        ("12", 12.0),
        ("1 234", 1234.0),
        ("1\u00a0234\u00a0567", 1234567.0),
        ("1\u2009234", 1234.0),
        ("1'234", 1234.0),
        ("1,234,567.8", 1234567.8),
        ("-5", -5.0),
        ("\u22125", -5.0),
        ("+7", 7.0),
        (".5", 0.5),
        ("12.5%", 12.5),
        ("12,345", 12345.0),
        ("1e3", 1000.0),
        ("12*", 12.0),
        ("12¹", 12.0),
        ("12 1)", 12.0),
        ("12)", 12.0),
        ("12 [a]", 12.0),
    ],
)
def test_numbers_as_tables_write_them(cell, value):
    found = number(cell)
    assert found.value == value
    assert not found.problem
    assert not found.nothing


@pytest.mark.parametrize(("cell", "value"), [("1,5", 1.5), ("1.234", 1234.0), ("1.234,5", 1234.5), ("1 234,5", 1234.5)])
def test_a_decimal_comma(cell, value):
    assert number(cell, decimal=Decimal.COMMA).value == value


@pytest.mark.parametrize("cell", ["", "…", "...", "n/a", "N/A", "н/д", "нет данных", "x", "NaN"])
def test_words_for_no_number(cell):
    assert number(cell).nothing


def test_a_dash_is_what_the_user_says():
    assert number("–").nothing
    assert number("-").dash
    assert number("—", dash=Dash.ZERO).value == 0.0


@pytest.mark.parametrize(
    ("cell", "words"),
    [
        ("=1+2", "formula"),
        ("@SUM(A1)", "formula"),
        ("+=1", "formula"),
        ("<5", "limit"),
        ("≥ 3", "limit"),
        ("abc", "not a number"),
        ("(12)", "not a number"),
        ("*", "not a number"),
        ("12 34", "not a number"),
        ("1,5", "not a number"),
        ("99999999999999999999", "too large"),
        (math.inf, "too large"),
        (dt.date(2022, 1, 1), "date"),
    ],
)
def test_what_is_no_number_says_why(cell, words):
    assert words in number(cell).problem


def test_a_footnote_mark_is_kept_as_a_remark():
    assert number("12**").mark == "**"
    assert number("12").mark == ""


@pytest.mark.parametrize(
    ("cells", "whole", "mark"),
    [
        (["1,234", "5"], True, Decimal.POINT),
        (["1,234", "5,5"], True, Decimal.COMMA),
        (["1,234"], False, Decimal.COMMA),
        (["1.234"], False, Decimal.POINT),
        (["1.234"], True, Decimal.COMMA),
        (["1.234.567"], False, Decimal.COMMA),
        (["1,234,567"], False, Decimal.POINT),
        (["1.234,5"], True, Decimal.COMMA),
        (["1,234.5"], False, Decimal.POINT),
        (["0.123"], True, Decimal.POINT),
        (["12", 3.0], True, Decimal.POINT),
        (["St. Petersburg, 1"], True, Decimal.COMMA),
        ([], False, Decimal.POINT),
    ],
)
def test_the_decimal_mark_of_a_column(cells, whole, mark):
    assert decimal_mark(cells, whole=whole) is mark


@settings(max_examples=60)
@given(st.integers(min_value=0, max_value=10**12), st.sampled_from([" ", "\u00a0", "\u202f", "'"]))
def test_a_grouped_whole_number_is_read_back(value, gap):
    assert number(f"{value:,}".replace(",", gap)).value == value


@settings(max_examples=60)
@given(st.decimals(min_value=0, max_value=10**6, places=2))
def test_a_decimal_number_is_read_back_with_either_mark(value):
    assert number(f"{value:.2f}").value == float(value)
    assert number(f"{value:.2f}".replace(".", ","), decimal=Decimal.COMMA).value == float(value)


@settings(max_examples=100)
@given(st.text(max_size=12), st.sampled_from(list(Decimal)[1:]))
def test_any_text_is_a_number_or_nothing_or_a_problem(text, decimal):
    found = number(text, decimal=decimal)
    assert math.isfinite(found.value) + found.nothing + bool(found.problem) == 1
