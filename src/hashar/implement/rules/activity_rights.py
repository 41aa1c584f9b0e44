"""Who may do what with activities: pure decisions over an actor."""

from collections.abc import Collection

from hashar.people.contracts import Actor, Role

LOGGING = frozenset({Role.COORDINATOR, Role.OFFICIAL})


def may_log(actor: Actor, organisation: int, territory_path: str) -> bool:
    """Coordinators and officials of the organisation, in their territory."""
    return actor.scopes is None and actor.person is not None and actor.holds(LOGGING, organisation, territory_path)


def logging_organisations(actor: Actor) -> dict[int, str]:
    """Organisations for which the actor may enter activities."""
    return actor.organisations(LOGGING) if actor.scopes is None and actor.person is not None else {}


def concerned(actor: Actor, organisations: Collection[int]) -> bool:
    """Members of an organisation that carried it out see everything about it."""
    return any(actor.roles_in(each) for each in organisations)
