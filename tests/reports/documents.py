"""A small document with every kind of block, cell and mark."""

import datetime as dt
from functools import cache

from hashar.i18n import Translator
from hashar.reports.content.charts import DotRow, dots
from hashar.reports.content.document import (
    Align,
    Bullets,
    Callout,
    Chart,
    Column,
    DefinitionList,
    Document,
    EmptyCell,
    Heading,
    HiddenCell,
    IntervalCell,
    KeyFigure,
    KeyFigures,
    Mark,
    MarkCell,
    NumberCell,
    PageBreak,
    Paragraph,
    RowKind,
    ShareCell,
    Span,
    Statement,
    Statements,
    Table,
    TableRow,
    TextCell,
    Tone,
    Verdict,
)
from hashar.reports.content.profile import profile_document
from hashar.reports.content.wording import words
from hashar.reports.render.charts import Gallery
from tests.reports.sample import sample_profile, shown


def every_table():
    numbers = [Column(name, Align.END) for name in ("Share", "Interval", "n")]
    columns = [Column("Group", width=2), *numbers, Column("Mark")]
    empty = [EmptyCell(), EmptyCell()]
    rows = [TableRow([TextCell("A head inside")], RowKind.GROUP)]
    for mark in Mark:
        cells = [TextCell("Row", detail="detail"), ShareCell(0.1234), IntervalCell(0.1, 0.15), NumberCell(1234)]
        rows.append(TableRow([*cells, MarkCell(mark, mark.value)]))
    rows.append(TableRow([TextCell("All", strong=True), ShareCell(0), IntervalCell(0, 0.02), *empty], RowKind.TOTAL))
    rows.append(TableRow([TextCell("Hidden"), HiddenCell("hidden for a reason", 3), TextCell("")]))
    hidden = [HiddenCell("hidden: why", brief="hidden"), HiddenCell("not asked", 1)]
    rows.append(TableRow([TextCell("One"), *hidden, *empty]))
    return Table("Every cell", columns, rows, note="A note.")


def every_block(language):
    translator = Translator(language)
    wide, narrow = dots(translator, [DotRow("A", shown(0.2).value), DotRow("B", hidden="hidden")])
    table = every_table()
    spans = [Span("plain "), Span("strong", "strong"), Span(" and "), Span("slanted", "emphasis")]
    blocks = [
        Heading("Chapter", 1, "chapter"),
        Paragraph(spans, lead=True),
        KeyFigures([KeyFigure(ShareCell(0.184), "Alcohol", "95 % interval"), KeyFigure(NumberCell(12), "Schools", "")]),
        Statements([Statement(v, v.value, spans, "grounds" if v is Verdict.SHOWN else "") for v in Verdict]),
        Heading("Section", 2, "section"),
        Bullets([spans, [Span("two")]]),
        Chart("A chart", "Alternative text of the chart", wide, narrow, table),
        PageBreak(),
        *(Callout(tone, tone.value, [spans]) for tone in Tone),
        Heading("Part", 3, "part"),
        Table("No note", table.columns, table.rows, folded=True),
        DefinitionList([("Term", spans)]),
    ]
    return Document(
        language=language,
        kind="Community prevention profile",
        title="Sarykol",
        subtitle="A survey",
        meta=[("Survey wave", "2024"), ("Computed on", translator.date(dt.date(2024, 11, 22)))],
        author="analyst",
        created=dt.datetime(2024, 11, 22, 9, 30, tzinfo=dt.UTC),
        blocks=blocks,
        words=words(translator),
        notice="A notice.",
    )


@cache
def whole(language):
    """The sample profile as a document, and its pictures: each is drawn once however many tests look at them."""
    return profile_document(sample_profile(), language), Gallery(Translator(language))
