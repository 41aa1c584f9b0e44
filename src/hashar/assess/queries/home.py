"""What the home page tells about surveys and releases."""

import datetime as dt
from collections.abc import Iterator, Mapping

from django.db.models import Exists, OuterRef, Q, Subquery

from hashar.assess.contracts.surveys import HomeItem, HomeKind, ReleaseState
from hashar.assess.contracts.table import Note
from hashar.assess.models import CodebookVersion, Release, Survey, SurveyFile
from hashar.assess.queries.visible import visible_releases, visible_surveys
from hashar.assess.rules.attention import part_for, stage_of
from hashar.assess.rules.visibility import reach
from hashar.people.contracts import Actor
from hashar.runs.contracts import Run, RunState
from hashar.runs.queries import latest_runs

RECENT = dt.timedelta(days=14)
MOST = 20
"""Lines of each sort: the home page is no archive."""


def home_items(actor: Actor, now: dt.datetime) -> tuple[HomeItem, ...]:
    """What is due, has changed or needs a look, for each of the actor's roles; the latest first. Five queries at most.

    Failed and waiting runs of the last 14 days, surveys that wait for a file, a codebook or a profile, drafts that
    wait to be shared, releases shared or withdrawn in the last 14 days.
    """
    if not actor.mandates:
        return ()
    since = now - RECENT
    items = [*_runs(actor, since), *_surveys(actor), *_drafts(actor), *_changed(actor, since)]
    return tuple(sorted(items, key=lambda item: (item.at, item.survey, item.kind), reverse=True))


def _runs(actor: Actor, since: dt.datetime) -> Iterator[HomeItem]:
    kinds = {RunState.FAILED: HomeKind.RUN_FAILED, RunState.QUEUED: HomeKind.RUN_WAITING}
    kinds[RunState.RUNNING] = HomeKind.RUN_WAITING
    found = [run for run in latest_runs(reach(actor).preparing, since) if run.state in kinds][:MOST]
    ids = {survey for run in found if (survey := _survey_of(run))}
    if not ids:
        return
    surveys = {row.pk: row for row in visible_surveys(actor).filter(pk__in=ids).select_related("organisation")}
    for run in found:
        row = surveys.get(_survey_of(run))
        if row is not None:
            message = Note(run.message, run.values) if run.message else None
            yield from _item(actor, kinds[run.state], run.finished_at or run.asked_at, row, run=run.id, message=message)


def _survey_of(run: Run) -> int:
    number = run.subject.removeprefix("survey:")
    return int(number) if number != run.subject and number.isdigit() else 0


def _surveys(actor: Actor) -> Iterator[HomeItem]:
    files = SurveyFile.objects.filter(survey=OuterRef("pk"), removed_at__isnull=True)
    codebook = CodebookVersion.objects.filter(survey=OuterRef("pk")).order_by("-number")
    rows = (
        visible_surveys(actor)
        .select_related("organisation")
        .annotate(
            has_files=Exists(files),
            has_releases=Exists(Release.objects.filter(survey=OuterRef("pk"))),
            problems=Subquery(codebook.values("problems")[:1]),
        )
        .filter(Q(has_releases=False) | Q(problems__gt=0))
        .order_by("-made_at", "-pk")[:MOST]
    )
    for row in rows:
        told: Mapping[str, object] = vars(row)
        problems = told["problems"]
        kind = stage_of(
            files=int(bool(told["has_files"])),
            codebook=problems is not None,
            problems=int(str(problems or 0)),
            releases=int(bool(told["has_releases"])),
        )
        if kind is not None:
            yield from _item(actor, kind, row.made_at, row, count=int(str(problems or 0)))


def _drafts(actor: Actor) -> Iterator[HomeItem]:
    """Drafts that are the newest release of their survey: older ones were passed over."""
    newer = Release.objects.filter(survey=OuterRef("survey"), number__gt=OuterRef("number"))
    rows = (
        Release.objects.filter(~Exists(newer), survey__in=visible_surveys(actor), state=ReleaseState.DRAFT)
        .select_related("survey__organisation")
        .defer("profile")
        .order_by("-made_at", "-pk")[:MOST]
    )
    for row in rows:
        yield from _release(actor, HomeKind.DRAFT_TO_SHARE, row.made_at, row)


def _changed(actor: Actor, since: dt.datetime) -> Iterator[HomeItem]:
    shared = Q(state=ReleaseState.SHARED, shared_at__gte=since)
    withdrawn = Q(state=ReleaseState.WITHDRAWN, withdrawn_at__gte=since)
    rows = visible_releases(actor).filter(shared | withdrawn).select_related("survey__organisation").defer("profile")
    for row in rows.order_by("-made_at", "-pk")[: 2 * MOST]:
        if row.withdrawn_at is not None:
            yield from _release(actor, HomeKind.WITHDRAWN, row.withdrawn_at, row)
        elif row.shared_at is not None:
            yield from _release(actor, HomeKind.NEW_RELEASE, row.shared_at, row)


def _release(actor: Actor, kind: HomeKind, at: dt.datetime, row: Release) -> Iterator[HomeItem]:
    part = part_for(kind, actor.roles_in(row.survey.organisation_id))
    if part is not None:
        own = reach(actor).survey(row.survey.organisation_id)
        yield HomeItem(
            kind=kind,
            part=part,
            at=at,
            survey=row.survey_id,
            title=row.survey.title if own else "",
            release=row.pk,
            release_title=row.title,
            organisation_name=row.survey.organisation.name,
        )


def _item(
    actor: Actor,
    kind: HomeKind,
    at: dt.datetime,
    row: Survey,
    *,
    run: int | None = None,
    message: Note | None = None,
    count: int = 0,
) -> Iterator[HomeItem]:
    part = part_for(kind, actor.roles_in(row.organisation_id))
    if part is not None:
        yield HomeItem(
            kind=kind,
            part=part,
            at=at,
            survey=row.pk,
            title=row.title,
            run=run,
            organisation_name=row.organisation.name,
            message=message,
            count=count,
        )
