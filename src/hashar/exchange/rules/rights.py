"""Who may enter, share and confirm: pure decisions over an Actor."""

from hashar.people.contracts import Actor, Role

ENTERING = frozenset({Role.COORDINATOR, Role.OFFICIAL, Role.ANALYST, Role.PROGRAMME_MANAGER})
CONFIRMING = frozenset({Role.ANALYST, Role.PROGRAMME_MANAGER})


def entering_organisations(actor: Actor) -> dict[int, str]:
    """Organisations for which the actor may enter practices, by id with their names."""
    return _organisations(actor, ENTERING)


def confirming_organisations(actor: Actor) -> dict[int, str]:
    """Organisations in whose name the actor may confirm that a practice works on a factor."""
    return _organisations(actor, CONFIRMING)


def may_enter(actor: Actor, organisation: int | None) -> bool:
    """Enter and change practices of an organisation."""
    return organisation in entering_organisations(actor)


def may_share(actor: Actor, organisation: int | None) -> bool:
    """Share and withdraw practices of an organisation: its coordinators."""
    return organisation in _organisations(actor, frozenset({Role.COORDINATOR}))


def _organisations(actor: Actor, roles: frozenset[Role]) -> dict[int, str]:
    mandates = [m for m in actor.mandates if m.role in roles]
    return {m.organisation: m.organisation_name for m in mandates} if actor.scopes is None else {}
