"""A sheet read by its mapping: every number of it is a candidate, or has a problem that says what to do."""

import datetime as dt
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from hashar.assess.contracts.series import Breakdown, Flag, Measure, PeriodKind
from hashar.assess.contracts.series_import import (
    Candidate,
    Cell,
    ColumnUse,
    Decimal,
    FileMapping,
    Grid,
    Place,
    Problem,
    ReadRows,
    Totals,
    Use,
)
from hashar.assess.rules.series_columns import letter
from hashar.assess.rules.series_numbers import Number, decimal_mark, number
from hashar.assess.rules.series_periods import read_period
from hashar.assess.rules.series_places import DEPTH, Gazetteer
from hashar.assess.rules.series_words import FLAGS, fold, is_total, text_of
from hashar.i18n import N_

LEAVE_OUT = "-"
"""In :attr:`FileMapping.names`: rows of this name are not wanted."""
_FORMULA = re.compile(r"[=@]|[+-][^(!|]*[(!|]")
LONGEST = 120
"""Letters of a cell that are kept or shown."""


@dataclass(frozen=True)
class Wanted:
    """What the series takes."""

    territory: Place
    level: str
    measure: Measure
    period_kind: PeriodKind
    gazetteer: Gazetteer
    today: dt.date


@dataclass
class _Reading:
    """What has been read so far."""

    candidates: list[Candidate] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    empty: int = 0
    left_out: int = 0
    dashes: int = 0


class _Wrong(Exception):
    def __init__(self, column: int, message: str, content: Cell = "", **values: object) -> None:
        super().__init__(message)
        self.column, self.message, self.content, self.values = column, message, content, values


@dataclass(frozen=True)
class _Row:
    """What all numbers of a row share."""

    territory: Place
    period: str
    partial: bool
    breakdown: Breakdown
    flag: Flag
    note: str


def read_rows(grid: Grid, mapping: FileMapping, wanted: Wanted) -> ReadRows:
    """Read every row of data: each number is a candidate, a problem, empty, or left out on purpose; none is dropped."""
    reader = _Reader(grid, mapping, wanted)
    for row in range(mapping.first_row, len(grid.rows) + 1):
        reader.read(row)
    done = reader.done
    candidates, twice = _only_once(done.candidates)
    return ReadRows(
        candidates=tuple(candidates),
        problems=tuple(sorted([*done.problems, *twice], key=lambda problem: problem.row)),
        rows=done.rows,
        empty=done.empty,
        left_out=done.left_out,
        dashes=done.dashes,
        unknown=dict(done.unknown),
    )


