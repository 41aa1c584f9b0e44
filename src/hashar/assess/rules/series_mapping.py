"""A mapping as it is kept, and what has to be right in it before a file can be read by it."""

from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from hashar.assess.contracts.series_import import ColumnUse, Dash, Decimal, FileMapping, Grid, Totals, Use
from hashar.assess.rules.series_columns import Head, headers_of, letter
from hashar.assess.rules.series_periods import span_of
from hashar.errors import HasharError, UsageError
from hashar.i18n import N_


def as_json(mapping: FileMapping) -> dict[str, object]:
    """The mapping as plain values."""
    return asdict(mapping)


def from_json(kept: Mapping[str, Any]) -> FileMapping:
    """The mapping that :func:`as_json` wrote."""
    columns = tuple(ColumnUse(**{**each, "use": Use(each["use"])}) for each in kept["columns"])
    enums = {"decimal": Decimal(kept["decimal"]), "dash": Dash(kept["dash"]), "totals": Totals(kept["totals"])}
    return FileMapping(**{**kept, **enums, "columns": columns})


def problems_of(mapping: FileMapping, grid: Grid) -> list[HasharError]:
    """All that keeps a file from being read by this mapping, each with its remedy."""
    return [*_layout(mapping, grid), *_once(mapping), *_needed(mapping), *_periods(mapping), *_keys(mapping)]


def _layout(mapping: FileMapping, grid: Grid) -> list[HasharError]:
    found: list[HasharError] = []
    last = mapping.header_row + mapping.header_rows - 1
    if not (mapping.header_row >= 1 and 1 <= mapping.header_rows <= 3 and last < mapping.first_row <= len(grid.rows)):
        found.append(
            UsageError(N_("The first row of data must come after the header, and inside the sheet; correct the rows."))
        )
    elif len(mapping.columns) != grid.width:
        found.append(UsageError(N_("The columns of the file are not those of this mapping; guess them again.")))
    return found


def _once(mapping: FileMapping) -> list[HasharError]:
    found: list[HasharError] = []
    for use, message in (
        (Use.TERRITORY, N_("Columns {columns} are both said to be the territory; choose one.")),
        (Use.PERIOD, N_("Columns {columns} are both said to be the period; choose one.")),
        (Use.PART, N_("Columns {columns} are both said to be the month or quarter; choose one.")),
    ):
        columns = [letter(at) for at, each in enumerate(mapping.columns) if each.use is use]
        if len(columns) > 1:
            found.append(UsageError(message, columns=", ".join(columns)))
    return found


def _needed(mapping: FileMapping) -> list[HasharError]:
    uses = {each.use for each in mapping.columns}
    values = [each for each in mapping.columns if each.use is Use.VALUE]
    found: list[HasharError] = []
    if not values:
        found.append(UsageError(N_("No column is said to hold the numbers; choose at least one.")))
    if Use.TERRITORY not in uses and not mapping.territory:
        found.append(UsageError(N_("No column is said to be the territory; choose one, or write one for all rows.")))
    if Use.PERIOD not in uses and not mapping.period and not all(each.period for each in values):
        found.append(
            UsageError(
                N_("Some numbers have no period; choose its column, write one for all rows, or for each column.")
            )
        )
    return found


def _periods(mapping: FileMapping) -> list[HasharError]:
    written = [mapping.period, *(each.period for each in mapping.columns if each.use is Use.VALUE)]
    return [
        UsageError(N_("“{period}” is not a period; write it like 2022, 2022-H1, 2022-Q3 or 2022-07."), period=text[:40])
        for text in dict.fromkeys(written)
        if text and span_of(text) is None
    ]


def _keys(mapping: FileMapping) -> list[HasharError]:
    """Breakdowns need names of their own; columns of numbers side by side must be told apart."""
    found: list[HasharError] = []
    keys = [each.key for each in mapping.columns if each.use is Use.BREAKDOWN]
    values = [(each.period, each.level) for each in mapping.columns if each.use is Use.VALUE]
    if any(each.level for each in mapping.columns if each.use is Use.VALUE):
        keys.append(mapping.level_key)
    if not all(keys) or len(set(keys)) < len(keys):
        found.append(UsageError(N_("Each breakdown needs a name of its own, for example sex, age or article.")))
    if len(set(values)) < len(values):
        found.append(
            UsageError(N_("Several columns hold numbers for the same period; write what tells them apart beside each."))
        )
    return found


def with_headers(mapping: FileMapping, grid: Grid) -> FileMapping:
    """The mapping with the headers that the file has in its header rows."""
    head = Head(mapping.header_row, mapping.header_rows, mapping.first_row)
    headers = headers_of(grid, head)
    columns = (replace(each, header=header) for header, each in zip(headers, mapping.columns, strict=True))
    return replace(mapping, columns=tuple(columns))
