"""Kept claims in print: the verdict beside each sentence, why, where the numbers come from, and who overrode it."""

from collections.abc import Sequence

from hashar.evaluate.contracts.claims import Reason
from hashar.evaluate.contracts.claims import Verdict as Judged
from hashar.evaluate.contracts.kept import KeptClaim, ReportDetail, StoredJudgement, StoredOverride
from hashar.i18n import N_, Translator
from hashar.reports.content.claim_numbers import noted_lines, number_lines, said, source_line
from hashar.reports.content.document import (
    Block,
    Bullets,
    Callout,
    DefinitionList,
    Document,
    Heading,
    Paragraph,
    Spans,
    Statement,
    Statements,
    Tone,
    Verdict,
)
from hashar.reports.content.method import machine_notice
from hashar.reports.content.wording import plain, words

WORDS = {
    Judged.SUPPORTED: (Verdict.SHOWN, N_("Supported")),
    Judged.NOT_SHOWN: (Verdict.NOT_SHOWN, N_("Not shown")),
    Judged.CANNOT_BE_KNOWN: (Verdict.CAUTION, N_("Cannot be known from these data")),
}
MEANINGS = {
    Judged.SUPPORTED: N_("The data show what the sentence says."),
    Judged.NOT_SHOWN: N_("The data could have shown it and do not. That does not show the opposite."),
    Judged.CANNOT_BE_KNOWN: N_("No result of such data could show it."),
}


def claims_blocks(claims: Sequence[KeptClaim], translator: Translator, level: int = 2) -> list[Block]:
    """Claims for any document, in their order; empty without any.

    Parameters
    ----------
    claims
        As ``hashar.evaluate.queries`` gives them.
    translator
        The language of the document.
    level
        Of each sentence's heading: 2 in a chapter, 3 in a section.

    """
    return [block for at, claim in enumerate(claims) for block in _claim(claim, translator, level, at + 1)]


def _claim(claim: KeptClaim, t: Translator, level: int, number: int) -> list[Block]:
    judgement = claim.judgement
    mark, word = WORDS[judgement.verdict]
    deciding = [each for each in judgement.reasons if each.verdict is judgement.verdict]
    others = [each for each in judgement.reasons if each.verdict is not judgement.verdict]
    grounds = grounds_line(t, judgement)
    heading = Heading(t.gettext("Sentence {number}", number=number), level, f"claim-{claim.id}")
    statement = Statement(mark, t.gettext(word), plain(t.pick(claim.sentence)), grounds)
    return [heading, Statements([statement]), *_boxes(claim, t), DefinitionList(_terms(claim, t, deciding, others))]


def grounds_line(t: Translator, judgement: StoredJudgement) -> str:
    """The reasons that decided about the verdict."""
    deciding = [each for each in judgement.reasons if each.verdict is judgement.verdict]
    return " ".join(reason_line(t, each) for each in deciding) or t.gettext("No rule speaks against the sentence.")


def signed_line(t: Translator, override: StoredOverride) -> str:
    """Who decided to print a sentence against its verdict, and when."""
    return f"{override.by}, {t.date(override.at.date())}"


def reason_line(t: Translator, reason: Reason) -> str:
    """A reason in one sentence, with its rule."""
    return f"{t.gettext(reason.sentence, **said(t, reason))} [{reason.rule}]"


def _boxes(claim: KeptClaim, t: Translator) -> list[Block]:
    over = claim.judgement.override
    found: list[Block] = []
    if over is not None:
        found.append(
            Callout(
                Tone.CAUTION,
                t.gettext("Printed against the verdict"),
                [plain(over.reason), plain(signed_line(t, over))],
            )
        )
    if claim.outdated:
        told = [plain(t.gettext(each)) for each in claim.outdated]
        found.append(Callout(Tone.CAUTION, t.gettext("Judged on earlier numbers"), told))
    return found


def _terms(
    claim: KeptClaim, t: Translator, deciding: Sequence[Reason], others: Sequence[Reason]
) -> list[tuple[str, Spans]]:
    judgement = claim.judgement
    needed = [t.gettext(each.needed, **said(t, each)) for each in (*deciding, *others) if each.needed]
    numbers = "; ".join(f"{label}: {value}" for label, value in number_lines(t, judgement.evidence, judgement.together))
    judged = t.gettext(
        "{date}, {person}; rules of version {version}",
        date=t.date(judgement.at.date()),
        person=judgement.by,
        version=judgement.guard,
    )
    lines = [
        (t.gettext("What would be needed"), " ".join(dict.fromkeys(needed))),
        (t.gettext("To be said with it"), " ".join(reason_line(t, each) for each in others)),
        (t.gettext("What else would make the same numbers"), " ".join(t.gettext(e) for e in judgement.explanations)),
        (t.gettext("Numbers"), numbers),
        (t.gettext("Where it comes from"), source_line(t, judgement.source)),
        (t.gettext("Noted by whoever kept it"), "; ".join(noted_lines(t, judgement.source))),
        (t.gettext("Judged"), judged),
    ]
    return [(term, plain(text)) for term, text in lines if text]


def claims_document(report: ReportDetail, language: str) -> Document:
    """A report's claims as a document that stands by itself, in ``language``."""
    t = Translator(language)
    summary = report.summary
    created = max([summary.changed_at, *(each.judgement.at for each in report.claims)])
    return Document(
        language=language,
        kind=t.gettext("Claims and their verdicts"),
        title=summary.title,
        subtitle="",
        meta=[
            (t.gettext("Organisation"), summary.organisation_name),
            (t.gettext("Last changed"), t.date(created.date())),
        ],
        author=summary.organisation_name,
        created=created,
        blocks=[*_opening(report, t), *claims_blocks(report.claims, t)],
        words=words(t),
        notice=machine_notice(t),
    )


def _opening(report: ReportDetail, t: Translator) -> list[Block]:
    counts = {one: sum(claim.judgement.verdict is one for claim in report.claims) for one in WORDS}
    told = "; ".join(f"{t.gettext(WORDS[one][1])}: {t.integer(count)}" for one, count in counts.items())
    against = sum(claim.judgement.override is not None for claim in report.claims)
    blocks: list[Block] = [
        Heading(t.gettext("Claims and their verdicts"), 1, "claims"),
        Paragraph(plain(told), lead=True),
        DefinitionList([(t.gettext(WORDS[one][1]), plain(t.gettext(text))) for one, text in MEANINGS.items()]),
    ]
    notes = [
        against
        and t.ngettext(
            "{count} sentence is printed against its verdict.",
            "{count} sentences are printed against their verdicts.",
            against,
        ),
        report.together > 1
        and t.gettext(
            "The report looks at {count} changes together; each test is adjusted for all of them.",
            count=t.integer(report.together),
        ),
        report.withdrawn
        and t.ngettext(
            "{count} sentence was withdrawn; what it compared still counts.",
            "{count} sentences were withdrawn; what they compared still counts.",
            len(report.withdrawn),
        ),
        report.hidden
        and t.ngettext(
            "{count} sentence is left out: its source is not shared with whoever printed this.",
            "{count} sentences are left out: their sources are not shared with whoever printed this.",
            report.hidden,
        ),
    ]
    said_notes = [plain(note) for note in notes if note]
    return [*blocks, Bullets(said_notes)] if said_notes else blocks
