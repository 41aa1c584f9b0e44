"""Claims that are kept: judged on what their source says, judged again, overridden with a reason, withdrawn."""

import datetime as dt
from importlib.metadata import version

from django.db import transaction

from hashar.errors import Conflict, HasharError, NotFound, UsageError
from hashar.evaluate.contracts.claims import Claim as Claimed
from hashar.evaluate.contracts.claims import Evidence, Judgement, Verdict
from hashar.evaluate.contracts.kept import Offer, Source, SourceKind
from hashar.evaluate.models import Claim, Judging, Report
from hashar.evaluate.permissions import require_override, require_write
from hashar.evaluate.queries.kept import latest_judgings, the_claim, the_report
from hashar.evaluate.queries.sources import Sources
from hashar.evaluate.rules import storing
from hashar.evaluate.rules.several import compared, counted, together
from hashar.evaluate.rules.standing import Judged, outdated
from hashar.evaluate.services import guard
from hashar.i18n import LANGUAGES, N_, Text
from hashar.people.contracts import Actor
from hashar.people.services.audit import record

LONGEST = 1000
"""Letters of a sentence, a stated source or a reason."""
SHORTEST_SOURCE = 5
MOST_CLAIMS = 200


def keep(
    *,
    actor: Actor,
    report: int,
    sentence: Text,
    claim: Claimed,
    source: Source,
    typed: Evidence | None = None,
    now: dt.datetime,
) -> int:
    """Judge a claim and keep it at the end of a report; its id.

    Parameters
    ----------
    actor
        Who writes for the organisation of the report.
    report
        The report.
    sentence
        As it will be printed, in one language or several.
    claim
        What the sentence claims.
    source
        Where the evidence stands. It is read from there, whatever was shown before.
    typed
        The evidence where no source of the site holds it (``SourceKind.TYPED``); ``source.stated`` says what it was
        taken from, and is printed.
    now
        When.

    Raises
    ------
    NotFound
        The report or the source is not there for this actor.
    Forbidden
        The actor does not write for the organisation.
    UsageError
        The sentence or the stated source is missing or too long, the evidence of another kind, or the report full.
    Conflict
        The release was withdrawn.

    """
    said = checked_sentence(sentence)
    seen = the_report(actor, report)
    person = require_write(actor, seen.organisation_id)
    offer = _offer(actor, source, typed)
    kind = storing.kind_of(claim)
    with transaction.atomic():
        row = Report.objects.select_for_update().get(pk=seen.pk)
        position = row.claims.count()
        if position >= MOST_CLAIMS:
            raise UsageError(N_("A report holds at most {most} claims. Open another one."), most=MOST_CLAIMS)
        kept = Claim.objects.create(
            report=row,
            position=position,
            sentence=said,
            kind=kind.value,
            claim=storing.to_json(claim),
            made_by_id=person,
            made_at=now,
        )
        _judge(kept, claim, offer, person, now)
        _record(actor, "claim.keep", kept, now)
    return kept.pk


def checked_sentence(sentence: Text) -> dict[str, str]:
    """The sentence without needless spaces.

    Raises
    ------
    UsageError
        There is none, it is too long, or it is in a language that the site does not have.

    """
    said = {language: " ".join(text.replace("\0", "").split()) for language, text in sentence.items()}
    said = {language: text for language, text in said.items() if text}
    if not said or any(language not in LANGUAGES or len(text) > LONGEST for language, text in said.items()):
        raise UsageError(
            N_("Write the sentence as it will be printed, with at most {letters} letters."), letters=LONGEST
        )
    return said


def _offer(actor: Actor, source: Source, typed: Evidence | None) -> Offer:
    if source.kind is not SourceKind.TYPED:
        sources = Sources(actor)
        found = sources.offer(source)
        if sources.withdrawn(found.source):
            raise Conflict(N_("This release was withdrawn. Choose numbers of another one."))
        return found
    stated = " ".join(source.stated.replace("\0", "").split())
    if typed is None or not SHORTEST_SOURCE <= len(stated) <= LONGEST:
        raise UsageError(N_("Say where the numbers were taken from: document, date, page. It is printed."))
    return Offer(Source(kind=SourceKind.TYPED, stated=stated), typed)


