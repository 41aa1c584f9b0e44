"""Columns as levels and numbers: which answers there are, how their codes are written, who is in which domain."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hashar.assess.contracts.table import Column
from hashar.errors import InputError
from hashar.i18n import N_

IntArray = npt.NDArray[np.int64]
Code = float | str
BoolArray = npt.NDArray[np.bool_]
FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True, eq=False)
class Levels:
    """The levels of one or more crossed columns: ``names`` (k) sorted, ``codes`` (n,) with −1 for no level."""

    names: tuple[tuple[str, ...], ...]
    codes: IntArray

    def __len__(self) -> int:
        return len(self.names)


def code_text(value: float | str) -> str:
    """A code as tables write it: whole numbers without a decimal point, other numbers in full, text as it is."""
    if isinstance(value, str):
        return value
    return str(int(value)) if float(value).is_integer() else repr(float(value))


def answered(column: Column) -> BoolArray:
    """Where ``column`` (n,) holds an answer: not empty, and not a code that the file itself declares missing."""
    if column.is_text:
        return ~np.isin(column.values, ["", *(str(code) for code in column.missing_codes)])
    numbers = np.asarray(column.values, dtype=np.float64)
    there = ~np.isnan(numbers)
    if column.missing_codes:
        there &= ~np.isin(numbers, [float(code) for code in column.missing_codes])
    for low, high in column.missing_ranges:
        there &= ~((numbers >= low) & (numbers <= high))
    return there


def numbers_of(column: Column, *, countable: bool = False) -> FloatArray:
    """``column`` as numbers (n,), NaN where there is no answer.

    ``countable`` columns could be estimated as shares instead, which the refusal then says.

    Raises
    ------
    InputError
        The column holds text.

    """
    there = answered(column)
    if column.is_text:
        if not there.any():
            return np.full(len(there), np.nan)
        row = _first_word(column, there)
        raise InputError(
            N_(
                "Column “{column}” holds text (row {row}: “{value}”) where numbers are needed. Correct the file, "
                "or choose --statistic proportion."
            )
            if countable
            else N_(
                "Column “{column}” holds text (row {row}: “{value}”) where numbers are needed. Correct the file, "
                "or name another column."
            ),
            column=column.name,
            row=row + 1,
            value=str(column.values[row]),
        )
    return np.where(there, np.asarray(column.values, dtype=np.float64), np.nan)


def _first_word(column: Column, there: BoolArray) -> int:
    """The first row whose answer is not a number; of identifiers, which read as numbers, simply the first."""
    rows = np.flatnonzero(there)
    return int(next((row for row in rows if not _is_number(str(column.values[row]))), rows[0]))


def _is_number(word: str) -> bool:
    try:
        return math.isfinite(float(word.replace(",", ".")))
    except ValueError:
        return False


def item_levels(column: Column) -> Levels:
    """The levels of an item: those that occur in the file, and both sides of a 0/1 item even when one never occurs."""
    there = answered(column)
    values = column.values[there].astype(str) if column.is_text else column.values[there]
    found = np.asarray(both_sides(np.unique(values).tolist()), dtype=values.dtype)
    codes = np.full(there.size, -1, dtype=np.int64)
    codes[there] = np.searchsorted(found, values)
    return Levels(names=tuple((code_text(value),) for value in found.tolist()), codes=codes)


def both_sides(codes: Sequence[Code]) -> list[Code]:
    """``codes`` as they are, but 0 and 1 when only one of these two occurs: nobody, or everybody, said yes."""
    return [0.0, 1.0] if list(codes) in ([0], [1]) else list(codes)


def levels_of(column: Column, inside: BoolArray) -> Levels:
    """The levels that occur in the rows of ``inside`` (n,), numbers in their order, text in that of its letters."""
    keep = answered(column) & inside
    codes = np.full(keep.size, -1, dtype=np.int64)
    values = column.values[keep].astype(str) if column.is_text else column.values[keep]
    found, codes[keep] = np.unique(values, return_inverse=True)
    return Levels(names=tuple((code_text(value),) for value in found.tolist()), codes=codes)


def crossed(columns: Sequence[Column], inside: BoolArray) -> Levels:
    """The combinations of levels that occur in the rows of ``inside`` (n,), the first column varying slowest.

    A row without a level in one of the columns is in no combination. No columns: one combination of nothing.
    """
    together = Levels(names=((),), codes=np.where(inside, 0, -1).astype(np.int64))
    for column in columns:
        own = levels_of(column, inside)
        both = (together.codes >= 0) & (own.codes >= 0)
        pairs = together.codes[both] * max(1, len(own)) + own.codes[both]
        codes = np.full(both.size, -1, dtype=np.int64)
        found, codes[both] = np.unique(pairs, return_inverse=True)
        names = tuple(together.names[pair // len(own)] + own.names[pair % len(own)] for pair in found.tolist())
        together = Levels(names=names, codes=codes)
    return together
