"""Who can fulfil a measure, and which measures an organisation's work could serve."""

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hashar.exchange.queries.offers import own_practices
from hashar.flows.fitting import Ground, Kind, Known, common_keys, grounds, order_of, wanted, works_there
from hashar.implement.contracts.activities import EVERYBODY
from hashar.implement.queries.planned import planned_activities
from hashar.people.contracts import Actor, OrganisationSummary
from hashar.people.queries import organisations
from hashar.plan.contracts.commitments import MeasurePage, Side
from hashar.plan.queries.commitments import side
from hashar.plan.queries.promises import OpenMeasure, earlier_promises, open_measures
from hashar.reference.queries import factors

MOST_ORGANISATIONS = 1_000
MOST_MEASURES = 60


@dataclass(frozen=True)
class Candidate:
    """An organisation that could take part, and why. There is no score."""

    organisation: OrganisationSummary
    side: Side
    works: str
    """whole: its territory holds the plan's; part: it lies in it."""
    grounds: tuple[Ground, ...]


@dataclass(frozen=True)
class Candidates:
    """Who can fulfil a measure."""

    found: tuple[Candidate, ...]
    here: int
    """Organisations of the place that do not take part yet."""
    with_practices: int
    """How many of them have told what they do: a practice, a planned activity or an earlier promise."""


@dataclass(frozen=True)
class Serving:
    """A measure that an organisation's work could serve."""

    measure: OpenMeasure
    organisation: OrganisationSummary
    works: str
    grounds: tuple[Ground, ...]


def candidates(actor: Actor, it: MeasurePage, *, today: dt.date) -> Candidates:
    """Organisations that could take part in a measure and do not yet, in the order of :func:`fitting.order_of`.

    Parameters
    ----------
    actor
        Who asks: practices that are shared, promises in plans and planned activities that they see.
    it
        The measure, as it was read for the same actor.
    today
        Planned activities count from this day on.

    """
    measures = open_measures(actor, it.plan)
    one = next((each for each in measures if each.measure == it.measure.id), None)
    if one is None:
        return Candidates((), 0, 0)
    common = common_keys([each.texts for each in measures])
    known = _known(actor, today, leave_out=one.measure)
    asked = wanted(one.texts)
    here = [
        (each, works)
        for each in organisations(actor, size=MOST_ORGANISATIONS).items
        if each.id not in one.involved and (works := works_there(each.territory_path, one.territory_path))
    ]
    found = [
        Candidate(each, side(each.kind), works, why)
        for each, works in here
        if (why := grounds(asked, [*known[each.id], _sector(each)], common))
    ]
    found.sort(key=lambda each: order_of(each.grounds, each.organisation.name))
    return Candidates(tuple(found), len(here), sum(bool(known[each.id]) for each, _ in here))


def measures_for(actor: Actor, *, today: dt.date) -> tuple[Serving, ...]:
    """Measures that the work of the actor's organisations could serve, and for which they promised nothing yet.

    By plan and number within the same kinds of grounds; measures that only fit by sector are left out.
    """
    measures = open_measures(actor)
    by_plan: defaultdict[int, list[OpenMeasure]] = defaultdict(list)
    for each in measures:
        by_plan[each.plan].append(each)
    common = {plan: common_keys([each.texts for each in its]) for plan, its in by_plan.items()}
    own = organisations(actor, mine=True, size=MOST_ORGANISATIONS).items
    known = _known(actor, today)
    found = [
        Serving(one, mine, works, why)
        for one in measures
        for mine in own
        if mine.id not in one.involved
        and (works := works_there(mine.territory_path, one.territory_path))
        and (why := grounds(wanted(one.texts), known[mine.id], common[one.plan]))
    ]
    places = {one.measure: at for at, one in enumerate(measures)}
    found.sort(key=lambda each: (order_of(each.grounds, ""), places[each.measure.measure], each.organisation.name))
    return tuple(found[:MOST_MEASURES])


def _sector(organisation: OrganisationSummary) -> Known:
    return Known(organisation.id, Kind.SECTOR, organisation.sector, "")


def _known(actor: Actor, today: dt.date, leave_out: int | None = None) -> Mapping[int, Sequence[Known]]:
    """What is known of each organisation."""
    found: defaultdict[int, list[Known]] = defaultdict(list)
    names = factors()
    for activity in planned_activities(actor, today):
        meant = None if activity.ages == EVERYBODY else (activity.ages.first, activity.ages.end)
        for organisation in activity.organisations:
            planned = Known(organisation, Kind.ACTIVITY, activity.title, activity.title, str(activity.id), meant)
            found[organisation].append(planned)
    for practice in own_practices(actor):
        told = [*practice.names.values(), *practice.summary.values()]
        told += [name for code in practice.factors if code in names for name in names[code].name.values()]
        title = next(iter(practice.names.values()), "")
        both = practice.age_from is not None and practice.age_to is not None
        ages = (practice.age_from or 0, practice.age_to or 0) if both else None
        found[practice.organisation].append(
            Known(practice.organisation, Kind.PRACTICE, title, "\n".join(told), practice.code, ages)
        )
    for promise in earlier_promises(actor):
        if promise.measure != leave_out:
            text = "\n".join((promise.text, *promise.texts.values()))
            found[promise.organisation].append(Known(promise.organisation, Kind.PROMISE, promise.text, text))
    return found
