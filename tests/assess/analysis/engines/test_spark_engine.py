"""Spark with a session of its own, as the command line starts it."""

import pytest

from hashar.assess.analysis.engines import cells_from_file
from hashar.assess.analysis.engines.spark_engine import java_is_there, local_session
from hashar.errors import EngineError
from tests.assess.analysis.engines.survey_file import PLANS, parquet

pytest.importorskip("pyspark", reason='the extra "spark" is not installed')
pytest.importorskip("ibis", reason='the extra "spark" is not installed')
pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore:PySpark does not yet fully support pandas:FutureWarning"),
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
]


needs_java = pytest.mark.skipif(not java_is_there(), reason="Spark needs a Java, and this machine has none")


def test_without_java_the_remedy_is_said(monkeypatch):
    monkeypatch.setenv("PATH", "")
    monkeypatch.delenv("JAVA_HOME", raising=False)
    with pytest.raises(EngineError, match="Spark needs Java 17 or newer"):
        local_session()


@needs_java
def test_a_session_is_started_where_none_is_given(tmp_path):
    found = cells_from_file(parquet(tmp_path), PLANS["by a number and a word"], engine="spark")
    assert found.domains == cells_from_file(tmp_path / "survey.parquet", PLANS["by a number and a word"]).domains


@needs_java
def test_a_damaged_file_is_one_sentence(tmp_path):
    path = parquet(tmp_path)
    path.write_bytes(path.read_bytes()[:4] + b"\0" * 400)
    with pytest.raises(EngineError, match=r"Spark could not compute survey.parquet: "):
        cells_from_file(path, PLANS["whole survey"], engine="spark")