class _Reader:
    def __init__(self, grid: Grid, mapping: FileMapping, wanted: Wanted) -> None:
        self.grid, self.mapping, self.wanted = grid, mapping, wanted
        self.done = _Reading()
        places: dict[Use, list[int]] = {use: [] for use in Use}
        for at, each in enumerate(mapping.columns):
            places[each.use].append(at)
        self.places = places
        self.marks = {at: self._mark(at) for at in places[Use.VALUE]}
        named = [at for at, each in enumerate(mapping.columns) if each.header]
        self.beyond = range(max(named, default=-1) + 1, grid.width)
        self.heads = [grid.cell(mapping.header_row, at) for at in range(grid.width)]

    def _mark(self, column: int) -> Decimal:
        if self.mapping.decimal is not Decimal.AUTO:
            return self.mapping.decimal
        cells = (self.grid.cell(row, column) for row in range(self.mapping.first_row, len(self.grid.rows) + 1))
        return decimal_mark(cells, whole=self.wanted.measure in (Measure.PEOPLE, Measure.EVENTS))

    def read(self, row: int) -> None:
        """One row of the sheet."""
        cells = [self.grid.cell(row, at) for at in range(self.grid.width)]
        if all(cell == "" for cell in cells):
            return
        self.done.rows += 1
        if cells == self.heads or not self._is_wanted(row):
            self.done.left_out += 1
            return
        if all(cells[at] == "" for at in self.places[Use.VALUE]) and not self._has_beyond(row):
            self.done.empty += len(self.places[Use.VALUE])
            return
        try:
            shared = self._shared(row)
        except _Wrong as wrong:
            self._problem(row, wrong)
            return
        if shared is None:
            self.done.left_out += 1
            return
        for at in self.places[Use.VALUE]:
            try:
                self._value(row, at, shared)
            except _Wrong as wrong:
                self._problem(row, wrong)

    def _is_wanted(self, row: int) -> bool:
        return all(
            fold(text_of(self.grid.cell(row, at))) == fold(self.mapping.columns[at].text)
            for at in self.places[Use.ONLY]
        )

    def _has_beyond(self, row: int) -> bool:
        return any(self.grid.cell(row, at) != "" for at in self.beyond)

    def _problem(self, row: int, wrong: _Wrong) -> None:
        column = column_name(self.mapping.columns, wrong.column)
        content = text_of(wrong.content)[:LONGEST]
        self.done.problems.append(Problem(row, column, content, wrong.message, wrong.values))

    def _shared(self, row: int) -> _Row | None:
        """Territory, period and breakdown of a row; None if it is left out on purpose."""
        if self._has_beyond(row):
            at = next(at for at in self.beyond if self.grid.cell(row, at) != "")
            raise _Wrong(
                at,
                N_("This row has more cells than the header; look for a separator inside a text, and quote it."),
                self.grid.cell(row, at),
            )
        territory = self._territory(row)
        if territory is None:
            return None
        period, partial = self._period(row)
        flag = self._flag(row)
        note = self._texts(row, Use.NOTE)
        return _Row(territory, period, partial, self._breakdown(row), flag, note)

    def _territory(self, row: int) -> Place | None:
        columns = self.places[Use.TERRITORY]
        at = columns[0] if columns else -1
        text = text_of(self.grid.cell(row, at)) if columns else self.mapping.territory
        if not text:
            raise _Wrong(at, N_("The territory is missing; fill it into every row, merged cells too."))
        if text in self.mapping.names:
            if self.mapping.names[text] == LEAVE_OUT:
                return None
            text = self.mapping.names[text]
        _no_formula(at, text)
        if is_total(text):
            return self.wanted.territory if self.mapping.totals is Totals.WHOLE else None
        found = self.wanted.gazetteer.find(text)
        if len(found) == 1:
            return self._inside(at, text, found[0])
        self.done.unknown[text] += 1
        if found:
            codes = ", ".join(place.code for place in found)
            raise _Wrong(
                at,
                N_("This name can mean several territories: {codes}. Say on this page which one it is."),
                text,
                codes=codes,
            )
        raise _Wrong(
            at, N_("This territory is not known; say on this page which one it is, or correct its name."), text
        )

    def _inside(self, at: int, text: str, place: Place) -> Place:
        wanted = self.wanted
        if not place.path.startswith(wanted.territory.path):
            raise _Wrong(
                at,
                N_("This territory is not a part of {territory}, which the series is about; leave the row out."),
                text,
                territory=wanted.territory.code,
            )
        if place.path.count("/") > DEPTH[wanted.level]:
            raise _Wrong(at, N_("This territory is smaller than those of the series; use a series of its own."), text)
        return place

    def _period(self, row: int) -> tuple[str, bool]:
        """Empty if the headers of the values say it."""
        columns = self.places[Use.PERIOD]
        if not columns and not self.mapping.period:
            return "", False
        at = columns[0] if columns else -1
        part_at = self.places[Use.PART]
        cell = self.grid.cell(row, at) if columns else self.mapping.period
        part = self.grid.cell(row, part_at[0]) if part_at else ""
        return self._read_period(at, cell, part)

    def _read_period(self, at: int, cell: Cell, part: Cell = "") -> tuple[str, bool]:
        found = read_period(cell, self.wanted.period_kind, today=self.wanted.today, part=part)
        if found.problem:
            raise _Wrong(at, found.problem, text_of(cell))
        return found.period, found.partial

    def _breakdown(self, row: int) -> Breakdown:
        pairs = []
        for at in self.places[Use.BREAKDOWN]:
            level = text_of(self.grid.cell(row, at))[:LONGEST]
            _no_formula(at, level)
            if level and not is_total(level):
                pairs.append((self.mapping.columns[at].key, level))
        return tuple(pairs)

    def _flag(self, row: int) -> Flag:
        for at in self.places[Use.FLAG]:
            said = fold(text_of(self.grid.cell(row, at)))
            found = next((flag for flag, words in FLAGS.items() if said in words), "")
            if found:
                return Flag(found)
        return Flag.NONE

    def _texts(self, row: int, use: Use) -> str:
        texts = [text_of(self.grid.cell(row, at)) for at in self.places[use]]
        for at, text in zip(self.places[use], texts, strict=True):
            _no_formula(at, text)
        return "; ".join(text for text in texts if text)[:LONGEST]

    def _value(self, row: int, at: int, shared: _Row) -> None:
        cell = self.grid.cell(row, at)
        found = number(cell, decimal=self.marks[at], dash=self.mapping.dash)
        self.done.dashes += found.dash
        if found.problem:
            raise _Wrong(at, found.problem, cell)
        if found.nothing:
            self.done.empty += 1
            return
        value = self._checked(at, cell, found)
        use = self.mapping.columns[at]
        period, partial = self._read_period(at, use.period) if use.period else (shared.period, shared.partial)
        if not period:
            raise _Wrong(at, N_("The period is missing; say which column holds it, or write one for all rows."), cell)
        flag = Flag.PARTIAL if partial and shared.flag is Flag.NONE else shared.flag
        breakdown = shared.breakdown
        if use.level and not is_total(use.level):
            breakdown = (*breakdown, (self.mapping.level_key or "group", use.level[:LONGEST]))
        note = "; ".join(part for part in (shared.note, found.mark) if part)
        name = column_name(self.mapping.columns, at)
        self.done.candidates.append(
            Candidate(row, name, shared.territory.id, period, tuple(sorted(breakdown)), value, flag, note[:LONGEST])
        )

    def _checked(self, at: int, cell: Cell, found: Number) -> float:
        """The value, if the measure allows it."""
        measure = self.wanted.measure
        value = found.value * 100 if self.mapping.fractions and measure is Measure.SHARE else found.value
        if value < 0:
            raise _Wrong(at, N_("This number is negative, which nothing counted here can be; correct the cell."), cell)
        if measure in (Measure.PEOPLE, Measure.EVENTS) and not value.is_integer():
            raise _Wrong(
                at, N_("This is not a whole number, though people or events are counted; check the decimal mark."), cell
            )
        if measure is Measure.SHARE and value > 100:
            raise _Wrong(
                at, N_("This percentage is above 100; check the decimal mark, or the unit of the series."), cell
            )
        return value


