"""Who may do what with a plan's progress: pure decisions over an actor."""

from hashar.people.contracts import PREPARING, Actor


def may_answer(actor: Actor, organisation: int | None) -> bool:
    """Coordinators, officials and analysts of the organisation that the form's body is."""
    return actor.scopes is None and organisation is not None and bool(actor.roles_in(organisation) & PREPARING)
