import dataclasses
import io
import re
import zipfile

import pytest
from python_calamine import CalamineWorkbook

from hashar.i18n import LANGUAGES
from hashar.reports.content.document import Column, EmptyCell, IntervalCell, Sheet, Table, TableRow, TextCell
from hashar.reports.content.workbook import profile_workbook
from hashar.reports.render.excel import render_excel
from tests.reports.sample import FORMULA, sample_profile


@pytest.fixture(scope="module")
def content():
    return render_excel(profile_workbook(sample_profile(), "en"))


def sheet(content, name):
    rows = CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_name(name).to_python(skip_empty_area=False)
    head = rows[3]
    return [dict(zip(head, row, strict=True)) for row in rows[4:]]


def test_numbers_are_numbers(content):
    row = sheet(content, "Indicators")[2]
    assert row["Indicator"] == "Alcohol in the last 30 days"
    assert row["Estimate"] == pytest.approx(0.184)
    assert row["Pupils"] == 1184
    assert row["Reliability"] == "reliable"


def test_hidden_numbers_are_a_word_with_a_note_and_nothing_else(content):
    row = next(r for r in sheet(content, "By group") if r["Level"] == FORMULA and r["Estimate"] == "hidden")
    assert row["Pupils"] == row["95% low"] == row["95% high"] == ""
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        notes = "".join(file.read(name).decode() for name in file.namelist() if "comments" in name)
    assert "hidden: too few pupils answered" in notes


def test_no_cell_is_a_formula(content):
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        sheets = [file.read(name).decode() for name in file.namelist() if name.startswith("xl/worksheets/sheet")]
    assert len(sheets) == 9
    assert not [text for text in sheets if "<f>" in text]
    assert all("<autoFilter" in text for text in sheets[1:7])
    assert all('state="frozen"' in text for text in sheets)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_makes_a_workbook(language):
    book = profile_workbook(sample_profile(), language)
    names = CalamineWorkbook.from_filelike(io.BytesIO(render_excel(book))).sheet_names
    assert len(names) == len(book.sheets)
    assert all(len(name) <= 31 for name in names)


def test_sheet_names_are_made_acceptable_and_unique():
    book = profile_workbook(sample_profile(), "en")
    table = Table("t", [Column("a"), Column("b")], [TableRow([TextCell("x"), IntervalCell(0.1, 0.2)])])
    empty = Table("t", [Column("a"), Column("b")], [TableRow([EmptyCell(), EmptyCell()])])
    names = ["A/B: [sheet] with a name that is far too long", "a/b: [sheet] with a name that is far too long", "[]"]
    sheets = [Sheet(name, name, "a note", t) for name, t in zip(names, (table, empty, empty), strict=True)]
    read = CalamineWorkbook.from_filelike(io.BytesIO(render_excel(dataclasses.replace(book, sheets=sheets))))
    assert read.sheet_names == ["A B sheet with a name that is f", "a b sheet with a name that i 2", "1"]
    assert read.get_sheet_by_name("1").to_python()


def test_texts_and_rows_stay_within_what_excel_allows():
    table = Table("t", [Column("a")], [TableRow([TextCell("Ж" * 40_000)])])
    book = dataclasses.replace(profile_workbook(sample_profile(), "en"), sheets=[Sheet("t", "t", "", table)])
    content = io.BytesIO(render_excel(book))
    assert CalamineWorkbook.from_filelike(content).get_sheet_by_name("t").to_python()[-1] == ["Ж" * 32_767]
    heights = re.findall(r' ht="([\d.]+)"', zipfile.ZipFile(content).read("xl/worksheets/sheet1.xml").decode())
    assert 400 < max(map(float, heights)) <= 409
