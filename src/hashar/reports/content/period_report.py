"""What stands behind the progress in the report of a period: people reached, and claims with their verdicts."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal
from typing import TYPE_CHECKING

from hashar.evaluate.contracts.kept import KeptClaim
from hashar.i18n import Translator
from hashar.implement.contracts.reach import ReachReport
from hashar.reports.content.activity_words import ages_word, cautions, share_word, there_word
from hashar.reports.content.claim_numbers import noted_lines, number_lines, source_line
from hashar.reports.content.claims import WORDS, grounds_line, signed_line
from hashar.reports.content.official_plan import FormCell, FormColumn, FormRow, FormRowKind, OfficialForm
from hashar.reports.content.progress_report import LETTERS, report_form
from hashar.reports.content.report_words import report_words

if TYPE_CHECKING:  # reads of the database; the forms of plans need none
    from hashar.flows.period_report import PeriodReport


def period_form(report: "PeriodReport", language: str) -> OfficialForm:
    """The progress as its form; after its summaries the reach, and the claims if any are kept about the plan."""
    t = Translator(language)
    form = report_form(report.progress, language)
    claims = [_claims(report.claims, t)] if report.claims else []
    return replace(form, after=[*form.after, _reach(report.reach, t), *claims])


def _reach(reach: Sequence[ReachReport], t: Translator) -> OfficialForm:
    """A line for each target group. A number of contacts is never a share of anything."""
    say = report_words(t.language)
    columns = [
        FormColumn(t.gettext("Ages"), 3, words=True),
        FormColumn(t.gettext("Activities"), 2.6, end=True),
        FormColumn(t.gettext("Contacts"), 2.6, end=True),
        FormColumn(t.gettext("Different people: at least"), 3, end=True),
        FormColumn(t.gettext("at most"), 2.6, end=True),
        FormColumn(t.gettext("People who live there"), 3, end=True),
        FormColumn(t.gettext("Share"), 3, end=True),
    ]
    if not any(each.whole.activities for each in reach):
        return _table(t, say["reach"], columns, [], say["sheet_reach"], [say["reach_nothing"]])
    rows = [FormRow(FormRowKind.MEASURE, _reach_cells(each, t)) for each in reach]
    notes = [say["reach_note"], *(note for each in reach for note in _reach_notes(each, t))]
    return _table(t, say["reach"], columns, rows, say["sheet_reach"], notes)


def _reach_cells(one: ReachReport, t: Translator) -> list[FormCell]:
    whole, there = one.whole, one.denominator
    return [
        FormCell(ages_word(t, one.ages)),
        *(_count(t, each) for each in (whole.activities, whole.contacts, whole.people.low, whole.people.high)),
        _count(t, there.count) if there else FormCell("–"),
        FormCell(share_word(t, whole) or "–"),
    ]


def _reach_notes(one: ReachReport, t: Translator) -> Iterator[str]:
    yield there_word(t, one)
    for caution in cautions(t, one.whole):
        yield f"{ages_word(t, one.ages)}: {caution}"


def _count(t: Translator, number: int) -> FormCell:
    return FormCell(t.integer(number), Decimal(number))


def _claims(claims: Sequence[KeptClaim], t: Translator) -> OfficialForm:
    """A line for each claim, with its verdict beside it."""
    say = report_words(t.language)
    columns = [
        FormColumn(say["number"], 1.1),
        FormColumn(t.gettext("Sentence"), 5),
        FormColumn(t.gettext("Verdict"), 5),
        FormColumn(t.gettext("Why"), 6),
        FormColumn(t.gettext("Numbers"), 5),
        FormColumn(t.gettext("Where it comes from"), 5),
    ]
    rows = [FormRow(FormRowKind.MEASURE, _claim(at, each, t)) for at, each in enumerate(claims, 1)]
    return _table(t, t.gettext("Claims and their verdicts"), columns, rows, say["sheet_claims"], [])


def _claim(number: int, claim: KeptClaim, t: Translator) -> list[FormCell]:
    judgement = claim.judgement
    numbers = [f"{label}: {value}" for label, value in number_lines(t, judgement.evidence, judgement.together)]
    source = [source_line(t, judgement.source), *noted_lines(t, judgement.source)]
    texts = (str(number), t.pick(claim.sentence), _verdict(claim, t), grounds_line(t, judgement))
    return [FormCell(text) for text in (*texts, "\n".join(numbers), "\n".join(source))]


def _verdict(claim: KeptClaim, t: Translator) -> str:
    _, word = WORDS[claim.judgement.verdict]
    lines = [t.gettext(word)]
    over = claim.judgement.override
    if over is not None:
        lines += [f"{t.gettext('Printed against the verdict')}: {over.reason}", f"({signed_line(t, over)})"]
    if claim.outdated:
        lines.append(
            f"{t.gettext('Judged on earlier numbers')}: {' '.join(t.gettext(each) for each in claim.outdated)}"
        )
    return "\n".join(lines)


def _table(
    t: Translator,
    title: str,
    columns: Sequence[FormColumn],
    rows: Sequence[FormRow],
    sheet: str,
    notes: Sequence[str],
) -> OfficialForm:
    return OfficialForm(t.language, (), title, columns, rows, notes, letters=LETTERS, sheet=sheet)