def _judge(row: Claim, claim: Claimed, offer: Offer, person: int, now: dt.datetime) -> Judging:
    """Judge among all changes of the report, and store the judgement beside those before it."""
    others = [each for pk, each in latest_judgings([row.report_id]).items() if pk != row.pk]
    changes = together(
        [
            compared(offer.source, offer.evidence),
            *(
                compared(storing.source_from(each.source), storing.evidence_from(each.claim.kind, each.evidence))
                for each in others
            ),
        ]
    )
    judgement = guard.judge_claim(claim=claim, evidence=counted(offer.evidence, changes))
    row.release_id, row.series_id = offer.source.release, offer.source.series
    row.save(update_fields=["release", "series"])
    Report.objects.filter(pk=row.report_id).update(changed_at=now)
    return Judging.objects.create(
        claim=row,
        number=row.judgings.count() + 1,
        source=storing.source_to_json(offer.source),
        evidence=storing.to_json(offer.evidence),
        together=changes,
        verdict=judgement.verdict.value,
        reasons=[storing.reason_to_json(each) for each in judgement.reasons],
        explanations=list(judgement.explanations),
        guard=version("hashar"),
        judged_by_id=person,
        judged_at=now,
    )


def judge_again(*, actor: Actor, claim: int, now: dt.datetime) -> bool:
    """Judge a claim on what its source says now, if that is not what it was judged on; whether it was.

    The judgement before it stays in the history, with its override: a person who still prints the claim against the
    verdict says so again.

    Raises
    ------
    NotFound
        There is no such claim for this actor.
    Forbidden
        The actor does not write for the organisation.
    Conflict
        It is withdrawn, or its source cannot be read any more.

    """
    with transaction.atomic():
        row = _locked(actor, claim)
        person = require_write(actor, row.report.organisation_id)
        return _again(actor, row, person, now)


def _again(actor: Actor, row: Claim, person: int, now: dt.datetime) -> bool:
    judgings = latest_judgings([row.report_id])
    latest = judgings[row.pk]
    source, evidence = storing.source_from(latest.source), storing.evidence_from(row.kind, latest.evidence)
    changes = together(
        compared(storing.source_from(each.source), storing.evidence_from(each.claim.kind, each.evidence))
        for each in judgings.values()
    )
    sources = Sources(actor)
    judged = Judged(evidence, latest.together, Verdict(latest.verdict))
    if not outdated(judged, sources.now(source, evidence), changes):
        return False
    offer = _current(sources, source, evidence)
    _judge(row, storing.claim_from(row.kind, row.claim), offer, person, now)
    _record(actor, "claim.judge", row, now)
    return True


def _current(sources: Sources, source: Source, evidence: Evidence) -> Offer:
    """The evidence to judge on now: of a newer release if there is one, never of a withdrawn one."""
    if source.kind is SourceKind.TYPED:
        return Offer(source, evidence)
    try:
        found = sources.newer(source) or sources.offer(source)
    except NotFound as error:
        raise Conflict(N_("Its source cannot be read any more. Withdraw the claim, or keep it anew.")) from error
    if sources.withdrawn(found.source):
        raise Conflict(N_("The release that it comes from was withdrawn. Withdraw the claim, or keep it anew."))
    return found


def judge_report_again(*, actor: Actor, report: int, now: dt.datetime) -> int:
    """Judge again all claims of a report that were judged on earlier numbers; how many were.

    Claims whose source cannot be read any more stay as they are, and say so.

    Raises
    ------
    NotFound
        There is no such report for this actor.
    Forbidden
        The actor does not write for the organisation.

    """
    seen = the_report(actor, report)
    person = require_write(actor, seen.organisation_id)
    done = 0
    with transaction.atomic():
        Report.objects.select_for_update().get(pk=seen.pk)
        for row in seen.claims.filter(withdrawn_at=None).select_related("report").order_by("position", "pk"):
            try:
                done += _again(actor, row, person, now)
            except HasharError:
                continue
    return done


