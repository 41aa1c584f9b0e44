"""Plans that a person may see, with their measures and imports."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from functools import reduce
from operator import or_

from django.db.models import Count, Q, QuerySet

from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.people.contracts import Actor, Page
from hashar.plan.contracts.official import Confidence, Cost, CostKind, Deadline, DeadlineKind, Edition, Every
from hashar.plan.contracts.plans import (
    ImportState,
    PlanDetail,
    PlanSummary,
    StoredBody,
    StoredImport,
    StoredMeasure,
)
from hashar.plan.models import Commitment, Measure, MeasureBody, MeasureCost, MeasureDeadline, Plan, PlanImport
from hashar.plan.rules.commitments import INVOLVED
from hashar.plan.rules.deadlines import due_dates
from hashar.plan.rules.rights import may_import
from hashar.plan.rules.storing import from_json

AHEAD = dt.timedelta(days=400)
"""How far ahead the next deadline is looked for."""


def visible_plans(actor: Actor) -> QuerySet[Plan]:
    """Plans that the actor may see: the same decision as ``rules.rights.sees_plan``."""
    organisations = [mandate.organisation for mandate in actor.mandates]
    named = MeasureBody.objects.filter(organisation__in=organisations).values("measure__plan")
    asked = Commitment.objects.filter(organisation__in=organisations, state__in=INVOLVED).values("measure__plan")
    own = Q(organisation_id__in=organisations) | Q(pk__in=named) | Q(pk__in=asked)
    paths = {mandate.territory_path for mandate in actor.mandates}
    if "" in paths:
        return Plan.objects.all()
    inside = (Q(territory__path__startswith=path) for path in sorted(paths))
    return Plan.objects.filter(reduce(or_, inside, own))


def the_plan(actor: Actor, plan: int) -> Plan:
    """One plan that the actor may see, as its row.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    row = _with_names(visible_plans(actor)).filter(pk=plan).first()
    if row is None:
        raise NotFound(N_("There is no such plan, or it is not shared with you. Choose one from your list."))
    return row


def path_of(row: Plan | PlanImport) -> str:
    """The territory's path; empty when there is none."""
    return row.territory.path if row.territory else ""


def _with_names(rows: QuerySet[Plan]) -> QuerySet[Plan]:
    counted = rows.annotate(measure_count=Count("measures", filter=Q(measures__present=True)))
    return counted.select_related("organisation", "territory")


def plans(actor: Actor, page: int = 1, size: int = 30) -> Page[PlanSummary]:
    """Plans, the latest first. Three SQL queries."""
    rows = _with_names(visible_plans(actor)).order_by("-changed_at", "pk")
    page, size = max(page, 1), min(max(size, 1), 1000)
    found = list(rows[(page - 1) * size : page * size])
    languages = _languages([row.pk for row in found])
    return Page(tuple(_summary(row, languages.get(row.pk, ())) for row in found), page, size, rows.count())


