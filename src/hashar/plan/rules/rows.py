"""The rows of a plan's table: sections, measures, what continues a measure, totals, notes."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from hashar.plan.contracts.grids import Grid, GridRow
from hashar.plan.contracts.official import Column
from hashar.plan.rules.columns import Head, HeadColumn, is_head, is_numbering, texts_of
from hashar.plan.rules.numbering import measure_number
from hashar.plan.rules.texts import folded

TOTAL = re.compile(r"(?:итого|всего|жиыны|барлығы|total)\b")
NOTE = re.compile(r"(?:примечани|ескерт|расшифровка|аббревиатур|сноск|note\b|\*|¹|²|³)")
ROMAN_HEAD = re.compile(r"(?:[ivxхі]+|\d+)\s*[.)]?", re.IGNORECASE)
WIDE = 0.6
"""A cell over more than this share of the table is a heading."""


class RowKind(StrEnum):
    """What a row is."""

    SECTION = "section"
    MEASURE = "measure"
    MORE = "more"
    """It continues the measure above."""
    TOTAL = "total"
    NOTE = "note"


@dataclass(frozen=True)
class Record:
    """One row, by the roles of its columns."""

    kind: RowKind
    row: int
    text: str = ""
    """Of a heading or a note."""
    texts: Mapping[Column, str] = field(default_factory=dict)
    costs: Sequence[str] = ()
    sure: bool = True
    shared_cost: bool = False
    """Its cost is merged with that of the measure above."""


def records(grid: Grid, head: Head) -> Iterator[Record]:
    """The rows below the head; headings after which no measure comes are notes."""
    found = list(_records(grid, head))
    last = max((at for at, one in enumerate(found) if one.kind in (RowKind.MEASURE, RowKind.MORE)), default=-1)
    for at, one in enumerate(found):
        yield replace(one, kind=RowKind.NOTE) if at > last and one.kind is RowKind.SECTION else one


def _records(grid: Grid, head: Head) -> Iterator[Record]:
    width, notes = grid.width, False
    for row in grid.rows[head.first :]:
        if not row.filled or is_numbering(row) or is_head(row) or texts_of(row) in head.lines:
            continue
        single = len(row.filled) == 1
        if single and NOTE.match(folded(row.filled[0].text)):
            notes = True
        if notes and single:
            yield Record(RowKind.NOTE, row.number, row.filled[0].text)
            continue
        yield _record(row, head, width)


def _record(row: GridRow, head: Head, width: int) -> Record:
    filled = row.filled
    if TOTAL.match(folded(filled[0].text)) and len(filled[0].text) < 60 and not measure_number(filled[0].text):
        return Record(RowKind.TOTAL, row.number, filled[0].text, costs=_costs(head, row)[0])
    heading = _heading(row, head, width)
    if heading:
        return heading
    first: Mapping[Column, HeadColumn] = {
        each.role: each for each in reversed(head.columns) if each.role and each.role is not Column.COST
    }
    texts: dict[Column, str] = {role: _filled_down(column, row) for role, column in first.items()}
    kind, sure = _kind(row, first, texts)
    if kind is RowKind.MORE:
        texts = {role: _own(column, row) for role, column in first.items()}
    costs, twice = _costs(head, row)
    shared = twice or any((cell := each.of(row)) is not None and cell.below and cell.text for each in head.costs)
    return Record(kind, row.number, texts=texts, costs=costs, sure=sure, shared_cost=shared and kind is RowKind.MEASURE)


def _heading(row: GridRow, head: Head, width: int) -> Record | None:
    """A row of one text, or of a number and a text over the rest of the table."""
    filled = row.filled
    merged = any(cell.below for cell in row.cells)
    if len(filled) == 1 and not merged and re.search(r"[^\W\d_]", filled[0].text):
        cell = filled[0]
        if cell.span >= width * WIDE:
            return Record(RowKind.SECTION, row.number, cell.text)
        places = {0, *(each.start for each in head.columns if each.role in (Column.NUMBER, Column.MEASURE))}
        if cell.start in places and not measure_number(cell.text) and not cell.text[0].islower():
            return Record(RowKind.SECTION, row.number, cell.text, sure=cell.start == 0)
    if len(filled) == 2 and filled[1].span >= width * WIDE and ROMAN_HEAD.fullmatch(filled[0].text):
        return Record(RowKind.SECTION, row.number, f"{filled[0].text} {filled[1].text}")
    return None


def _kind(row: GridRow, first: Mapping[Column, HeadColumn], texts: Mapping[Column, str]) -> tuple[RowKind, bool]:
    """Whether a row begins a measure or continues the one above, and whether that is certain."""
    measure = first[Column.MEASURE].of(row) if Column.MEASURE in first else None
    number = first[Column.NUMBER].of(row) if Column.NUMBER in first else None
    own_number = number is not None and bool(number.text) and not number.below
    if measure is not None and measure.below and not own_number:
        return RowKind.MORE, True
    text = texts.get(Column.MEASURE, "")
    if own_number or (number is None and text):
        return RowKind.MEASURE, True
    if not text:
        return RowKind.MORE, False
    return (RowKind.MORE, False) if text[0].islower() else (RowKind.MEASURE, True)


def _costs(head: Head, row: GridRow) -> tuple[list[str], bool]:
    """The cells of costs; a sum over several columns stands in the first alone. Second: whether there was one."""
    found, before, twice = [], None, False
    for each in head.costs:
        cell, text = each.of(row), _own(each, row)
        if cell is not None and cell is before and re.search(r"\d", text):
            text, twice = "", True
        found.append(text)
        before = cell
    return found, twice


def _filled_down(column: HeadColumn, row: GridRow) -> str:
    cell = column.of(row)
    return cell.text if cell is not None and not (cell.below and column.role is Column.NUMBER) else ""


def _own(column: HeadColumn, row: GridRow) -> str:
    """The cell's own text: a sum that is merged downwards is one sum, not one for each row."""
    cell = column.of(row)
    return "" if cell is None or cell.below else cell.text
