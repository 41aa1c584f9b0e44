"""Cells in memory: straight from the columns of a file once, or from a prepared survey as often as wanted.

One breakdown of a file needs no sorting and no compiler: its columns are added up one by one as they are read
(:func:`gather`). Many breakdowns are faster on a prepared survey (:func:`add_up`), with the compiled kernel where the
extra ``fast`` is installed and the work is worth the half second that loading the compiler takes.
"""

import importlib.util
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from threading import Thread
from typing import Any

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.parquet as pq

from hashar.assess.analysis.engines.plan import CellPlan, Gathered, Item, cross
from hashar.assess.contracts.table import Column, SurveyTable
from hashar.assess.rules.levels import answered
from hashar.assess.sources.raw import missing_column
from hashar.errors import InputError
from hashar.i18n import N_
from hashar.methods.survey.cells import Cells, cells, index_cells, sum_columns
from hashar.methods.survey.finish import Fast
from hashar.methods.survey.prepare import Prepared, Rows, rows

STRIP = 8
"""Columns read from a Parquet file at a time."""

WORTH = 100_000_000
"""Answers from which loading the compiler pays for a single pass."""

Values = npt.NDArray[Any]
"""A column (n,): int8 with −1 for missing, other integers without a gap, float64 with NaN, or texts with None."""

Reader = Callable[[Sequence[str]], Iterator[Values]]


def compiled() -> bool:
    """Whether the compiled kernel can be used (the extra ``fast`` is installed)."""
    return importlib.util.find_spec("numba") is not None


def add_up(
    prepared: Prepared, by: npt.ArrayLike | None = None, domains: int | None = None, *, worth: int = WORTH
) -> Cells:
    """:func:`hashar.methods.survey.cells.cells`, by the kernel where that is there and pays, else in numpy.

    ``worth`` is the number of answers from which loading the compiler pays.
    """
    if not _kernel_pays(prepared.n * len(prepared.items), worth):
        return cells(prepared, by, domains)
    from hashar.methods.survey import kernels  # noqa: PLC0415  (optional extra, and half a second to load)

    return kernels.cells(prepared, by, domains)


def fast(found: Cells, *, worth: int = WORTH) -> Fast | None:
    """What makes :func:`hashar.methods.survey.finish.finish` fast on many cells, or None where that does not pay."""
    if not _kernel_pays(found.n.size, worth):
        return None
    from hashar.methods.survey import kernels  # noqa: PLC0415  (as above)

    return kernels.moments


def _kernel_pays(work: int, worth: int) -> bool:
    return compiled() and (work >= worth or "numba" in sys.modules)


def gather(path: Path, plan: CellPlan) -> Gathered:
    """The cells of a plan from a Parquet file, read a few columns at a time.

    Raises
    ------
    InputError
        The file cannot be read, or lacks a column.
    DesignError
        The design cannot be what it says.

    """
    try:
        return _gather(parquet_columns(path), plan)
    except (pa.ArrowException, OSError):
        raise InputError(N_("{file} is damaged or cut short; copy it again from its source."), file=path.name) from None


def gather_table(table: SurveyTable, plan: CellPlan) -> Gathered:
    """The same from a survey that was read; its missing codes count as missing."""

    def reader(names: Sequence[str]) -> Iterator[Values]:
        yield from (_values(table.columns[name]) for name in names)

    return _gather(reader, plan)


def _gather(read: Reader, plan: CellPlan) -> Gathered:
    sample = _sample(read, plan)
    inside = _inside(read, plan, sample.weights.size)
    names, codes = cross(list(read(plan.by)), inside)
    counts = {"rows": codes.size, "inside": int(inside.sum()), "placed": int((codes >= 0).sum())}
    frame, weights, items = sample.frame, sample.weights, [item.name for item in plan.items]
    index = index_cells(sample.cluster, codes.astype(np.int32), frame.clusters, len(names))
    del sample, codes, inside  # the columns of the design are not needed while the items are added up
    found = sum_columns(frame, index, weights, items, _items(read, plan.items), len(names))
    return Gathered(found, names, weight=float(weights.sum()), **counts)


def _sample(read: Reader, plan: CellPlan) -> Rows:
    design = [name for name in (plan.weight, plan.stratum, plan.cluster, plan.fpc) if name is not None]
    columns = {name: _design(values) for name, values in zip(design, read(design), strict=True)}

    def column(name: str | None) -> Values | None:
        return None if name is None else columns[name]

    return rows(
        weights=columns[plan.weight],
        strata=column(plan.stratum),
        clusters=column(plan.cluster),
        fpc=column(plan.fpc),
        nest=plan.nest,
    )


def _inside(read: Reader, plan: CellPlan, n: int) -> npt.NDArray[np.bool_]:
    if plan.where is None:
        return np.ones(n, bool)
    names = plan.where.names
    return plan.where.evaluate({k: _column(k, v) for k, v in zip(names, read(names), strict=True)})


def _column(name: str, values: Values) -> Column:
    if values.dtype == object:
        return Column(name, np.array(["" if v is None else v for v in values.tolist()], dtype=object))
    return Column(
        name, np.where(values == -1, np.nan, values) if values.dtype == np.int8 else values.astype(np.float64)
    )


def _items(read: Reader, items: Sequence[Item]) -> Iterator[Values]:
    """The column of every item: int8 with −1 missing, or float64 with NaN."""
    names = [name for item in items for name in (item.column, item.beside) if name is not None]
    streamed = read(names)
    for item in items:
        values = next(streamed)
        beside = None if item.beside is None else next(streamed)
        yield _item(item, values, beside)


