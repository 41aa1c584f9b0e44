"""Refuse who may not do it: every service asks here first."""

from hashar.errors import Forbidden
from hashar.i18n import N_
from hashar.implement.rules.rights import may_answer
from hashar.people.contracts import Actor
from hashar.plan.permissions import may_import

__all__ = ["may_answer", "may_manage", "require_answer", "require_manage"]


def may_manage(actor: Actor, organisation: int, territory_path: str) -> bool:
    """Who may import a plan also collects its progress: coordinators and officials of its organisation."""
    return may_import(actor, organisation, territory_path)


def require_manage(actor: Actor, organisation: int, territory_path: str) -> None:
    """Refuse who may not collect the progress of a plan.

    Raises
    ------
    Forbidden
        The actor is neither coordinator nor official of the plan's organisation for its territory.

    """
    if not may_manage(actor, organisation, territory_path):
        raise Forbidden(N_("Only coordinators and officials of the plan's organisation do this. Ask one of them."))


def require_answer(actor: Actor, organisation: int, territory_path: str, body: int | None) -> None:
    """Refuse who may not answer for a body.

    Raises
    ------
    Forbidden
        The actor neither collects the progress of this plan, nor belongs to the body.

    """
    if not may_manage(actor, organisation, territory_path) and not may_answer(actor, body):
        raise Forbidden(N_("Only the responsible body itself, and who collects the progress, answer here."))
