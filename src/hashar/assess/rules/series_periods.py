"""Periods as official tables write them, in seven languages: years, halves, quarters, months, and part-years."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from hashar.assess.contracts.series import PeriodKind
from hashar.assess.contracts.series_import import Cell
from hashar.assess.rules.series_words import HALVES, MONTHS, QUARTERS, SPANS, YEARS, fold, text_of, tidy
from hashar.i18n import N_

FIRST_YEAR = 1900
LENGTH = {PeriodKind.YEAR: 12, PeriodKind.HALF_YEAR: 6, PeriodKind.QUARTER: 3, PeriodKind.MONTH: 1}

_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "і": 1, "іі": 2, "ііі": 3}
_MONTH = {fold(name): number for number, names in enumerate(MONTHS, start=1) for name in names}
_UNITS = {fold(word): 3 for word in QUARTERS} | {fold(word): 6 for word in HALVES} | {fold(word): 1 for word in SPANS}
_YEARS = frozenset(fold(word) for word in YEARS)
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})(?:[-/.](\d{1,2}))?(?:[t ]00:00(?::00)?(?:\.0+)?)?")
_DAY_FIRST = re.compile(r"(?:(\d{1,2})[./-])?(\d{1,2})[./-](\d{4})")
_SHORT = re.compile(r"(\d{4})[- ]?([qh])([1-4])|([qh])([1-4])[- ]?(\d{4})")
_ENDINGS = frozenset(
    (
        "й",
        "ый",
        "ая",
        "ое",
        "е",
        "st",
        "nd",
        "rd",
        "th",
        "за",
        "в",
        "in",
        "for",
        "of",
        "the",
        "ші",
        "инчи",
        "нчи",
        "chi",
    )
)
_TOKEN = re.compile(r"[^\W\d_]+|\d+")


@dataclass(frozen=True, slots=True)
class Span:
    """Months ``first`` to ``last`` of ``year``."""

    year: int
    first: int
    last: int
    summed: bool = False
    """The months are added up from January."""
    edge: str = ""
    """The cell is a date, the "first" or "last" day of a period whose length it does not say."""


@dataclass(frozen=True, slots=True)
class PeriodRead:
    """The period of a cell in its canonical form, or the problem (a msgid with the remedy)."""

    period: str = ""
    partial: bool = False
    problem: str = ""


def read_period(cell: Cell, kind: PeriodKind, *, today: dt.date, part: Cell = "") -> PeriodRead:
    """The period that a cell names, if it is one of ``kind``; ``part`` is the month or quarter beside a year."""
    span = span_of(cell) if part == "" else _combined(cell, part, kind)
    if span is None:
        return PeriodRead(
            problem=N_("This is not a period that can be read; write it like 2022, 2022-H1, 2022-Q3 or 2022-07.")
        )
    span = _around(span, kind) if span.edge else span
    if span.year < FIRST_YEAR or dt.date(span.year, span.first, 1) > today:
        return PeriodRead(problem=N_("This period is impossible: it lies in the future, or before 1900."))
    fitted = _fit(span, kind)
    if not fitted:
        return PeriodRead(problem=N_("This period is longer or shorter than those of this series; choose other rows."))
    return PeriodRead(period=fitted, partial=(kind is PeriodKind.YEAR and span.last < 12) or not _over(span, today))


def span_of(cell: Cell) -> Span | None:
    """The months that a cell names; None if it names none, or several things at once."""
    if isinstance(cell, dt.date):
        return _of_date(cell.year, cell.month, cell.day)
    if isinstance(cell, float):
        return Span(int(cell), 1, 12) if cell.is_integer() and 1000 <= cell <= 9999 else None
    text = tidy(cell).casefold()
    return _of_numbers(text) or _of_words(fold(text))


def looks_like_period(cell: Cell) -> bool:
    """Whether a cell is a period of plausible years; used to guess, where a plain number could be a value."""
    span = span_of(cell)
    return span is not None and FIRST_YEAR <= span.year <= 2100


def _around(span: Span, kind: PeriodKind) -> Span:
    """The period of ``kind`` that begins or ends with the date of ``span``; the month alone if none does."""
    length = LENGTH[kind]
    first = span.first if span.edge == "first" else span.first - length + 1
    if first < 1 or (first - 1) % length:
        return span
    return Span(span.year, first, first + length - 1)


def _fit(span: Span, kind: PeriodKind) -> str:
    """The name of the period if it is one of ``kind``, else nothing."""
    months = span.last - span.first + 1
    if kind is PeriodKind.YEAR:
        return f"{span.year}" if months == 12 or span.summed else ""
    length = LENGTH[kind]
    if months != length or (span.first - 1) % length:
        return ""
    place = (span.first - 1) // length + 1
    written = {PeriodKind.HALF_YEAR: f"H{place}", PeriodKind.QUARTER: f"Q{place}", PeriodKind.MONTH: f"{place:02}"}
    return f"{span.year}-{written[kind]}"


def _over(span: Span, today: dt.date) -> bool:
    return today > dt.date(span.year, span.last, calendar.monthrange(span.year, span.last)[1])


def _of_date(year: int, month: int, day: int) -> Span | None:
    """A date stands for the period that begins or ends with it; a day in the middle of a month for none."""
    if not 1 <= month <= 12 or year < 1:
        return None
    edges = {1: "first", calendar.monthrange(year, month)[1]: "last"}
    return Span(year, month, month, edge=edges[day]) if day in edges else None


def _of_numbers(text: str) -> Span | None:
    """Forms without words: 2022-07, 07.2022, 2022-Q3, H1 2022, a date."""
    if found := _SHORT.fullmatch(text):
        year, letter, place = (
            (int(found[1]), found[2], int(found[3])) if found[1] else (int(found[6]), found[4], int(found[5]))
        )
        return _part_of(year, 3 if letter == "q" else 6, place)
    if found := _ISO.fullmatch(text):
        return _dated(int(found[1]), int(found[2]), found[3])
    if found := _DAY_FIRST.fullmatch(text):
        return _dated(int(found[3]), int(found[2]), found[1])
    return None


def _dated(year: int, month: int, day: str | None) -> Span | None:
    if day is None:
        return Span(year, month, month) if 1 <= month <= 12 else None
    return _of_date(year, month, int(day))


def _part_of(year: int, length: int, place: int) -> Span | None:
    """The ``place``-th quarter (``length`` 3), half-year (6) or month (1) of a year."""
    if not 1 <= place <= 12 // length:
        return None
    return Span(year, (place - 1) * length + 1, place * length)


def _of_words(text: str) -> Span | None:
    """A year with a month, two months, an ordinal and its unit, or a number of months from January."""
    tokens = _TOKEN.findall(text)
    years = [token for token in tokens if len(token) == 4 and token.isdecimal()]
    if len(years) != 1:
        return None
    year = int(years[0])
    rest = [token for token in tokens if token != years[0] and token not in _YEARS and token not in _ENDINGS]
    months = [_MONTH[token] for token in rest if token in _MONTH]
    if not rest:
        return Span(year, 1, 12)
    if len(months) == len(rest):
        return _of_months(year, months)
    return _of_ordinal(year, rest)


def _of_months(year: int, months: list[int]) -> Span | None:
    if len(months) == 1:
        return Span(year, months[0], months[0])
    if len(months) == 2 and months[0] < months[1]:
        return Span(year, months[0], months[1], summed=months[0] == 1)
    return None


def _of_ordinal(year: int, rest: list[str]) -> Span | None:
    ordinals = [
        int(token) if token.isdecimal() else _ROMAN[token] for token in rest if token.isdecimal() or token in _ROMAN
    ]
    units = [token for token in rest if token in _UNITS]
    if len(ordinals) != 1 or len(units) != 1 or len(rest) != 2:
        return None
    length = _UNITS[units[0]]
    if length == 1:
        return Span(year, 1, ordinals[0], summed=True) if 2 <= ordinals[0] <= 12 else None
    return _part_of(year, length, ordinals[0])


def _combined(year: Cell, part: Cell, kind: PeriodKind) -> Span | None:
    """A year in one cell and a month, quarter or half in the next: a bare number counts in periods of ``kind``."""
    text = text_of(part).casefold()
    place = int(text) if text.isdecimal() else _ROMAN.get(text)
    if place is None:
        return span_of(f"{text} {text_of(year)}")
    whole = span_of(year)
    if whole is None or (whole.first, whole.last) != (1, 12):
        return None
    return _part_of(whole.year, LENGTH[kind], place)
