"""All that a profile says about one indicator, or about one factor."""

from collections.abc import Sequence

from hashar.assess.contracts.profile import FactorFinding, IndicatorFinding, WavePoint
from hashar.assess.contracts.published import Change, Figure, Published
from hashar.reports.content.breakdowns import breakdown_blocks
from hashar.reports.content.cells import (
    SHARE,
    Unit,
    figure_cells,
    figure_columns,
    hidden,
    value_cell,
    write_grounds,
)
from hashar.reports.content.charts import Trend, single_trend
from hashar.reports.content.document import (
    Align,
    Block,
    Callout,
    Chart,
    Column,
    Heading,
    KeyFigure,
    KeyFigures,
    Paragraph,
    Reference,
    Statements,
    Table,
    TableRow,
    TextCell,
    Tone,
)
from hashar.reports.content.factors import meaning, measured
from hashar.reports.content.indicators import changes_table, trend_points
from hashar.reports.content.quality import missing_blocks
from hashar.reports.content.scope import Scope
from hashar.reports.content.summary import not_shown, shown_change
from hashar.reports.content.territories import map_blocks
from hashar.reports.content.wording import plain, substance

DETECTION = "detection"


def indicator_blocks(scope: Scope, item: IndicatorFinding) -> list[Block]:
    """Question, figure, waves with what changed, map, groups, answers, missing answers."""
    t = scope.translator
    unit = scope.unit(item)
    about = Reference("indicator", item.name)
    blocks: list[Block] = []
    question = t.pick(item.question)
    if question:
        blocks.append(Paragraph(plain(t.gettext("Question: {question}", question=question)), lead=True))
    if item.kind == DETECTION:
        blocks.append(detection_note(scope))
    label = ", ".join(filter(None, (substance(t, item.substance) if item.substance else "", scope.profile.wave)))
    blocks += _figure(scope, item.total, unit, about, t.gettext("All pupils, {what}", what=label))
    blocks += _waves(scope, item.waves, unit, about, item.change)
    if item.change is not None:
        blocks.append(changes_table(scope, [item]))
    if item.breakdowns:
        name = t.pick(item.label)
        blocks += map_blocks(scope, name, about, item.total, item.breakdowns, unit)
        groups = breakdown_blocks(scope, name, item.name, item.total, item.breakdowns, unit)
        blocks += [Heading(t.gettext("By group"), 2, "groups"), *groups[1:]]
    if item.distribution:
        blocks += [Heading(t.gettext("All answers"), 2, "answers"), answers_table(scope, item)]
    if item.missing:
        blocks += missing_blocks(scope, [item])
    return blocks


def detection_note(scope: Scope) -> Callout:
    """What a count of what was noticed cannot say."""
    t = scope.translator
    text = t.gettext(
        "This number counts what was noticed (registered, treated, seized), not how common it is. It rises when more "
        "is looked for, and falls when less is."
    )
    return Callout(Tone.CAUTION, t.gettext("Detection, not prevalence"), [plain(text)])


def factor_blocks(scope: Scope, factor: FactorFinding) -> list[Block]:
    """Meaning, share beyond the cut-point, waves, map, groups, how well it is measured."""
    t = scope.translator
    about = Reference("factor", factor.code)
    label = (
        t.gettext("Pupils at elevated risk") if factor.type == "risk" else t.gettext("Pupils with elevated protection")
    )
    blocks: list[Block] = [Paragraph(plain(meaning(scope, factor)), lead=True)]
    if factor.inferred:
        text = t.gettext("That these questions measure this factor is a judgement; an expert has to confirm it.")
        blocks.append(Callout(Tone.CAUTION, t.gettext("Inferred"), [plain(text)]))
    blocks += _figure(scope, factor.elevated, SHARE, about, label)
    blocks += _waves(scope, factor.waves, SHARE, about, factor.change)
    if factor.breakdowns:
        blocks += map_blocks(scope, t.pick(factor.name), about, factor.elevated, factor.breakdowns)
        groups = breakdown_blocks(
            scope, t.pick(factor.name), factor.code, factor.elevated, factor.breakdowns, subject="factor"
        )
        blocks += [Heading(t.gettext("By group"), 2, "groups"), *groups[1:]]
    return [*blocks, *measured(scope, [factor])]


def _figure(scope: Scope, total: Published[Figure], unit: Unit, about: Reference, label: str) -> list[Block]:
    t = scope.translator
    if total.value is None:
        reason = hidden(t, total.suppressed).reason
        return [Callout(Tone.NOTE, label, [plain(reason)])]
    name = f"{label} ({unit.name})" if unit.name else label
    grounds = write_grounds(t, total.value, unit, scope.level)
    return [KeyFigures([KeyFigure(value_cell(total.value.estimate, unit), name, grounds, about)])]


def _waves(
    scope: Scope, waves: Sequence[WavePoint], unit: Unit, about: Reference, change: Published[Change] | None
) -> list[Block]:
    """What changed, as a sentence; the waves as a chart with their table."""
    if len(waves) < 2:
        return []
    t = scope.translator
    blocks: list[Block] = [Heading(t.gettext("Over the waves"), 2, "waves")]
    item = next((i for i in scope.profile.indicators if i.name == about.name and about.subject == "indicator"), None)
    verdict = change.value if change is not None else None
    if item is not None and verdict is not None:
        said = shown_change(scope, item, verdict) if verdict.shown else not_shown(scope, [item], 1)
        blocks.append(Statements([said]))
    table = waves_table(scope, waves, unit, about)
    points = trend_points(scope, waves)
    if len(points) < 2:
        return [*blocks, table]
    wide, narrow = single_trend(t, Trend("", points, shown=bool(verdict and verdict.shown), unit=unit))
    alternative = t.gettext("Estimates with intervals, wave by wave. The table has every value.")
    title = t.gettext("Waves, with intervals; solid line: change shown; broken line: not shown")
    return [*blocks, Chart(title, alternative, wide, narrow, table)]


def waves_table(scope: Scope, waves: Sequence[WavePoint], unit: Unit, about: Reference) -> Table:
    """Every wave's figure of one indicator or factor."""
    t = scope.translator
    rows = [
        TableRow(
            [TextCell(t.pick(wave.label) or wave.wave), *figure_cells(t, wave.figure, unit)],
            about=Reference(about.subject, about.name, wave.wave),
        )
        for wave in waves
    ]
    columns = [Column(t.gettext("Wave"), Align.START, 2.4), *figure_columns(t, scope.level, unit)]
    return Table(t.gettext("Wave by wave"), columns, rows)


def answers_table(scope: Scope, item: IndicatorFinding) -> Table:
    """Share of each answer."""
    t = scope.translator
    rows = [TableRow([TextCell(t.pick(row.label)), *figure_cells(t, row.figure)]) for row in item.distribution]
    columns = [Column(t.gettext("Answer"), Align.START, 2.4), *figure_columns(t, scope.level)]
    return Table(t.gettext("Share of each answer"), columns, rows)
