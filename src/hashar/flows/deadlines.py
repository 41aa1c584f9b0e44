"""Deadlines of plans for the home page, the list and the calendar."""

import datetime as dt
from dataclasses import dataclass

from hashar.people.contracts import Actor
from hashar.plan.contracts.deadlines import DueLine, DueList, Matter, Urgency
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
    return deadlines.due_list(actor, today=today, body=body, mine=mine, every=every)


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
