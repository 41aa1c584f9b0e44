"""Who may do what with logic models: pure decisions over an actor."""

from hashar.people.contracts import PREPARING, Actor, Role


def may_write_model(actor: Actor, organisation: int, territory_path: str) -> bool:
    """Coordinators, officials and analysts of the organisation, for their territory."""
    return actor.scopes is None and actor.holds(PREPARING, organisation, territory_path)


def may_share_model(actor: Actor, organisation: int, territory_path: str) -> bool:
    """Coordinators of the organisation, for their territory."""
    return actor.scopes is None and actor.holds({Role.COORDINATOR}, organisation, territory_path)
