"""What activities reached: of a measure, a plan, an organisation, a territory; each event counted once."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Sequence

from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.implement.contracts.activities import ActivitySummary, Ages, MeasureName, PeopleCount, Sex, State
from hashar.implement.contracts.reach import Counted, Denominator, MeasureReach, ReachReport
from hashar.implement.models import Activity
from hashar.implement.queries.activities import activities, narrowed
from hashar.implement.queries.activity_rows import (
    ages_of,
    has_few,
    organisations_of,
    summary_of,
    visible_activities,
    with_names,
)
from hashar.implement.rules.activity_rights import concerned
from hashar.implement.rules.counting import denominator, reach, school_year, unit_of
from hashar.implement.rules.small_numbers import is_small
from hashar.people.contracts import Actor, Page
from hashar.people.queries import organisation as the_organisation
from hashar.places.contracts import Place
from hashar.places.queries import populations, territory_by_id
from hashar.plan.queries.measures import measures as known_measures
from hashar.plan.queries.plans import the_plan

NO_ORGANISATION = N_("There is no such organisation. Look for it in the list of organisations.")
MOST = 5000
"""Activities that one report counts."""


def activities_of_measure(actor: Actor, measure: int, *, page: int = 1) -> Page[ActivitySummary]:
    """Activities that serve a measure, each event once, the latest first."""
    return activities(actor, measure=measure, page=page)


def reach_of(
    actor: Actor,
    *,
    ages: Ages,
    start: dt.date,
    end: dt.date,
    plan: int | None = None,
    measure: int | None = None,
    organisation: int | None = None,
    outside: bool = False,
) -> ReachReport:
    """What activities of a period reached among people of these ages. About fifteen SQL queries.

    Parameters
    ----------
    actor
        Who asks; small numbers of activities of others are left out and said to be.
    ages
        The target group.
    start, end
        First and last day of the period.
    plan, measure, organisation
        Only what serves it, or what it carried out. The territory of the plan, else of the organisation, tells how
        many there are; activities elsewhere do not count.
    outside
        Count as for somebody outside: for documents that leave the organisation.

    Raises
    ------
    NotFound
        The plan is not there for the actor, or the organisation is not there.

    """
    place = _place(actor, plan, organisation)
    rows = _rows(actor, place, plan, measure, organisation, start, end)
    done = [row for row in rows if row.state == State.DONE]
    counted = {row.pk: _counted(row, actor, outside=outside) for row in done}
    there = _denominator(place, ages, end.year)
    population = there.count if there else None
    served = _served(actor, done)
    return ReachReport(
        ages=ages,
        territory=place.id if place else None,
        territory_names=place.names if place else {},
        denominator=there,
        whole=reach(counted.values(), ages, population),
        measures=tuple(
            MeasureReach(name, reach([counted[pk] for pk in pks], ages, population)) for name, pks in served
        ),
        organisations=len({row.organisation_id for row in done}),
        planned=sum(ages_of(row.age_from, row.age_to).meets(ages) for row in rows),
    )


def counted_activities(
    actor: Actor,
    *,
    ages: Ages,
    start: dt.date,
    end: dt.date,
    plan: int | None = None,
    organisation: int | None = None,
) -> Sequence[ActivitySummary]:
    """The activities that such a report counts for somebody outside, in the order of their days.

    Raises
    ------
    NotFound
        The plan is not there for the actor, or the organisation is not there.

    """
    rows = _rows(actor, _place(actor, plan, organisation), plan, None, organisation, start, end)
    found = (summary_of(row, actor, outside=True) for row in rows if row.state == State.DONE)
    return [one for one in found if one.ages.meets(ages)]


def _place(actor: Actor, plan: int | None, organisation: int | None) -> Place | None:
    territory = None
    if plan is not None:
        territory = the_plan(actor, plan).territory_id
    elif organisation is not None:
        if not 0 < organisation < 2**63:
            raise NotFound(NO_ORGANISATION)
        territory = the_organisation(organisation).territory
    return territory_by_id(territory) if territory is not None else None


def _rows(
    actor: Actor,
    place: Place | None,
    plan: int | None,
    measure: int | None,
    organisation: int | None,
    start: dt.date,
    end: dt.date,
) -> list[Activity]:
    rows = narrowed(visible_activities(actor), measure, plan, organisation, start, end)
    rows = rows.filter(same_as=None).exclude(state=State.CANCELLED)
    if place is not None:
        rows = rows.filter(territory__path__startswith=place.path)
    wanted = with_names(rows).prefetch_related("by_age", "served", "doubles__served")
    return list(wanted.order_by("date", "pk")[:MOST])


def _counted(row: Activity, actor: Actor, *, outside: bool) -> Counted:
    people = tuple(
        PeopleCount(ages_of(each.age_from, each.age_to), Sex(each.sex), each.count) for each in row.by_age.all()
    )
    other = outside or not concerned(actor, organisations_of(row))
    if other and any(map(is_small, (*(each.count for each in people), *_rest(row.people, people)))):
        people = ()
    return Counted(
        unit=unit_of(row.pk, row.organisation_id, row.group),
        ages=ages_of(row.age_from, row.age_to),
        contacts=row.contacts,
        people=row.people,
        by_age=people,
        sessions=row.sessions,
        group=bool(row.group),
        class_of=f"{row.organisation_id} {school_year(row.date)}" if row.school_class else "",
        hidden=other and has_few(row),
    )


def _rest(whole: int | None, people: Sequence[PeopleCount]) -> list[int]:
    """What could be worked out from the age groups: those in none of them, and in none of the two sexes."""
    found = [whole - sum(each.count for each in people)] if whole is not None and people else []
    for band in {each.ages for each in people}:
        counts = {each.sex: each.count for each in people if each.ages == band}
        apart = counts.get(Sex.FEMALE, 0) + counts.get(Sex.MALE, 0)
        found += [abs(counts[Sex.ALL] - apart)] if apart and Sex.ALL in counts else []
    return found


def _served(actor: Actor, rows: Iterable[Activity]) -> list[tuple[MeasureName, list[int]]]:
    """Measures with the activities that serve them, themselves or through another entry of the same event."""
    found: defaultdict[int, list[int]] = defaultdict(list)
    for row in rows:
        for measure in {each.measure_id for one in (row, *row.doubles.all()) for each in one.served.all()}:
            found[measure].append(row.pk)
    names = known_measures(actor, found)
    ordered = sorted(names.values(), key=lambda each: (each.plan, each.position, each.id))
    return [
        (MeasureName(each.id, each.plan, each.plan_titles, each.number, each.texts), found[each.id]) for each in ordered
    ]


def _denominator(place: Place | None, ages: Ages, year: int) -> Denominator | None:
    if place is None:
        return None
    bands = (
        (each.source.title, each.year, each.age_from, Ages(each.age_from, each.age_to).end, each.count)
        for each in populations(place.code)
        if each.sex == "all"
    )
    return denominator(bands, ages, year)
