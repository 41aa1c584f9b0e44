"""Guesses about the columns of a register file."""

import datetime as dt

import pytest

from hashar.assess.contracts.series import Measure
from hashar.assess.contracts.series_import import ColumnUse, FileMapping, Grid, Use
from hashar.assess.rules.series_columns import (
    Head,
    guess_head,
    guess_mapping,
    headers_of,
    letter,
    remember,
)

REGIONS = ("Abay", "Akmola", "Aktobe")


def grid(*rows):
    cells = [[float(cell) if isinstance(cell, int) else cell for cell in row] for row in rows]
    return Grid("f.csv", "0" * 64, 1, (), "", cells)


def guess(sheet, measure=Measure.EVENTS, head=None):
    return guess_mapping(sheet, measure=measure, known=lambda text: text in REGIONS, head=head)


def uses(mapping):
    return [each.use.value for each in mapping.columns]


def test_a_long_table():
    found = guess(grid(["region", "year", "registered"], ["Abay", 2022, 71], ["Akmola", 2022, 167]))
    assert uses(found) == ["territory", "period", "value"]
    assert (found.header_row, found.header_rows, found.first_row) == (1, 1, 2)


def test_years_side_by_side():
    found = guess(grid(["Область", "2020", "2021 г."], ["Abay", 1, 2], ["Akmola", 3, 4]))
    assert uses(found) == ["territory", "value", "value"]
    assert [each.period for each in found.columns] == ["", "2020", "2021 г."]
    assert found.level_key == ""


def test_title_rows_a_gap_and_a_numbering_row_are_passed_over():
    found = guess(
        grid(
            ["Зарегистрировано преступлений"],
            [],
            ["№", "Область", "Год", "Всего"],
            ["А", 1, 2, 3],
            ["", "Abay", 2022, 7],
        )
    )
    assert (found.header_row, found.first_row) == (3, 5)
    assert uses(found)[1:] == ["territory", "period", "value"]


def test_two_rows_of_headers_with_merged_years_and_groups():
    found = guess(
        grid(
            ["Region", "2021", "", "2022", ""],
            ["", "women", "men", "women", "men"],
            ["Abay", 1, 2, 3, 4],
            ["Akmola", 5, 6, 7, 8],
        )
    )
    assert found.header_rows == 2
    assert [(each.period, each.level) for each in found.columns[1:]] == [
        ("2021", "women"),
        ("2021", "men"),
        ("2022", "women"),
        ("2022", "men"),
    ]
    assert found.level_key == "group"


def test_a_breakdown_is_what_makes_rows_different():
    found = guess(
        grid(
            ["code", "region", "year", "article", "constant", "count"],
            *[
                [at, place, 2022, article, "x", 9]
                for at, (place, article) in enumerate([(p, a) for p in REGIONS for a in ("296", "297")])
            ],
        )
    )
    assert found.columns[3] == ColumnUse("article", Use.BREAKDOWN, key="article")
    assert found.columns[4].use is Use.IGNORE


def test_a_breakdown_without_a_known_name_takes_its_header():
    rows = [[place, 2022, drug, 5] for place in REGIONS for drug in ("heroin", "opium")]
    found = guess(grid(["region", "year", "Вид наркотика", "kilograms"], *rows))
    assert found.columns[2].key == "вид_наркотика"


def test_a_group_column_is_no_breakdown_beside_numbers_side_by_side():
    rows = [[place, name, 1, 2] for place in REGIONS for name in ("first", "second")]
    found = guess(grid(["region", "remarkable", "2021", "2022"], *rows))
    assert found.columns[1].use is Use.IGNORE


def test_month_flag_and_note_columns():
    rows = [["Abay", 2022, month, 1, "p", "late"] for month in ("январь", "февраль")]
    found = guess(grid(["region", "year", "month", "value", "status", "note"], *rows))
    assert uses(found) == ["territory", "period", "part", "value", "flag", "note"]


