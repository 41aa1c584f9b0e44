"""Refuse who may not do it: every service asks here first."""

from hashar.errors import Forbidden
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.plan.contracts.commitments import Step
from hashar.plan.rules.commitments import RULE, Ground, Who, may_take
from hashar.plan.rules.model_rights import may_share_model, may_write_model
from hashar.plan.rules.rights import may_import
from hashar.plan.rules.threads import may_write

__all__ = [
    "may_import",
    "require_import",
    "require_share_model",
    "require_step",
    "require_write_model",
    "require_writing",
]

REFUSALS = {
    Who.OWN: N_("Only coordinators and officials of the organisation that promises do this."),
    Who.PLAN: N_("Only coordinators and officials of the plan's organisation do this."),
    Who.ACCEPTING: N_(
        "Only the plan's organisation or the lead of the measure decides on this, never on its own offer."
    ),
}


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


def require_step(actor: Actor, step: Step, ground: Ground) -> int:
    """The id of the person; refuse who may not take a step with a commitment.

    Raises
    ------
    Forbidden
        The actor acts neither for the organisation that promises nor for the one that decides, whichever is asked.

    """
    if actor.person is None or not may_take(actor, step, ground):
        raise Forbidden(REFUSALS[RULE[step].who])
    return actor.person


def require_writing(actor: Actor, organisation: int) -> int:
    """The id of the person; refuse who may not write in the name of an organisation.

    Raises
    ------
    Forbidden
        The actor only reads there, or does not belong to the organisation.

    """
    if actor.person is None or not may_write(actor, organisation):
        raise Forbidden(N_("Only members who do more than read write in the name of this organisation."))
    return actor.person


def require_write_model(actor: Actor, organisation: int, territory_path: str) -> None:
    """Refuse who may not write logic models.

    Raises
    ------
    Forbidden
        The actor only reads there, or the territory is not theirs.

    """
    if not may_write_model(actor, organisation, territory_path):
        raise Forbidden(
            N_("Only coordinators, officials and analysts of the organisation write its logic models. Ask one of them.")
        )


def require_share_model(actor: Actor, organisation: int, territory_path: str) -> None:
    """Refuse who may not share logic models.

    Raises
    ------
    Forbidden
        The actor does not coordinate the organisation for this territory.

    """
    if not may_share_model(actor, organisation, territory_path):
        raise Forbidden(N_("Only a coordinator of the organisation shares its logic models and takes them back."))
