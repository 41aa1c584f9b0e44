"""The donor form: the activities of a period as a table, and how many people they reached, counted once."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from hashar.i18n import Translator
from hashar.implement.contracts.activities import ActivitySummary
from hashar.implement.contracts.reach import ReachReport
from hashar.reference.queries import strategies
from hashar.reports.content.activity_words import ages_word, cautions, people_word, share_word, there_word
from hashar.reports.content.document import (
    Align,
    Block,
    Bullets,
    Cell,
    Column,
    Document,
    EmptyCell,
    Heading,
    HiddenCell,
    KeyFigure,
    KeyFigures,
    NumberCell,
    Paragraph,
    RowKind,
    Sheet,
    Table,
    TableRow,
    TextCell,
    Workbook,
)
from hashar.reports.content.wording import plain, words


@dataclass(frozen=True)
class DonorForm:
    """What the form is made of."""

    title: str
    """Of the organisation or plan."""
    start: dt.date
    end: dt.date
    report: ReachReport
    activities: Sequence[ActivitySummary]
    """Those that the report counts, as somebody outside sees them."""
    made_at: dt.datetime
    made_by: str


def period_word(t: Translator, form: DonorForm) -> str:
    """The period from its first to its last day."""
    return f"{t.date(form.start)} – {t.date(form.end)}"


def donor_document(form: DonorForm, t: Translator) -> Document:
    """The form as a document."""
    whole = form.report.whole
    share = share_word(t, whole)
    figures = [
        KeyFigure(NumberCell(whole.activities), t.gettext("Activities"), ""),
        KeyFigure(NumberCell(whole.contacts), t.gettext("Contacts"), t.gettext("everyone at every session")),
    ]
    sentence = people_word(t, whole.people)
    blocks: list[Block] = [
        Heading(t.gettext("Counted once"), 1, "reach"),
        KeyFigures(figures),
        Paragraph(
            plain(f"{ages_word(t, form.report.ages)}: {sentence}" + (f", {share}." if share else ".")), lead=True
        ),
        Paragraph(plain(there_word(t, form.report))),
    ]
    notes = cautions(t, whole)
    if notes:
        blocks.append(Bullets([plain(note) for note in notes]))
    if form.report.measures:
        blocks += [Heading(t.gettext("By measure"), 1, "measures"), measures_table(form, t)]
    blocks += [Heading(t.gettext("Activities"), 1, "activities"), activities_table(form, t)]
    return Document(
        language=t.language,
        kind=t.gettext("Report on activities"),
        title=form.title,
        subtitle=period_word(t, form),
        meta=[(t.gettext("Period"), period_word(t, form)), (t.gettext("Made by"), form.made_by)],
        author=form.made_by,
        created=form.made_at,
        blocks=blocks,
        words=words(t),
    )


def donor_workbook(form: DonorForm, t: Translator) -> Workbook:
    """The form as a workbook: activities, measures, the whole."""
    note = period_word(t, form)
    sheets = [
        Sheet(t.gettext("Activities"), form.title, note, activities_table(form, t)),
        Sheet(t.gettext("Counted once"), form.title, note, whole_table(form, t), filtered=False),
    ]
    if form.report.measures:
        sheets.insert(1, Sheet(t.gettext("By measure"), form.title, note, measures_table(form, t)))
    return Workbook(t.language, form.title, form.made_by, form.made_at, words(t), sheets)


def activities_table(form: DonorForm, t: Translator) -> Table:
    """Every activity in a line; the last line adds them up."""
    known = strategies()
    columns = [
        Column(t.gettext("Day"), Align.START, 2),
        Column(t.gettext("Activity"), Align.START, 3),
        Column(t.gettext("Where"), Align.START, 2),
        Column(t.gettext("Organisation"), Align.START, 1.8),
        Column(t.gettext("Strategy"), Align.START, 1.8),
        Column(t.gettext("Ages"), Align.START, 1.3),
        Column(t.gettext("Sessions"), Align.END),
        Column(t.gettext("Contacts"), Align.END),
    ]
    rows = [
        TableRow(
            [
                TextCell(one.date.isoformat()),
                TextCell(one.title),
                TextCell(", ".join(filter(None, (one.place, t.pick(one.territory_names))))),
                TextCell(one.organisation.name),
                TextCell(t.pick(known[one.strategy].name)),
                TextCell(ages_word(t, one.ages)),
                NumberCell(one.sessions),
                _contacts(one, t),
            ]
        )
        for one in form.activities
    ]
    total: list[Cell] = [TextCell(t.gettext("total"), strong=True), *([EmptyCell()] * 5)]
    sums: list[Cell] = [
        NumberCell(sum(one.sessions for one in form.activities)),
        NumberCell(sum(one.contacts or 0 for one in form.activities)),
    ]
    return Table(t.gettext("Activities"), columns, [*rows, TableRow([*total, *sums], RowKind.TOTAL)])


def _contacts(one: ActivitySummary, t: Translator) -> Cell:
    if one.few:
        return HiddenCell(t.gettext("fewer than 5"), brief=t.gettext("fewer than 5"))
    return EmptyCell() if one.contacts is None else NumberCell(one.contacts)


def measures_table(form: DonorForm, t: Translator) -> Table:
    """Every measure in a line, and the whole, in which each activity stands once."""
    columns = [
        Column(t.gettext("Measure"), Align.START, 4),
        Column(t.gettext("Activities"), Align.END),
        Column(t.gettext("Contacts"), Align.END),
        Column(t.gettext("Different people: at least"), Align.END),
        Column(t.gettext("at most"), Align.END),
    ]
    lines = [
        (f"{one.measure.number} {t.pick(one.measure.texts)}".strip(), t.pick(one.measure.plan_titles), one.reach)
        for one in form.report.measures
    ]
    rows = [
        TableRow(
            [
                TextCell(name, detail=plan),
                NumberCell(found.activities),
                NumberCell(found.contacts),
                NumberCell(found.people.low),
                NumberCell(found.people.high),
            ]
        )
        for name, plan, found in lines
    ]
    whole = form.report.whole
    last = [whole.activities, whole.contacts, whole.people.low, whole.people.high]
    total = TableRow(
        [TextCell(t.gettext("All, counted once"), strong=True), *(NumberCell(each) for each in last)], RowKind.TOTAL
    )
    note = t.gettext(
        "An activity may serve several measures. The last line counts it once, so the lines do not add up to it."
    )
    return Table(t.gettext("By measure"), columns, [*rows, total], note=note)


def whole_table(form: DonorForm, t: Translator) -> Table:
    """The whole in words and numbers."""
    whole, there = form.report.whole, form.report.denominator
    lines: list[tuple[str, Cell]] = [
        (t.gettext("Activities"), NumberCell(whole.activities)),
        (t.gettext("Sessions"), NumberCell(whole.sessions)),
        (t.gettext("Contacts"), NumberCell(whole.contacts)),
        (t.gettext("Ages"), TextCell(ages_word(t, form.report.ages))),
        (t.gettext("Different people: at least"), NumberCell(whole.people.low)),
        (t.gettext("at most"), NumberCell(whole.people.high)),
        (t.gettext("People who live there"), NumberCell(there.count) if there else EmptyCell()),
        (t.gettext("Share"), TextCell(share_word(t, whole) or "–")),
    ]
    columns = [Column(t.gettext("What"), Align.START, 3), Column(t.gettext("Number"), Align.END, 2)]
    note = " ".join([there_word(t, form.report), *cautions(t, whole)])
    return Table(t.gettext("Counted once"), columns, [TableRow([TextCell(a), b]) for a, b in lines], note=note)