def test_a_column_called_territory_is_taken_where_no_name_is_known():
    found = guess(grid(["region", "year", "count"], ["Narnia", 2022, 1], ["Mordor", 2022, 2]))
    assert uses(found)[0] == "territory"


def test_nothing_is_forced_where_nothing_fits():
    found = guess(grid(["a", "b"], ["x", "y"], ["z", "w"]))
    assert set(uses(found)) <= {"ignore", "breakdown"}


def test_one_year_in_a_header_is_the_period():
    found = guess(grid(["region", "2022"], ["Abay", 1], ["Akmola", 2]))
    assert found.columns[1] == ColumnUse("2022", Use.VALUE, period="2022")


def test_a_column_named_by_its_breakdown_is_the_last_choice_for_the_numbers():
    found = guess(grid(["region", "year", "age", "people who came"], ["Abay", 2022, 15, 1], ["Abay", 2022, 16, 2]))
    assert uses(found) == ["territory", "period", "breakdown", "value"]


def test_shares_of_a_workbook_are_fractions():
    sheet = grid(["region", "year", "value"], ["Abay", 2022, 0.25], ["Akmola", 2022, 1])
    assert guess(sheet, Measure.SHARE).fractions
    assert not guess(sheet, Measure.AMOUNT).fractions
    whole = grid(["region", "year", "value"], ["Abay", 2022, 0], ["Akmola", 2022, 1])
    assert not guess(whole, Measure.SHARE).fractions
    words = grid(["region", "year", "value"], ["Abay", 2022, "0,25"])
    assert not guess(words, Measure.SHARE).fractions


def test_a_header_that_a_person_points_out():
    sheet = grid(["region", "year", "count"], ["REGION", "YEAR", "COUNT"], ["Abay", 2022, 71])
    assert guess(sheet, head=(2, 1, 3)).columns[2].header == "COUNT"


def test_an_empty_sheet_and_one_row_do_not_break_it():
    assert guess_head(grid()) == Head(1, 1, 2)
    assert guess_head(grid(["region", ""])) == Head(1, 1, 2)
    assert uses(guess(grid(["region", "year"]))) == ["ignore", "period"]


def test_a_row_of_values_below_a_header_with_gaps_is_no_header():
    assert guess_head(grid(["", "2021", "2022"], ["Abay", 1, 2], ["Akmola", 3, 4])).rows == 1
    assert guess_head(grid(["region", "", "2022"], ["", 5, 6])).rows == 1


def test_rows_that_count_up_are_not_always_numbering():
    assert guess_head(grid(["region", "count", "sum"], ["Abay", 7, 8])).first == 2
    assert guess_head(grid(["region", "count", "sum"], ["Abay", 1, 2])).first == 2


def test_dates_in_headers_are_written_as_they_stand():
    head = Head(1, 1, 2)
    assert headers_of(grid(["region", dt.date(2022, 1, 1), 2023]), head) == ["region", "2022-01-01", "2023"]


@pytest.mark.parametrize(("at", "name"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_have_the_letters_of_a_spreadsheet(at, name):
    assert letter(at) == name


def test_the_last_mapping_serves_a_file_with_the_same_headers():
    last = FileMapping(columns=(ColumnUse("Region", Use.TERRITORY), ColumnUse("old"), ColumnUse("Count", Use.VALUE)))
    assert remember(last, ["COUNT", "region ", "new"]) == (
        ColumnUse("Count", Use.VALUE),
        ColumnUse("Region", Use.TERRITORY),
        ColumnUse("new"),
    )
    assert remember(last, ["region", "number"]) is None


def test_headers_that_come_twice_are_told_apart_by_their_order():
    last = FileMapping(columns=(ColumnUse("n", Use.VALUE), ColumnUse("n", Use.NOTE)))
    assert [each.use for each in remember(last, ["n", "n"])] == [Use.VALUE, Use.NOTE]
    assert remember(last, ["n"]) is None
