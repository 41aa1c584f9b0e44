"""Who may do what with kept claims: pure decisions over an actor."""

from hashar.people.contracts import PREPARING, Actor, Role

OVERRIDING = frozenset({Role.COORDINATOR, Role.OFFICIAL})


def may_read(actor: Actor, organisation: int) -> bool:
    """Members of the organisation."""
    return bool(actor.roles_in(organisation))


def may_write(actor: Actor, organisation: int) -> bool:
    """Coordinators, officials and analysts of the organisation keep, judge again and withdraw claims."""
    return _holds(actor, organisation, PREPARING)


def may_override(actor: Actor, organisation: int) -> bool:
    """Coordinators and officials answer for what is printed against a verdict."""
    return _holds(actor, organisation, OVERRIDING)


def _holds(actor: Actor, organisation: int, roles: frozenset[Role]) -> bool:
    return actor.person is not None and actor.scopes is None and bool(actor.roles_in(organisation) & roles)
