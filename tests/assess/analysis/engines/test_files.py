import pytest

from hashar.assess.analysis.engines.files import look
from hashar.errors import EngineError, InputError


def test_a_parquet_file_is_told_by_its_content(tmp_path):
    (tmp_path / "survey.csv").write_bytes(b"PAR1 and more")
    assert look(tmp_path / "survey.csv").form is None


def test_a_csv_file_is_told_with_its_separator(tmp_path):
    (tmp_path / "survey.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    assert look(tmp_path / "survey.csv").form.separator == ";"


@pytest.mark.parametrize("head", [b"$FL2@(#) SPSS", b"PK\x03\x04", b"<stata_dta>", b"PARE"])
def test_other_formats_are_sent_to_memory(tmp_path, head):
    (tmp_path / "survey").write_bytes(head)
    with pytest.raises(EngineError, match="neither CSV nor Parquet"):
        look(tmp_path / "survey")


def test_another_encoding_is_sent_to_memory(tmp_path):
    (tmp_path / "survey.csv").write_bytes("место,вес\nГород Алматы,1\n".encode("cp1251"))
    with pytest.raises(EngineError, match="is written in cp1251; this engine reads only UTF-8"):
        look(tmp_path / "survey.csv")


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be opened"):
        look(tmp_path / "survey.csv")
