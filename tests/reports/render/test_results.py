"""Tables for other programs keep every digit, and say what is not a number."""

import json
import math
from pathlib import Path

import pyarrow.parquet as pq
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from hashar.errors import UsageError
from hashar.reports.render.results import csv_text, table_writer, write_table

COLUMNS = {
    "name": ["a", 'quoted "b", c', "=1+1"],
    "n": [1, 2, 3],
    "x": [0.1 + 0.2, math.nan, math.inf],
    "low": [-math.inf, 1e-300, -0.0],
    "yes": [True, False, True],
    "gap": [None, "x", None],
}


def test_csv_writes_floats_so_that_they_read_back_the_same():
    lines = csv_text(COLUMNS).splitlines()
    assert lines[0] == "name,n,x,low,yes,gap"
    assert lines[1] == "a,1,0.30000000000000004,-Inf,True,"
    assert lines[2] == '"quoted ""b"", c",2,NaN,1e-300,False,x'


@given(st.floats(allow_nan=False, allow_infinity=False))
@settings(max_examples=50)
def test_any_float_survives_csv(value):
    assert float(csv_text({"x": [value]}).splitlines()[1]) == value


def test_json_has_no_nan_but_null_and_infinity_as_text(tmp_path):
    write_table(tmp_path / "t.json", COLUMNS, {"by": "test"}, title="rows")
    found = json.loads((tmp_path / "t.json").read_text(encoding="utf-8"), parse_constant=pytest.fail)
    assert found["about"] == {"by": "test"}
    assert [row["x"] for row in found["rows"]] == [0.1 + 0.2, None, "Inf"]
    assert found["rows"][0]["low"] == "-Inf"


def test_parquet_keeps_types_and_how_the_table_was_made(tmp_path):
    write_table(tmp_path / "t.parquet", COLUMNS, {"by": "test"})
    table = pq.read_table(tmp_path / "t.parquet")
    assert table.column("n").to_pylist() == [1, 2, 3]
    assert table.column("x").to_pylist()[0] == 0.1 + 0.2
    assert table.column("yes").to_pylist() == [True, False, True]
    assert table.schema.metadata[b"hashar.by"] == b"test"


def test_a_workbook_has_the_rows_and_how_they_were_made_and_no_formulas(tmp_path):
    write_table(tmp_path / "t.xlsx", COLUMNS, {"by": "test"})
    book = CalamineWorkbook.from_path(tmp_path / "t.xlsx")
    rows = book.get_sheet_by_name("estimates").to_python()
    assert rows[0] == list(COLUMNS)
    assert rows[3][0] == "=1+1"
    assert rows[1][2] == pytest.approx(0.1 + 0.2, rel=1e-15)  # a workbook holds 16 digits
    assert [row[2] for row in rows[2:]] == ["NaN", "Inf"]
    assert book.get_sheet_by_name("about").to_python() == [["by", "test"]]


def test_a_workbook_without_anything_to_say_has_one_sheet(tmp_path):
    write_table(tmp_path / "t.xlsx", {"n": [1]})
    assert CalamineWorkbook.from_path(tmp_path / "t.xlsx").sheet_names == ["estimates"]


def test_an_ending_that_nobody_knows_is_refused_with_those_that_are():
    with pytest.raises(UsageError, match=r"\.csv, \.json, \.parquet, \.xlsx"):
        table_writer(Path("table.doc"))
