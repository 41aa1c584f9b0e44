"""Workbooks: one sheet with a row of names; traps and locked files are refused before anything unpacks them."""

import datetime as dt
import zipfile

import pytest
import xlsxwriter

from hashar.assess.sources import read_survey, xlsx
from hashar.errors import InputError
from hashar.intake import containers


@pytest.fixture
def book(tmp_path):
    """Write a workbook with the given sheets."""

    def write(*, at=(0, 0), name="pupils.xlsx", **sheets):
        path = tmp_path / name
        workbook = xlsxwriter.Workbook(str(path))
        dates = workbook.add_format({"num_format": "yyyy-mm-dd"})
        for title, rows in sheets.items():
            sheet = workbook.add_worksheet(title)
            for r, row in enumerate(rows):
                for c, cell in enumerate(row):
                    if isinstance(cell, dt.date):
                        sheet.write_datetime(at[0] + r, at[1] + c, cell, dates)
                    else:
                        sheet.write(at[0] + r, at[1] + c, cell)
        workbook.close()
        return path

    return write


ROWS = [["id", "answer", "vote", "when"], [1, "да", True, dt.date(2024, 5, 1)], [2.5, "", False, ""]]


def test_cells_of_every_kind_are_read(book):
    table = read_survey(book(data=ROWS))
    assert table.columns["id"].values.tolist() == [1, 2.5]
    assert table.columns["answer"].values.tolist() == ["да", ""]
    assert table.columns["vote"].values.tolist() == [1, 0]
    assert table.columns["when"].values.tolist() == ["2024-05-01", ""]


def test_a_column_with_words_and_numbers_is_words_as_they_are_seen(book):
    assert read_survey(book(data=[["code"], [1], ["x"], [2.5]])).columns["code"].values.tolist() == ["1", "x", "2.5"]


def test_a_table_that_begins_further_down_is_found(book):
    assert list(read_survey(book(at=(3, 2), data=ROWS)).columns) == ["id", "answer", "vote", "when"]


def test_empty_sheets_are_passed_over_with_a_note(book):
    table = read_survey(book(notes=[], data=ROWS))
    assert table.rows == 2
    assert "notes" in table.notes[0].values["sheets"]


def test_several_sheets_with_data_are_named(book):
    with pytest.raises(InputError, match='several sheets with data: "one", "two"; name one with "--sheet"'):
        read_survey(book(one=ROWS, two=ROWS))


def test_the_sheet_asked_for_is_read(book):
    assert read_survey(book(one=ROWS, two=[["x"], [7]]), sheet="two").columns["x"].values.tolist() == [7]


def test_a_sheet_that_is_not_there_is_named_with_those_that_are(book):
    with pytest.raises(InputError, match='no sheet "tow"; the workbook has "two", "one"'):
        read_survey(book(one=ROWS, two=ROWS), sheet="tow")


def test_a_workbook_without_data_is_refused(book):
    with pytest.raises(InputError, match="holds no data"):
        read_survey(book(one=[]))


def test_names_without_rows_are_refused(book):
    with pytest.raises(InputError, match="no rows of data"):
        read_survey(book(one=[["a", "b"]]))


@pytest.mark.parametrize("first", [[1, 2, 3], ["Title of the survey", "", "", ""]])
def test_a_first_row_without_names_is_refused_with_its_row(book, first):
    rows = [first, [4, 5, 6, 7]]
    with pytest.raises(InputError, match='sheet "one", row 3: these are not column names'):
        read_survey(book(at=(2, 0), one=rows))


def test_a_nameless_column_gets_a_name(book):
    assert list(read_survey(book(one=[["", "a", "b"], [1, 2, 3]])).columns) == ["column_1", "a", "b"]


def test_columns_of_one_name_are_refused(book):
    with pytest.raises(InputError, match='both named "a"'):
        read_survey(book(one=[["a", "a"], [1, 2]]))


def test_a_locked_workbook_is_named_so(tmp_path):
    path = tmp_path / "locked.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500 + "EncryptedPackage".encode("utf-16-le"))
    with pytest.raises(InputError, match="password-protected"):
        read_survey(path)


def test_an_old_workbook_that_is_broken_is_one_sentence(tmp_path):
    path = tmp_path / "old.xls"
    path.write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 500)
    with pytest.raises(InputError, match="damaged or cut short"):
        read_survey(path)


def test_a_workbook_cut_short_is_one_sentence(book):
    path = book(data=ROWS)
    path.write_bytes(path.read_bytes()[:1500])
    with pytest.raises(InputError, match="damaged or cut short"):
        read_survey(path)


def test_a_workbook_with_a_broken_part_is_one_sentence(book):
    path = book(data=ROWS)
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("xl/worksheets/sheet1.xml").header_offset
    data[start + 70 : start + 90] = b"\xff" * 20
    path.write_bytes(bytes(data))
    with pytest.raises(InputError, match="damaged or cut short"):
        read_survey(path)


def test_a_workbook_whose_sheet_is_no_table_is_one_sentence(tmp_path):
    path = tmp_path / "odd.xlsx"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<not-a-workbook")
    with pytest.raises(InputError, match="damaged or cut short"):
        read_survey(path)


def test_a_workbook_made_to_fill_the_memory_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(containers, "RATIO_FROM", 1 << 20)
    path = tmp_path / "trap.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"0" * (3 << 20))
    with pytest.raises(InputError, match="would unpack to 3 MB"):
        read_survey(path)


def test_a_workbook_that_declares_too_much_is_refused(book, monkeypatch):
    monkeypatch.setattr(containers, "UNPACKED_LIMIT", 1000)
    with pytest.raises(InputError, match="too much for a workbook"):
        read_survey(book(data=ROWS))


def test_a_password_that_the_reader_finds_is_named_so(book, monkeypatch):
    class Locked:
        @staticmethod
        def from_path(path):
            raise xlsx.calamine.PasswordError(path)

    monkeypatch.setattr(xlsx.calamine, "CalamineWorkbook", Locked)
    with pytest.raises(InputError, match="password-protected"):
        read_survey(book(data=ROWS))
