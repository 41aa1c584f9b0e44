"""Parquet files: typed columns, read only as far as they are asked for."""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from hashar.assess.contracts.table import Column, Note
from hashar.assess.sources.raw import Raw, choose, no_rows, unique_names
from hashar.assess.sources.words import NO_VALUE, numbers
from hashar.errors import InputError
from hashar.i18n import N_

EXACT = 2.0**53
"""Whole numbers above this are not exact as float64: such a column is an identifier and is kept as text."""


def read_parquet(path: Path, *, columns: Sequence[str] | None, encoding: str | None) -> Raw:  # noqa: ARG001  (same call for all formats)
    """A Parquet file. Columns that hold lists or records are passed over with a note."""
    try:
        file = pq.ParquetFile(path)
        names = file.schema_arrow.names
        unique_names(path.name, names)
        chosen = choose(path.name, names, columns)
        nested = [name for name in chosen if pa.types.is_nested(file.schema_arrow.field(name).type)]
        if nested and columns is not None:
            raise InputError(
                N_('{file}: column "{name}" holds lists or records, not answers; leave it out.'),
                file=path.name,
                name=nested[0],
            )
        flat = [name for name in chosen if name not in nested]
        table = file.read(columns=flat)
    except (pa.ArrowException, OSError) as error:
        raise _sentence(path, str(error)) from None
    if table.num_rows == 0 and file.metadata.num_rows == 0:
        raise no_rows(path.name)
    notes = [Note(N_("Columns with lists or records were passed over: {names}."), {"names": ", ".join(nested)})]
    return Raw(
        columns={name: _read_column(path, name, table.column(name)) for name in flat},
        rows=file.metadata.num_rows,
        notes=notes if nested else (),
    )


def _sentence(path: Path, reason: str) -> InputError:
    if "encrypt" in reason.lower() or "decrypt" in reason.lower():
        return InputError(N_("{file} is password-protected; save it without a password."), file=path.name)
    return InputError(N_("{file} is damaged or cut short; copy it again from its source."), file=path.name)


def _read_column(path: Path, name: str, data: pa.ChunkedArray) -> Column:
    try:
        return _column(name, data)
    except pa.ArrowException:
        raise InputError(
            N_('{file}: column "{name}" of type {type} holds no answers; leave it out.'),
            file=path.name,
            name=name,
            type=data.type,
        ) from None


def _column(name: str, data: pa.ChunkedArray) -> Column:
    kind = data.type
    if pa.types.is_dictionary(kind):
        data, kind = data.cast(kind.value_type), kind.value_type
    if pa.types.is_null(kind):
        return Column(name, np.full(len(data), np.nan))
    if pa.types.is_boolean(kind):
        data, kind = data.cast(pa.int8()), pa.int8()
    exact = not pa.types.is_integer(kind) or not _inexact(data)
    if exact and (pa.types.is_floating(kind) or pa.types.is_integer(kind) or pa.types.is_decimal(kind)):
        return Column(name, data.cast(pa.float64(), safe=False).to_numpy().astype(np.float64))
    if pa.types.is_binary(kind) or pa.types.is_large_binary(kind):
        data = data.cast(pa.binary())
    return _words(name, data.cast(pa.string()).fill_null(""), numeric=exact)


def _words(name: str, words: pa.ChunkedArray, *, numeric: bool) -> Column:
    """Words; as numbers if all are numbers and no two of them are the same one (01 and 1 stay different)."""
    coded = words.combine_chunks().dictionary_encode()
    different, index = coded.dictionary.to_pylist(), coded.indices.to_numpy()
    known = numbers(different) if numeric else None
    values = [] if known is None else [value for value in known.values() if not np.isnan(value)]
    if known is not None and values and len(set(values)) == sum(word.strip() not in NO_VALUE for word in different):
        return Column(name, np.array([known[word] for word in different])[index])
    found = np.empty(len(index), dtype=object)
    found[:] = np.array([*different, ""], dtype=object)[index]
    return Column(name, found)


def _inexact(data: pa.ChunkedArray) -> bool:
    limits = pc.min_max(data).as_py()
    return limits["max"] is not None and (limits["max"] > EXACT or limits["min"] < -EXACT)
