import dataclasses
import math

import pytest

from hashar.i18n import LANGUAGES
from hashar.reports.content.document import HiddenCell
from hashar.reports.content.tidy import COLUMNS, profile_records
from hashar.reports.content.workbook import profile_workbook
from tests.reports.sample import change, hidden, sample_profile


def test_every_published_number_is_one_tidy_row():
    profile = sample_profile()
    rows = profile_records(profile, "en").rows
    expected = 0
    for found in (*profile.indicators, *profile.factors):
        expected += 1 + len(found.waves) + sum(len(b.rows) for b in found.breakdowns) + (found.change is not None)
    expected += len(profile.factors)  # their mean scores
    assert len(rows) == expected
    assert all(row.keys() == COLUMNS.keys() for row in rows)


def test_a_row_has_a_number_or_the_reason_why_not():
    for row in profile_records(sample_profile(), "ru").rows:
        assert (row["estimate"] is None) == (row["suppressed"] is not None)


def test_answers_of_ordered_items_are_rows():
    profile = sample_profile()
    first = profile.indicators[0]
    answered = dataclasses.replace(first, distribution=first.breakdowns[0].rows)
    rows = profile_records(dataclasses.replace(profile, indicators=[answered]), "en").rows
    assert [row["level"] for row in rows if row["record"] == "distribution"] == ["girl", "boy"]


def test_hidden_changes_keep_their_reason():
    profile = sample_profile()
    one = dataclasses.replace(profile.indicators[0], change=hidden())
    rows = profile_records(dataclasses.replace(profile, indicators=[one]), "en").rows
    assert [row["suppressed"] for row in rows if row["record"] == "change" and row["subject"] == "indicator"] == [
        "small_n"
    ]


@pytest.mark.parametrize("language", LANGUAGES)
def test_sheets_are_named_and_every_row_fills_its_columns(language):
    book = profile_workbook(sample_profile(), language)
    assert len(book.sheets) == 9
    for sheet in book.sheets:
        assert sheet.name
        for row in sheet.table.rows:
            assert len(row.cells) == len(sheet.table.columns), sheet.name


def test_sheets_without_rows_are_left_out():
    profile = sample_profile()
    indicators = [dataclasses.replace(item, change=None, missing=[]) for item in profile.indicators]
    bare = dataclasses.replace(
        profile,
        indicators=indicators,
        priorities=dataclasses.replace(profile.priorities, ranked=[]),
        quality=dataclasses.replace(profile.quality, flags=[]),
        factors=[dataclasses.replace(factor, reliability=[]) for factor in profile.factors],
    )
    names = [sheet.name for sheet in profile_workbook(bare, "en").sheets]
    assert names == ["In short", "Indicators", "By group", "Factors", "Computed"]


def test_a_hidden_change_is_one_marker_in_the_workbook():
    profile = sample_profile()
    items = [
        dataclasses.replace(profile.indicators[0], change=hidden()),
        dataclasses.replace(profile.indicators[-1], change=change(12.0, 13.0)),
    ]
    book = profile_workbook(dataclasses.replace(profile, indicators=items), "en")
    sheet = next(sheet for sheet in book.sheets if sheet.name == "Changes")
    assert isinstance(sheet.table.rows[0].cells[1], HiddenCell)
    assert math.isclose(sheet.table.rows[1].cells[2].value, 1.0)
