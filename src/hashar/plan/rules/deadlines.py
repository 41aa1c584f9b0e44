"""Deadlines as plans write them → days, periods, repetition. What is not understood is handed back, never dropped."""

import calendar
import datetime as dt
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from hashar.plan.contracts.official import Deadline, DeadlineKind, DeadlineReading, Every
from hashar.plan.rules import deadline_words as say
from hashar.plan.rules.texts import folded

Years = tuple[int, int] | None
QUARTER_MONTHS, HALF_MONTHS = 3, 6
REMEMBERED = 4096
"""Cells that are not read twice: a plan says the same deadline many times."""
_ROMAN_TOKEN = re.compile(r"\b[iіv]{1,3}\b")
_PARTS = re.compile(r"[;\n]")


@lru_cache(maxsize=REMEMBERED)
def read_deadlines(text: str, years: Years = None) -> DeadlineReading:
    """A cell of deadlines; parts are separated by semicolons or lines.

    Parameters
    ----------
    text
        The cell.
    years
        First and last year of the plan, for deadlines that name none.

    """
    found: list[Deadline] = []
    rest: list[str] = []
    assumed = no_year = False
    for part in filter(str.strip, _PARTS.split(text)):
        reading = _Part(part, years)
        found += reading.deadlines()
        rest += reading.rest()
        assumed, no_year = assumed or reading.assumed, no_year or reading.no_year
    return DeadlineReading(tuple(dict.fromkeys(found)), " ".join(rest), assumed, no_year)


def due_dates(deadline: Deadline, first: dt.date, last: dt.date) -> Sequence[dt.date]:
    """Days in ``first`` … ``last`` on which something is due."""
    if deadline.kind in (DeadlineKind.DATE, DeadlineKind.PERIOD):
        return [deadline.end] if deadline.end and first <= deadline.end <= last else []
    if deadline.every is None:
        return []
    begin, end = max(first, deadline.start or first), min(last, deadline.end or last)
    return [day for day in sorted(set(_repeated(deadline, begin, end))) if begin <= day <= end]


def _repeated(deadline: Deadline, begin: dt.date, end: dt.date) -> Iterator[dt.date]:
    if deadline.every is Every.WEEK:
        yield from (begin + dt.timedelta(days=at) for at in range(6, (end - begin).days + 1, 7))
        return
    step = {Every.YEAR: 12, Every.HALF_YEAR: 6, Every.QUARTER: 3, Every.MONTH: 1}[deadline.every or Every.YEAR]
    named = [(month, day) for month, day in deadline.days if month]
    following = [day for month, day in deadline.days if not month]
    for year in range(begin.year - 1, end.year + 1):
        if named:
            yield from (_day(year, month, day) for month, day in named)
            continue
        for month in range(step, 13, step):
            closing = _last(year, month)
            after = closing + dt.timedelta(days=1)
            yield from ([_day(after.year, after.month, day) for day in following] or [closing])


def _last(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])


def _day(year: int, month: int, day: int) -> dt.date:
    return dt.date(year, month, min(day, calendar.monthrange(year, month)[1]))


def _months(year: int, first: int, last: int) -> Deadline:
    return Deadline(DeadlineKind.PERIOD, dt.date(year, first, 1), _last(year, last))


def _years(first: int, last: int) -> Deadline:
    return Deadline(DeadlineKind.PERIOD, dt.date(first, 1, 1), dt.date(last, 12, 31))


def _until(year: int, month: int, day: int) -> Deadline:
    return Deadline(DeadlineKind.DATE, end=dt.date(year, month, day))


def _number(text: str) -> int:
    found = re.match(r"\d+", text)
    return int(found[0]) if found else 0


def _numbers(text: str) -> list[int]:
    return [int(found) for found in re.findall(r"\d{4}", text)]


