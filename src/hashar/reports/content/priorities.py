"""The chapter on priorities: what stands out, and how sure that is."""

from hashar.assess.contracts.profile import Priority
from hashar.reports.content.cells import figure_cells, figure_columns, hidden
from hashar.reports.content.charts import BarRow, probabilities
from hashar.reports.content.document import (
    Align,
    Block,
    Callout,
    Cell,
    Chart,
    Column,
    Heading,
    NumberCell,
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
from hashar.reports.content.summary import arguable_rows
from hashar.reports.content.wording import DOMAINS, plain, word


def chapter(scope: Scope) -> list[Block]:
    """The chapter "Priorities"; empty where no factor could be ranked."""
    t = scope.translator
    ranking = scope.profile.priorities
    if not ranking.ranked:
        return []
    top = t.integer(ranking.top)
    blocks: list[Block] = [
        Heading(t.gettext("Priorities"), 1, "priorities"),
        Paragraph(
            plain(
                t.gettext(
                    "Risk and protective factors are put in order by how high they are, how far they are from the "
                    "reference, how they have changed, and how far local action can move them. A survey of some pupils "
                    "cannot give that order exactly, so the profile shows how sure each place is."
                )
            ),
            lead=True,
        ),
        chart(scope),
        Callout(
            Tone.READING,
            t.gettext("How to read this"),
            [
                plain(
                    t.gettext(
                        "The estimates were drawn anew {draws} times within their uncertainty, and the factors ranked "
                        "each time. The bar shows in how many of these rankings a factor was among the first {top}. "
                        "At {share} and more the priority is firm; below it is arguable, and people who know the "
                        "community should decide.",
                        draws=t.integer(ranking.draws),
                        top=top,
                        share=t.percent(ranking.firm_at, 0),
                    )
                )
            ],
        ),
    ]
    return blocks


def chart(scope: Scope) -> Chart:
    """Probability bars with their table."""
    t = scope.translator
    ranking = scope.profile.priorities
    title = t.gettext("Probability of being among the first {top}", top=t.integer(ranking.top))
    rows = [BarRow(t.pick(row.name), row.probability_top, row.firm) for row in ranking.ranked]
    wide, narrow = probabilities(t, rows, ranking.firm_at)
    firm = "; ".join(f"{t.pick(row.name)} ({t.percent(row.probability_top, 0)})" for row in ranking.ranked if row.firm)
    alternative = t.gettext(
        "Bars, one for each factor, from the most to the least probable. Firm: {firm}. The table has every value.",
        firm=firm or t.gettext("none"),
    )
    return Chart(title, alternative, wide, narrow, table(scope))


def table(scope: Scope) -> Table:
    """Factors under three heads (firm, arguable, lower): share elevated, probability, range of ranks."""
    t = scope.translator
    ranking = scope.profile.priorities
    top = t.integer(ranking.top)
    columns = [
        Column(t.gettext("Factor"), Align.START, 2.6),
        *figure_columns(t, scope.level),
        Column(t.gettext("Among the first {top}", top=top), Align.END, 1.0),
        Column(t.gettext("Possible ranks"), Align.END, 1.1),
    ]
    arguable = arguable_rows(ranking.ranked, ranking.top)
    groups = [
        (t.gettext("Firm priorities"), [row for row in ranking.ranked if row.firm]),
        (t.gettext("Arguable priorities"), arguable),
        (
            t.gettext("Not among the first {top}", top=top),
            [r for r in ranking.ranked if not r.firm and r not in arguable],
        ),
    ]
    rows: list[TableRow] = []
    for head, members in groups:
        if members:
            rows += [TableRow([TextCell(head)], RowKind.GROUP), *(_row(scope, row) for row in members)]
    notes = [
        t.gettext(
            "Share of pupils: at elevated risk for a risk factor, with elevated protection for a protective factor."
        )
    ]
    if ranking.left_out:
        names = "; ".join(t.pick(name) for _, name in ranking.left_out)
        notes.append(t.gettext("Not ranked, because their numbers may not be shown: {names}.", names=names))
    return Table(
        caption=t.gettext("Factors by priority"),
        columns=columns,
        rows=rows,
        note=" ".join(notes),
    )


def _row(scope: Scope, row: Priority) -> TableRow:
    t = scope.translator
    factor = next((found for found in scope.profile.factors if found.code == row.code), None)
    detail = word(t, DOMAINS, factor.domain) if factor is not None else ""
    figures = figure_cells(t, factor.elevated) if factor is not None else [hidden(t, None, 4)]
    ranks = t.integer(row.rank_low) if row.rank_low == row.rank_high else f"{row.rank_low}–{row.rank_high}"
    cells = [
        TextCell(t.pick(row.name), strong=row.firm, detail=detail),
        *figures,
        ShareCell(row.probability_top, 0),
        TextCell(ranks),
    ]
    return TableRow(cells, about=Reference("factor", row.code))


def flat_table(scope: Scope) -> Table:
    """The same without heads inside, for a workbook: the verdict is a column."""
    t = scope.translator
    ranking = scope.profile.priorities
    arguable = arguable_rows(ranking.ranked, ranking.top)
    rows = []
    for row in ranking.ranked:
        verdict = t.gettext("firm") if row.firm else t.gettext("arguable") if row in arguable else t.gettext("lower")
        ranks = [NumberCell(row.rank), NumberCell(row.rank_low), NumberCell(row.rank_high)]
        cells: list[Cell] = [
            TextCell(row.code),
            TextCell(t.pick(row.name)),
            TextCell(verdict),
            ShareCell(row.probability_top),
        ]
        rows.append(TableRow([*cells, *ranks, NumberCell(row.score, 3)]))
    columns = [
        Column(t.gettext("Code")),
        Column(t.gettext("Factor"), Align.START, 4),
        Column(t.gettext("Verdict")),
        Column(t.gettext("Among the first {top}", top=t.integer(ranking.top)), Align.END, 1.2),
        Column(t.gettext("Rank"), Align.END),
        Column(t.gettext("Lowest rank"), Align.END),
        Column(t.gettext("Highest rank"), Align.END),
        Column(t.gettext("Score"), Align.END),
    ]
    return Table(t.gettext("Factors by priority"), columns, rows)
