"""Who may do what with surveys and releases: pure decisions, which ``permissions`` turns into refusals."""

from hashar.people.contracts import Actor, Role


def _holds(actor: Actor, role: Role, organisation: int, territory_path: str) -> bool:
    """Whether the person, signed in themselves, holds the role there for a territory that holds this one."""
    return actor.scopes is None and actor.holds({role}, organisation, territory_path)


def may_create(actor: Actor, organisation: int, territory_path: str) -> bool:
    """New surveys: coordinators of the organisation, for their territory."""
    return _holds(actor, Role.COORDINATOR, organisation, territory_path)


def may_work(actor: Actor, organisation: int, territory_path: str) -> bool:
    """Microdata, codebook and profiles of a survey: the owning organisation's analysts, for their territory."""
    return _holds(actor, Role.ANALYST, organisation, territory_path)


def may_share(actor: Actor, organisation: int, territory_path: str) -> bool:
    """Share and withdraw releases: the owning organisation's coordinators, for their territory."""
    return _holds(actor, Role.COORDINATOR, organisation, territory_path)
