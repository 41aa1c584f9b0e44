"""Refuse who may not do it: every service asks here first."""

from hashar.errors import Forbidden
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.plan.rules.rights import may_import

__all__ = ["may_import", "require_import"]


def require_import(actor: Actor, organisation: int, territory_path: str) -> None:
    """Refuse who may not bring in plans.

    Raises
    ------
    Forbidden
        The actor is neither coordinator nor official of the organisation for this territory.

    """
    if not may_import(actor, organisation, territory_path):
        raise Forbidden(
            N_("Only coordinators and officials of this organisation import plans for this territory. Ask one of them.")
        )
