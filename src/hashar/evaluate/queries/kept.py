"""Kept claims: reports of one's organisations, their claims, the claims of a plan."""

from collections.abc import Iterable, Mapping

from django.db.models import Count, Q, QuerySet

from hashar.assess.queries.series import visible_series
from hashar.assess.queries.visible import visible_releases
from hashar.errors import NotFound
from hashar.evaluate.contracts.claims import Verdict
from hashar.evaluate.contracts.kept import (
    ClaimKind,
    KeptClaim,
    ReportDetail,
    ReportSummary,
    StoredJudgement,
    StoredOverride,
)
from hashar.evaluate.models import Claim, Judging, Report
from hashar.evaluate.queries.sources import Sources
from hashar.evaluate.rules import storing
from hashar.evaluate.rules.rights import may_override, may_write
from hashar.evaluate.rules.several import compared, together
from hashar.evaluate.rules.standing import Judged, outdated
from hashar.i18n import N_
from hashar.people.contracts import PREPARING, Actor, Page

LARGEST_ID = 2**63 - 1


def visible_reports(actor: Actor) -> QuerySet[Report]:
    """Reports of the actor's organisations: the same decision as ``rules.rights.may_read``."""
    return Report.objects.filter(organisation_id__in=actor.organisations()).select_related("organisation")


def visible_claims(actor: Actor) -> QuerySet[Claim]:
    """Claims of the actor's organisations. Who only reads there sees those whose source is shared with them too."""
    prepared = Q(report__organisation_id__in=actor.organisations(PREPARING))
    release = Q(release=None) | Q(release__in=visible_releases(actor).values("pk"))
    series = Q(series=None) | Q(series__in=visible_series(actor).values("pk"))
    member = Q(report__organisation_id__in=actor.organisations())
    rows = Claim.objects.filter(prepared | (member & release & series))
    return rows.select_related("report", "made_by", "withdrawn_by")


def the_report(actor: Actor, report: int) -> Report:
    """One report, as its row.

    Raises
    ------
    NotFound
        There is none, or it belongs to another organisation.

    """
    row = visible_reports(actor).filter(pk=report).first() if 0 < report <= LARGEST_ID else None
    if row is None:
        raise NotFound(N_("There is no such report, or it belongs to another organisation. Choose one from your list."))
    return row


