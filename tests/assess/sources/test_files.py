"""Any survey file: told by its content, never touched, refused in one sentence."""

import hashlib
import os
import shutil
import zipfile
from importlib import resources
from pathlib import Path

import pytest

from hashar.assess.sources import read_survey
from hashar.errors import InputError

DATA = Path(__file__).parent / "data"
YRBS = Path(str(resources.files("hashar.flows") / "data" / "yrbs"))


def written(folder, name, data):
    path = folder / name
    path.write_bytes(data)
    return path


def test_a_file_that_is_not_there(tmp_path):
    with pytest.raises(InputError, match="was not found; check the name"):
        read_survey(tmp_path / "nothing.sav")


def test_a_folder(tmp_path):
    with pytest.raises(InputError, match="is a folder; name the survey file inside"):
        read_survey(tmp_path)


def test_a_name_that_no_file_can_have():
    with pytest.raises(InputError, match="may not be read"):
        read_survey("impossible\0name.sav")


def test_an_empty_file(tmp_path):
    with pytest.raises(InputError, match=r"is empty \(0 bytes\)"):
        read_survey(written(tmp_path, "empty.sav", b""))


def test_the_content_counts_not_the_suffix(tmp_path):
    path = tmp_path / "renamed.csv"
    shutil.copy(DATA / "school.sav", path)
    table = read_survey(path)
    assert table.rows == 12
    assert table.notes[0].values == {"file": "renamed.csv", "format": "SPSS"}


def test_rows_under_a_wrong_suffix_are_read_as_rows(tmp_path):
    table = read_survey(written(tmp_path, "renamed.sav", b"a,b\n1,2\n"))
    assert table.notes[0].values["format"] == "CSV"


def test_words_under_a_wrong_suffix_are_refused(tmp_path):
    with pytest.raises(InputError, match="not in SPSS format, or its beginning is damaged"):
        read_survey(written(tmp_path, "letter.sav", b"Dear colleague\nplease find\n"))


def test_old_stata_files_are_told_by_their_first_bytes(tmp_path):
    with pytest.raises(InputError, match="damaged or cut short"):
        read_survey(written(tmp_path, "old.dta", b"\x72\x02\x01\x00" + b"\0" * 50))


@pytest.mark.parametrize("name", ["data.por", "data.sas7bdat", "data.rds"])
def test_formats_that_lose_missing_codes_are_refused(tmp_path, name):
    with pytest.raises(InputError, match="this format is not read, since it loses the missing codes"):
        read_survey(written(tmp_path, name, b"a,b\n1,2\n"))


def test_an_archive_is_to_be_unpacked(tmp_path):
    path = tmp_path / "survey.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("survey.csv", "a,b\n1,2\n")
    with pytest.raises(InputError, match="ZIP archive or another document"):
        read_survey(path)


def test_a_broken_archive_is_damaged(tmp_path):
    with pytest.raises(InputError, match="damaged or cut short"):
        read_survey(written(tmp_path, "survey.xlsx", b"PK\x03\x04" + b"\0" * 100))


def test_a_sheet_is_only_for_workbooks():
    with pytest.raises(InputError, match="not a workbook, it has no sheets"):
        read_survey(DATA / "school.sav", sheet="one")


def test_the_fingerprint_identifies_the_file():
    path = DATA / "school.sav"
    found = read_survey(path).fingerprint
    data = path.read_bytes()
    assert (found.name, found.size, found.rows) == ("school.sav", len(data), 12)
    assert found.sha256 == hashlib.sha256(data).hexdigest()


@pytest.mark.parametrize("name", ["school.sav", "school.zsav", "school.dta", "labels.zsav"])
def test_the_input_is_never_touched(name):
    path = DATA / name
    before = (path.read_bytes(), path.stat().st_mtime_ns)
    read_survey(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_the_real_survey_is_read_whole():
    table = read_survey(YRBS / "yrbs_national_2019.parquet")
    assert (table.rows, len(table.columns)) == (13677, 235)
    assert table.columns["q5"].is_text


def test_a_workbook_whose_table_of_contents_is_broken_is_damaged(tmp_path):
    path = written(tmp_path, "survey.xlsx", b"")
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    data = path.read_bytes()
    path.write_bytes(data.replace(b"PK\x01\x02", b"PK\x07\x07"))
    with pytest.raises(InputError, match="damaged or cut short"):
        read_survey(path)


@pytest.mark.parametrize("encoding", ["hex", "rot13", "klingon"])
def test_what_is_not_an_encoding_of_text_is_refused(tmp_path, encoding):
    with pytest.raises(InputError, match="is not an encoding"):
        read_survey(written(tmp_path, "survey.csv", b"a,b\n1,2\n"), encoding=encoding)


def test_a_file_name_that_is_not_text_is_shown_as_far_as_it_is(tmp_path):
    path = Path(os.fsdecode(bytes(tmp_path) + b"/bad\xff.csv"))
    path.write_bytes(b"a,b\n1,2\n")
    assert read_survey(path).fingerprint.name == "bad?.csv"
