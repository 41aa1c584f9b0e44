"""The chapters on substance use, on the other indicators, and on changes between waves."""

import math
from collections.abc import Sequence

from hashar.assess.contracts.profile import IndicatorFinding, WavePoint
from hashar.assess.contracts.published import Change
from hashar.reports.content.breakdowns import breakdown_blocks
from hashar.reports.content.cells import (
    SHARE,
    difference_cell,
    figure_cells,
    figure_columns,
    hidden,
    write_value,
)
from hashar.reports.content.charts import DotRow, Trend, TrendPoint, dots, drawable, highest, trends
from hashar.reports.content.document import (
    Align,
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Heading,
    IntervalCell,
    NumberCell,
    PageBreak,
    Paragraph,
    Reference,
    RowKind,
    Table,
    TableRow,
    TextCell,
    Tone,
)
from hashar.reports.content.scope import Scope
from hashar.reports.content.wording import plain, rich, substance

TRENDS = 9
"""Small charts on one page."""
LINES = 16
"""Lines of one chart that fit a page together with their table."""


def use_chapter(scope: Scope, *, grouped: bool = True) -> list[Block]:
    """The chapter "Substance use"; ``grouped`` with every indicator by group."""
    t = scope.translator
    lead = t.gettext(
        "Each line is the share of pupils who answered yes. The dot is the best estimate; the line through it is the "
        "interval in which the true share lies with high confidence. Where two intervals overlap widely, do not call "
        "one higher."
    )
    return _chapter(scope, t.gettext("Substance use"), "use", lead, scope.use(), grouped=grouped)


def other_chapter(scope: Scope, *, grouped: bool = True) -> list[Block]:
    """The chapter on attitudes, availability, ages and the like."""
    t = scope.translator
    lead = t.gettext("What pupils think and how easily they could get substances: these move earlier than use does.")
    return _chapter(
        scope, t.gettext("Attitudes, availability and more"), "other", lead, scope.others(), grouped=grouped
    )


def _chapter(
    scope: Scope, title: str, anchor: str, lead: str, indicators: Sequence[IndicatorFinding], *, grouped: bool
) -> list[Block]:
    if not indicators:
        return []
    t = scope.translator
    blocks: list[Block] = [Heading(title, 1, anchor), Paragraph(plain(lead), lead=True)]
    shares = [item for item in indicators if scope.unit(item) == SHARE]
    if shares:
        blocks += overview(scope, title, shares)
    means = [item for item in indicators if scope.unit(item) != SHARE]
    if means:
        blocks.append(means_table(scope, means))
    detailed = [item for item in indicators if item.breakdowns and grouped]
    if detailed:
        blocks += [PageBreak(), Heading(t.gettext("By group"), 2, f"{anchor}-by-group")]
    for i, item in enumerate(detailed):
        blocks += [PageBreak()] if i else []
        question = t.pick(item.question)
        unit = scope.unit(item)
        blocks += breakdown_blocks(scope, t.pick(item.label), item.name, item.total, item.breakdowns, unit, question)
    return blocks


def overview(scope: Scope, title: str, indicators: Sequence[IndicatorFinding]) -> list[Chart]:
    """All indicators of a chapter as dots with intervals on one scale, in as many charts as pages need, with tables."""
    t = scope.translator
    rows = [
        DotRow(
            t.pick(item.label),
            item.total.value,
            hidden="" if item.total.value else hidden(t, item.total.suppressed).reason,
        )
        for item in indicators
    ]
    charts = math.ceil(len(rows) / LINES)
    size = math.ceil(len(rows) / charts)
    made = []
    for part in range(charts):
        some = slice(part * size, (part + 1) * size)
        name = title
        if charts > 1:
            name = t.gettext("{title}, part {part} of {parts}", title=title, part=part + 1, parts=charts)
        made.append(_overview_chart(scope, name, rows[some], indicators[some], highest(rows)))
    return made


def _overview_chart(
    scope: Scope, title: str, rows: Sequence[DotRow], indicators: Sequence[IndicatorFinding], high: float
) -> Chart:
    t = scope.translator
    wide, narrow = dots(t, rows, high=high)
    values = "; ".join(f"{row.label} {write_value(t, row.figure.estimate)}" for row in rows if row.figure)
    alternative = t.gettext("Dots with intervals, one line for each indicator: {values}.", values=values or "–")
    heading = t.gettext("{title}: share of pupils, with intervals", title=title)
    return Chart(heading, alternative, wide, narrow, overview_table(scope, title, indicators))


def overview_table(scope: Scope, title: str, indicators: Sequence[IndicatorFinding]) -> Table:
    """Indicators under the heads of their substances."""
    t = scope.translator
    rows: list[TableRow] = []
    for code in dict.fromkeys(item.substance for item in indicators):
        if code:
            rows.append(TableRow([TextCell(substance(t, code))], RowKind.GROUP))
        rows += [
            TableRow([TextCell(t.pick(item.label)), *figure_cells(t, item.total)], about=reference(item))
            for item in indicators
            if item.substance == code
        ]
    columns = [Column(t.gettext("Indicator"), Align.START, 2.6), *figure_columns(t, scope.level)]
    return Table(t.gettext("{title}, all pupils", title=title), columns, rows)


def means_table(scope: Scope, indicators: Sequence[IndicatorFinding]) -> Table:
    """Means, each in its unit."""
    t = scope.translator
    rows = []
    for item in indicators:
        unit = scope.unit(item)
        cells = [TextCell(t.pick(item.label), detail=unit.name), *figure_cells(t, item.total, unit)]
        rows.append(TableRow(cells, about=reference(item)))
    head = figure_columns(t, scope.level, scope.unit(indicators[0]))
    columns = [Column(t.gettext("Indicator"), Align.START, 2.6), Column(t.gettext("Mean"), Align.END), *head[1:]]
    return Table(t.gettext("Means"), columns, rows)


