"""Parquet files: every plain type is read, what is no answer is passed over, what is broken is one sentence."""

import datetime as dt
from decimal import Decimal

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from hashar.assess.sources import read_survey
from hashar.errors import InputError


@pytest.fixture
def put(tmp_path):
    """Write a Parquet file."""

    def write(columns, name="pupils.parquet"):
        path = tmp_path / name
        pq.write_table(columns if isinstance(columns, pa.Table) else pa.table(columns), path)
        return path

    return write


def test_columns_of_every_plain_type_are_read(put):
    table = read_survey(
        put(
            {
                "whole": pa.array([1, None, 3], pa.int32()),
                "real": [0.5, None, 1.5],
                "yes": [True, False, None],
                "money": pa.array([Decimal("1.25"), None, Decimal("2.5")]),
                "word": ["а", None, "б"],
                "level": pa.array(["x", "y", None]).dictionary_encode(),
                "day": [dt.date(2024, 5, 1), None, dt.date(2024, 5, 2)],
                "nothing": pa.nulls(3),
                "bytes": pa.array([b"ab", None, b"c"]),
            }
        )
    )
    numbers = {name: table.columns[name].values for name in ("whole", "real", "yes", "money", "nothing")}
    assert np.array_equal(numbers["whole"], [1, np.nan, 3], equal_nan=True)
    assert np.array_equal(numbers["yes"], [1, 0, np.nan], equal_nan=True)
    assert np.array_equal(numbers["money"], [1.25, np.nan, 2.5], equal_nan=True)
    assert np.isnan(numbers["nothing"]).all()
    words = {name: table.columns[name].values.tolist() for name in ("word", "level", "day", "bytes")}
    assert words == {
        "word": ["а", "", "б"],
        "level": ["x", "y", ""],
        "day": ["2024-05-01", "", "2024-05-02"],
        "bytes": ["ab", "", "c"],
    }


def test_identifiers_too_long_for_a_number_stay_exact(put):
    assert read_survey(put({"id": [2**60 + 1, 2**60 + 2]})).columns["id"].values.tolist() == [
        "1152921504606846977",
        "1152921504606846978",
    ]


def test_words_that_are_all_numbers_become_numbers_unless_two_would_be_the_same(put):
    table = read_survey(put({"code": ["1", "2", "NA"], "school": ["01", "1", "2"], "none": ["", None, ""]}))
    assert np.array_equal(table.columns["code"].values, [1, 2, np.nan], equal_nan=True)
    assert table.columns["school"].values.tolist() == ["01", "1", "2"]
    assert table.columns["none"].is_text


def test_a_column_that_holds_no_answers_is_named(put):
    with pytest.raises(InputError, match=r'column "odd" of type binary holds no answers; leave it out'):
        read_survey(put({"odd": pa.array([b"\xff\xfe"])}))


def test_an_empty_column_of_whole_numbers_is_no_identifier(put):
    assert not read_survey(put({"a": pa.array([None, None], pa.int64())})).columns["a"].is_text


def test_lists_and_records_are_passed_over_with_a_note(put):
    table = read_survey(put({"a": [1, 2], "several": [[1], [2, 3]]}))
    assert list(table.columns) == ["a"]
    assert table.notes[0].values == {"names": "several"}


def test_a_list_asked_for_is_refused(put):
    with pytest.raises(InputError, match='column "several" holds lists or records'):
        read_survey(put({"a": [1, 2], "several": [[1], [2, 3]]}), columns=["several"])


def test_only_the_columns_asked_for_are_read(put):
    assert list(read_survey(put({"a": [1], "b": [2]}), columns=["b"]).columns) == ["b"]


def test_a_file_without_rows_is_refused(put):
    with pytest.raises(InputError, match="no rows of data"):
        read_survey(put({"a": pa.array([], pa.int32())}))


def test_columns_of_one_name_are_refused(put):
    table = pa.table([pa.array([1]), pa.array([2])], names=["a", "a"])
    with pytest.raises(InputError, match='columns 1 and 2 are both named "a"'):
        read_survey(put(table))


@pytest.mark.parametrize("cut", [50, -10])
def test_a_file_cut_short_is_one_sentence(put, cut):
    path = put({"a": list(range(100))})
    path.write_bytes(path.read_bytes()[:cut])
    with pytest.raises(InputError, match="damaged or cut short"):
        read_survey(path)


def test_a_locked_file_is_named_so(tmp_path):
    path = tmp_path / "locked.parquet"
    path.write_bytes(b"PARE" + b"\0" * 100 + b"PARE")
    with pytest.raises(InputError, match="password-protected"):
        read_survey(path)


def test_a_file_with_locked_columns_is_named_so(put, monkeypatch):
    def locked(_path):
        raise OSError("Column is encrypted, no decryption properties")

    path = put({"a": [1]})
    monkeypatch.setattr(pq, "ParquetFile", locked)
    with pytest.raises(InputError, match="password-protected"):
        read_survey(path)
