"""Cells as a reader sees them, for every format that shows text."""

import math

from hashar.i18n import Translator
from hashar.reports.content.document import (
    Cell,
    EmptyCell,
    HiddenCell,
    IntervalCell,
    NumberCell,
    ShareCell,
    Words,
)

MINUS = "\N{MINUS SIGN}"
EMPTY = "–"


def _defined(cell: Cell) -> bool:
    """Whether there is a number to write: a standard error of one cluster, say, is not defined."""
    match cell:
        case IntervalCell():
            return math.isfinite(cell.low) and math.isfinite(cell.high)
        case NumberCell() | ShareCell():
            return math.isfinite(cell.value)
        case _:
            return True


def _signed(translator: Translator, value: float, digits: int) -> str:
    rounded = round(value, digits)
    sign = MINUS if rounded < 0 else ("+" if rounded > 0 else "")
    return sign + translator.decimal(abs(value), digits)


def _number(translator: Translator, value: float, digits: int) -> str:
    return translator.decimal(value, digits).replace("-", MINUS)


def interval_text(cell: IntervalCell, translator: Translator, words: Words) -> str:
    """``16.2–20.8 %``: the sign once; one-sided limits of a share of 0 or 1 in words."""
    if cell.points:
        return (
            f"{_signed(translator, cell.low * 100, cell.digits)} … {_signed(translator, cell.high * 100, cell.digits)}"
        )
    if not cell.share:
        return f"{_number(translator, cell.low, cell.digits)}–{_number(translator, cell.high, cell.digits)}"
    high = translator.percent(cell.high, cell.digits)
    if cell.low <= 0 < cell.high:
        return words.up_to.format(high=high)
    if cell.high >= 1 > cell.low:
        return words.from_on.format(low=translator.percent(cell.low, cell.digits))
    return f"{_number(translator, cell.low * 100, cell.digits)}–{high}"


def cell_text(cell: Cell, translator: Translator, words: Words) -> str:
    """Any cell in one line; a dash where a number is not defined."""
    if not _defined(cell):
        return EMPTY
    match cell:
        case IntervalCell():
            text = interval_text(cell, translator, words)
        case NumberCell():
            text = (_signed if cell.signed else _number)(translator, cell.value, cell.digits)
        case ShareCell(points=True):
            text = _signed(translator, cell.value * 100, cell.digits)
        case ShareCell():
            text = translator.percent(cell.value, cell.digits)
        case HiddenCell():
            text = cell.brief if cell.span == 1 and cell.brief else cell.reason
        case EmptyCell():
            text = EMPTY
        case _:
            text = cell.text
    return text
