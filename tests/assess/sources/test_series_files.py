"""Register files as they are: encodings, separators, sheets, traps."""

import datetime as dt
import zipfile

import pytest
import xlsxwriter

from hashar.assess.sources import series_files
from hashar.assess.sources.series_files import read_grid
from hashar.errors import InputError, TooLarge

TEXT = "область;год;значение\nАкмолинская;2022;1,5\n"


def saved(tmp_path, content, name="f.csv"):
    path = tmp_path / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_an_encoding_is_found_out(tmp_path, encoding):
    grid = read_grid(saved(tmp_path, (TEXT * 3).encode(encoding)))
    assert grid.rows[0] == ["область", "год", "значение"]
    assert bool(grid.notes) == (encoding in ("utf-16", "cp1251"))


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_separator_is_found_out_below_title_rows(tmp_path, separator):
    lines = ["Title, with a comma; and more", "", *(separator.join(("KZ-10", "2022", str(n))) for n in range(5))]
    grid = read_grid(saved(tmp_path, "\n".join(lines).encode()))
    assert grid.rows[2] == ["KZ-10", "2022", "0"]


def test_excel_s_line_on_the_separator_is_no_data(tmp_path):
    grid = read_grid(saved(tmp_path, b"sep=;\nregion;n\nKZ-10;1\n"))
    assert grid.rows == [[], ["region", "n"], ["KZ-10", "1"]]


def test_rows_are_numbered_as_the_file_shows_them(tmp_path):
    grid = read_grid(saved(tmp_path, b'a,b\n\n"x\ny",1\nz,2\n'))
    assert grid.rows.index(["z", "2"]) == 4


def test_ragged_rows_stay_as_they_are(tmp_path):
    grid = read_grid(saved(tmp_path, b"a,b\n1\n1,2,3,,\n\n"))
    assert grid.rows == [["a", "b"], ["1"], ["1", "2", "3"]]
    assert (grid.width, grid.cell(2, 1)) == (3, "")


def test_one_column_is_still_a_table(tmp_path):
    assert read_grid(saved(tmp_path, b"n\n1\n2\n")).rows == [["n"], ["1"], ["2"]]


def test_a_long_cell_is_cut(tmp_path):
    assert len(read_grid(saved(tmp_path, b"a,b\n" + b"x" * 5000 + b",1\n")).rows[1][0]) == series_files.LONGEST_CELL


def test_an_open_quotation_mark_is_named(tmp_path):
    with pytest.raises(InputError, match="quotation mark"):
        read_grid(saved(tmp_path, b'a,b\n"' + b"x" * 200_000))


def test_a_packed_file_that_is_cut_short(tmp_path):
    with pytest.raises(InputError, match="damaged"):
        read_grid(saved(tmp_path, b"\x1f\x8b\x08\x00rest", "f.csv.gz"))


def test_other_formats_are_refused(tmp_path):
    with pytest.raises(InputError, match="not a table"):
        read_grid(saved(tmp_path, b"PAR1" + b"\0" * 40 + b"PAR1", "f.parquet"))


def test_too_wide_a_file_is_refused(tmp_path):
    with pytest.raises(TooLarge, match="300 columns"):
        read_grid(saved(tmp_path, (",".join("x" * 301) + "\n1,2\n").encode()))


def workbook(tmp_path, name="f.xlsx", **sheets):
    path = tmp_path / name
    with xlsxwriter.Workbook(path) as book:
        for title, write in sheets.items():
            write(book.add_worksheet(title), book)
    return path


def data(sheet, book):
    sheet.merge_range(0, 0, 0, 2, "Registered offences")
    sheet.write_row(2, 0, ["region", "date", "n"])
    sheet.merge_range(3, 0, 4, 0, "KZ-10")
    day = book.add_format({"num_format": "dd.mm.yyyy"})
    sheet.write_datetime(3, 1, dt.date(2022, 1, 1), day)
    sheet.write_number(3, 2, 71)
    sheet.write_datetime(4, 1, dt.date(2023, 1, 1), day)
    sheet.write_boolean(4, 2, True)
    sheet.write_datetime(5, 1, dt.time(12, 30), book.add_format({"num_format": "hh:mm"}))


def nothing(sheet, book):
    pass


def test_a_workbook_with_titles_merged_cells_and_dates(tmp_path):
    grid = read_grid(workbook(tmp_path, Empty=nothing, Data=data))
    assert (grid.sheets, grid.sheet) == (("Empty", "Data"), "Data")
    assert grid.rows[0] == ["Registered offences"]
    assert grid.rows[3] == ["KZ-10", dt.date(2022, 1, 1), 71.0]
    assert grid.rows[4] == ["KZ-10", dt.date(2023, 1, 1), "true"]


def test_a_sheet_is_chosen_by_name(tmp_path):
    path = workbook(tmp_path, One=data, Two=data)
    assert read_grid(path, sheet="Two").sheet == "Two"
    with pytest.raises(InputError, match='choose one of "One", "Two"'):
        read_grid(path, sheet="Three")


def test_an_empty_workbook_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no data"):
        read_grid(workbook(tmp_path, Empty=nothing))


def test_a_workbook_of_blank_cells_is_refused(tmp_path):
    with pytest.raises(InputError, match="holds no data"):
        read_grid(workbook(tmp_path, Blank=lambda sheet, book: sheet.write_string(3, 3, "  ")))


def test_macros_are_not_run_and_that_is_said(tmp_path):
    path = workbook(tmp_path, "f.xlsm", Data=data)
    with zipfile.ZipFile(path, "a") as archive:
        archive.writestr("xl/vbaProject.bin", b"not run")
    assert "macros" in read_grid(path).notes[0].message


def test_a_zip_bomb_is_refused_before_it_unpacks(tmp_path):
    path = tmp_path / "bomb.xlsx"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        archive.writestr("xl/worksheets/sheet1.xml", b"\0" * (200 << 20))
    with pytest.raises(InputError, match="would unpack to"):
        read_grid(path)


@pytest.mark.parametrize(("row", "column"), [(1_048_575, 16_383), (900_000, 0)])
def test_a_cell_far_away_does_not_fill_the_memory(tmp_path, row, column):
    def far(sheet, book):
        sheet.write_string(0, 0, "region")
        sheet.write_number(row, column, 1)

    with pytest.raises((TooLarge, InputError), match=r"more than 100000 rows|delete what lies far out"):
        read_grid(workbook(tmp_path, Far=far))


def test_a_damaged_workbook_is_named(tmp_path):
    path = workbook(tmp_path, Data=data)
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, b"<broken" if name.startswith("xl/worksheets/sheet") else content)
    with pytest.raises(InputError, match="damaged"):
        read_grid(path)
