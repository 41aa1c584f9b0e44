"""Who may do what with official plans: pure decisions over an actor."""

from collections.abc import Collection

from hashar.people.contracts import Actor, Role

IMPORTING = frozenset({Role.COORDINATOR, Role.OFFICIAL})


def may_import(actor: Actor, organisation: int, territory_path: str) -> bool:
    """Coordinators and officials of the organisation, for their territory."""
    return actor.scopes is None and any(
        mandate.role in IMPORTING and mandate.organisation == organisation and mandate.covers(territory_path)
        for mandate in actor.mandates
    )


def sees_plan(actor: Actor, organisation: int, territory_path: str, involved: Collection[int] = ()) -> bool:
    """Members of the organisation, everyone whose mandate's territory holds the plan's, and members of ``involved``.

    Involved is an organisation that the plan names as responsible, that was invited to a measure or promised something.
    """
    own = actor.organisations()
    return organisation in own or bool(own.keys() & set(involved)) or actor.covers(territory_path)
