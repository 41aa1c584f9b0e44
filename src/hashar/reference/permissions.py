"""Who may add to the vocabulary: pure decisions over an Actor."""

from hashar.errors import Forbidden
from hashar.i18n import N_
from hashar.people.contracts import PREPARING, Actor, Role


def member_organisations(actor: Actor) -> dict[int, str]:
    """Organisations in whose name the actor may add slang, by id with their names."""
    return actor.organisations() if actor.scopes is None else {}


def defining_organisations(actor: Actor) -> dict[int, str]:
    """Organisations whose own indicators the actor may define, by id with their names."""
    return actor.organisations(PREPARING) if actor.scopes is None else {}


def require_member(actor: Actor, organisation: int) -> int:
    """The id of the person.

    Raises
    ------
    Forbidden
        The actor is no member of the organisation.

    """
    if actor.person is None or organisation not in member_organisations(actor):
        raise Forbidden(N_("Only members of the organisation may do this in its name."))
    return actor.person


def may_remove_slang(actor: Actor, organisation: int, added_by: int) -> bool:
    """Whoever added a slang name, and the coordinators of the organisation in whose name it was added."""
    if actor.scopes is not None or actor.person is None:
        return False
    return actor.person == added_by or Role.COORDINATOR in actor.roles_in(organisation) or actor.operator


def require_define(actor: Actor, organisation: int) -> int:
    """The id of the person.

    Raises
    ------
    Forbidden
        The actor is not a coordinator, official or analyst of the organisation.

    """
    if actor.person is None or organisation not in defining_organisations(actor):
        raise Forbidden(N_("Only a coordinator, official or analyst of this organisation may define its indicators."))
    return actor.person
