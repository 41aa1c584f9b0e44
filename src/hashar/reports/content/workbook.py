"""The profile as a workbook: flat sheets with one number a cell, for an official who calculates on."""

from collections.abc import Sequence

from hashar.assess.contracts.profile import Breakdown, Profile
from hashar.assess.contracts.published import Figure, Published
from hashar.i18n import Translator
from hashar.reports.content import method, priorities, quality
from hashar.reports.content.cells import SHARE, Unit, hidden, mark_cell, value_cell
from hashar.reports.content.document import (
    Align,
    Cell,
    Column,
    EmptyCell,
    NumberCell,
    Sheet,
    Table,
    TableRow,
    TextCell,
    Workbook,
)
from hashar.reports.content.indicators import change_cells
from hashar.reports.content.scope import Scope
from hashar.reports.content.summary import cautions, changes
from hashar.reports.content.summary import priorities as priority_statements
from hashar.reports.content.wording import DOMAINS, FACTOR_TYPES, substance, word, words


def profile_workbook(profile: Profile, language: str) -> Workbook:
    """All sheets, texts in ``language``."""
    translator = Translator(language)
    scope = Scope(profile, translator)
    sheets = [
        summary_sheet(scope),
        indicators_sheet(scope),
        breakdowns_sheet(scope),
        factors_sheet(scope),
        *priorities_sheets(scope),
        *changes_sheets(scope),
        *quality_sheets(scope),
        *computed_sheets(scope),
    ]
    title = translator.pick(profile.place) or translator.pick(profile.title)
    return Workbook(
        language, title, profile.provenance.operator, profile.provenance.computed_at, words(translator), sheets
    )


def numbers(scope: Scope, published: Published[Figure], unit: Unit = SHARE) -> list[Cell]:
    """Estimate, low, high, n, effective n, design effect, reliability: one number a cell."""
    t = scope.translator
    figure = published.value
    if figure is None:
        return [hidden(t, published.suppressed), *(EmptyCell() for _ in range(6))]
    return [
        value_cell(figure.estimate, unit),
        value_cell(figure.ci_low, unit),
        value_cell(figure.ci_high, unit),
        NumberCell(figure.n),
        NumberCell(figure.n_effective),
        NumberCell(figure.deff, 2),
        mark_cell(t, figure),
    ]


def number_columns(scope: Scope) -> list[Column]:
    """Heads of :func:`numbers`."""
    t = scope.translator
    return [
        Column(t.gettext("Estimate"), Align.END, 1.1),
        Column(t.gettext("{level} low", level=scope.level), Align.END),
        Column(t.gettext("{level} high", level=scope.level), Align.END),
        Column(t.gettext("Pupils"), Align.END),
        Column(t.gettext("Effective n"), Align.END),
        Column(t.gettext("Design effect"), Align.END),
        Column(t.gettext("Reliability"), Align.START, 1.3),
    ]


def summary_sheet(scope: Scope) -> Sheet:
    """The typed sentences."""
    t = scope.translator
    statements = [*changes(scope), *priority_statements(scope), *cautions(scope)]
    rows = [
        TableRow([TextCell(s.word), TextCell("".join(span.text for span in s.spans)), TextCell(s.grounds)])
        for s in statements
    ]
    columns = [
        Column(t.gettext("Verdict"), Align.START, 1.2),
        Column(t.gettext("Sentence"), Align.START, 6),
        Column(t.gettext("Grounds"), Align.START, 6),
    ]
    title = t.gettext("In short")
    return Sheet(title, title, method.translation_notice(scope), Table(title, columns, rows), filtered=False)


def indicators_sheet(scope: Scope) -> Sheet:
    """All indicators, every wave."""
    t = scope.translator
    rows = []
    for item in scope.profile.indicators:
        head = [
            TextCell(t.pick(item.label)),
            TextCell(substance(t, item.substance)),
            TextCell(t.pick(item.unit)),
        ]
        unit = scope.unit(item)
        waves = [(wave.wave, wave.figure) for wave in item.waves] or [(scope.profile.wave, item.total)]
        rows += [TableRow([*head, TextCell(wave), *numbers(scope, figure, unit)]) for wave, figure in waves]
    columns = [
        Column(t.gettext("Indicator"), Align.START, 4),
        Column(t.gettext("Substance"), Align.START, 1.6),
        Column(t.gettext("Unit")),
        Column(t.gettext("Wave")),
        *number_columns(scope),
    ]
    title = t.gettext("Indicators")
    return Sheet(title, title, "", Table(title, columns, rows))


def breakdowns_sheet(scope: Scope) -> Sheet:
    """Indicators and factors by group."""
    t = scope.translator
    rows: list[TableRow] = []
    for item in scope.profile.indicators:
        rows += _breakdown_rows(scope, t.pick(item.label), item.breakdowns, scope.unit(item))
    for factor in scope.profile.factors:
        rows += _breakdown_rows(scope, t.pick(factor.name), factor.breakdowns, SHARE)
    columns = [
        Column(t.gettext("Indicator or factor"), Align.START, 4),
        Column(t.gettext("Group"), Align.START, 1.4),
        Column(t.gettext("Level"), Align.START, 2),
        *number_columns(scope),
    ]
    title = t.gettext("By group")
    note = t.gettext("Places are in alphabetical order: this is not a ranking.")
    return Sheet(title, title, note, Table(title, columns, rows))


