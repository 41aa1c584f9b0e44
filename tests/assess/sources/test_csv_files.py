"""CSV files: what they do not say is guessed on purpose and noted; what is broken is named by its line."""

import gzip
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.assess.sources import csv_files, read_survey
from hashar.assess.sources.words import column_of_words, numbers
from hashar.errors import InputError


@pytest.fixture
def put(tmp_path):
    """Write a CSV file."""

    def write(content, name="pupils.csv", encoding="utf-8"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode(encoding))
        return path

    return write


def notes(table):
    return " ".join(note.message.format(**note.values) for note in table.notes)


def test_numbers_become_numbers_and_words_stay_words(put):
    table = read_survey(put("a,b,c\n1,да,2.5\n2,,NA\n3,нет,.\n"))
    assert table.columns["a"].values.tolist() == [1, 2, 3]
    assert table.columns["b"].values.tolist() == ["да", "", "нет"]
    assert table.columns["c"].values[0] == 2.5
    assert all(math.isnan(value) for value in table.columns["c"].values[1:])
    assert table.notes == []


def test_na_among_words_is_no_answer_and_other_words_are_answers(put):
    table = read_survey(put('drug\nNA\nNone\n"NA"\nN/A\nspice\n'))
    assert table.columns["drug"].values.tolist() == ["", "None", "", "N/A", "spice"]


def test_an_empty_column_is_numbers_without_any(put):
    assert not read_survey(put("a,b\n1,\n2,\n")).columns["b"].is_text


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_the_separator_is_found(put, separator):
    table = read_survey(put(separator.join("abc") + "\n" + separator.join("123") + "\n"))
    assert list(table.columns) == ["a", "b", "c"]


def test_separators_inside_quotes_do_not_count(put):
    table = read_survey(put('a;b\n"1,2,3,4";5\n"x,y,z,w";6\n'))
    assert table.columns["a"].values.tolist() == ["1,2,3,4", "x,y,z,w"]


def test_decimal_commas_are_read_and_noted(put):
    table = read_survey(put("a;b\n1,5;2\n-0,25;3\n"))
    assert table.columns["a"].values.tolist() == [1.5, -0.25]
    assert "Decimal commas" in notes(table)


def test_a_comma_in_quotes_is_no_decimal_where_commas_separate(put):
    assert read_survey(put('a,b\n"1,5",2\n')).columns["a"].is_text


def test_a_column_of_one_name_needs_no_separator(put):
    assert read_survey(put("weight\n1.5\n2\n")).columns["weight"].values.tolist() == [1.5, 2]


def test_line_ends_inside_quotes_belong_to_the_cell(put):
    assert read_survey(put('a,b\n"x\ny",1\n')).columns["a"].values.tolist() == ["x\ny"]


def test_the_mark_of_utf8_is_not_part_of_the_first_name(put):
    table = read_survey(put("a,b\n1,2\n", encoding="utf-8-sig"))
    assert list(table.columns) == ["a", "b"]
    assert table.notes == []


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_unicode_of_two_and_four_bytes_is_found(put, encoding):
    table = read_survey(put("имя,код\nАйгүл,1\nand plain letters,2\n", encoding=encoding))
    assert table.columns["имя"].values[0] == "Айгүл"
    assert "guessed as" in notes(table)


@pytest.mark.parametrize("encoding", ["cp1251", "cp866", "koi8-r"])
def test_cyrillic_of_one_byte_is_found_and_noted(put, encoding):
    text = "вопрос;ответ\nпробовали ли вы курить;никогда не курил\nупотребление алкоголя;только один раз\n"
    table = read_survey(put(text, encoding=encoding))
    assert table.columns["вопрос"].values[0] == "пробовали ли вы курить"
    assert f"guessed as {encoding}" in notes(table)


def test_latin_letters_of_one_byte_are_not_taken_for_cyrillic(put):
    table = read_survey(put("città,età\nForlì,12\nCefalù,13\n", encoding="cp1252"))
    assert list(table.columns) == ["città", "età"]


def test_a_named_encoding_is_not_guessed(put):
    table = read_survey(put("имя,код\nда,1\n", encoding="cp1251"), encoding="cp1251")
    assert table.columns["имя"].values.tolist() == ["да"]
    assert table.notes == []


def test_a_wrong_named_encoding_says_the_line(put):
    with pytest.raises(InputError, match="line 3: the text is not in utf-8; leave out --encoding"):
        read_survey(put(b"a,b\nx,1\n\xff\xfe\xfa,2\n"), encoding="utf-8")


def test_letters_that_no_encoding_explains_are_one_sentence(put):
    with pytest.raises(InputError, match="the text is not in cp1252; name its encoding"):
        read_survey(put(b"a,b\nna\xefve caf\xe9,1\n\x81 \x8d,2\n"))


@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_line_in_another_encoding_than_the_rest_is_named(put, mark):
    lines = [f"{mark}имя,код".encode(), *["Айгүл,1".encode()] * 20, "Мария,2".encode("cp1251"), "Олег,3".encode()]
    with pytest.raises(InputError, match="line 22: letters here are not in UTF-8, though the rest of the file is"):
        read_survey(put(b"\n".join(lines)))


def test_a_line_in_another_encoding_far_below_is_named(put):
    text = "имя,код\n".encode() + b"Aigul,1\n" * 200_000 + "Мария,2\n".encode("cp1251") * 50
    with pytest.raises(InputError, match="line 200002: letters here are not in UTF-8"):
        read_survey(put(text))


