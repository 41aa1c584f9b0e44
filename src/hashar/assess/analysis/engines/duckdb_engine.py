"""Cells by DuckDB, straight from CSV or Parquet: files larger than memory.

The file is read in place; groups that do not fit into ``memory_limit`` go to ``scratch``. Nothing is installed or
loaded from the network.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from hashar.assess.analysis.engines.database import Answer
from hashar.assess.analysis.engines.files import File, look
from hashar.assess.analysis.engines.sql import TABLE, RawColumn, literal
from hashar.assess.sources.words import NO_TEXT
from hashar.errors import EngineError
from hashar.i18n import N_

MEMORY_LIMIT = "2GB"
"""What DuckDB may hold in memory: fits the small computers that the survey offices have."""

_WHOLE = frozenset(
    sign + size for sign in ("", "U") for size in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
)
_NUMBERS = _WHOLE | {"FLOAT", "DOUBLE", "DECIMAL", "BOOLEAN"}


class DuckDB:
    """A DuckDB connection on one file, as a :class:`~hashar.assess.analysis.engines.database.Database`."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, file: File) -> None:
        self.connection = connection
        self.file = file.path.name
        self._run(f"CREATE TEMP VIEW {TABLE} AS SELECT * FROM {_scan(file)}")  # noqa: S608  (quoted by literal())
        described = self._run(f"DESCRIBE {TABLE}").fetchall()
        self.raw: Mapping[str, RawColumn] = {name: _column(name, kind, file) for name, kind, *_ in described}

    def ask(self, sql: str) -> Answer:
        """The result of a statement, column by column."""
        found: dict[str, npt.NDArray[Any]] = self._run(sql).fetchnumpy()
        return {name: _filled(column) for name, column in found.items()}

    def _run(self, sql: str) -> duckdb.DuckDBPyConnection:
        try:
            return self.connection.execute(sql)
        except duckdb.OutOfMemoryException as error:
            raise EngineError(
                N_("DuckDB ran out of memory on {file}: ask for fewer variables or groups at a time."), file=self.file
            ) from error
        except duckdb.Error as error:
            raise EngineError(
                N_("DuckDB could not read {file}: {reason}. Save it again as Parquet, or leave out the engine."),
                file=self.file,
                reason=str(error).splitlines()[0].rstrip("."),
            ) from error
        except RuntimeError as error:  # DuckDB's word for what a signal raised while it was computing
            if "interrupted" in str(error):
                raise KeyboardInterrupt from error
            raise


@contextmanager
def connect(
    path: Path, *, encoding: str | None = None, memory_limit: str = MEMORY_LIMIT, scratch: Path | None = None
) -> Iterator[DuckDB]:
    """Open a survey file in DuckDB.

    Parameters
    ----------
    path
        CSV (plain or gzip, UTF-8) or Parquet.
    encoding
        Of a CSV file, where it is not told by its content.
    memory_limit
        As DuckDB writes it: ``"500MB"``, ``"2GB"``.
    scratch
        Folder for what does not fit into memory; by default beside the file's own, made and removed by DuckDB.

    Raises
    ------
    EngineError
        A format or encoding that DuckDB cannot read.
    InputError
        A file that cannot be opened.

    """
    file = look(path, encoding)
    settings = {
        "memory_limit": memory_limit,
        "preserve_insertion_order": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "disabled_optimizers": "statistics_propagation",  # it trusts Parquet statistics, which leave out NaN
    }
    if scratch is not None:
        settings["temp_directory"] = str(scratch)
    connection = duckdb.connect(config=settings)
    try:
        yield DuckDB(connection, file)
    finally:
        connection.close()


def _scan(file: File) -> str:
    name = literal(str(file.path))
    if file.form is None:
        return f"read_parquet({name})"
    names = ", ".join(f"{literal(column)}: 'VARCHAR'" for column in file.form.names)
    return (
        f"read_csv({name}, header = false, auto_detect = false, skip = {file.form.skip_lines}, "
        f"delim = {literal(file.form.separator)}, quote = '\"', escape = '\"', "
        f"nullstr = ['', {literal(NO_TEXT)}], columns = {{{names}}})"
    )


def _column(name: str, kind: str, file: File) -> RawColumn:
    if file.form is not None:
        return RawColumn(name, "words", comma=file.form.separator != ",")
    return RawColumn(name, "number" if kind.split("(", maxsplit=1)[0] in _NUMBERS else "text")


def _filled(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """A masked column with NaN or None where it is masked."""
    masked = np.ma.getmaskarray(column)
    if not masked.any():
        return np.asarray(column)
    filled: npt.NDArray[Any] = np.array(column, dtype=object if column.dtype == object else np.float64)
    filled[masked] = None if column.dtype == object else np.nan
    return filled
