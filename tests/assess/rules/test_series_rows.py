"""Every number of a file is a candidate, a problem, empty, or left out on purpose."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.assess.contracts.series import Flag, Measure, PeriodKind
from hashar.assess.contracts.series_import import (
    ColumnUse,
    Dash,
    Decimal,
    FileMapping,
    Grid,
    Place,
    Totals,
    Use,
)
from hashar.assess.rules.series_places import Gazetteer, Named
from hashar.assess.rules.series_rows import Wanted, beyond_population, column_name, read_rows

KZ = Place(1, "KZ", "KZ/", "country", {})
ABAY = Place(2, "KZ-10", "KZ/KZ-10/", "region", {})
AKMOLA = Place(3, "KZ-11", "KZ/KZ-11/", "region", {})
SEMEY = Place(4, "KZ-10-1", "KZ/KZ-10/KZ-10-1/", "city", {})
OSH = Place(5, "KG-O", "KG/KG-O/", "region", {})
TWIN = Place(6, "KZ-99", "KZ/KZ-99/", "region", {})


def gazetteer():
    names = [(KZ, "Казахстан"), (ABAY, "Абай"), (AKMOLA, "Акмола"), (SEMEY, "Семей"), (OSH, "Ош"), (TWIN, "Акмола")]
    return Gazetteer([Named(place, (place.code,), (name,), (), city=False) for place, name in names])


COLUMNS = (
    ColumnUse("region", Use.TERRITORY),
    ColumnUse("year", Use.PERIOD),
    ColumnUse("n", Use.VALUE),
)


def read(rows, columns=COLUMNS, measure=Measure.EVENTS, kind=PeriodKind.YEAR, level="region", **options):
    cells = [[float(cell) if isinstance(cell, int) else cell for cell in row] for row in rows]
    grid = Grid("f.csv", "0" * 64, 1, (), "", [[each.header for each in columns], *cells])
    wanted = Wanted(KZ, level, measure, kind, gazetteer(), dt.date(2026, 11, 22))
    return read_rows(grid, FileMapping(columns=columns, **options), wanted)


def problem(rows, **more):
    found = read(rows, **more)
    assert not found.candidates
    assert len(found.problems) == 1
    return found.problems[0]


def test_a_row_becomes_a_candidate():
    (one,) = read([["KZ-10", 2022, 71]]).candidates
    assert (one.row, one.column, one.territory, one.period, one.breakdown, one.value) == (2, "C n", 2, "2022", (), 71.0)


@pytest.mark.parametrize(
    ("row", "words"),
    [
        (["Атлантида", 2022, 1], "not known"),
        (["Акмола", 2022, 1], "several territories"),
        (["", 2022, 1], "territory is missing"),
        (["=KZ", 2022, 1], "formula"),
        (["Ош", 2022, 1], "not a part of"),
        (["Семей", 2022, 1], "smaller than"),
        (["KZ-10", "2022-13", 1], "not a period"),
        (["KZ-10", 2099, 1], "impossible"),
        (["KZ-10", "2022-07", 1], "longer or shorter"),
        (["KZ-10", "", 1], "not a period"),
        (["KZ-10", 2022, "-3"], "negative"),
        (["KZ-10", 2022, 1.5], "whole number"),
        (["KZ-10", 2022, "abc"], "not a number"),
        (["KZ-10", 2022, "=A1"], "formula"),
        (["KZ-10", 2022, "<5"], "limit"),
    ],
)
def test_each_problem_says_what_to_do(row, words):
    found = problem([row])
    assert words in found.message
    assert found.row == 2


def test_unknown_territories_are_counted_for_the_question():
    assert read([["Атлантида", 2022, 1], ["Атлантида", 2021, 1]]).unknown == {"Атлантида": 2}


def test_a_person_says_what_a_name_means():
    names = {"Атлантида": "KZ-10", "Мордор": "-"}
    found = read([["Атлантида", 2022, 1], ["Мордор", 2022, 2]], names=names)
    assert [each.territory for each in found.candidates] == [2]
    assert found.left_out == 1


def test_rows_of_totals_are_the_whole_territory_or_left_out():
    assert read([["Итого", 2022, 9]]).candidates[0].territory == 1
    found = read([["Итого", 2022, 9]], totals=Totals.LEAVE_OUT)
    assert (found.candidates, found.left_out) == ((), 1)


def test_one_territory_and_one_period_for_all_rows():
    (one,) = read([[7]], columns=(ColumnUse("n", Use.VALUE),), territory="KZ-11", period="2021").candidates
    assert (one.territory, one.period) == (3, "2021")
    found = problem([[7]], columns=(ColumnUse("n", Use.VALUE),), territory="KZ-11")
    assert "period is missing" in found.message
    found = problem([[7]], columns=(ColumnUse("n", Use.VALUE),))
    assert (found.column, "territory is missing" in found.message) == ("", True)


def test_years_and_groups_side_by_side():
    columns = (
        ColumnUse("region", Use.TERRITORY),
        ColumnUse("2021 women", Use.VALUE, period="2021", level="women"),
        ColumnUse("2021 total", Use.VALUE, period="2021", level="всего"),
        ColumnUse("2026", Use.VALUE, period="2026", level="men"),
    )
    found = read([["KZ-10", 1, 3, 2]], columns=columns, level_key="sex").candidates
    assert [(each.period, each.breakdown, each.value, each.flag) for each in found] == [
        ("2021", (("sex", "women"),), 1.0, Flag.NONE),
        ("2021", (), 3.0, Flag.NONE),
        ("2026", (("sex", "men"),), 2.0, Flag.PARTIAL),
    ]
    assert read([["KZ-10", 1, 3, 2]], columns=columns).candidates[0].breakdown == (("group", "women"),)


def test_a_month_in_a_column_of_its_own():
    columns = (COLUMNS[0], COLUMNS[1], ColumnUse("month", Use.PART), COLUMNS[2])
    (one,) = read([["KZ-10", 2022, "июль", 4]], columns=columns, kind=PeriodKind.MONTH).candidates
    assert one.period == "2022-07"


def test_breakdowns_flags_and_notes():
    columns = (
        *COLUMNS,
        ColumnUse("article", Use.BREAKDOWN, key="article"),
        ColumnUse("sex", Use.BREAKDOWN, key="sex"),
        ColumnUse("status", Use.FLAG),
        ColumnUse("note", Use.NOTE),
    )
    rows = [
        ["KZ-10", 2022, "12*", 296, "", "p", "late"],
        ["KZ-11", 2022, 5, 296, "оба пола", "?", ""],
    ]
    first, second = (
        read(rows[:1], columns=columns).candidates[0],
        read([["KZ-11", 2022, 5, 296, "f", "e", ""]], columns=columns),
    )
    assert (first.breakdown, first.flag, first.note) == ((("article", "296"),), Flag.PROVISIONAL, "late; *")
    assert second.candidates[0].breakdown == (("article", "296"), ("sex", "f"))
    assert second.candidates[0].flag is Flag.ESTIMATED
    found = read([["KZ-10", 2022, 5, 296, "оба пола", "?", ""]], columns=columns).candidates[0]
    assert (found.breakdown, found.flag) == ((("article", "296"),), Flag.NONE)
    assert "formula" in problem([["KZ-10", 2022, 5, "=1", "", "", ""]], columns=columns).message
    assert "formula" in problem([["KZ-10", 2022, 5, "296", "", "", "+SUM(A1)"]], columns=columns).message


def test_only_rows_where_a_column_says_so():
    columns = (*COLUMNS, ColumnUse("edition", Use.ONLY, text="2024"))
    found = read([["KZ-10", 2022, 5, 2024], ["KZ-10", 2022, 6, 2023]], columns=columns)
    assert [each.value for each in found.candidates] == [5.0]
    assert found.left_out == 1


def test_empty_rows_repeated_headers_and_cells_without_numbers():
    rows = [[], ["region", "year", "n"], ["KZ-10", 2022, "…"], ["KZ-11", 2022, ""], ["", "", "", ""], ["Примечание"]]
    found = read(rows)
    assert (found.rows, found.left_out, found.empty, found.problems) == (4, 1, 3, ())


def test_dashes_are_counted_and_read_as_the_user_says():
    assert read([["KZ-11", 2022, "-"]]).dashes == 1
    assert read([["KZ-11", 2022, "-"]], dash=Dash.ZERO).candidates[0].value == 0.0


def test_a_row_with_more_cells_than_the_header_is_refused():
    assert "more cells" in problem([["KZ-10", 2022, 5, "", "surplus"]]).message
    assert "more cells" in problem([["KZ-10", 2022, "", "", "surplus"]]).message


def test_shares_and_amounts():
    assert read([["KZ-10", 2022, 0.25]], measure=Measure.SHARE, fractions=True).candidates[0].value == 25.0
    assert read([["KZ-10", 2022, "12,5"]], measure=Measure.SHARE, decimal=Decimal.COMMA).candidates[0].value == 12.5
    assert "above 100" in problem([["KZ-10", 2022, 120]], measure=Measure.SHARE).message
    assert read([["KZ-10", 2022, 1.25]], measure=Measure.AMOUNT).candidates[0].value == 1.25


def test_equal_numbers_of_one_key_are_kept_once():
    found = read([["KZ-10", 2022, 5], ["KZ-10", 2022, 5]])
    assert [each.row for each in found.candidates] == [2]
    assert [(each.row, each.values["other"]) for each in found.problems] == [(3, 2)]


def test_of_different_numbers_of_one_key_none_is_kept():
    found = read([["KZ-10", 2022, 5], ["KZ-10", 2022, 6], ["KZ-11x", 2022, 1]])
    assert found.candidates == ()
    assert [(each.row, each.values.get("other")) for each in found.problems] == [(2, 3), (3, 2), (4, None)]


def test_more_than_the_population_is_refused():
    found = read([["KZ-10", 2022, 5], ["KZ-10", 2021, 500], ["KZ-11x", 2022, 5]])
    checked = beyond_population(found, {(2, 2021): 100}, lambda each: f"{each.value:g}")
    assert [each.period for each in checked.candidates] == ["2022"]
    assert [(each.row, each.content) for each in checked.problems] == [(3, "500"), (4, "KZ-11x")]


def test_the_name_of_a_column():
    assert column_name(COLUMNS, 2) == "C n"
    assert column_name(COLUMNS, 9) == "J"
    assert column_name(COLUMNS, -1) == ""


CELL = st.one_of(
    st.text(max_size=8), st.floats(allow_nan=False), st.sampled_from(["KZ-10", "2022", 2022.0, "5", "-", "…"])
)


@settings(max_examples=60)
@given(st.lists(st.lists(CELL, max_size=5), max_size=6))
def test_nothing_is_silently_dropped(rows):
    found = read(rows)
    filled = sum(any(cell != "" for cell in row) for row in rows)
    accounted = len(found.candidates) + len({each.row for each in found.problems}) + found.empty + found.left_out
    assert found.rows == filled
    assert accounted >= filled