def test_a_letter_cut_off_at_the_end_is_named(put):
    with pytest.raises(InputError, match="line 3: letters here are not in UTF-8"):
        read_survey(put("имя,код\nда,1\nнет,Д".encode()[:-1]))


def test_a_first_line_that_is_all_quotation_is_one_sentence(put):
    with pytest.raises(InputError, match="rows cannot be told apart"):
        read_survey(put('"' + "x" * 200_000))


def test_packed_files_are_unpacked_while_reading(put):
    assert read_survey(put(gzip.compress(b"a,b\n1,2\n"), "pupils.csv.gz")).rows == 1


@pytest.mark.parametrize("cut", [20, -5])
def test_a_packed_file_cut_short_is_one_sentence(put, cut):
    packed = gzip.compress(b"a,b\n" + b"".join(b"%d,%d\n" % (n, n * n) for n in range(3000)))
    with pytest.raises(InputError, match="damaged or cut short"):
        read_survey(put(packed[:cut], "pupils.csv.gz"))


def test_the_line_of_excel_that_names_the_separator_is_understood(put):
    assert list(read_survey(put("sep=;\na;b\n1;2\n")).columns) == ["a", "b"]


def test_a_short_row_is_named_by_its_line(put):
    with pytest.raises(InputError, match="line 5: the row has 1 cells, the header has 2"):
        read_survey(put('a,b\n1,2\n"x\ny",3\n4\n'))


def test_a_long_row_is_named_by_its_line(put):
    with pytest.raises(InputError, match="line 3: the row has 3 cells"):
        read_survey(put("a,b\n1,2\n1,2,3\n"))


def test_columns_of_one_name_are_refused_with_their_places(put):
    with pytest.raises(InputError, match='columns 1 and 3 are both named "a"'):
        read_survey(put("a,b,a\n1,2,3\n"))


def test_a_first_row_of_numbers_is_no_header(put):
    with pytest.raises(InputError, match="line 1: the first row holds values, not column names"):
        read_survey(put("1,2,3\n4,5,6\n"))


def test_columns_without_a_name_get_one(put):
    table = read_survey(put(",a\nr1,2\n"))
    assert list(table.columns) == ["column_1", "a"]
    assert "column_1" in notes(table)


def test_separators_at_the_end_of_lines_make_no_column(put):
    assert list(read_survey(put("a,b,,\n1,2,,\n3,,,\n")).columns) == ["a", "b"]


def test_names_without_rows_are_refused(put):
    with pytest.raises(InputError, match="no rows of data"):
        read_survey(put("a,b\n"))


def test_empty_lines_only_are_refused(put):
    with pytest.raises(InputError, match="nothing but empty lines"):
        read_survey(put("\n\n  \n"))


def test_bytes_that_are_no_text_are_refused(put):
    with pytest.raises(InputError, match="not a text file"):
        read_survey(put(b"\x01\x00\x00\x07a\x00\x00,\x00\x09\x00" * 40, "data.bin"))


def test_a_quotation_mark_that_is_not_closed_is_one_sentence(put):
    with pytest.raises(InputError, match="line 2: rows cannot be told apart, perhaps a quotation mark"):
        read_survey(put('a,b\n"never closed,1\n' + "2,3\n" * 50))


def test_a_cell_without_end_is_one_sentence(put):
    with pytest.raises(InputError, match="quotation mark"):
        read_survey(put('a,b\n1,2\n"' + "x" * 300_000))


def test_only_the_columns_asked_for_are_read(put):
    assert list(read_survey(put("a,b,c\n1,2,3\n"), columns=["c", "a"]).columns) == ["a", "c"]


def test_a_column_that_is_not_there_names_the_closest(put):
    with pytest.raises(InputError, match='no column "Weight"; did you mean "weight"'):
        read_survey(put("id,weight\n1,2\n"), columns=["Weight"])


def test_a_column_that_resembles_none_lists_what_there_is(put):
    with pytest.raises(InputError, match='no column "zzz"; the file has id, weight'):
        read_survey(put("id,weight\n1,2\n"), columns=["zzz"])


def test_several_missing_columns_are_named_together(put):
    with pytest.raises(InputError, match="2 columns asked for are not in the file: x, y") as caught:
        read_survey(put("id,weight\n1,2\n"), columns=["x", "id", "y"])
    assert len(caught.value.problems) == 2


def test_a_huge_file_is_not_read_whole_but_by_columns(put, monkeypatch):
    monkeypatch.setattr(csv_files, "WHOLE_LIMIT", 10)
    path = put("a,b,c\n1,2,3\n4,5,6\n")
    with pytest.raises(
        InputError, match='too much to read whole; name the columns that you need, add "--engine duckdb"'
    ):
        read_survey(path)
    assert read_survey(path, columns=["b"]).columns["b"].values.tolist() == [2, 5]


def test_a_word_in_a_late_block_makes_the_whole_column_words(put, monkeypatch):
    monkeypatch.setattr(csv_files, "BLOCK", 64)
    rows = [f"{n},{n}" for n in range(100)] + ["x,100"]
    column = read_survey(put("a,b\n" + "\n".join(rows) + "\n")).columns["a"]
    assert column.values[0] == "0"
    assert column.values[-1] == "x"


@settings(max_examples=25, deadline=None)
@given(st.lists(st.floats(allow_nan=False, allow_infinity=False, width=64), min_size=1, max_size=20))
def test_every_number_survives_its_text(values):
    words = [repr(value) for value in values]
    assert column_of_words("x", words).values.tolist() == values
    assert numbers([word.replace(".", ",") for word in words], decimal_comma=True) is not None
