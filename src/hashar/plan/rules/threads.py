"""Who edits and removes posts of a thread, and how many somebody may write: pure decisions."""

import datetime as dt
from collections.abc import Sequence

from hashar.people.contracts import Actor, Role
from hashar.plan.rules.commitments import WRITING

LIMITS: Sequence[tuple[dt.timedelta, int]] = ((dt.timedelta(minutes=10), 6), (dt.timedelta(days=1), 60))
"""So many posts of one person in so long a time, on the whole site."""


def may_write(actor: Actor, organisation: int) -> bool:
    """Whether somebody writes in the name of an organisation."""
    return actor.scopes is None and bool(WRITING & actor.roles_in(organisation))


def may_edit(actor: Actor, written_by: int, organisation: int) -> bool:
    """Their own posts, as long as they may write for that organisation."""
    return actor.person == written_by and may_write(actor, organisation)


def may_remove(actor: Actor, written_by: int, organisation: int, plan_organisation: int, territory_path: str) -> bool:
    """Their own; a coordinator also those of their organisation, and of every measure of their organisation's plan."""
    if actor.scopes is not None or actor.person is None:
        return False
    coordinates = Role.COORDINATOR in actor.roles_in(organisation)
    over_plan = actor.holds({Role.COORDINATOR}, plan_organisation, territory_path)
    return may_edit(actor, written_by, organisation) or coordinates or over_plan