def _item(item: Item, values: Values, beside: Values | None) -> Values:
    if item.level is not None:
        return _is_level(values, item.level)
    number = _floats(values)
    if beside is None:
        return number
    other = _floats(beside)
    return np.where(np.isnan(other), np.nan, number * other if item.product else number)


def _is_level(values: Values, level: float | str) -> Values:
    if values.dtype == np.int8 and level == 1 and values.max(initial=0) <= 1:
        return values
    equal: Values = (values == level).astype(np.int8)
    equal[_missing(values)] = -1
    return equal


def _missing(values: Values) -> Values:
    if values.dtype == object:
        return np.array([v is None for v in values.tolist()], dtype=bool)
    missing: Values = values == -1 if values.dtype == np.int8 else np.isnan(values)
    return missing


def _floats(values: Values) -> Values:
    if values.dtype == np.int8:
        return np.where(values == -1, np.nan, values.astype(np.float64))
    return values.astype(np.float64)


def parquet_columns(path: Path) -> Reader:
    """A function that reads columns of a Parquet file by name, a few at a time."""
    file = pq.ParquetFile(path, pre_buffer=False)
    kinds = dict(zip(file.schema_arrow.names, file.schema_arrow.types, strict=True))

    def read(strip: Sequence[str]) -> pa.Table:
        return file.read(columns=[name for name in dict.fromkeys(strip) if _is_plain(kinds[name])])

    def reader(names: Sequence[str]) -> Iterator[Values]:
        strips = [list(names[begin : begin + STRIP]) for begin in range(0, len(names), STRIP)]
        for strip, table in zip(strips, _one_ahead(read, strips), strict=True):
            there = set(table.column_names)
            yield from (_array(table.column(name)) if name in there else _other(path, name) for name in strip)

    def checked(names: Sequence[str]) -> Iterator[Values]:
        for name in names:
            if name not in kinds:
                raise missing_column(path.name, list(kinds), name)
        return reader(names)

    return checked


class _Reading(Thread):
    """One strip, read beside; ``concurrent.futures`` would do it too, but loads what a short run does not need."""

    def __init__(self, read: Callable[[Sequence[str]], pa.Table], strip: Sequence[str]) -> None:
        super().__init__(daemon=True)
        self._read, self._strip = read, strip
        self._table: pa.Table = None
        self._error: Exception | None = None
        self.start()

    def run(self) -> None:
        """Read, and keep what goes wrong for whoever waits."""
        try:
            self._table = self._read(self._strip)
        except Exception as error:  # noqa: BLE001  (raised again in the waiting thread)
            self._error = error

    def result(self) -> pa.Table:
        """The strip, when it is there."""
        self.join()
        if self._error is not None:
            raise self._error
        return self._table


def _one_ahead(read: Callable[[Sequence[str]], pa.Table], strips: Sequence[Sequence[str]]) -> Iterator[pa.Table]:
    """The strips in order; while one is added up, the next is unpacked."""
    following = [_Reading(read, strip) for strip in strips[:1]]
    for at in range(len(strips)):
        table = following.pop().result()
        following = [_Reading(read, strip) for strip in strips[at + 1 : at + 2]]
        yield table


def _is_plain(kind: pa.DataType) -> bool:
    return bool(pa.types.is_integer(kind) or pa.types.is_floating(kind)) and kind != pa.float16()


def _other(path: Path, name: str) -> Values:
    """A column that is not simply numbers."""
    from hashar.assess.sources.parquet import read_parquet  # noqa: PLC0415  (loads what plain numbers do not need)

    return _values(read_parquet(path, columns=[name], encoding=None).columns[name])


def _array(data: pa.ChunkedArray) -> Values:
    """A column of numbers without copying more than needed; see :data:`Values`."""
    parts = [_chunk(chunk) for chunk in data.chunks]
    values = np.concatenate([part for part, _ in parts]) if len(parts) != 1 else parts[0][0]
    there = None
    if data.null_count:
        there = np.concatenate([np.ones(len(part), bool) if mask is None else mask for part, mask in parts])
    if values.dtype.kind == "f":
        return values.astype(np.float64) if there is None else np.where(there, values, np.nan)
    if values.size and values.min() >= 0 and values.max() <= np.iinfo(np.int8).max - 1:
        small = values.astype(np.int8, copy=False)
        return small if there is None else np.where(there, small, np.int8(-1))
    return values if there is None else np.where(there, values.astype(np.float64), np.nan)


def _chunk(chunk: pa.Array) -> tuple[Values, npt.NDArray[np.bool_] | None]:
    """The values of a chunk (whatever where it is null), and where it is not null."""
    validity, data = chunk.buffers()
    kind = chunk.type.to_pandas_dtype()
    values: Values = np.frombuffer(data, kind)[chunk.offset : chunk.offset + len(chunk)]
    if validity is None or not chunk.null_count:
        return values, None
    bits = np.unpackbits(np.frombuffer(validity, np.uint8), bitorder="little")
    return values, bits[chunk.offset : chunk.offset + len(chunk)].view(bool)


def _values(column: Column) -> Values:
    values: Values = column.values.copy() if column.is_text else column.values.astype(np.float64)
    values[~answered(column)] = None if column.is_text else np.nan
    return values


def _design(values: Values) -> Values:
    """A column of the design, where −1 is not a code but a gap."""
    if values.dtype != np.int8:
        return values
    return _floats(values) if values.min(initial=0) < 0 else values.astype(np.int32)
