"""Numbers as official tables write them: thin spaces, decimal commas, footnote marks, words for nothing."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass

from hashar.assess.contracts.series_import import Cell, Dash, Decimal
from hashar.assess.rules.series_words import DASHES, says_nothing, tidy
from hashar.i18n import N_

LARGEST = 1e15
"""Above this a cell cannot tell neighbouring whole numbers apart; no register counts so many."""

_GROUPED = re.compile(r"(?<=\d)[ '\u2019](?=\d{3}(?!\d))")
_FOOTNOTE = re.compile(r"(?:\s*(?:\*+|[†‡§#]|\[\w{1,2}\]|\))|\s+\d{1,2}\))+$")
_SUPERSCRIPT = re.compile("[¹²³⁰⁴⁵⁶⁷⁸⁹⁾⁽]+$")
_PLAIN = re.compile(r"[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?")
_MINUS = str.maketrans(dict.fromkeys("–—−‐", "-"))
_FORMULA = ("=", "@", "+=", "-=")
_BELOW = re.compile(r"[<≤>≥~≈]\s*\d+(?:[.,]\d+)?")


@dataclass(frozen=True, slots=True)
class Number:
    """What a cell says. Exactly one of the three holds: a value, nothing, or a problem (a msgid with the remedy)."""

    value: float = math.nan
    mark: str = ""
    """The footnote mark that stood behind the number."""
    nothing: bool = False
    dash: bool = False
    problem: str = ""


def number(cell: Cell, *, decimal: Decimal = Decimal.POINT, dash: Dash = Dash.MISSING) -> Number:
    """The number in a cell. ``decimal`` must be decided for the whole column (:func:`decimal_mark`)."""
    if isinstance(cell, float):
        return _checked(cell, "")
    if not isinstance(cell, str):
        return Number(problem=N_("This is a date, not a number; correct the cell or choose another column."))
    text = tidy(cell)
    if text in DASHES and text:
        return Number(value=0.0, dash=True) if dash is Dash.ZERO else Number(nothing=True, dash=True)
    if says_nothing(text):
        return Number(nothing=True)
    return _read(cell, text, decimal)


def _read(cell: str, text: str, decimal: Decimal) -> Number:
    if text.startswith(_FORMULA):
        return Number(problem=N_("This is the text of a formula; put its result into the cell."))
    if _BELOW.fullmatch(text):
        return Number(problem=N_("This is a limit, not a number; put in the exact number, or empty the cell."))
    return _plain(cell, decimal)


def decimal_mark(cells: Iterable[Cell], *, whole: bool) -> Decimal:
    """The decimal mark of a column: what any of its cells settles, else what ``whole`` numbers make likely.

    “1,234” alone can be both. Where people or events are counted it is one thousand two hundred and thirty-four.
    """
    texts = [_unmarked(tidy(cell))[0] for cell in cells if isinstance(cell, str)]
    marked = [text for text in texts if "," in text or "." in text]
    settled = next((found for text in marked if (found := _settles(text)) is not None), None)
    if settled is not None:
        return settled
    if any("," in text for text in marked) and not whole:
        return Decimal.COMMA
    if any("." in text for text in marked) and whole:
        return Decimal.COMMA
    return Decimal.POINT


def _settles(text: str) -> Decimal | None:
    """What one text says for sure about the mark; None if it can be read both ways."""
    if not re.fullmatch(r"[+-]?[\d ',.]+%?", text):
        return None
    comma, point = text.rfind(","), text.rfind(".")
    if comma >= 0 and point >= 0:
        return Decimal.COMMA if comma > point else Decimal.POINT
    mark, other = (",", Decimal.COMMA) if comma >= 0 else (".", Decimal.POINT)
    opposite = Decimal.POINT if other is Decimal.COMMA else Decimal.COMMA
    parts = text.rstrip("%").strip().split(mark)
    if len(parts) > 2:
        return opposite
    head = re.sub(r"[ '+-]", "", parts[0])
    ambiguous = len(parts[1]) == 3 and 1 <= len(head) <= 3 and head != "0"
    return None if ambiguous else other


def _plain(cell: str, decimal: Decimal) -> Number:
    text, mark = _unmarked(_bare(cell))
    text = text.rstrip("%").strip().translate(_MINUS)
    text = _GROUPED.sub("", text)
    thousands, point = (".", ",") if decimal is Decimal.COMMA else (",", ".")
    if re.fullmatch(rf"[+-]?\d{{1,3}}(?:{re.escape(thousands)}\d{{3}})+(?:{re.escape(point)}\d*)?", text):
        text = text.replace(thousands, "")
    text = text.replace(point, ".") if text.count(point) == 1 and thousands not in text else text
    if not _PLAIN.fullmatch(text):
        return Number(problem=N_("This is not a number; correct the cell, or empty it if there is none."))
    return _checked(float(text), mark)


def _bare(cell: str) -> str:
    """The text without a raised footnote number, which normalising would glue to the number."""
    return tidy(_SUPERSCRIPT.sub("*", cell.strip()))


def _unmarked(text: str) -> tuple[str, str]:
    """The text without a footnote mark at its end, and the mark."""
    found = _FOOTNOTE.search(text)
    if found is None or found.start() == 0:
        return text, ""
    return text[: found.start()].strip(), found[0].strip()


def _checked(value: float, mark: str) -> Number:
    if not math.isfinite(value) or abs(value) > LARGEST:
        return Number(problem=N_("This number is too large to be true; correct the cell."))
    return Number(value=value, mark=mark)