def the_claim(actor: Actor, claim: int) -> Claim:
    """One claim, as its row.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    row = visible_claims(actor).filter(pk=claim).first() if 0 < claim <= LARGEST_ID else None
    if row is None:
        raise NotFound(N_("There is no such claim, or it belongs to another organisation. Choose one from your list."))
    return row


def reports(
    actor: Actor, page: int = 1, size: int = 30, *, release: int | None = None, plan: int | None = None
) -> Page[ReportSummary]:
    """Reports of the actor's organisations, the latest changed first; or those about a release or plan. Two queries."""
    wanted = {"release_id": release, "plan_id": plan}
    rows = visible_reports(actor).filter(**{name: value for name, value in wanted.items() if value is not None})
    page, size = min(max(page, 1), LARGEST_ID // 1000), min(max(size, 1), 1000)
    found = _counted(rows).order_by("-changed_at", "-pk")[(page - 1) * size : page * size]
    return Page(tuple(_summary(row) for row in found), page, size, rows.count())


def _counted(rows: QuerySet[Report]) -> QuerySet[Report]:
    return rows.annotate(claim_count=Count("claims", filter=Q(claims__withdrawn_at=None)))


def _summary(row: Report) -> ReportSummary:
    return ReportSummary(
        id=row.pk,
        title=row.title,
        organisation=row.organisation_id,
        organisation_name=row.organisation.name,
        release=row.release_id,
        plan=row.plan_id,
        claims=int(getattr(row, "claim_count", 0)),
        changed_at=row.changed_at,
    )


def report(actor: Actor, report_id: int) -> ReportDetail:
    """A report with its claims, in its order, each compared with what its source says now.

    Four queries, and a few more for each release and series that its claims rest on.

    Raises
    ------
    NotFound
        There is none, or it belongs to another organisation.

    """
    row = the_report(actor, report_id)
    seen = list(visible_claims(actor).filter(report=row).order_by("position", "pk"))
    judgings = latest_judgings([report_id])
    changes = together_of(judgings.values())
    sources = Sources(actor)
    claims = tuple(_kept(each, judgings[each.pk], sources, changes) for each in seen)
    standing = tuple(each for each in claims if each.withdrawn_at is None)
    summary = _summary(row)
    return ReportDetail(
        summary=ReportSummary(**{**summary.__dict__, "claims": len(standing)}),
        claims=standing,
        withdrawn=tuple(each for each in claims if each.withdrawn_at is not None),
        hidden=len(judgings) - len(seen),
        together=changes,
        may_write=may_write(actor, row.organisation_id),
        may_override=may_override(actor, row.organisation_id),
    )


def kept_claim(actor: Actor, claim_id: int) -> KeptClaim:
    """One claim with all its judgements, the newest first.

    Earlier ones are for those who write: they may rest on what is not shared any more.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    row = the_claim(actor, claim_id)
    told = row.judgings.select_related("judged_by", "overridden_by").order_by("-number")
    latest, *before = told if may_write(actor, row.report.organisation_id) else told[:1]
    changes = together_of(latest_judgings([row.report_id]).values())
    return _kept(row, latest, Sources(actor), changes, tuple(_judgement(each, row.kind) for each in before))


def claims_of_plan(actor: Actor, plan: int) -> tuple[KeptClaim, ...]:
    """Standing claims of the reports about a plan that belong to the actor's organisations, report by report.

    For documents of the plan (``hashar.reports.content.claims.claims_blocks`` prints them). Empty for whoever belongs
    to no organisation that keeps any.
    """
    return _of_reports(actor, Q(report__plan_id=plan))


def claims_of_release(actor: Actor, release: int) -> tuple[KeptClaim, ...]:
    """The same for the reports about a profile."""
    return _of_reports(actor, Q(report__release_id=release))


def _of_reports(actor: Actor, which: Q) -> tuple[KeptClaim, ...]:
    rows = visible_claims(actor).filter(which, withdrawn_at=None)
    found = list(rows.order_by("report__made_at", "report_id", "position", "pk"))
    judgings = latest_judgings({each.report_id for each in found})
    changes = {
        report: together_of(each for each in judgings.values() if each.claim.report_id == report)
        for report in {each.report_id for each in found}
    }
    sources = Sources(actor)
    return tuple(_kept(each, judgings[each.pk], sources, changes[each.report_id]) for each in found)


def latest_judgings(reports: Iterable[int]) -> Mapping[int, Judging]:
    """Claim → its latest judgement, of all claims of the reports, withdrawn ones too. One query."""
    rows = Judging.objects.filter(claim__report_id__in=list(reports)).select_related(
        "judged_by", "overridden_by", "claim"
    )
    return {each.claim_id: each for each in rows.order_by("claim_id", "number")}


def together_of(judgings: Iterable[Judging]) -> int:
    """How many changes the claims of a report look at together."""
    return together(
        compared(storing.source_from(each.source), storing.evidence_from(each.claim.kind, each.evidence))
        for each in judgings
    )


def _kept(
    row: Claim, latest: Judging, sources: Sources, changes: int, earlier: tuple[StoredJudgement, ...] = ()
) -> KeptClaim:
    judgement = _judgement(latest, row.kind)
    now = sources.now(judgement.source, judgement.evidence)
    judged = Judged(judgement.evidence, judgement.together, judgement.verdict)
    return KeptClaim(
        id=row.pk,
        report=row.report_id,
        organisation=row.report.organisation_id,
        sentence=row.sentence,
        kind=ClaimKind(row.kind),
        claim=storing.claim_from(row.kind, row.claim),
        judgement=judgement,
        earlier=earlier,
        outdated=outdated(judged, now, changes) if row.withdrawn_at is None else (),
        made_by=row.made_by.name,
        made_at=row.made_at,
        withdrawn_by=row.withdrawn_by.name if row.withdrawn_by else "",
        withdrawn_at=row.withdrawn_at,
    )


def _judgement(row: Judging, kind: str) -> StoredJudgement:
    over = None
    if row.overridden_at is not None and row.overridden_by is not None:
        over = StoredOverride(row.override, row.overridden_by.name, row.overridden_at)
    return StoredJudgement(
        number=row.number,
        verdict=Verdict(row.verdict),
        reasons=tuple(storing.reason_from(each) for each in row.reasons),
        explanations=tuple(row.explanations),
        evidence=storing.evidence_from(kind, row.evidence),
        source=storing.source_from(row.source),
        together=row.together,
        guard=row.guard,
        by=row.judged_by.name,
        at=row.judged_at,
        override=over,
    )
