"""Collections of a plan: the list, and one with its bodies, files and measures."""

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence

from django.db.models import Count, Max, Q

from hashar.implement.contracts.collections import (
    AnswerState,
    BodyState,
    CollectionDetail,
    CollectionState,
    CollectionSummary,
    FileState,
    MeasureStatus,
    StoredFile,
    TroubleState,
)
from hashar.implement.contracts.progress import MeasureProgress, Status
from hashar.implement.models import BodyForm, Collection, ReturnedFile, StoredAnswer, StoredTrouble
from hashar.implement.queries.asking import MeasureAsked, asked_measures, edition_of
from hashar.implement.queries.earlier import convening
from hashar.implement.queries.forms import answered
from hashar.implement.queries.rows import manages, period_of, standings, the_collection, visible_collections
from hashar.implement.queries.troubles import troubles
from hashar.implement.rules.overall import FINISHED, late, overall, statuses
from hashar.implement.rules.rights import may_answer
from hashar.people.contracts import Actor
from hashar.plan.contracts.plans import StoredMeasure
from hashar.plan.queries import plans as plan_queries

MOST = 200
"""Collections of one plan that are listed."""


def collections(actor: Actor, plan: int) -> tuple[CollectionSummary, ...]:
    """Collections of a plan, the latest period first. Four SQL queries.

    Raises
    ------
    NotFound
        There is no such plan for this actor.

    """
    plan_queries.the_plan(actor, plan)
    rows = list(visible_collections(actor).filter(plan=plan).order_by("-start", "-pk")[:MOST])
    return _summaries(rows)


def _summaries(rows: Sequence[Collection]) -> tuple[CollectionSummary, ...]:
    ids = [row.pk for row in rows]
    forms: dict[int, list[BodyForm]] = {}
    for form in BodyForm.objects.filter(collection__in=ids, stands=True):
        forms.setdefault(form.collection_id, []).append(form)
    said = answered(ids)
    open_ones = StoredTrouble.objects.filter(collection__in=ids, state=TroubleState.OPEN).values("collection")
    counts = dict(open_ones.annotate(count=Count("pk")).values_list("collection", "count"))
    return tuple(
        CollectionSummary(
            id=row.pk,
            plan=row.plan_id,
            plan_titles=row.plan.titles,
            period=period_of(row),
            return_by=row.return_by,
            state=CollectionState(row.state),
            whole=row.whole,
            made_by=row.made_by.name,
            made_at=row.made_at,
            closed_at=row.closed_at,
            bodies=len(forms.get(row.pk, ())),
            answered=sum(not _left(form, said.get((row.pk, form.body), set())) for form in forms.get(row.pk, ())),
            troubles=counts.get(row.pk, 0),
        )
        for row in rows
    )


def _left(form: BodyForm, said: set[int]) -> int:
    return sum(one["measure"] not in said for one in form.asked["measures"])


def collection(actor: Actor, collection_id: int, *, today: dt.date) -> CollectionDetail:
    """A collection: who answered, what is to be decided, how far each measure is.

    The number of SQL queries does not grow with measures, bodies or files.

    Raises
    ------
    NotFound
        There is no such collection for this actor.

    """
    row = the_collection(actor, collection_id)
    plan = plan_queries.plan(actor, row.plan_id, today=today)
    asked = asked_measures(plan, row)
    measures = progress(row, asked, today)
    manage = manages(actor, row)
    said = standings(row.pk)
    forms = list(row.forms.filter(stands=True).order_by("body", "pk"))
    open_troubles, decided = troubles(row, manage=manage)
    silent = {one.measure for one in measures if not said.get(one.measure)}
    return CollectionDetail(
        summary=_summaries([row])[0],
        bodies=_bodies(actor, row, forms, manage=manage),
        troubles=open_troubles,
        decided=decided,
        files=_files(row) if manage else (),
        measures=measures,
        languages=plan.summary.languages,
        outdated=any(form.edition != edition_of(plan) for form in forms),
        may_manage=manage,
        counts=Counter("" if one.measure in silent else one.overall.value for one in measures),
    )


