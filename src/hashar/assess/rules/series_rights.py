"""Who may do what with registers and series, and who sees the numbers as stored: pure decisions over an actor."""

from hashar.people.contracts import PREPARING, Actor, Role


def may_import_series(actor: Actor, organisation: int, territory_path: str) -> bool:
    """Create series, import and undo: coordinators, officials, analysts of the organisation, for their territory."""
    return actor.scopes is None and actor.holds(PREPARING, organisation, territory_path)


def may_share_series(actor: Actor, organisation: int, territory_path: str) -> bool:
    """Share with others and stop sharing: the organisation's coordinators, for their territory."""
    return actor.scopes is None and actor.holds({Role.COORDINATOR}, organisation, territory_path)


def sees_own(actor: Actor, organisation: int) -> bool:
    """Whether a person sees the numbers of an organisation as stored, small ones too."""
    return bool(actor.roles_in(organisation) & PREPARING)


def sees_series(actor: Actor, organisation: int, territory_path: str, *, shared: bool) -> bool:
    """Whether a person knows of a series at all.

    Those who prepare it always; once it is shared, every member of the organisation and whoever answers for a
    territory that holds the series'.
    """
    if sees_own(actor, organisation):
        return True
    return shared and (bool(actor.roles_in(organisation)) or actor.covers(territory_path))
