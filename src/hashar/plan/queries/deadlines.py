"""What is due, soon or missed, in the plans that somebody sees: of measures, and of what was promised for them."""

import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from django.db.models import Prefetch, Q

from hashar.i18n import Text
from hashar.people.contracts import Actor
from hashar.plan.contracts.commitments import CommitmentState, Part
from hashar.plan.contracts.deadlines import BodyChoice, DueLine, DueList, Handled, Matter, Occurrence, Urgency
from hashar.plan.models import Commitment, Measure, MeasureBody, Plan
from hashar.plan.queries.plans import stored_deadline, visible_plans
from hashar.plan.rules import warnings
from hashar.plan.rules.commitments import ACTING

OF_SITE, BY_NAME = "o", "n"
"""Before the id of an organisation of the site, or the name of a body that is none."""
NOTHING: Mapping[int, Handled] = {}
URGENCIES = tuple(Urgency)


def due_list(
    actor: Actor,
    *,
    today: dt.date,
    done: Mapping[int, Handled] = NOTHING,
    body: str = "",
    mine: bool = False,
    every: bool = False,
) -> DueList:
    """Deadlines of the plans that the actor sees, the most urgent first. Five SQL queries.

    Parameters
    ----------
    actor
        Who asks.
    today
        From which day the deadlines are looked at.
    done
        Measure → what is known to be done (``hashar.flows.deadlines`` asks the progress of the plans).
    body
        Only those of one body: a key of ``bodies``; empty: all.
    mine
        Only those of organisations in whose name the actor acts, and of their plans.
    every
        All days to come, not only the next one of each.

    """
    measures = _measures(actor, mine=mine)
    look = _Look(actor, today, done, body, every=every)
    lines = [*look.at_measures(measures), *look.at_promises(mine=mine)]
    lines.sort(key=lambda line: (URGENCIES.index(line.urgency), line.due, line.plan, line.measure))
    return DueList(tuple(lines), _bodies(measures, frozenset(actor.organisations())))


def _measures(actor: Actor, *, mine: bool) -> Sequence[Measure]:
    bodies = Prefetch("bodies", MeasureBody.objects.select_related("organisation").order_by("position", "pk"))
    rows = Measure.objects.filter(plan__in=visible_plans(actor), present=True).select_related("plan")
    if mine:
        own = list(actor.organisations(ACTING))
        named = MeasureBody.objects.filter(organisation__in=own).values("measure")
        rows = rows.filter(Q(plan__organisation__in=own) | Q(pk__in=named))
    return list(rows.prefetch_related(bodies, "deadlines").order_by("plan_id", "position", "pk"))


def key_of(row: MeasureBody) -> str:
    """By what a body is chosen."""
    return f"{OF_SITE}{row.organisation_id}" if row.organisation_id else f"{BY_NAME}{row.name}"


def _bodies(measures: Iterable[Measure], mine: Collection[int]) -> tuple[BodyChoice, ...]:
    found: dict[str, BodyChoice] = {}
    for measure in measures:
        for row in measure.bodies.all():
            name = row.organisation.name if row.organisation else row.name
            found.setdefault(key_of(row), BodyChoice(key_of(row), name, row.organisation_id in mine))
    return tuple(sorted(found.values(), key=lambda each: (not each.mine, each.name.casefold(), each.key)))


def frame_of(plan: Plan) -> tuple[dt.date, dt.date]:
    """First and last day of a plan; without years: from the day it came in, for two years."""
    if plan.first_year and plan.last_year:
        return dt.date(plan.first_year, 1, 1), dt.date(plan.last_year, 12, 31)
    begun = plan.made_at.date()
    return begun, begun + dt.timedelta(days=730)


class _Look:
    """Who looks at deadlines, when, and at which."""

    def __init__(self, actor: Actor, today: dt.date, done: Mapping[int, Handled], body: str, *, every: bool) -> None:
        self._actor, self._today, self._done, self._body, self._every = actor, today, done, body, every
        self._own = frozenset(actor.organisations(ACTING))

    def at_measures(self, measures: Iterable[Measure]) -> Iterator[DueLine]:
        """Deadlines of the plans."""
        for measure in measures:
            bodies = list(measure.bodies.all())
            if self._body and self._body not in {key_of(each) for each in bodies}:
                continue
            names = tuple(each.organisation.name if each.organisation else each.name for each in bodies)
            mine = any(each.organisation_id in self._own for each in bodies)
            rows = sorted(measure.deadlines.all(), key=lambda each: each.position)
            done = self._done.get(measure.pk, Handled())
            for deadline, days in warnings.of_measure([*map(stored_deadline, rows)], frame_of(measure.plan)):
                for one, urgency in warnings.to_watch(days, done, self._today, every=self._every):
                    line = self._line(measure, one, urgency, mine=mine)
                    yield replace(line, repeats=deadline.every is not None, bodies=names)

    def at_promises(self, *, mine: bool) -> Iterator[DueLine]:
        """Days of promises that were accepted."""
        rows = Commitment.objects.filter(state=CommitmentState.ACCEPTED, until__isnull=False)
        rows = rows.filter(measure__plan__in=visible_plans(self._actor)).select_related("measure__plan", "organisation")
        for row in rows.order_by("until", "pk"):
            own = row.organisation_id in self._own
            over = row.measure.plan.organisation_id in self._own
            if row.until is None or self._body not in ("", f"{OF_SITE}{row.organisation_id}"):
                continue
            if mine and not (own or over):
                continue
            start = min(row.made_at.date(), row.until)
            one = Occurrence(start, row.until, start)
            line = self._line(row.measure, one, warnings.standing(one, self._today), mine=own)
            yield replace(line, commitment=row.pk, organisation_name=row.organisation.name, promise=row.text)

    def _line(self, measure: Measure, one: Occurrence, urgency: Urgency, *, mine: bool) -> DueLine:
        return DueLine(
            plan=measure.plan_id,
            plan_titles=measure.plan.titles,
            measure=measure.pk,
            number=measure.number,
            texts=measure.texts,
            due=one.due,
            urgency=urgency,
            notice=warnings.notice(one),
            mine=mine,
            own_plan=measure.plan.organisation_id in self._own,
        )


def matters(actor: Actor) -> tuple[Matter, ...]:
    """Offers that wait for the actor's plan organisation, and invitations that wait for the actor's organisations."""
    own = list(actor.organisations(ACTING)) if actor.scopes is None else []
    asked = Q(state=CommitmentState.INVITED, organisation__in=own)
    offered = Q(state=CommitmentState.PROPOSED, measure__plan__organisation__in=own)
    rows = Commitment.objects.filter(asked | offered, measure__present=True, measure__plan__in=visible_plans(actor))
    found = rows.select_related("measure__plan", "organisation").order_by("changed_at", "pk")
    return tuple(_matter(row) for row in found)


def _matter(row: Commitment) -> Matter:
    titles: Text = row.measure.plan.titles
    return Matter(
        plan=row.measure.plan_id,
        plan_titles=titles,
        measure=row.measure_id,
        number=row.measure.number,
        organisation=row.organisation_id,
        organisation_name=row.organisation.name,
        invited=row.state == CommitmentState.INVITED,
        lead=row.part == Part.LEAD,
        since=row.changed_at,
    )
