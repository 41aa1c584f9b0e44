"""The last chapters: how it was computed, the words, the languages."""

from collections.abc import Mapping

from hashar.i18n import LANGUAGE_NAMES, N_, Translator
from hashar.reports.content.document import (
    Align,
    Block,
    Callout,
    Column,
    DefinitionList,
    Heading,
    NumberCell,
    Paragraph,
    Spans,
    Table,
    TableRow,
    TextCell,
    Tone,
)
from hashar.reports.content.scope import Scope
from hashar.reports.content.wording import plain

REVIEWED = ("en",)
"""Languages whose texts a native speaker has read."""

GLOSSARY: Mapping[str, str] = {
    N_("Estimate"): N_("The best guess for all pupils, worked out from those who were asked."),
    N_("Interval"): N_(
        "The range in which the true value lies with high confidence. A wide interval means that the survey says "
        "little."
    ),
    N_("Pupils (n)"): N_("How many pupils answered this question. Small numbers give wide intervals."),
    N_("Reliability"): N_(
        "A fixed rule on the number of pupils and the width of the interval: reliable, use with care, unreliable."
    ),
    N_("Weight"): N_("How many pupils in the schools one questionnaire stands for."),
    N_("Stratum, cluster"): N_(
        "The sample was drawn in parts (strata) and by whole schools or classes (clusters). Pupils of one class are "
        "alike, so a survey of classes says less than one of as many single pupils."
    ),
    N_("Design effect"): N_(
        "How many times more pupils this survey needed than a simple random sample with the same precision."
    ),
    N_("Adjusted p"): N_(
        "How easily chance alone would give such a difference, after allowing for the number of differences looked at."
    ),
    N_("Smallest detectable change"): N_("A change smaller than this would probably go unseen in these two waves."),
    N_("Cut-point"): N_("The score from which a pupil counts as at elevated risk, or as protected."),
    N_("Alpha, omega"): N_("How well the questions of a scale hang together, from 0 to 1; at least 0.7 is acceptable."),
    N_("Percentage point"): N_("The difference of two percentages: from 10 % to 12 % is 2 percentage points."),
}


def computed_chapter(scope: Scope) -> list[Block]:
    """The chapter "How this was computed": enough for another analyst to compute it again."""
    t = scope.translator
    origin = scope.profile.provenance
    who = t.gettext(
        "Computed on {date} by {operator} with Hashar {version}. The same file, codebook and version give the same "
        "numbers.",
        date=t.date(origin.computed_at.date()),
        operator=origin.operator or t.gettext("an unnamed operator"),
        version=origin.version,
    )
    text = t.gettext(
        "All numbers are design-based: they use the weights, the strata and the clusters of the sample, and groups are "
        "estimated inside the whole design. The settings below are those that had a say."
    )
    pair = [Column(t.gettext("Name"), Align.START, 1.2), Column(t.gettext("Value"), Align.START, 2.4)]
    methods = [TableRow([TextCell(name), TextCell(value)]) for name, value in origin.methods.items()]
    parameters = [TableRow([TextCell(name), TextCell(value)]) for name, value in origin.parameters.items()]
    blocks: list[Block] = [
        Heading(t.gettext("How this was computed"), 1, "computed"),
        Paragraph(plain(who), lead=True),
        Paragraph(plain(text)),
        files_table(scope),
    ]
    if methods:
        blocks.append(Table(t.gettext("Methods and their sources"), pair, methods))
    if parameters:
        blocks.append(Table(t.gettext("Settings"), pair, parameters))
    return blocks


def files_table(scope: Scope) -> Table:
    """Fingerprints of the survey files and the codebook."""
    t = scope.translator
    origin = scope.profile.provenance
    columns = [
        Column(t.gettext("File"), Align.START, 5),
        Column(t.gettext("Rows"), Align.END, 0.9),
        Column(t.gettext("Columns"), Align.END, 0.9),
        Column(t.gettext("Bytes"), Align.END, 1.1),
    ]
    rows = []
    for file in (*origin.sources, origin.codebook):
        sizes = [NumberCell(file.rows), NumberCell(file.columns), NumberCell(file.size)]
        rows.append(TableRow([TextCell(file.name, detail=f"SHA-256 {file.sha256}"), *sizes]))
    return Table(t.gettext("Files and their fingerprints"), columns, rows)


def glossary_chapter(scope: Scope) -> list[Block]:
    """The chapter "Words explained"."""
    t = scope.translator
    items: list[tuple[str, Spans]] = [
        (t.gettext(term), plain(t.gettext(meaning))) for term, meaning in GLOSSARY.items()
    ]
    return [Heading(t.gettext("Words explained"), 1, "words"), DefinitionList(items)]


def languages_chapter(scope: Scope) -> list[Block]:
    """The chapter "Languages and question texts"."""
    t = scope.translator
    asked = ", ".join(LANGUAGE_NAMES.get(code, code) for code in scope.profile.languages)
    blocks: list[Block] = [Heading(t.gettext("Languages and question texts"), 1, "languages")]
    if asked:
        blocks.append(Paragraph(plain(t.gettext("Pupils answered in: {languages}.", languages=asked))))
    wording = t.gettext(
        "Question texts belong to their authors and are quoted only as far as the codebook gives them: {source}.",
        source=t.pick(scope.profile.source),
    )
    blocks.append(Paragraph(plain(wording)))
    notice = translation_notice(scope)
    if notice:
        blocks.append(Callout(Tone.CAUTION, t.gettext("About this translation"), [plain(notice)]))
    return blocks


def translation_notice(scope: Scope) -> str:
    """What to say about the report's own language; nothing for a reviewed one."""
    return machine_notice(scope.translator)


def machine_notice(t: Translator) -> str:
    """The same for any document."""
    if t.language in REVIEWED:
        return ""
    return t.gettext(
        "The texts of this report in this language were translated by machine and await review by a native speaker. "
        "Names of places, questions and answers come from the codebook."
    )
