"""SPSS and Stata files: nothing is dropped, and what is broken is said in one sentence."""

from pathlib import Path

import numpy as np
import pytest

from hashar.assess.sources import read_survey, readstat
from hashar.errors import InputError

DATA = Path(__file__).parent / "data"
SAV = (DATA / "school.sav").read_bytes()


def written(folder: Path, name: str, data: bytes) -> Path:
    path = folder / name
    path.write_bytes(data)
    return path


@pytest.mark.parametrize("name", ["school.sav", "school.zsav"])
def test_user_missing_codes_stay_in_the_values_and_are_listed(name):
    q1 = read_survey(DATA / name).columns["q1"]
    assert q1.values[:4].tolist() == [1, 2, 8, 9]
    assert np.isnan(q1.values[4])
    assert set(q1.missing_codes) == {8.0, 9.0}
    assert q1.value_labels[9.0] == "Отказ"


def test_a_range_of_missing_codes_is_kept_as_a_range():
    q2 = read_survey(DATA / "school.sav").columns["q2"]
    assert q2.missing_ranges == ((90.0, 99.0),)
    assert q2.missing_codes == (-1.0,)


def test_words_keep_their_missing_codes_and_empty_cells():
    q3 = read_survey(DATA / "school.sav").columns["q3"]
    assert q3.is_text
    assert q3.values[:4].tolist() == ["қазақ", "орыс", "", "жоқ"]
    assert q3.missing_codes == ("жоқ",)


def test_stata_letters_are_tags_beside_empty_values():
    q1 = read_survey(DATA / "school.dta").columns["q1"]
    assert np.isnan(q1.values[2:5]).all()
    assert q1.tags.tolist()[:5] == ["", "", "a", "b", ""]


def test_kazakh_labels_of_questions_answers_and_the_file_come_through():
    table = read_survey(DATA / "school.sav")
    assert table.file_label == "Сауалнама 2024"
    assert table.columns["q1"].label == "Сіз темекі шегіп көрдіңіз бе?"
    assert read_survey(DATA / "school.dta").columns["sex"].value_labels == {1.0: "Қыз", 2.0: "Ұл"}


def test_a_thousand_value_labels_are_read():
    assert len(read_survey(DATA / "labels.zsav").columns["school"].value_labels) == 1000


def test_only_the_columns_asked_for_are_read_in_the_order_of_the_file():
    table = read_survey(DATA / "school.sav", columns=["w", "q1"])
    assert list(table.columns) == ["w", "q1"]
    assert table.fingerprint.columns == 2


def test_large_files_are_read_by_groups_of_columns(monkeypatch):
    monkeypatch.setattr(readstat, "CELLS_AT_ONCE", 30)
    in_parts = read_survey(DATA / "school.sav")
    monkeypatch.undo()
    whole = read_survey(DATA / "school.sav")
    assert list(in_parts.columns) == list(whole.columns)
    assert all(
        np.array_equal(
            in_parts.columns[name].values, whole.columns[name].values, equal_nan=not whole.columns[name].is_text
        )
        for name in whole.columns
    )


@pytest.mark.parametrize("length", [4, 100, 400, len(SAV) - 1])
def test_a_sav_cut_short_is_one_sentence(tmp_path, length):
    with pytest.raises(InputError, match="damaged or cut short"):
        read_survey(written(tmp_path, "cut.sav", SAV[:length]))


@pytest.mark.parametrize("name", ["school.zsav", "school.dta"])
def test_other_formats_cut_short_are_one_sentence(tmp_path, name):
    data = (DATA / name).read_bytes()
    with pytest.raises(InputError, match="damaged or cut short"):
        read_survey(written(tmp_path, name, data[: len(data) * 2 // 3]))


def test_a_sav_without_rows_is_refused():
    with pytest.raises(InputError, match="no rows of data"):
        read_survey(DATA / "nobody.sav")


def test_texts_that_are_not_in_the_declared_encoding_name_the_option(tmp_path):
    broken = written(tmp_path, "letters.sav", SAV.replace("Отказ".encode(), b"\xff" * 10))
    with pytest.raises(InputError, match=r"not in UTF-8; name the right one, e\.g\. with --encoding cp1251"):
        read_survey(broken)


def test_a_forced_encoding_that_does_not_fit_is_named():
    with pytest.raises(InputError, match="not in ascii"):
        read_survey(DATA / "school.sav", encoding="ascii")


def test_an_encoding_that_does_not_exist_is_refused():
    with pytest.raises(InputError, match='"utf-99" is not an encoding'):
        read_survey(DATA / "school.sav", encoding="utf-99")


def test_a_password_protected_sav_is_named_so(tmp_path):
    with pytest.raises(InputError, match="password-protected"):
        read_survey(written(tmp_path, "locked.sav", b"\x1c\0\0\0\0\0\0\0ENCRYPTEDSAV\x15" + b"\0" * 200))


def test_a_file_larger_than_memory_says_what_to_do(monkeypatch):
    def exhausted(*_args, **_options):
        raise MemoryError

    monkeypatch.setattr(readstat.pyreadstat, "read_sav", exhausted)
    with pytest.raises(InputError, match="does not fit into memory"):
        read_survey(DATA / "school.sav")


def test_a_file_with_fewer_rows_than_it_claims_is_cut_short(monkeypatch):
    real = readstat.pyreadstat.read_sav

    def shortened(path, **options):
        data, about = real(path, **options)
        return {name: values[:-1] for name, values in data.items()}, about

    monkeypatch.setattr(readstat.pyreadstat, "read_sav", shortened)
    with pytest.raises(InputError, match="damaged or cut short"):
        read_survey(DATA / "school.sav")
