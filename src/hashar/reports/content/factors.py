"""The chapter on risk and protective factors: how common, how well measured, on what judgement."""

from collections.abc import Sequence

from hashar.assess.contracts.profile import FactorFinding
from hashar.i18n import LANGUAGE_NAMES
from hashar.reports.content.breakdowns import breakdown_blocks
from hashar.reports.content.cells import figure_cells, figure_columns, hidden, write_value
from hashar.reports.content.charts import DotRow, dots
from hashar.reports.content.document import (
    Align,
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    DefinitionList,
    EmptyCell,
    Heading,
    NumberCell,
    PageBreak,
    Paragraph,
    Reference,
    RowKind,
    ShareCell,
    Table,
    TableRow,
    TextCell,
    Tone,
)
from hashar.reports.content.scope import Scope
from hashar.reports.content.wording import CUT_SOURCES, DOMAINS, FACTOR_TYPES, plain, word

RISK = "risk"


def chapter(scope: Scope, *, grouped: bool = True) -> list[Block]:
    """The chapter "Risk and protective factors", ``grouped`` with every factor by group; empty without scales."""
    t = scope.translator
    factors = scope.profile.factors
    if not factors:
        return []
    lead = t.gettext(
        "A risk factor makes substance use more likely, a protective factor makes it less likely. Each is measured by "
        "several questions; the number is the share of pupils whose answers lie beyond a cut-point."
    )
    blocks: list[Block] = [
        Heading(t.gettext("Risk and protective factors"), 1, "factors"),
        Paragraph(plain(lead), lead=True),
    ]
    risk = [factor for factor in factors if factor.type == RISK]
    protective = [factor for factor in factors if factor.type != RISK]
    if risk:
        blocks += [Heading(t.gettext("Pupils at elevated risk"), 2, "risk-factors"), chart(scope, risk)]
    if protective:
        blocks += [
            Heading(t.gettext("Pupils with elevated protection"), 2, "protective-factors"),
            chart(scope, protective),
        ]
    blocks += measured(scope)
    blocks += definitions(scope)
    detailed = [factor for factor in factors if factor.breakdowns and grouped]
    if detailed:
        blocks += [PageBreak(), Heading(t.gettext("Factors by group"), 2, "factors-by-group")]
    for i, factor in enumerate(detailed):
        blocks += [PageBreak()] if i else []
        blocks += breakdown_blocks(
            scope, t.pick(factor.name), factor.code, factor.elevated, factor.breakdowns, subject="factor"
        )
    return blocks


def chart(scope: Scope, factors: Sequence[FactorFinding]) -> Chart:
    """Shares with intervals, the reference as a tick, and the table."""
    t = scope.translator
    rows = [
        DotRow(
            t.pick(factor.name),
            factor.elevated.value,
            hidden="" if factor.elevated.value else hidden(t, factor.elevated.suppressed).reason,
            reference=factor.reference if factor.elevated.value else None,
        )
        for factor in factors
    ]
    wide, narrow = dots(t, rows)
    title = t.gettext("Share of pupils beyond the cut-point, with intervals")
    if any(row.reference is not None for row in rows):
        title = t.gettext("Share of pupils beyond the cut-point, with intervals; upright tick: reference")
    values = "; ".join(f"{row.label} {write_value(t, row.figure.estimate)}" for row in rows if row.figure)
    alternative = t.gettext("Dots with intervals, one line for each factor: {values}.", values=values or "–")
    return Chart(title, alternative, wide, narrow, table(scope, factors))


def table(scope: Scope, factors: Sequence[FactorFinding]) -> Table:
    """Factors by domain, with a column of references where there are any."""
    t = scope.translator
    columns = [Column(t.gettext("Factor"), Align.START, 2.6), *figure_columns(t, scope.level)]
    referred = any(factor.reference is not None for factor in factors)
    if referred:
        columns.append(Column(t.gettext("Reference"), Align.END, 1.0))
    rows: list[TableRow] = []
    for domain in dict.fromkeys(factor.domain for factor in factors):
        rows.append(TableRow([TextCell(word(t, DOMAINS, domain))], RowKind.GROUP))
        rows += [_row(scope, factor, referred=referred) for factor in factors if factor.domain == domain]
    sources = dict.fromkeys(t.pick(f.reference_source) for f in factors if f.reference is not None)
    note = t.gettext("Reference: {sources}.", sources="; ".join(filter(None, sources))) if any(sources) else ""
    return Table(t.gettext("Factors and their reference"), columns, rows, note=note)


def _row(scope: Scope, factor: FactorFinding, *, referred: bool) -> TableRow:
    t = scope.translator
    inferred = t.gettext("inferred: an expert has to confirm it") if factor.inferred else ""
    cells: list[Cell] = [TextCell(t.pick(factor.name), detail=inferred), *figure_cells(t, factor.elevated)]
    if referred:
        cells.append(EmptyCell() if factor.reference is None else ShareCell(factor.reference))
    return TableRow(cells, about=Reference("factor", factor.code))


def measured(scope: Scope, factors: Sequence[FactorFinding] | None = None) -> list[Block]:
    """How well each scale measures in each language of the questionnaire."""
    t = scope.translator
    rows: list[TableRow] = []
    for factor in scope.profile.factors if factors is None else factors:
        if factor.reliability:
            rows.append(TableRow([TextCell(t.pick(factor.name))], RowKind.GROUP))
        for one in factor.reliability:
            verdict = t.gettext("acceptable") if one.acceptable else t.gettext("not validated in this language")
            numbers = [NumberCell(one.items), NumberCell(one.n), NumberCell(one.alpha, 2), NumberCell(one.omega, 2)]
            language = TextCell(LANGUAGE_NAMES.get(one.language, one.language))
            rows.append(TableRow([language, *numbers, TextCell(verdict, strong=not one.acceptable)]))
    if not rows:
        return []
    columns = [
        Column(t.gettext("Language"), Align.START, 1.6),
        Column(t.gettext("Questions"), Align.END, 0.9),
        Column(t.gettext("Pupils"), Align.END, 0.8),
        Column("α", Align.END, 0.6),
        Column("ω", Align.END, 0.6),
        Column(t.gettext("Verdict"), Align.START, 2.2),
    ]
    caution = t.gettext(
        "A scale that works in one language need not work in a translation. Until the questions hang together in a "
        "language (alpha or omega of at least 0.7) the scale counts as not validated there: read its numbers as a "
        "first hint."
    )
    return [
        Heading(t.gettext("How well the factors are measured"), 2, "scales"),
        Callout(Tone.CAUTION, t.gettext("Each language counts for itself"), [plain(caution)]),
        Table(t.gettext("Internal consistency by language"), columns, rows),
    ]


def definitions(scope: Scope) -> list[Block]:
    """What each factor means, from which questions, with which cut-point."""
    t = scope.translator
    items = [(t.pick(factor.name), plain(meaning(scope, factor))) for factor in scope.profile.factors]
    return [Heading(t.gettext("What the factors mean"), 2, "definitions"), DefinitionList(items)]


def meaning(scope: Scope, factor: FactorFinding) -> str:
    """What a factor means, from which questions, with which cut-point."""
    t = scope.translator
    return t.gettext(
        "{definition} ({type}; questions {items}; cut-point {cut} from {source}.)",
        definition=t.pick(factor.definition),
        type=word(t, FACTOR_TYPES, factor.type),
        items=", ".join(factor.items),
        cut=t.decimal(factor.cut_point, 2),
        source=word(t, CUT_SOURCES, factor.cut_source),
    )
