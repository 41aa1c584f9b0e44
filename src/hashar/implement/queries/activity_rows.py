"""Activities as rows: which the actor may see, and what a row says as an entry."""

from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.implement.contracts.activities import (
    OLDEST,
    ActivitySummary,
    Ages,
    Component,
    Draft,
    Fidelity,
    Named,
    PeopleCount,
    Sex,
    State,
)
from hashar.implement.models import Activity
from hashar.implement.rules.activity_rights import concerned
from hashar.implement.rules.small_numbers import is_small
from hashar.people.contracts import Actor
from hashar.plan.queries.plans import visible_plans

LARGEST_ID = 2**63 - 1


def concerning(actor: Actor) -> Q:
    """Entries of which an organisation of the actor is lead or partner, or of an event for which it made another."""
    mine = {mandate.organisation for mandate in actor.mandates}
    direct = Q(organisation__in=mine) | Q(partners__organisation__in=mine)
    through = Q(doubles__organisation__in=mine) | Q(doubles__partners__organisation__in=mine)
    kept = Q(same_as__organisation__in=mine) | Q(same_as__partners__organisation__in=mine)
    return direct | through | kept


def visible_activities(actor: Actor) -> QuerySet[Activity]:
    """Those of the actor's organisations, in the territory of a mandate, or for a plan that the actor may see."""
    paths = {mandate.territory_path for mandate in actor.mandates}
    if not paths:
        return Activity.objects.none()
    if "" in paths:
        return Activity.objects.all()
    inside = reduce(or_, (Q(territory__path__startswith=path) for path in sorted(paths)))
    plans = visible_plans(actor).values("pk")
    planned = Q(served__measure__plan__in=plans) | Q(doubles__served__measure__plan__in=plans)
    found = Activity.objects.filter(concerning(actor) | inside | planned).values("pk")
    return Activity.objects.filter(pk__in=found)


def the_activity(actor: Actor, activity: int) -> Activity:
    """One entry that the actor may see, as its row.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    rows = with_names(visible_activities(actor))
    row = rows.filter(pk=activity).first() if 0 < activity <= LARGEST_ID else None
    if row is None:
        raise NotFound(N_("There is no such activity, or it is not shared with you. Choose one from your list."))
    return row


def with_names(rows: QuerySet[Activity]) -> QuerySet[Activity]:
    """Rows with all that a list shows of them. Adds two SQL queries."""
    return rows.select_related("organisation", "territory").prefetch_related("partners", "doubles__partners")


def organisations_of(row: Activity) -> frozenset[int]:
    """Lead and partners, those of other entries of the same event too."""
    rows = [row, *row.doubles.all()]
    partners = {partner.organisation_id for each in rows for partner in each.partners.all()}
    return frozenset({each.organisation_id for each in rows} | partners)


def path_of(row: Activity) -> str:
    """The territory's path; empty when there is none."""
    return row.territory.path if row.territory else ""


def ages_of(first: int, last: int) -> Ages:
    """Ages as they are kept in a row."""
    return Ages(first, None if last == OLDEST else last)


def has_few(row: Activity) -> bool:
    """Whether so few people came that their number could point at them."""
    return is_small(row.contacts) or is_small(row.people)


def summary_of(row: Activity, actor: Actor, *, outside: bool = False) -> ActivitySummary:
    """A row (read with its names) in a list, as far as the actor, or somebody ``outside``, may see it."""
    mine = concerned(actor, organisations_of(row))
    few = (outside or not mine) and has_few(row)
    return ActivitySummary(
        id=row.pk,
        title=row.title,
        state=State(row.state),
        date=row.date,
        time=row.time,
        strategy=row.strategy,
        organisation=Named(row.organisation_id, row.organisation.name),
        territory_names=row.territory.names if row.territory else {},
        place=row.place,
        contacts=None if few else row.contacts,
        few=few,
        ages=ages_of(row.age_from, row.age_to),
        sessions=row.sessions,
        mine=mine,
    )


def draft_of(row: Activity) -> Draft:
    """The entry that a row holds."""
    return Draft(
        organisation=row.organisation_id,
        title=row.title,
        date=row.date,
        strategy=row.strategy,
        territory=row.territory_id,
        place=row.place,
        time=row.time,
        state=State(row.state),
        measures=tuple(sorted(each.measure_id for each in row.served.all())),
        practice=row.practice,
        partners=tuple(sorted(each.organisation_id for each in row.partners.all())),
        ages=ages_of(row.age_from, row.age_to),
        contacts=row.contacts,
        people=row.people,
        by_age=tuple(
            sorted(
                PeopleCount(ages_of(each.age_from, each.age_to), Sex(each.sex), each.count) for each in row.by_age.all()
            )
        ),
        sessions=row.sessions,
        minutes=row.minutes,
        group=row.group,
        school_class=row.school_class,
        components=tuple(Component(each["name"], Fidelity(each["kept"])) for each in row.components),
        fidelity_note=row.fidelity_note,
        note=row.note,
    )
