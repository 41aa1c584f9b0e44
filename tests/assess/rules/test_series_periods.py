"""Periods of official tables, in seven languages."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.assess.contracts.series import PeriodKind
from hashar.assess.rules.series_periods import LENGTH, looks_like_period, read_period, span_of

TODAY = dt.date(2026, 11, 22)
YEAR, HALF, QUARTER, MONTH = PeriodKind


def period(cell, kind, part=""):
    found = read_period(cell, kind, today=TODAY, part=part)
    return found.period + ("*" if found.partial else "")


@pytest.mark.parametrize(
    ("cell", "kind", "wanted"),
    [
        ("2022", YEAR, "2022"),
        (2022.0, YEAR, "2022"),
        ("2022 г.", YEAR, "2022"),
        ("2022 жыл", YEAR, "2022"),
        ("2022-yil", YEAR, "2022"),
        ("за 2022 год", YEAR, "2022"),
        (dt.date(2022, 1, 1), YEAR, "2022"),
        ("31.12.2022", YEAR, "2022"),
        ("2022-12-31T00:00:00", YEAR, "2022"),
        ("January–December 2022", YEAR, "2022"),
        ("январь-ноябрь 2022", YEAR, "2022*"),
        ("11 месяцев 2023", YEAR, "2023*"),
        ("2023, 11 months", YEAR, "2023*"),
        ("2026", YEAR, "2026*"),
        ("2022-H1", HALF, "2022-H1"),
        ("1-е полугодие 2022", HALF, "2022-H1"),
        ("II полугодие 2022 г.", HALF, "2022-H2"),
        ("январь-июнь 2022", HALF, "2022-H1"),
        (dt.date(2022, 7, 1), HALF, "2022-H2"),
        ("Q3 2022", QUARTER, "2022-Q3"),
        ("2022Q3", QUARTER, "2022-Q3"),
        ("III квартал 2022", QUARTER, "2022-Q3"),
        ("3 тоқсан 2022", QUARTER, "2022-Q3"),
        ("июль-сентябрь 2022", QUARTER, "2022-Q3"),
        ("30.09.2022", QUARTER, "2022-Q3"),
        ("2022-07", MONTH, "2022-07"),
        ("07.2022", MONTH, "2022-07"),
        ("7/2022", MONTH, "2022-07"),
        ("июль 2022", MONTH, "2022-07"),
        ("шілде 2022", MONTH, "2022-07"),
        ("iýul 2022", MONTH, "2022-07"),
        ("Jul 2022", MONTH, "2022-07"),
        (dt.date(2022, 7, 31), MONTH, "2022-07"),
    ],
)
def test_it_is_read(cell, kind, wanted):
    assert period(cell, kind) == wanted


@pytest.mark.parametrize(
    "cell",
    [
        *(
            "",
            "abc",
            "01.13.2022",
            "2022/2023",
            "2022-13",
            "13.2022",
            "2022-02-30",
            "15.07.2022",
            "Q5 2022",
            "V квартал 2022",
        ),
        *(
            "июнь-май 2022",
            "январь-март-май 2022",
            "2 2022",
            "1 месяц 2022",
            "квартал 2022",
            "13 месяцев 2022",
            "h3 2022",
        ),
        *(2022.5, 12.0, dt.date(2022, 7, 15), "2022 2 3 квартал"),
    ],
)
def test_what_is_no_period_is_refused(cell):
    assert "not a period" in read_period(cell, YEAR, today=TODAY).problem


@pytest.mark.parametrize("cell", ["2099", "1066", "0000-01", "2027"])
def test_an_impossible_period_is_refused(cell):
    assert "impossible" in read_period(cell, YEAR, today=TODAY).problem


@pytest.mark.parametrize(
    ("cell", "kind"),
    [
        *(("2022", MONTH), ("2022-07", YEAR), ("I квартал 2022", YEAR), ("март-май 2022", QUARTER)),
        *(("31.03.2022", YEAR), ("01.02.2022", QUARTER)),
    ],
)
def test_a_period_of_another_length_is_refused(cell, kind):
    assert "longer or shorter" in read_period(cell, kind, today=TODAY).problem


def test_a_quarter_is_never_taken_for_a_part_of_the_year():
    assert period("I квартал 2022", YEAR) == ""


@pytest.mark.parametrize(
    ("year", "part", "kind", "wanted"),
    [
        (2022.0, "июль", MONTH, "2022-07"),
        ("2022", 7.0, MONTH, "2022-07"),
        ("2022 г.", "III", QUARTER, "2022-Q3"),
        ("2022", "3 квартал", QUARTER, "2022-Q3"),
        ("2022", "13", MONTH, ""),
        ("2022", "0", QUARTER, ""),
        ("июль 2022", "2", QUARTER, ""),
        ("abc", "2", QUARTER, ""),
    ],
)
def test_a_year_with_its_part_beside_it(year, part, kind, wanted):
    assert period(year, kind, part) == wanted


def test_only_plausible_years_look_like_periods():
    assert looks_like_period("2022")
    assert not looks_like_period("1500")
    assert not looks_like_period("71")


@settings(max_examples=60)
@given(st.integers(1900, 2025), st.sampled_from(list(PeriodKind)), st.integers(0, 11))
def test_a_canonical_period_is_read_as_itself(year, kind, at):
    place = at % (12 // LENGTH[kind]) + 1
    written = {YEAR: f"{year}", HALF: f"{year}-H{place}", QUARTER: f"{year}-Q{place}", MONTH: f"{year}-{place:02}"}
    assert period(written[kind], kind) == written[kind]


@settings(max_examples=100)
@given(st.text(max_size=20))
def test_no_text_breaks_it(text):
    span = span_of(text)
    assert span is None or 1 <= span.first <= span.last <= 12
