"""Refuse who may not do it: every service asks here first."""

from hashar.errors import Forbidden
from hashar.evaluate.rules.rights import may_override, may_write
from hashar.i18n import N_
from hashar.people.contracts import PREPARING, Actor

__all__ = ["may_override", "may_write", "require_override", "require_write", "writing_organisations"]


def writing_organisations(actor: Actor) -> dict[int, str]:
    """Organisations for which the actor may keep claims, by id with their names."""
    return {each: name for each, name in actor.organisations(PREPARING).items() if may_write(actor, each)}


def require_write(actor: Actor, organisation: int) -> int:
    """The id of the person.

    Raises
    ------
    Forbidden
        The actor only reads in this organisation.

    """
    if actor.person is None or not may_write(actor, organisation):
        raise Forbidden(
            N_("Only coordinators, officials and analysts of this organisation keep claims. Ask one of them.")
        )
    return actor.person


def require_override(actor: Actor, organisation: int) -> int:
    """The id of the person.

    Raises
    ------
    Forbidden
        The actor is neither coordinator nor official of the organisation.

    """
    if actor.person is None or not may_override(actor, organisation):
        raise Forbidden(
            N_("Only a coordinator or an official of this organisation prints a claim against its verdict.")
        )
    return actor.person
