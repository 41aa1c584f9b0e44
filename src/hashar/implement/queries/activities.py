"""Activities that a person may see: the list, one entry, what a new entry begins with."""

import datetime as dt
import uuid
from collections.abc import Sequence

from django.db.models import QuerySet

from hashar.errors import NotFound
from hashar.exchange.queries.practices import practice as the_practice
from hashar.i18n import N_, Text
from hashar.implement.contracts import activities as contracts
from hashar.implement.contracts.activities import (
    ActivitySummary,
    Chosen,
    Defaults,
    Draft,
    MeasureName,
    Named,
    Photo,
    State,
)
from hashar.implement.models import Activity
from hashar.implement.queries.activity_rows import (
    LARGEST_ID,
    draft_of,
    organisations_of,
    path_of,
    summary_of,
    the_activity,
    visible_activities,
    with_names,
)
from hashar.implement.rules.activity_checks import changed_fields, drop_private
from hashar.implement.rules.activity_rights import concerned, logging_organisations, may_log
from hashar.people.contracts import Actor, Page
from hashar.plan.queries.measures import measures as known_measures

MISSING = N_("There is no such activity, or it is not shared with you. Choose one from your list.")
RECENT = 3
"""Entries that a person may repeat."""


def activities(
    actor: Actor,
    *,
    measure: int | None = None,
    plan: int | None = None,
    organisation: int | None = None,
    start: dt.date | None = None,
    end: dt.date | None = None,
    page: int = 1,
    size: int = 50,
) -> Page[ActivitySummary]:
    """Activities, the latest first; entries that another one counts for are left out. Six SQL queries.

    Parameters
    ----------
    actor
        Who asks.
    measure, plan, organisation
        Only those that serve it, or that it carried out as lead or partner.
    start, end
        Only those between these days, both included.
    page, size
        Which part of the list.

    """
    rows = narrowed(visible_activities(actor), measure, plan, organisation, start, end).filter(same_as=None)
    page, size = max(page, 1), min(max(size, 1), 1000)
    found = with_names(rows).order_by("-date", "-pk")[(page - 1) * size : page * size]
    return Page(tuple(summary_of(row, actor) for row in found), page, size, rows.count())


def narrowed(
    rows: QuerySet[Activity],
    measure: int | None,
    plan: int | None,
    organisation: int | None,
    start: dt.date | None,
    end: dt.date | None,
) -> QuerySet[Activity]:
    """Rows of a measure, plan, organisation, period: themselves, or through another entry of the same event."""
    given = {"date__gte": start, "date__lte": end}
    rows = rows.filter(**{name: value for name, value in given.items() if value is not None})
    for name, value in (("measure", measure), ("measure__plan", plan)):
        if value is not None:
            rows = rows.filter(pk__in=_through(f"served__{name}", value))
    if organisation is not None:
        part = _through("organisation", organisation) | _through("partners__organisation", organisation)
        rows = rows.filter(pk__in=part)
    return rows


def _through(field: str, value: int) -> set[int]:
    """Ids of entries with that value, and of the entries that count for them."""
    if not 0 < value <= LARGEST_ID:
        return set()
    pairs = Activity.objects.filter(**{field: value}).values_list("pk", "same_as")
    return {kept or pk for pk, kept in pairs} | {pk for pk, _ in pairs}


