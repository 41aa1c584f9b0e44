import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashar.assess.rules.uploads import (
    KINDS,
    LONGEST_NAME,
    MOST_BYTES,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_ROWS,
    check_extent,
    require_kind,
    safe_name,
)
from hashar.errors import InputError, TooLarge

NAMES = {
    "survey.csv": "survey.csv",
    "Опрос 2022.SAV": "Опрос 2022.sav",
    "../../etc/passwd.csv": "passwd.csv",
    r"..\..\windows\system32\a.csv": "a.csv",
    r"C:\Users\Aigul\опрос.dta": "опрос.dta",
    "a\0b.csv": "a_b.csv",
    "a\nb\r.csv": "a_b_.csv",
    "a\u202egpj.csv": "a_gpj.csv",
    "con.csv": "survey_con.csv",
    "COM1.sav": "survey_COM1.sav",
    "lpt¹.csv": "survey_lpt¹.csv",
    "nul": "survey_nul",
    "console.csv": "console.csv",
    '<b>"q"|*?.csv': "_b__q____.csv",
    "name:stream.csv": "name_stream.csv",
    ".csv": "survey.csv",
    "...": "survey",
    "": "survey",
    "   .csv  ": "survey.csv",
    "a. .csv": "a.csv",
    ".hidden.csv": "hidden.csv",
    "folder/": "survey",
    "half\ud800.csv": "half.csv",
    "e\u0301.csv": "é.csv",
}


@pytest.mark.parametrize(("given_name", "name"), NAMES.items())
def test_a_name_says_what_the_given_one_says_and_is_safe(given_name, name):
    assert safe_name(given_name) == name


@pytest.mark.parametrize("letter", ["a", "ж", "好", "😀"])
def test_a_very_long_name_is_cut_and_keeps_its_suffix(letter):
    name = safe_name(letter * 5000 + ".parquet")
    assert len(name) <= LONGEST_NAME
    assert len(name.encode()) <= MOST_BYTES
    assert name.endswith(".parquet")


@given(st.text(st.characters(exclude_categories=()), max_size=200))
def test_whatever_was_given_the_name_is_one_plain_file_name(text):
    name = safe_name(text)
    assert name
    assert name.isprintable()
    assert not set(name) & set('<>:"/\\|?*\0')
    assert not name.startswith((".", " "))
    assert not name.endswith((".", " "))
    assert len(name.encode()) <= MOST_BYTES
    assert safe_name(name) == name


@pytest.mark.parametrize("kind", KINDS)
def test_survey_files_are_taken(kind):
    assert require_kind(f"survey{kind}") == kind


@pytest.mark.parametrize(
    ("name", "says"),
    [
        ("a.xlsm", "macros"),
        ("a.XLSB", "macros"),
        ("a.csv.gz", "packed"),
        ("a.zip", "packed"),
        ("a.xls", "not taken"),
        ("a.rds", "not taken"),
        ("a.exe", "only survey files"),
        ("survey", "only survey files"),
    ],
)
def test_other_files_are_refused_with_what_to_do(name, says):
    with pytest.raises(InputError, match=says):
        require_kind(name)


@pytest.mark.parametrize(
    ("rows", "columns"), [(MOST_ROWS + 1, 1), (1, MOST_COLUMNS + 1), (MOST_CELLS // 1000 + 1, 1000)]
)
def test_what_would_not_fit_into_memory_is_refused(rows, columns):
    with pytest.raises(TooLarge):
        check_extent("a.csv", rows, columns)


def test_the_largest_that_fits_is_taken():
    check_extent("a.csv", MOST_CELLS // MOST_COLUMNS, MOST_COLUMNS)
    check_extent("a.csv", MOST_ROWS, MOST_CELLS // MOST_ROWS)


def test_an_error_is_kept_as_words():
    assert InputError("{file} of {size}", file="a", size=3).stored() == {
        "message": "{file} of {size}",
        "values": {"file": "a", "size": "3"},
    }
