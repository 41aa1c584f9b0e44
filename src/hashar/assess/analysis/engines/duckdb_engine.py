"""Cells by DuckDB, straight from CSV or Parquet: files larger than memory.

Parquet is read in place. Of CSV, where every look at one column means parsing all of them, the columns that are needed
are copied once. The copy and groups that do not fit into ``memory_limit`` are in a folder that only this user may read
and that goes with the connection. Nothing is installed or loaded from the network.
"""

import errno
import os
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt

from hashar.assess.analysis.engines.database import Answer
from hashar.assess.analysis.engines.files import File, look
from hashar.assess.analysis.engines.sql import TABLE, RawColumn, identifier, literal
from hashar.assess.sources.words import NO_TEXT
from hashar.errors import EngineError, OutputError
from hashar.i18n import N_

MEMORY_LIMIT = "2GB"
"""What DuckDB may hold in memory: fits the small computers that the survey offices have."""

_FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG)

_WHOLE = frozenset(
    sign + size for sign in ("", "U") for size in ("TINYINT", "SMALLINT", "INTEGER", "BIGINT", "HUGEINT")
)
_NUMBERS = _WHOLE | {"FLOAT", "DOUBLE", "DECIMAL", "BOOLEAN"}


class DuckDB:
    """A DuckDB connection on one file, as a :class:`~hashar.assess.analysis.engines.database.Database`."""

    def __init__(
        self, connection: duckdb.DuckDBPyConnection, file: File, folder: Path, columns: Sequence[str] | None
    ) -> None:
        self.connection = connection
        self.file = file.path.name
        self.folder = folder
        scan = _scan(file)
        described = self._run(f"DESCRIBE SELECT * FROM {scan}").fetchall()  # noqa: S608  (quoted by literal())
        self.raw: Mapping[str, RawColumn] = {name: _column(name, kind, file) for name, kind, *_ in described}
        chosen = [identifier(name) for name in dict.fromkeys(columns or ()) if name in self.raw]
        if file.form is not None and chosen:
            self._run(f"CREATE TABLE {TABLE} AS SELECT {', '.join(chosen)} FROM {scan}")  # noqa: S608  (quoted)
        else:
            self._run(f"CREATE TEMP VIEW {TABLE} AS SELECT * FROM {scan}")  # noqa: S608  (quoted)

    def ask(self, sql: str) -> Answer:
        """The result of a statement, column by column."""
        found: dict[str, npt.NDArray[Any]] = self._run(sql).fetchnumpy()
        return {name: _filled(column) for name, column in found.items()}

    def _run(self, sql: str) -> duckdb.DuckDBPyConnection:
        try:
            return self.connection.execute(sql)
        except duckdb.Error as error:
            raise _failure(error, self.file, self.folder) from error
        except RuntimeError as error:  # DuckDB's word for what a signal raised while it was computing
            if "interrupted" in str(error):
                raise KeyboardInterrupt from error
            raise


@contextmanager
def connect(
    path: Path,
    *,
    encoding: str | None = None,
    columns: Sequence[str] | None = None,
    memory_limit: str = MEMORY_LIMIT,
    scratch: Path | None = None,
) -> Iterator[DuckDB]:
    """Open a survey file in DuckDB.

    Parameters
    ----------
    path
        CSV (plain or gzip, UTF-8) or Parquet.
    encoding
        Of a CSV file, where it is not told by its content.
    columns
        All that will be asked for: a CSV file is then read once, otherwise again for every statement.
    memory_limit
        As DuckDB writes it: ``"500MB"``, ``"2GB"``.
    scratch
        Where the folder for the copy and for what does not fit into memory is made; by default where the system puts
        temporary files (``TMPDIR``).

    Raises
    ------
    EngineError
        A format or encoding that DuckDB cannot read.
    InputError
        A file that cannot be opened.
    OutputError
        The disk of ``scratch`` is full, or nothing may be written there.

    """
    file = look(path, encoding)
    with _private_folder(scratch) as folder:
        connection = _open(file, folder, memory_limit)
        try:
            yield DuckDB(connection, file, folder, columns)
        finally:
            connection.close()


@contextmanager
def _private_folder(parent: Path | None) -> Iterator[Path]:
    try:
        made = tempfile.TemporaryDirectory(prefix="hashar-", dir=parent, ignore_cleanup_errors=True)
    except OSError as error:
        raise OutputError(
            N_("“{path}” could not be written: {reason}. Choose another place."),
            path=parent or "TMPDIR",
            reason=error.strerror,
        ) from error
    with made as folder:
        yield Path(folder)


def _open(file: File, folder: Path, memory_limit: str) -> duckdb.DuckDBPyConnection:
    settings = {
        "memory_limit": memory_limit,
        "preserve_insertion_order": "false",
        "autoinstall_known_extensions": "false",
        "autoload_known_extensions": "false",
        "disabled_optimizers": "statistics_propagation",  # it trusts Parquet statistics, which leave out NaN
        "temp_directory": str(folder),
    }
    try:
        return duckdb.connect(":memory:" if file.form is None else folder / "survey.duckdb", config=settings)
    except duckdb.Error as error:
        raise _failure(error, file.path.name, folder) from error


def _failure(error: duckdb.Error, file: str, folder: Path) -> EngineError | OutputError:
    said = str(error)
    if "max_temp_directory_size" in said or any(os.strerror(code) in said for code in _FULL):
        return OutputError(
            N_("The disk is full: “{path}” was not written. Free some space or choose another folder."),
            path=folder,
        )
    if isinstance(error, duckdb.OutOfMemoryException):
        return EngineError(
            N_("DuckDB ran out of memory on {file}: ask for fewer variables or groups at a time."), file=file
        )
    return EngineError(
        N_("DuckDB could not read {file}: {reason}. Save it again as Parquet, or leave out the engine."),
        file=file,
        reason=said.splitlines()[0].rstrip("."),
    )


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
