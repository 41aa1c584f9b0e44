"""The chapters on the quality of the data and on what is hidden."""

from collections.abc import Sequence

from hashar.assess.contracts.profile import IndicatorFinding
from hashar.assess.contracts.published import Suppression
from hashar.assess.contracts.table import MissingKind
from hashar.reports.content.cells import count_cell, share_cell
from hashar.reports.content.document import (
    Align,
    Block,
    Bullets,
    Callout,
    Cell,
    Column,
    EmptyCell,
    Heading,
    NumberCell,
    Paragraph,
    ShareCell,
    Table,
    TableRow,
    TextCell,
    Tone,
)
from hashar.reports.content.scope import Scope
from hashar.reports.content.wording import (
    ACTIONS,
    COUNTED_AS,
    MISSING,
    STAGES,
    SUPPRESSION,
    SUPPRESSION_MEANING,
    plain,
    rich,
    word,
)


def chapter(scope: Scope) -> list[Block]:
    """The chapter "Quality of the data"."""
    t = scope.translator
    quality = scope.profile.quality
    lead = t.gettext(
        "{questionnaires} were read and **{used}** used. Nothing is deleted silently: each rule below says how "
        "many questionnaires it flagged and what was done with them."
    )
    read = t.ngettext("{count} questionnaire", "{count} questionnaires", quality.questionnaires)
    blocks: list[Block] = [
        Heading(t.gettext("Quality of the data"), 1, "quality"),
        Paragraph(rich(lead, questionnaires=read, used=t.integer(quality.used)), lead=True),
        design_table(scope),
    ]
    if quality.participation:
        blocks.append(participation_table(scope))
    if quality.flags:
        blocks.append(flags_table(scope))
    if quality.by_place and quality.flags:
        blocks.append(places_table(scope))
    if any(item.missing for item in scope.profile.indicators):
        blocks += missing_blocks(scope, scope.profile.indicators)
    if scope.profile.notes:
        blocks.append(Heading(t.gettext("Decided while reading the files"), 2, "reading"))
        blocks.append(Bullets([plain(t.gettext(note.message, **note.values)) for note in scope.profile.notes]))
    return blocks


def design_table(scope: Scope) -> Table:
    """Strata, clusters, weights."""
    t = scope.translator
    quality = scope.profile.quality
    rows: list[tuple[str, str, Cell]] = [
        (t.gettext("Strata"), t.gettext("parts of the area sampled separately"), NumberCell(quality.strata)),
        (t.gettext("Clusters"), t.gettext("schools or classes drawn together"), NumberCell(quality.clusters)),
        (
            t.gettext("Spread of the weights"),
            t.gettext("coefficient of variation; 0 means that all pupils count the same"),
            NumberCell(quality.weight_cv, 2),
        ),
        (
            t.gettext("Loss by weighting"),
            t.gettext("Kish design effect, 1 + CV²; 1 means no loss"),
            NumberCell(1 + quality.weight_cv**2, 2),
        ),
    ]
    columns = [Column(t.gettext("Sample"), Align.START, 4), Column(t.gettext("Value"), Align.END, 1)]
    return Table(
        t.gettext("The sample"), columns, [TableRow([TextCell(name, detail=what), value]) for name, what, value in rows]
    )


def participation_table(scope: Scope) -> Table:
    """Sampled and taking part, by stage."""
    t = scope.translator
    columns = [
        Column(t.gettext("Stage"), Align.START, 2),
        Column(t.gettext("Sampled"), Align.END),
        Column(t.gettext("Took part"), Align.END),
        Column(t.gettext("Rate"), Align.END),
    ]
    rows = []
    for stage in scope.profile.quality.participation:
        sampled: Cell = EmptyCell() if stage.sampled is None else NumberCell(stage.sampled)
        rate: Cell = EmptyCell() if stage.rate is None else ShareCell(stage.rate, 0)
        taking_part = count_cell(t, stage.participating)
        rows.append(TableRow([TextCell(word(t, STAGES, stage.stage)), sampled, taking_part, rate]))
    return Table(t.gettext("Participation"), columns, rows)


def flags_table(scope: Scope) -> Table:
    """Rules, counts, actions."""
    t = scope.translator
    columns = [
        Column(t.gettext("Rule"), Align.START, 2.4),
        Column(t.gettext("Questionnaires"), Align.END, 1),
        Column(t.gettext("Share"), Align.END, 0.8),
        Column(t.gettext("What was done"), Align.START, 1.6),
    ]
    rows = [
        TableRow(
            [
                TextCell(t.pick(flag.label)),
                count_cell(t, flag.count),
                share_cell(t, flag.share),
                TextCell(word(t, ACTIONS, flag.action)),
            ]
        )
        for flag in scope.profile.quality.flags
    ]
    return Table(t.gettext("Rules on doubtful questionnaires"), columns, rows)


