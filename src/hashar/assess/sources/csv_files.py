"""CSV and TSV files, plain or packed with gzip, read as a stream: memory holds the columns asked for and one block."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pyarrow as pa
import pyarrow.csv as pa_csv

from hashar.assess.contracts.table import Column, Note
from hashar.assess.sources.csv_text import Form, form_of, open_bytes, records, unclosed
from hashar.assess.sources.raw import Raw, choose, no_rows
from hashar.assess.sources.words import NO_TEXT, numbers
from hashar.errors import InputError
from hashar.i18n import N_

BLOCK = 1 << 23
WHOLE_LIMIT = 1 << 31
"""Above this size (bytes as stored) a file is not read whole: the columns have to be named."""

LONGEST_RECORD = 20
"""A row over more lines than this is the sign of a quotation mark that is not closed."""

Words = tuple[npt.NDArray[np.int32], list[str]]
"""Index of each row's word, and the different words of the block."""


def read_csv(path: Path, *, columns: Sequence[str] | None, encoding: str | None) -> Raw:
    """A CSV file; what had to be guessed about it is noted."""
    if columns is None and path.stat().st_size > WHOLE_LIMIT:
        raise InputError(
            N_(
                '{file} has {size} GB, too much to read whole; name the columns that you need, add "--engine duckdb", '
                "or save it as Parquet."
            ),
            file=path.name,
            size=f"{path.stat().st_size / 1e9:.1f}",
        )
    form = form_of(path, encoding)
    names = choose(path.name, form.names, columns)
    values, comma = _numbers(path, form, names)
    found: dict[str, npt.NDArray[np.float64] | npt.NDArray[np.object_]] = {**values}
    rows = len(next(iter(found.values()))) if found else 0
    words = [name for name in names if name not in found]
    if words:
        texts = _texts(path, form, words)
        rows = len(texts[words[0]])
        found |= texts
    if rows == 0 and (names or not form.names):
        raise no_rows(path.name)
    notes = list(form.notes)
    if comma:
        notes.append(Note(N_("Decimal commas were read as decimal points.")))
    kept = {name: Column(name, found[name]) for name in names if not _empty_extra(form, name, found[name])}
    return Raw(columns=kept, rows=rows, notes=notes)


def _empty_extra(form: Form, name: str, values: npt.NDArray[np.float64] | npt.NDArray[np.object_]) -> bool:
    """A nameless column without any value: separators at the end of the lines, not a variable."""
    position = list(form.names).index(name) + 1
    return name == f"column_{position}" and values.dtype != object and bool(np.isnan(values.astype(np.float64)).all())


def _numbers(path: Path, form: Form, names: Sequence[str]) -> tuple[dict[str, npt.NDArray[np.float64]], bool]:
    """The columns in which every cell is a number or empty, and whether decimal commas were among them."""
    parts: dict[str, list[npt.NDArray[np.float64]]] = {name: [] for name in names}
    comma = False
    for block in _blocks(path, form, names):
        for name in list(parts):
            index, different = block[name]
            known = numbers(different, decimal_comma=form.separator != ",")
            if known is None:
                del parts[name]
                continue
            comma = comma or any("," in word for word in different)
            parts[name].append(np.array([known[word] for word in different], dtype=np.float64)[index])
    return {name: np.concatenate([np.empty(0), *pieces]) for name, pieces in parts.items()}, comma


def _texts(path: Path, form: Form, names: Sequence[str]) -> dict[str, npt.NDArray[np.object_]]:
    parts: dict[str, list[npt.NDArray[np.object_]]] = {name: [] for name in names}
    for block in _blocks(path, form, names):
        for name in names:
            index, different = block[name]
            words = ["" if word == NO_TEXT else word for word in different]
            parts[name].append(np.array(words, dtype=object)[index])
    return {name: np.concatenate(pieces) for name, pieces in parts.items()}


def _blocks(path: Path, form: Form, names: Sequence[str]) -> Iterator[dict[str, Words]]:
    """The rows, block by block, as coded words."""
    coded = pa.dictionary(pa.int32(), pa.string())
    read = pa_csv.ReadOptions(
        use_threads=False, block_size=BLOCK, column_names=form.names, skip_rows=form.skip_lines, encoding=form.encoding
    )
    parse = pa_csv.ParseOptions(delimiter=form.separator, newlines_in_values=True)
    convert = pa_csv.ConvertOptions(
        include_columns=list(names), column_types=dict.fromkeys(names, coded), strings_can_be_null=False
    )
    with open_bytes(path) as raw:
        try:
            for batch in pa_csv.open_csv(raw, read_options=read, parse_options=parse, convert_options=convert):
                yield {name: _words(batch.column(name)) for name in names}
        except UnicodeError:
            raise InputError(
                N_("{file}: the text is not in {encoding}; name its encoding, e.g. with --encoding cp1251."),
                file=path.name,
                encoding=form.encoding,
            ) from None
        except (pa.ArrowInvalid, OSError, EOFError) as error:
            raise _reason(path, form, str(error)) from None


def _words(column: pa.DictionaryArray) -> Words:
    return column.indices.to_numpy(zero_copy_only=False), column.dictionary.to_pylist()


def _reason(path: Path, form: Form, reason: str) -> InputError:
    """Find the row that stopped the reader, with its line in the file."""
    if "Empty CSV" in reason:
        return no_rows(path.name)
    width = len(form.names)
    before = form.skip_lines
    for line, cells in records(path, form.encoding, form.separator):
        if line <= form.skip_lines:
            continue
        if len(cells) != width and line > before + LONGEST_RECORD:
            return unclosed(path, before + 1)
        if len(cells) != width:
            return InputError(
                N_("{file}, line {line}: the row has {found} cells, the header has {width}; correct that row."),
                file=path.name,
                line=line,
                found=len(cells),
                width=width,
            )
        before = line
    return unclosed(path, before)