def _bodies(actor: Actor, row: Collection, forms: Sequence[BodyForm], *, manage: bool) -> tuple[BodyState, ...]:
    said = answered([row.pk])
    rows = StoredTrouble.objects.filter(collection=row, state=TroubleState.OPEN).values("body")
    open_ones = dict(rows.annotate(count=Count("pk")).values_list("body", "count"))
    standing = StoredAnswer.objects.filter(collection=row, state=AnswerState.STANDS).values("body")
    last: Mapping[str, dt.datetime] = dict(standing.annotate(last=Max("at")).values_list("body", "last"))
    is_open = row.state == CollectionState.OPEN
    return tuple(
        BodyState(
            form=form.pk,
            name=form.body,
            texts=form.texts,
            organisation=form.organisation_id,
            asked=len(form.asked["measures"]),
            answered=len(form.asked["measures"]) - _left(form, said.get((row.pk, form.body), set())),
            troubles=open_ones.get(form.body, 0),
            sent_at=form.sent_at,
            last_at=last.get(form.body),
            may_answer=is_open and (manage or may_answer(actor, form.organisation_id)),
        )
        for form in forms
    )


def _files(row: Collection) -> tuple[StoredFile, ...]:
    merged = ReturnedFile.objects.filter(form__collection=row).select_related("form", "uploaded_by")
    open_ones = Count("troubles", filter=Q(troubles__state=TroubleState.OPEN), distinct=True)
    counted = merged.annotate(said=Count("answers", distinct=True), open=open_ones)
    return tuple(
        StoredFile(
            id=each.pk,
            collection=row.pk,
            file=each.file,
            sha256=each.sha256,
            body=each.form.body,
            state=FileState(each.state),
            uploaded_by=each.uploaded_by.name,
            uploaded_at=each.uploaded_at,
            returned_by=each.returned_by,
            answers=each.said,
            troubles=each.open,
        )
        for each in counted.order_by("-uploaded_at", "-pk")
    )


def progress(row: Collection, asked: Sequence[MeasureAsked], today: dt.date) -> tuple[MeasureProgress, ...]:
    """The measures of a collection with what stands. One SQL query."""
    said = standings(row.pk)
    found = []
    for one in asked:
        measure = one.measure
        bodies = {each.name: said.get(measure.id, {}).get(each.name, {}) for each in measure.bodies}
        status = overall(statuses(bodies), convening(measure))
        found.append(
            MeasureProgress(
                measure=measure.id,
                number=measure.number,
                section=measure.section,
                texts=measure.texts,
                bodies=bodies,
                overall=status,
                due=(*one.overdue, *one.due),
                late=is_late(row, one, status, today),
            )
        )
    return tuple(found)


def is_late(row: Collection, one: MeasureAsked, status: Status, today: dt.date) -> bool:
    """Something was due before today, in the period or before it, and is not done."""
    before = bool(one.overdue) and status not in FINISHED
    return before or late(one.due, period_of(row), status, today)


def silent(measure: StoredMeasure, one: MeasureProgress) -> bool:
    """No body said how far it is."""
    return not any(status is not None for status in statuses(one.bodies).values()) or not measure.bodies


def latest(actor: Actor, plan: int, *, today: dt.date) -> Mapping[int, MeasureStatus]:
    """Measure → how far it is by the latest collection. The number of SQL queries does not grow.

    Raises
    ------
    NotFound
        There is no such plan for this actor.

    """
    rows = list(visible_collections(actor).filter(plan=plan, start__lte=today).order_by("-start", "-pk")[:1])
    if not rows:
        plan_queries.the_plan(actor, plan)
        return {}
    whole = plan_queries.plan(actor, plan, today=today)
    measures = progress(rows[0], asked_measures(whole, rows[0]), today)
    return {
        one.measure: MeasureStatus(
            collection=rows[0].pk,
            status=one.overall if any(status for status in statuses(one.bodies).values()) else None,
            late=one.late,
            period=period_of(rows[0]),
        )
        for one in measures
    }