class _Part:
    """One deadline cell or a part of it, being taken apart: what is understood is taken out of the text."""

    def __init__(self, text: str, plan: Years) -> None:
        self._text = _ROMAN_TOKEN.sub(lambda match: match[0].replace("і", "i"), folded(text))
        self._plan = plan
        self.assumed = self.no_year = False
        self._fixed: list[Deadline] = []
        self._days: list[tuple[int, int]] = []
        self._months: list[tuple[int, int]] = []
        """Months from … to, without a year."""
        self._unclear: list[str] = []
        self._scan()

    def _take(self, pattern: re.Pattern[str]) -> list[re.Match[str]]:
        found = list(pattern.finditer(self._text))
        self._text = pattern.sub(" ~ ", self._text)
        return found

    def _scan(self) -> None:
        self._spans = [(_number(m["y1"]), _number(m["y2"])) for m in self._take(say.YEARS_RANGE)]
        self._since = next((_number(m["y1"] or m["y2"]) for m in self._take(say.SINCE)), 0)
        self._scan_days()
        self._unclear += [match[0] for match in self._take(say.UNTIL_YEAR)]
        self._every = [every for every, pattern in say.EVERY.items() if self._take(pattern)]
        self._always, self._needed = bool(self._take(say.ALWAYS)), bool(self._take(say.AS_NEEDED))
        self._scan_periods()
        self._scan_without_year()
        self._whole_plan = bool(self._take(say.WHOLE_PLAN))
        self._listed = [_number(match["y"]) for match in self._take(say.YEAR)]
        self._whole_year = bool(self._take(say.WHOLE_YEAR))
        if self._fixed and self._listed and not self._every:
            self._unclear += map(str, self._listed)  # a year beside a full date: which of the two?

    def _scan_days(self) -> None:
        for match in self._take(say.ISO_DATE):
            self._date(match[0], int(match[1]), int(match[2]), int(match[3]))
        for match in self._take(say.NUMERIC_DATE):
            self._date(match[0], int(match[3]), int(match[2]), int(match[1]))
        for m in self._take(say.SPAN_OF_DAYS):
            last = _number(m["y2"])
            start = self._valid(m[0], _number(m["y1"] or m["y2"]), say.month_number(m["m1"]), _number(m["d1"]))
            end = self._valid(m[0], last, say.month_number(m["m2"]), _number(m["d2"]))
            if start and end:
                self._fixed.append(Deadline(DeadlineKind.PERIOD, start, end))
        for pattern in (say.DATE_YEAR_FIRST, say.DATE, say.DATE_MONTH_FIRST):
            for m in self._take(pattern):
                for year in _numbers(m["y"]):
                    self._date(m[0], year, say.month_number(m["m"]), _number(m["d"]))

    def _date(self, text: str, year: int, month: int, day: int) -> None:
        valid = self._valid(text, year, month, day)
        if valid:
            self._fixed.append(Deadline(DeadlineKind.DATE, end=valid))

    def _valid(self, text: str, year: int, month: int, day: int) -> dt.date | None:
        try:
            return dt.date(year, month, day)
        except ValueError:
            self._unclear.append(text)
            return None

    def _scan_periods(self) -> None:
        for pattern, months in (
            (say.YEAR_QUARTERS, QUARTER_MONTHS),
            (say.QUARTERS_YEAR, QUARTER_MONTHS),
            (say.Q_YEAR, QUARTER_MONTHS),
            (say.YEAR_HALVES, HALF_MONTHS),
            (say.HALVES_YEAR, HALF_MONTHS),
        ):
            for m in self._take(pattern):
                spans = self._spans_of(m["n"], months, m[0])
                self._fixed += [_months(year, *span) for year in _numbers(m["y"]) for span in spans]
        for m in self._take(say.SPAN_OF_MONTHS):
            first, last = _number(m["y1"] or m["y2"]), _number(m["y2"])
            start = dt.date(first, say.month_number(m["m1"]), 1)
            self._fixed.append(Deadline(DeadlineKind.PERIOD, start, _last(last, say.month_number(m["m2"]))))
        for pattern in (say.YEAR_MONTH, say.MONTH_YEAR):
            for m in self._take(pattern):
                month = say.month_number(m["m"])
                self._fixed += [_months(year, month, month) for year in _numbers(m["y"])]

    def _spans_of(self, text: str, months: int, whole: str) -> list[tuple[int, int]]:
        """Months from … to, for quarters or half-years."""
        numbers, span = say.ordinals(text)
        if max(numbers) * months > 12:
            self._unclear.append(whole)
            return []
        if span:
            numbers = [numbers[0], numbers[-1]]
            return [((numbers[0] - 1) * months + 1, numbers[1] * months)]
        return [((number - 1) * months + 1, number * months) for number in numbers]

    def _scan_without_year(self) -> None:
        for m in self._take(say.FOLLOWING):
            self._days.append((0, _number(m["d1"] or m["d2"] or m["d3"])))
        if Every.MONTH in self._every:
            self._days += [(0, _number(m["d1"] or m["d2"])) for m in self._take(say.DAY_OF_MONTH)]
        for pattern, months in ((say.QUARTERS, QUARTER_MONTHS), (say.HALVES, HALF_MONTHS)):
            for m in self._take(pattern):
                self._months += self._spans_of(m["n"], months, m[0])
        for m in self._take(say.DAY_MONTH):
            month, day = say.month_number(m["m"]), _number(m["d"])
            if self._valid(m[0], 2028, month, day):  # a leap year: 29 February is a day
                self._days.append((month, day))
        self._months += [(month, month) for month in (say.month_number(m["m"]) for m in self._take(say.MONTH))]

    def rest(self) -> list[str]:
        """Words that were not understood."""
        left = [word for word in re.findall(r"[^\W_][\w-]*", self._text) if word.strip("-") not in say.EMPTY_WORDS]
        return [*self._unclear, *left]

    def deadlines(self) -> list[Deadline]:
        """What was understood, put together."""
        found = self._repetitions() if self._every else self._once()
        if self._always:
            found.append(Deadline(DeadlineKind.ALWAYS, *self._frame()))
        if self._needed:
            found.append(Deadline(DeadlineKind.AS_NEEDED, *self._frame()))
        return found

    def _frame(self) -> tuple[dt.date | None, dt.date | None]:
        """Start and end by the years that are named."""
        if self._spans:
            return dt.date(self._spans[0][0], 1, 1), dt.date(self._spans[-1][1], 12, 31)
        if self._listed:
            return dt.date(min(self._listed), 1, 1), dt.date(max(self._listed), 12, 31)
        return (dt.date(self._since, 1, 1) if self._since else None), None

    def _repetitions(self) -> list[Deadline]:
        dates = [one for one in self._fixed if one.kind is DeadlineKind.DATE and one.end]
        days = [*self._days, *((last, _last(2028, last).day) for _, last in self._months)]
        days = [(month, 28 if (month, day) == (2, 29) else day) for month, day in days]
        start, end = self._frame()
        if dates and not days and not start:  # “by 25 December 2026, then every year”
            ends = [one.end for one in dates if one.end]
            days, start = [(day.month, day.day) for day in ends], dt.date(max(ends).year + 1, 1, 1)
        return [
            *self._fixed,
            *(Deadline(DeadlineKind.REPEATED, start, end, every, tuple(days)) for every in self._every),
        ]

    def _once(self) -> list[Deadline]:
        found = list(self._fixed)
        loose = bool(self._days or self._months)
        years = self._listed or ([self._assumed()] if loose and not self._spans else [])
        found += self._loose([year for year in years if year])
        if not loose and not (self._always or self._needed):
            found += [_years(*span) for span in self._spans] + [_years(year, year) for year in self._listed]
        if (self._whole_year or self._whole_plan) and not (self._listed or self._spans or found) and self._plan:
            self.assumed = self._whole_year
            found.append(_years(*self._plan))
        elif self._whole_year and not found and not self._plan:
            self.no_year = True
        return found

    def _loose(self, years: Sequence[int]) -> list[Deadline]:
        """Days and months without a year of their own, in the years of the part."""
        found: list[Deadline] = []
        if self._spans and (self._days or self._months):
            days = [*self._days, *((last, _last(2028, last).day) for _, last in self._months)]
            return [Deadline(DeadlineKind.REPEATED, *self._frame(), Every.YEAR, tuple(days))]
        for year in years:
            found += [_until(year, month, _day(year, month, day).day) for month, day in self._days if month]
            found += [_months(year, *span) for span in self._months]
        return found

    def _assumed(self) -> int:
        """The plan's year, where it has only one; else the part stays unclear."""
        if self._plan and self._plan[0] == self._plan[1]:
            self.assumed = True
            return self._plan[0]
        self.no_year = True
        return 0