def places_table(scope: Scope) -> Table:
    """Flags by place, places by name."""
    t = scope.translator
    quality = scope.profile.quality
    columns = [Column(t.gettext("Place"), Align.START, 2), Column(t.gettext("Questionnaires"), Align.END)]
    columns += [Column(t.pick(flag.label), Align.END, 1.2) for flag in quality.flags]
    rows = [
        TableRow(
            [
                TextCell(t.pick(place.label)),
                count_cell(t, place.questionnaires),
                *(count_cell(t, count) for count in place.counts),
            ]
        )
        for place in sorted(quality.by_place, key=lambda place: t.pick(place.label).casefold())
    ]
    note = t.gettext("Places are in alphabetical order: this is not a ranking.")
    return Table(t.gettext("Flags by place"), columns, rows, note=note, folded=True)


def missing_blocks(scope: Scope, indicators: Sequence[IndicatorFinding]) -> list[Block]:
    """Kinds of missing answers, item by item."""
    t = scope.translator
    text = t.gettext(
        "Not asked, no answer, don't know and refused are different things and are counted apart. A pupil who did not "
        "answer one question still counts in all the others."
    )
    return [
        Heading(t.gettext("Missing answers"), 2, "missing"),
        Paragraph(plain(text)),
        missing_table(scope, [item for item in indicators if item.missing]),
    ]


def missing_kinds(indicators: Sequence[IndicatorFinding]) -> list[MissingKind]:
    """Kinds that occur, in a fixed order; answers themselves are not missing."""
    kinds = {count.kind for item in indicators for count in item.missing}
    return sorted(kinds - {MissingKind.ANSWERED})


def missing_table(scope: Scope, indicators: Sequence[IndicatorFinding]) -> Table:
    """One line an indicator, one column a kind."""
    t = scope.translator
    kinds = missing_kinds(indicators)
    columns = [Column(t.gettext("Indicator"), Align.START, 2.6)]
    columns += [Column(t.gettext(MISSING[kind]), Align.END, 1) for kind in kinds]
    columns.append(Column(t.gettext("Counted as"), Align.START, 1.4))
    rows = []
    for item in indicators:
        by_kind = {count.kind: count for count in item.missing}
        cells: list[Cell] = [count_cell(t, by_kind[kind].count) if kind in by_kind else EmptyCell() for kind in kinds]
        counted = dict.fromkeys(word(t, COUNTED_AS, count.counted_as) for count in item.missing)
        rows.append(TableRow([TextCell(t.pick(item.label)), *cells, TextCell("; ".join(counted))]))
    return Table(t.gettext("Missing answers by indicator and kind"), columns, rows, folded=True)


def hidden_chapter(scope: Scope) -> list[Block]:
    """The chapter "What is hidden, and why"."""
    t = scope.translator
    release = scope.profile.release
    lead = t.gettext(
        "No number in this profile may point to a pupil. A number is hidden when fewer than {n} pupils answered or "
        "fewer than {count} gave an answer; further numbers are hidden so that the first cannot be worked out."
    )
    blocks: list[Block] = [
        Heading(t.gettext("What is hidden, and why"), 1, "hidden"),
        Paragraph(rich(lead, n=t.integer(release.minimum_n), count=t.integer(release.minimum_count)), lead=True),
    ]
    rows = []
    for key, count in release.suppressed.items():
        reason = Suppression(key) if key in set(Suppression) else None
        name = t.gettext(SUPPRESSION[reason]) if reason else key
        detail = t.gettext(SUPPRESSION_MEANING[reason]) if reason else ""
        rows.append(TableRow([TextCell(name, detail=detail), NumberCell(count)]))
    if rows:
        columns = [Column(t.gettext("Reason"), Align.START, 4), Column(t.gettext("Numbers"), Align.END, 1)]
        blocks.append(Table(t.gettext("Hidden numbers by reason"), columns, rows))
    tested = t.gettext(
        "Before release an attack was tried: a program took everything published here and tried to recover each of the "
        "{attacked} hidden numbers among {cells}. It recovered {recovered}.",
        attacked=t.integer(release.attacked),
        cells=t.integer(release.cells),
        recovered=t.integer(release.recovered),
    )
    blocks.append(Callout(Tone.NOTE, t.gettext("Tested against an attacker"), [plain(tested)]))
    return blocks
