"""Deadlines of plans, less what their progress says to be done: plan and implement meet here."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hashar.implement.contracts.progress import Status
from hashar.implement.queries import collections
from hashar.people.contracts import Actor
from hashar.plan.contracts.deadlines import DueLine, DueList, Handled, Matter, Urgency
from hashar.plan.queries import deadlines

SHOWN = 6
"""Lines of one's own on the home page; the others are counted."""


@dataclass(frozen=True)
class DueAtHome:
    """What the home page says of deadlines and commitments."""

    matters: tuple[Matter, ...]
    lines: tuple[DueLine, ...]
    """Close or missed, of organisations in whose name the person acts."""
    more: int
    """Lines beyond those."""
    own_plans: int
    """Close or missed in plans of their organisations, by whomever."""


def due(actor: Actor, *, today: dt.date, body: str = "", mine: bool = False, every: bool = False) -> DueList:
    """Deadlines of the plans that the actor sees; what is done warns no more.

    Parameters
    ----------
    actor
        Who asks.
    today
        From which day the deadlines are looked at.
    body
        Only those of one body (a key of the list's ``bodies``); empty: all.
    mine
        Only those of organisations in whose name the actor acts, and of their plans.
    every
        All days to come, not only the next one of each.

    """
    ended = done(actor, deadlines.plans_to_ask(actor, mine=mine), today=today)
    return deadlines.due_list(actor, today=today, done=ended, body=body, mine=mine, every=every)


def done(actor: Actor, plans: Iterable[int], *, today: dt.date) -> Mapping[int, Handled]:
    """Measure → what the latest collection of its plan's progress says to be done.

    A measure that was taken off warns no more. One that is done is done until the end of the period that was asked
    about: a deadline that comes again warns again.
    """
    found: dict[int, Handled] = {}
    for plan in plans:
        for measure, told in collections.latest(actor, plan, today=today).items():
            if told.status is Status.TAKEN_OFF:
                found[measure] = Handled(finished=True)
            elif told.status is Status.DONE:
                found[measure] = Handled(days=(told.period.end,))
    return found


def due_at_home(actor: Actor, *, today: dt.date) -> DueAtHome:
    """What the home page says of deadlines and commitments."""
    urgent = due(actor, today=today, mine=True).of(Urgency.OVERDUE, Urgency.SOON)
    own = [line for line in urgent if line.mine]
    return DueAtHome(
        matters=deadlines.matters(actor),
        lines=tuple(own[:SHOWN]),
        more=max(len(own) - SHOWN, 0),
        own_plans=sum(line.own_plan and not line.mine for line in urgent),
    )
