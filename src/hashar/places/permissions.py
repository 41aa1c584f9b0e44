"""Who may import territories and populations: pure decisions over an Actor."""

from hashar.errors import Forbidden
from hashar.i18n import N_
from hashar.people.contracts import PREPARING, Actor


def import_organisations(actor: Actor) -> dict[int, str]:
    """Organisations for which the actor may import, by id with their names."""
    return actor.organisations(PREPARING) if actor.scopes is None else {}


def may_import(actor: Actor, organisation: int) -> bool:
    """Whether the actor may import for an organisation."""
    return organisation in import_organisations(actor)


def require_import(actor: Actor, organisation: int) -> int:
    """The id of the person.

    Raises
    ------
    Forbidden
        The actor is not a coordinator, official or analyst of the organisation.

    """
    if actor.person is None or not may_import(actor, organisation):
        raise Forbidden(
            N_("Only a coordinator, official or analyst of this organisation may import places. Ask one of them.")
        )
    return actor.person


def covered(actor: Actor, organisation: int, path: str) -> bool:
    """Whether a mandate that allows imports for the organisation holds a territory."""
    return actor.holds(PREPARING, organisation, path)
