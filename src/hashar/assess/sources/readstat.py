"""SPSS .sav/.zsav and Stata .dta files, with their user-defined missing codes kept."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pyreadstat

from hashar.assess.contracts.table import Column
from hashar.assess.sources.raw import Raw, choose, no_rows, unique_names
from hashar.errors import InputError
from hashar.i18n import N_

CELLS_AT_ONCE = 10_000_000
"""The library hands over Python objects of some 30 bytes a cell: larger files are read by groups of columns."""

_ENCODING_WORDS = ("convert string", "encoding", "iconv")


def read_sav(path: Path, *, columns: Sequence[str] | None, encoding: str | None) -> Raw:
    """An SPSS file. Codes declared missing stay in the values; ``missing_codes`` and ``missing_ranges`` list them."""
    return _read(pyreadstat.read_sav, path, columns, encoding)


def read_dta(path: Path, *, columns: Sequence[str] | None, encoding: str | None) -> Raw:
    """A Stata file. ``.a``–``.z`` are NaN in the values, with their letter in ``tags``."""
    return _read(pyreadstat.read_dta, path, columns, encoding)


def _read(reader: Callable[..., Any], path: Path, wanted: Sequence[str] | None, encoding: str | None) -> Raw:
    options = {"encoding": encoding, "output_format": "dict", "user_missing": True}
    options["disable_datetime_conversion"] = True
    _, about = _guarded(reader, path, options | {"metadataonly": True})
    unique_names(path.name, about.column_names)
    names = choose(path.name, about.column_names, wanted)
    if about.number_rows == 0:
        raise no_rows(path.name)
    rows = about.number_rows or 1
    step = max(1, CELLS_AT_ONCE // rows)
    found: dict[str, Column] = {}
    for start in range(0, len(names), step):
        group = names[start : start + step]
        data, meta = _guarded(reader, path, options | {"usecols": group})
        for name in group:
            found[name] = _column(name, data.pop(name), meta)
    lengths = {len(column.values) for column in found.values()}
    if about.number_rows is not None and lengths - {about.number_rows}:
        raise _cut_short(path.name)
    if lengths == {0}:
        raise no_rows(path.name)
    return Raw(columns=found, rows=max(lengths, default=rows), file_label=about.file_label or "")


def _guarded(reader: Callable[..., Any], path: Path, options: Mapping[str, object]) -> Any:  # noqa: ANN401  (data, metadata)
    """Call the library; its many exceptions become one sentence each."""
    try:
        return reader(str(path), **options)
    except MemoryError:
        raise InputError(
            N_("{file} does not fit into memory; read fewer columns, or save it as Parquet."), file=path.name
        ) from None
    except Exception as error:  # noqa: BLE001  (ReadstatError, PyreadstatError, UnicodeDecodeError, ValueError … from C)
        raise _sentence(path.name, str(error), isinstance(error, UnicodeError), options) from None


def _sentence(file: str, reason: str, wrong_letters: bool, options: Mapping[str, object]) -> InputError:  # noqa: FBT001  (private)
    if wrong_letters or any(word in reason.lower() for word in _ENCODING_WORDS):
        return InputError(
            N_("{file}: its texts are not in {encoding}; name the right one, e.g. with --encoding cp1251."),
            file=file,
            encoding=options.get("encoding") or "UTF-8",
        )
    return _cut_short(file)


def _cut_short(file: str) -> InputError:
    return InputError(
        N_("{file} is damaged or cut short; copy it again, or save it again in SPSS or Stata."),
        file=file,
    )


def _column(name: str, values: Sequence[Any], meta: Any) -> Column:  # noqa: ANN401  (metadata object of the library)
    labels = dict(meta.variable_value_labels.get(name, {}))
    label = meta.column_names_to_labels.get(name) or ""
    ranges = meta.missing_ranges.get(name, [])
    codes = tuple(each["lo"] for each in ranges if each["lo"] == each["hi"])
    spans = tuple((float(each["lo"]), float(each["hi"])) for each in ranges if each["lo"] != each["hi"])
    if meta.readstat_variable_types.get(name) == "string":
        words = np.empty(len(values), dtype=object)
        words[:] = ["" if value is None else str(value).rstrip() for value in values]
        return Column(name, words, label, _words(labels), tuple(str(code) for code in codes))
    tags = None
    if meta.missing_user_values.get(name):
        tags = np.array([value if isinstance(value, str) else "" for value in values], dtype="U1")
        values = [None if isinstance(value, str) else value for value in values]
    numbers = np.array(values, dtype=np.float64)
    return Column(name, numbers, label, _codes(labels), tuple(float(code) for code in codes), spans, tags)


def _codes(labels: Mapping[Any, str]) -> dict[float | str, str]:
    """Value labels with numbers as float; the letters of Stata's tagged missing values stay letters."""
    return {code if isinstance(code, str) else float(code): text for code, text in labels.items()}


def _words(labels: Mapping[Any, str]) -> dict[float | str, str]:
    return {str(code): text for code, text in labels.items()}


def extent_of(path: Path) -> tuple[int | None, int]:
    """Rows (None where the file does not say) and columns of a .sav or .dta, without reading its data."""
    reader = pyreadstat.read_dta if path.suffix.lower() == ".dta" else pyreadstat.read_sav
    _, about = _guarded(reader, path, {"metadataonly": True})
    rows = about.number_rows
    return rows if rows is not None and rows >= 0 else None, len(about.column_names)