def activity(actor: Actor, activity_id: int) -> contracts.Activity:
    """One activity, as far as the actor may see it. At most eleven SQL queries.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    row = the_activity(actor, activity_id)
    whole = draft_of(row)
    mine = concerned(actor, organisations_of(row))
    others = list(row.doubles.select_related("organisation"))
    served = {each for double in others for each in double.served.values_list("measure_id", flat=True)}
    return contracts.Activity(
        summary=summary_of(row, actor),
        draft=whole if mine else drop_private(whole),
        partners=_partners(row),
        measures=_measures(actor, {*whole.measures, *served}),
        practice_names=_practice(actor, row.practice),
        photo=Photo(row.photo_kind, row.photo_size, row.photo) if mine and row.photo else None,
        editions=_editions(row) if mine else (),
        edition=row.edition,
        same_as=_named(row.same_as) if row.same_as else None,
        also=tuple(_named(each) for each in others),
        may_change=may_log(actor, row.organisation_id, path_of(row)),
    )


def measure_name(actor: Actor, measure: int) -> MeasureName | None:
    """A measure of a plan that the actor may see; None where there is none."""
    return next(iter(_measures(actor, {measure})), None)


def _named(row: Activity) -> Named:
    return Named(row.pk, row.organisation.name)


def _partners(row: Activity) -> tuple[Named, ...]:
    rows = row.partners.select_related("organisation").order_by("organisation__name", "pk")
    return tuple(Named(each.organisation_id, each.organisation.name) for each in rows)


def _measures(actor: Actor, ids: set[int]) -> tuple[MeasureName, ...]:
    found = known_measures(actor, ids).values()
    return tuple(MeasureName(each.id, each.plan, each.plan_titles, each.number, each.texts) for each in found)


def _practice(actor: Actor, code: str) -> Text:
    if not code:
        return {}
    try:
        return the_practice(actor, code).about.names
    except NotFound:  # another organisation's, not shared
        return {}


def _editions(row: Activity) -> tuple[contracts.Edition, ...]:
    found: list[contracts.Edition] = []
    before: dict[str, object] | None = None
    for each in row.editions.select_related("made_by").order_by("number"):
        changed = () if before is None else changed_fields(before, each.content)
        found.append(contracts.Edition(each.number, each.made_by.name, each.made_at, changed))
        before = each.content
    return tuple(reversed(found))


def own_draft(actor: Actor, activity_id: int) -> Draft:
    """An entry of the actor's organisations in full, to be changed or repeated.

    Raises
    ------
    NotFound
        There is none, or it is another's.

    """
    row = the_activity(actor, activity_id)
    if not concerned(actor, organisations_of(row)):
        raise NotFound(MISSING)
    return draft_of(row)


def chosen_before(actor: Actor, key: uuid.UUID) -> Chosen | None:
    """What the actor chose in the entry that they sent under this key; None where they sent none. Two SQL queries."""
    row = Activity.objects.filter(key=key, made_by=actor.person).first()
    if row is None or actor.person is None:
        return None
    told = row.editions.get(number=1).content
    return Chosen(
        organisation=told["organisation"],
        territory=told["territory"],
        measures=tuple(told["measures"]),
        practice=told["practice"],
        partners=tuple(told["partners"]),
    )


def defaults(actor: Actor, repeat: int | None = None) -> Defaults:
    """What a new entry begins with: the one to repeat, else what is usual. Four SQL queries.

    Parameters
    ----------
    actor
        Who enters.
    repeat
        An entry of the actor's organisations; another one is passed over.

    """
    homes = logging_organisations(actor)
    rows = Activity.objects.filter(organisation__in=homes, made_by=actor.person).exclude(state=State.CANCELLED)
    recent = list(with_names(rows).order_by("-made_at", "-pk")[: RECENT * 10])
    seen: dict[tuple[str, str], Activity] = {}
    for row in recent:
        seen.setdefault((row.title, row.place), row)
    last = tuple(summary_of(row, actor) for row in [*seen.values()][:RECENT])
    groups = tuple(dict.fromkeys(row.group for row in recent if row.group))
    return Defaults(_repeated(homes, repeat), last, groups, homes)


def _repeated(homes: Sequence[int] | dict[int, str], repeat: int | None) -> Draft | None:
    if repeat is None or not 0 < repeat <= LARGEST_ID:
        return None
    row = Activity.objects.filter(pk=repeat, organisation__in=homes).first()
    return draft_of(row) if row else None


def last_choices(actor: Actor) -> Draft | None:
    """The latest entry that the person made: strategy, ages, measures and place of a new one begin with it."""
    homes = logging_organisations(actor)
    row = Activity.objects.filter(organisation__in=homes, made_by=actor.person).order_by("-made_at", "-pk").first()
    return draft_of(row) if row else None