def _breakdown_rows(scope: Scope, label: str, breakdowns: Sequence[Breakdown], unit: Unit) -> list[TableRow]:
    t = scope.translator
    return [
        TableRow(
            [
                TextCell(label),
                TextCell(t.pick(breakdown.label)),
                TextCell(t.pick(row.label)),
                *numbers(scope, row.figure, unit),
            ]
        )
        for breakdown in breakdowns
        for row in scope.rows(breakdown)
    ]


def factors_sheet(scope: Scope) -> Sheet:
    """Factors with their reference and the lowest reliability over languages."""
    t = scope.translator
    rows = []
    for factor in scope.profile.factors:
        head = [TextCell(factor.code), TextCell(t.pick(factor.name)), TextCell(word(t, DOMAINS, factor.domain))]
        alpha: Cell = EmptyCell()
        omega: Cell = EmptyCell()
        if factor.reliability:
            alpha = NumberCell(min(one.alpha for one in factor.reliability), 2)
            omega = NumberCell(min(one.omega for one in factor.reliability), 2)
        reference: Cell = EmptyCell() if factor.reference is None else value_cell(factor.reference, SHARE)
        inferred = TextCell(t.gettext("inferred: an expert has to confirm it") if factor.inferred else "")
        kind = TextCell(word(t, FACTOR_TYPES, factor.type))
        rows.append(TableRow([*head, kind, *numbers(scope, factor.elevated), reference, alpha, omega, inferred]))
    columns = [
        Column(t.gettext("Code")),
        Column(t.gettext("Factor"), Align.START, 4),
        Column(t.gettext("Domain"), Align.START, 1.6),
        Column(t.gettext("Type"), Align.START, 1.4),
        *number_columns(scope),
        Column(t.gettext("Reference"), Align.END),
        Column(t.gettext("Lowest alpha"), Align.END),
        Column(t.gettext("Lowest omega"), Align.END),
        Column(t.gettext("Remark"), Align.START, 3),
    ]
    title = t.gettext("Factors")
    return Sheet(title, title, "", Table(title, columns, rows))


def priorities_sheets(scope: Scope) -> list[Sheet]:
    """The ranking with its probabilities."""
    t = scope.translator
    if not scope.profile.priorities.ranked:
        return []
    title = t.gettext("Priorities")
    table = priorities.flat_table(scope)
    return [Sheet(title, title, t.gettext("Firm and arguable priorities; see the report on how to read them."), table)]


def changes_sheets(scope: Scope) -> list[Sheet]:
    """Differences between waves, one number a cell."""
    t = scope.translator
    rows = []
    for item in scope.profile.indicators:
        if item.change is None:
            continue
        change = item.change.value
        name = TextCell(t.pick(item.label))
        if change is None:
            rows.append(TableRow([name, hidden(t, item.change.suppressed), *(EmptyCell() for _ in range(6))]))
            continue
        waves, difference, _, p, verdict, detectable = change_cells(scope, item, change)
        scale = 100 if scope.unit(item).share else 1
        limits = [NumberCell(change.ci_low * scale, 1, signed=True), NumberCell(change.ci_high * scale, 1, signed=True)]
        rows.append(TableRow([name, waves, difference, *limits, p, verdict, detectable]))
    if not rows:
        return []
    columns = [
        Column(t.gettext("Indicator"), Align.START, 4),
        Column(t.gettext("Waves"), Align.START, 1.5),
        Column(t.gettext("Difference"), Align.END),
        Column(t.gettext("{level} low", level=scope.level), Align.END),
        Column(t.gettext("{level} high", level=scope.level), Align.END),
        Column(t.gettext("Adjusted p"), Align.END),
        Column(t.gettext("Verdict")),
        Column(t.gettext("Smallest detectable change"), Align.END, 1.6),
    ]
    title = t.gettext("Changes")
    note = t.gettext("Differences of shares are in percentage points. p is adjusted for the number of comparisons.")
    return [Sheet(title, title, note, Table(title, columns, rows))]


def quality_sheets(scope: Scope) -> list[Sheet]:
    """Flags and missing answers."""
    t = scope.translator
    sheets = []
    if scope.profile.quality.flags:
        sheets.append(Sheet(t.gettext("Quality"), t.gettext("Quality of the data"), "", quality.flags_table(scope)))
    missing = [item for item in scope.profile.indicators if item.missing]
    if missing:
        title = t.gettext("Missing answers")
        sheets.append(Sheet(title, title, "", quality.missing_table(scope, missing)))
    return sheets


def computed_sheets(scope: Scope) -> list[Sheet]:
    """Where the numbers come from."""
    t = scope.translator
    origin = scope.profile.provenance
    pairs = [
        (t.gettext("Computed on"), origin.computed_at.isoformat()),
        (t.gettext("Computed by"), origin.operator),
        (t.gettext("Hashar version"), origin.version),
        *(
            (f"{t.gettext('File')} {file.name}", f"SHA-256 {file.sha256}")
            for file in (*origin.sources, origin.codebook)
        ),
        *origin.methods.items(),
        *origin.parameters.items(),
    ]
    columns = [Column(t.gettext("Name"), Align.START, 3), Column(t.gettext("Value"), Align.START, 7)]
    rows = [TableRow([TextCell(name), TextCell(value)]) for name, value in pairs]
    title = t.gettext("How this was computed")
    return [Sheet(t.gettext("Computed"), title, "", Table(title, columns, rows), filtered=False)]