def override(*, actor: Actor, claim: int, judgement: int, reason: str, now: dt.datetime) -> None:
    """Print a claim against its verdict; the reason, who decided and when are printed with it.

    Parameters
    ----------
    actor
        A coordinator or official of the organisation.
    claim
        The claim.
    judgement
        Number of the judgement that the person saw.
    reason
        Why, in at least :data:`hashar.evaluate.services.guard.MINIMUM_REASON` letters.
    now
        When.

    Raises
    ------
    NotFound
        There is no such claim for this actor.
    Forbidden
        The actor may not decide this.
    Conflict
        It is withdrawn, was judged again since, or is overridden already.
    UsageError
        The reason is too short or too long, or the claim is supported.

    """
    with transaction.atomic():
        row = _locked(actor, claim)
        person = require_override(actor, row.report.organisation_id)
        latest = latest_judgings([row.report_id])[row.pk]
        if latest.number != judgement:
            raise Conflict(N_("The claim was judged again since you read it. Read the new verdict first."))
        if latest.overridden_at is not None:
            raise Conflict(N_("The claim is printed against its verdict already."))
        if len(reason) > LONGEST:
            raise UsageError(N_("Give a reason of at most {letters} letters."), letters=LONGEST)
        reasons = [storing.reason_from(each) for each in latest.reasons]
        told = Judgement(Verdict(latest.verdict), reasons)
        found = guard.override(judgement=told, reason=reason.replace("\0", ""), by=actor.name)
        latest.override, latest.overridden_by_id, latest.overridden_at = found.reason, person, now
        latest.save(update_fields=["override", "overridden_by", "overridden_at"])
        Report.objects.filter(pk=row.report_id).update(changed_at=now)
        _record(actor, "claim.override", row, now)


def withdraw(*, actor: Actor, claim: int, now: dt.datetime) -> None:
    """Take a claim out of its report; it stays in the history, and its comparison still counts.

    Raises
    ------
    NotFound
        There is no such claim for this actor.
    Forbidden
        The actor does not write for the organisation.
    Conflict
        It is withdrawn already.

    """
    with transaction.atomic():
        row = _locked(actor, claim)
        row.withdrawn_by_id = require_write(actor, row.report.organisation_id)
        row.withdrawn_at = now
        row.save(update_fields=["withdrawn_by", "withdrawn_at"])
        Report.objects.filter(pk=row.report_id).update(changed_at=now)
        _record(actor, "claim.withdraw", row, now)


def add_words(*, actor: Actor, claim: int, sentence: Text, now: dt.datetime) -> None:
    """Write a claim's sentence in more languages. What is written already stays: the verdict was given on it.

    Raises
    ------
    NotFound
        There is no such claim for this actor.
    Forbidden
        The actor does not write for the organisation.
    Conflict
        It is withdrawn, or has a sentence in one of the languages.
    UsageError
        There is no sentence, it is too long, or in a language that the site does not have.

    """
    said = checked_sentence(sentence)
    with transaction.atomic():
        row = _locked(actor, claim)
        require_write(actor, row.report.organisation_id)
        if set(said) & set(row.sentence):
            raise Conflict(
                N_("The sentence is written in this language already. Withdraw the claim and keep a new one.")
            )
        row.sentence = {**row.sentence, **said}
        row.save(update_fields=["sentence"])
        _record(actor, "claim.translate", row, now)


def move(*, actor: Actor, claim: int, up: bool, now: dt.datetime) -> None:
    """Change places with the claim before (or after) it in the report; the first and the last stay.

    Raises
    ------
    NotFound
        There is no such claim for this actor.
    Forbidden
        The actor does not write for the organisation.
    Conflict
        It is withdrawn.

    """
    with transaction.atomic():
        row = _locked(actor, claim)
        require_write(actor, row.report.organisation_id)
        rows = list(row.report.claims.filter(withdrawn_at=None).order_by("position", "pk"))
        here = [each.pk for each in rows].index(row.pk)
        there = here - 1 if up else here + 1
        if not 0 <= there < len(rows):
            return
        one, other = rows[here], rows[there]
        one.position, other.position = other.position, one.position
        Claim.objects.bulk_update([one, other], ["position"])
        _record(actor, "claim.move", row, now)


def _locked(actor: Actor, claim: int) -> Claim:
    """A claim that stands, its report held against others until the transaction ends."""
    seen = the_claim(actor, claim)
    Report.objects.select_for_update().get(pk=seen.report_id)
    row = the_claim(actor, claim)
    if row.withdrawn_at is not None:
        raise Conflict(N_("The claim was withdrawn."))
    return row


def _record(actor: Actor, action: str, row: Claim, now: dt.datetime) -> None:
    record(
        actor=actor,
        action=action,
        subject=f"claim:{row.pk}",
        organisation=row.report.organisation_id,
        now=now,
        details={"report": row.report_id, "kind": row.kind},
    )