def changes_chapter(scope: Scope) -> list[Block]:
    """The chapter "Changes between waves"; empty with one wave."""
    t = scope.translator
    tested = [item for item in scope.profile.indicators if item.change is not None]
    if not tested:
        return []
    lead = t.gettext(
        "A change is called **shown** only when chance is an unlikely explanation, after allowing for the number of "
        "changes looked at. **Not shown** means that these waves cannot tell; the last column says how large a change "
        "they could see."
    )
    blocks: list[Block] = [
        Heading(t.gettext("Changes between waves"), 1, "changes"),
        Paragraph(rich(lead), lead=True),
        *trend_chart(scope, tested),
        changes_table(scope, tested),
    ]
    note = t.gettext(
        "The same words can be understood differently from one wave to the next, and other schools may take part. "
        "A change that is shown is a reason to look for causes, not a proof of one."
    )
    blocks.append(Callout(Tone.NOTE, t.gettext("A change is not yet an effect"), [plain(note)]))
    return blocks


def trend_chart(scope: Scope, tested: Sequence[IndicatorFinding]) -> list[Chart]:
    """Small charts of indicators with at least two waves to show, changes that are shown first."""
    t = scope.translator
    series = []
    for item in tested:
        points = trend_points(scope, item.waves)
        if scope.unit(item) == SHARE and len(points) > 1 and item.change is not None:
            shown = item.change.value is not None and item.change.value.shown
            series.append((item, Trend(t.pick(item.label), points, shown)))
    series = sorted(series, key=lambda pair: not pair[1].shown)[:TRENDS]
    if not series:
        return []
    wide, narrow = trends(t, [trend for _, trend in series])
    alternative = t.gettext(
        "Small charts, one for each indicator, wave by wave with intervals. A solid line marks a change that is "
        "shown: {shown}.",
        shown="; ".join(trend.title for _, trend in series if trend.shown) or t.gettext("none"),
    )
    title = t.gettext("Waves, with intervals; solid line: change shown; broken line: not shown")
    return [Chart(title, alternative, wide, narrow, waves_table(scope, [item for item, _ in series]))]


def trend_points(scope: Scope, waves: Sequence[WavePoint]) -> list[TrendPoint]:
    """The waves that can be drawn."""
    t = scope.translator
    return [
        TrendPoint(t.pick(wave.label) or wave.wave, wave.figure.value)
        for wave in waves
        if wave.figure.value and drawable(wave.figure.value)
    ]


def waves_table(scope: Scope, indicators: Sequence[IndicatorFinding]) -> Table:
    """Every wave's figure."""
    t = scope.translator
    rows: list[TableRow] = []
    for item in indicators:
        rows.append(TableRow([TextCell(t.pick(item.label))], RowKind.GROUP))
        rows += [
            TableRow(
                [TextCell(t.pick(wave.label) or wave.wave), *figure_cells(t, wave.figure, scope.unit(item))],
                about=Reference("indicator", item.name, wave.wave),
            )
            for wave in item.waves
        ]
    columns = [Column(t.gettext("Wave"), Align.START, 2.4), *figure_columns(t, scope.level)]
    return Table(t.gettext("Indicators wave by wave"), columns, rows, folded=True)


def changes_table(scope: Scope, tested: Sequence[IndicatorFinding]) -> Table:
    """Differences between the two waves compared, with verdict and smallest detectable change."""
    t = scope.translator
    columns = [
        Column(t.gettext("Indicator"), Align.START, 2.5),
        Column(t.gettext("Waves"), Align.START, 1.4),
        Column(t.gettext("Difference"), Align.END, 1.1),
        Column(t.gettext("{level} interval", level=scope.level), Align.END, 1.4),
        Column(t.gettext("Adjusted p"), Align.END, 0.9),
        Column(t.gettext("Verdict"), Align.START, 1.2),
        Column(t.gettext("Smallest detectable change"), Align.END, 1.2),
    ]
    return Table(
        t.gettext("Differences between waves"),
        columns,
        [_change_row(scope, item) for item in tested],
        note=t.gettext("Differences of shares are in percentage points. p is adjusted for the number of comparisons."),
    )


def _change_row(scope: Scope, item: IndicatorFinding) -> TableRow:
    t = scope.translator
    name = TextCell(t.pick(item.label))
    published = item.change
    if published is None or published.value is None:
        return TableRow([name, hidden(t, published.suppressed if published else None, 6)])
    about = Reference("indicator", item.name, change=True)
    return TableRow([name, *change_cells(scope, item, published.value)], about=about)


def reference(item: IndicatorFinding) -> Reference:
    """The indicator's own number, of all pupils."""
    return Reference("indicator", item.name)


def change_cells(scope: Scope, item: IndicatorFinding, change: Change) -> list[Cell]:
    """Waves, difference, interval, adjusted p, verdict, smallest detectable change."""
    t = scope.translator
    unit = scope.unit(item)
    detectable: Cell = NumberCell(change.detectable, unit.digits)
    if unit.share:
        detectable = NumberCell(change.detectable * 100, 1)
    verdict = t.gettext("shown") if change.shown else t.gettext("not shown")
    return [
        TextCell(f"{change.earlier}\N{NO-BREAK SPACE}→\N{NO-BREAK SPACE}{change.later}"),
        difference_cell(change, unit),
        IntervalCell(change.ci_low, change.ci_high, unit.digits, unit.share, points=unit.share),
        NumberCell(change.p_adjusted, 3),
        TextCell(verdict, strong=change.shown),
        detectable,
    ]