def _languages(plans: Sequence[int]) -> Mapping[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    rows = PlanImport.objects.filter(plan__in=plans, state=ImportState.DONE).order_by("decided_at", "pk")
    for plan, language in rows.values_list("plan_id", "language"):
        if plan and language not in found.setdefault(plan, []):
            found[plan].append(language)
    return {plan: tuple(languages) for plan, languages in found.items()}


def _summary(row: Plan, languages: tuple[str, ...]) -> PlanSummary:
    return PlanSummary(
        id=row.pk,
        titles=row.titles,
        level=row.level,
        language=row.language,
        organisation=row.organisation_id,
        organisation_name=row.organisation.name,
        territory=row.territory_id,
        territory_path=path_of(row),
        territory_names=row.territory.names if row.territory else {},
        years=(row.first_year, row.last_year) if row.first_year and row.last_year else None,
        languages=languages,
        measures=int(getattr(row, "measure_count", 0)),
        changed_at=row.changed_at,
    )


def plan(actor: Actor, plan_id: int, *, today: dt.date, body: str = "", before: dt.date | None = None) -> PlanDetail:
    """A plan with its measures. Eight SQL queries, however many measures.

    Parameters
    ----------
    actor
        Who asks.
    plan_id
        The plan.
    today
        From this day on the next deadline is looked for.
    body
        Only measures for which this body is responsible.
    before
        Only measures that have something due until this day.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    row = the_plan(actor, plan_id)
    sections = list(row.sections.order_by("position"))
    places = {each.pk: at for at, each in enumerate(sections)}
    rows = row.measures.filter(present=True).prefetch_related("bodies", "deadlines", "costs").order_by("position", "pk")
    names = Measure.objects.filter(plan=row, present=True, bodies__isnull=False).values_list("bodies__name", flat=True)
    edition = standing_edition(row, row.language)
    whole = PlanDetail(
        summary=_summary(row, _languages([row.pk]).get(row.pk, ())),
        sections=tuple(each.titles for each in sections),
        measures=tuple(stored_measure(each, places, today) for each in rows),
        bodies=tuple(sorted(set(names), key=str.casefold)),
        cost_columns=edition.cost_columns if edition else (),
        cost_unit=edition.cost_unit if edition else "",
        imports=history(row),
        may_import=may_import(actor, row.organisation_id, path_of(row)),
    )
    return narrowed(whole, body=body, before=before)


def narrowed(plan: PlanDetail, *, body: str = "", before: dt.date | None = None) -> PlanDetail:
    """The plan with only the measures of a body, or those that have something due until a day."""
    measures = [each for each in plan.measures if not body or body in {one.name for one in each.bodies}]
    if before is not None:
        measures = [each for each in measures if each.next_due is not None and each.next_due <= before]
    return replace(plan, measures=tuple(measures))


def summary(actor: Actor, plan_id: int) -> PlanSummary:
    """A plan as it stands in a list. Two SQL queries.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    row = the_plan(actor, plan_id)
    return _summary(row, _languages([row.pk]).get(row.pk, ()))


def stored_deadline(row: MeasureDeadline) -> Deadline:
    """A row as the record it was made of."""
    every = Every(row.every) if row.every else None
    days = tuple((month, day) for month, day in row.days)
    return Deadline(DeadlineKind(row.kind), row.start, row.end, every, days)


def stored_measure(row: Measure, places: Mapping[int, int], today: dt.date) -> StoredMeasure:
    """A row with its bodies, deadlines and costs (fetched before); ``places``: id of a section → its index."""
    deadlines = tuple(stored_deadline(each) for each in sorted(row.deadlines.all(), key=lambda each: each.position))
    return StoredMeasure(
        id=row.pk,
        number=row.number,
        section=places.get(row.section_id) if row.section_id else None,
        texts=row.texts,
        forms=row.forms,
        deadline_texts=row.deadline_texts,
        funds=row.funds,
        notes=row.notes,
        bodies=tuple(
            StoredBody(
                each.texts, each.name, each.full, each.convenes, Confidence(each.confidence), each.organisation_id
            )
            for each in sorted(row.bodies.all(), key=lambda each: each.position)
        ),
        deadlines=deadlines,
        costs=tuple(_cost(each, row) for each in sorted(row.costs.all(), key=lambda each: each.position)),
        next_due=min((day for each in deadlines for day in due_dates(each, today, today + AHEAD)), default=None),
    )


def _cost(row: MeasureCost, measure: Measure) -> Cost:
    text = next((row.texts[each] for each in measure.texts if each in row.texts), "")
    return Cost(text, CostKind(row.kind), tuple((year, Decimal(amount)) for year, amount in row.amounts))


def history(row: Plan) -> tuple[StoredImport, ...]:
    """Imports that were stored, the latest first."""
    rows = row.imports.exclude(state=ImportState.PREVIEWED).select_related("uploaded_by")
    found = list(rows.order_by("-decided_at", "-pk"))
    standing = {each.pk for each in _standing(reversed(found))}
    return tuple(
        StoredImport(
            id=each.pk,
            file=each.file,
            sha256=each.sha256,
            language=each.language,
            state=ImportState(each.state),
            uploaded_by=each.uploaded_by.name,
            uploaded_at=each.uploaded_at,
            decided_at=each.decided_at,
            counts=each.counts,
            stands=each.pk in standing,
        )
        for each in found
    )


def _standing(rows: Iterable[PlanImport]) -> Iterable[PlanImport]:
    """For each language the last one that is done; rows come in the order in which they were stored."""
    return {each.language: each for each in rows if each.state == ImportState.DONE}.values()


def standing_imports(row: Plan) -> Mapping[str, PlanImport]:
    """Language → the import whose content stands."""
    rows = row.imports.filter(state=ImportState.DONE).order_by("decided_at", "pk")
    return {each.language: each for each in _standing(rows)}


def standing_edition(row: Plan, language: str) -> Edition | None:
    """The edition that stands in a language; None where there is none."""
    rows = row.imports.filter(state=ImportState.DONE, language=language).order_by("-decided_at", "-pk")
    found = rows.first()
    return from_json(found.edition) if found else None


def edition(actor: Actor, plan_id: int, language: str) -> Edition:
    """What stands of a plan in a language, to be written as its form.

    Raises
    ------
    NotFound
        There is no such plan for this actor, or none in this language.

    """
    found = standing_edition(the_plan(actor, plan_id), language)
    if found is None:
        raise NotFound(N_("The plan has no edition in this language. Import its file first."))
    return found
