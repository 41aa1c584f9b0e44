"""One number by groups: a chart of all groups with its table, places by name and never ranked."""

import dataclasses
from collections.abc import Sequence

from hashar.assess.contracts.profile import Breakdown, Row
from hashar.assess.contracts.published import Figure, Published
from hashar.reports.content.cells import SHARE, Unit, figure_cells, figure_columns, hidden, write_value
from hashar.reports.content.charts import DotRow, dots
from hashar.reports.content.document import (
    Align,
    Block,
    Chart,
    Column,
    Heading,
    Reference,
    RowKind,
    Table,
    TableRow,
    TextCell,
)
from hashar.reports.content.scope import Scope, is_place

CHART_ROWS = 26
"""A picture with more lines than this says less than the table."""


def breakdown_blocks(
    scope: Scope,
    title: str,
    name: str,
    total: Published[Figure],
    breakdowns: Sequence[Breakdown],
    unit: Unit = SHARE,
    question: str = "",
    subject: str = "indicator",
) -> list[Block]:
    """Heading, chart with table (or the table alone where there is too little or too much to draw)."""
    t = scope.translator
    blocks: list[Block] = [Heading(title, 3, f"item-{name}")]
    simple = [breakdown for breakdown in breakdowns if "*" not in breakdown.group]
    drawn = [b for b in simple if len(b.rows) <= CHART_ROWS]
    table = group_table(scope, title, Reference(subject, name), total, breakdowns, unit, question)
    figures = [row.figure for b in drawn for row in b.rows if row.figure.value is not None]
    if not figures:
        return [*blocks, table]
    rows = [_dot(scope, t.gettext("All pupils"), total)]
    for breakdown in drawn:
        rows.append(DotRow(t.pick(breakdown.label), heading=True))
        rows += [_dot(scope, t.pick(row.label), row.figure) for row in scope.rows(breakdown)]
    wide, narrow = dots(t, rows, unit)
    alternative = t.gettext(
        "{title}: dots with intervals for all pupils and by group. All pupils: {value}. The table has every value.",
        title=title,
        value=write_value(t, total.value.estimate, unit) if total.value else hidden(t, total.suppressed).reason,
    )
    heading = t.gettext("{title}, by group, with intervals", title=title)
    return [*blocks, Chart(heading, alternative, wide, narrow, table)]


def _dot(scope: Scope, label: str, published: Published[Figure]) -> DotRow:
    marker = "" if published.value else hidden(scope.translator, published.suppressed).reason
    return DotRow(label, published.value, hidden=marker)


def group_table(
    scope: Scope,
    title: str,
    about: Reference,
    total: Published[Figure],
    breakdowns: Sequence[Breakdown],
    unit: Unit = SHARE,
    question: str = "",
) -> Table:
    """All pupils, then each group under its heading."""
    t = scope.translator
    head = TextCell(t.gettext("All pupils"), strong=True)
    rows = [TableRow([head, *figure_cells(t, total, unit)], RowKind.TOTAL, about)]
    for breakdown in breakdowns:
        rows.append(TableRow([TextCell(t.pick(breakdown.label))], RowKind.GROUP))
        rows += [
            line(scope, row, unit, dataclasses.replace(about, group=breakdown.group, level=row.level))
            for row in scope.rows(breakdown)
        ]
    notes = [t.gettext("Question: {question}", question=question)] if question else []
    if any(is_place(breakdown) for breakdown in breakdowns):
        notes.append(t.gettext("Places are in alphabetical order: this is not a ranking."))
    return Table(
        caption=t.gettext("{title}, by group", title=title),
        columns=[Column(t.gettext("Group"), Align.START, 2.4), *figure_columns(t, scope.level, unit)],
        rows=rows,
        note=" ".join(notes),
        folded=True,
    )


def line(scope: Scope, row: Row, unit: Unit, about: Reference | None = None) -> TableRow:
    """One level of a group."""
    t = scope.translator
    return TableRow([TextCell(t.pick(row.label)), *figure_cells(t, row.figure, unit)], about=about)