def column_name(columns: Sequence[ColumnUse], at: int) -> str:
    """A column as the user sees it: its letter and its header; empty for what stands in no column."""
    if at < 0:
        return ""
    header = columns[at].header if at < len(columns) else ""
    return f"{letter(at)} {header}".strip()[:LONGEST]


def beyond_population(
    read: ReadRows, counted: Mapping[tuple[int, int], int], content: Callable[[Candidate], str]
) -> ReadRows:
    """The same rows, with numbers larger than the population (territory, year) made problems."""
    kept, problems = [], []
    for each in read.candidates:
        people = counted.get((each.territory, int(each.period[:4])))
        if people is None or each.value <= people:
            kept.append(each)
            continue
        message = N_(
            "This is more than the {people} people who lived there that year; correct the number or the territory."
        )
        problems.append(Problem(each.row, each.column, content(each), message, {"people": people}))
    found = sorted([*read.problems, *problems], key=lambda problem: problem.row)
    return replace(read, candidates=tuple(kept), problems=tuple(found))


def _only_once(candidates: Sequence[Candidate]) -> tuple[list[Candidate], list[Problem]]:
    """Each key once: of equal numbers the first is kept, of different ones none, as nobody can tell which is right."""
    groups: dict[tuple[int, str, Breakdown], list[Candidate]] = {}
    for each in candidates:
        groups.setdefault((each.territory, each.period, each.breakdown), []).append(each)
    kept, problems = [], []
    for group in groups.values():
        first, later = group[0], group[1:]
        differ = any(each.value != first.value for each in later)
        if not differ:
            kept.append(first)
        for each in group if differ else later:
            other = first.row if each is not first else later[0].row
            message = (
                N_("Row {other} gives another number for the same territory, period and breakdown; keep one of them.")
                if differ
                else N_("Row {other} says the same already; leave this row out.")
            )
            problems.append(Problem(each.row, each.column, f"{each.value:g}", message, {"other": other}))
    return sorted(kept, key=lambda each: each.row), problems


def _no_formula(at: int, text: str) -> None:
    if _FORMULA.match(text):
        raise _Wrong(at, N_("This is the text of a formula; write what the cell should say."), text)
