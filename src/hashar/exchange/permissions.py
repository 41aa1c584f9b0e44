"""Who may do what with practices: the decisions of ``rules.rights``, as refusals."""

from hashar.errors import Forbidden
from hashar.exchange.rules.rights import (
    confirming_organisations,
    entering_organisations,
    may_enter,
    may_share,
)
from hashar.i18n import N_
from hashar.people.contracts import Actor

__all__ = [
    "confirming_organisations",
    "entering_organisations",
    "require_confirm",
    "require_enter",
    "require_share",
]


def require_enter(actor: Actor, organisation: int) -> int:
    """The id of the person.

    Raises
    ------
    Forbidden
        The actor only reads there, or does not belong to the organisation.

    """
    if actor.person is None or not may_enter(actor, organisation):
        raise Forbidden(
            N_("Only a coordinator, official, analyst or programme manager of the organisation enters its practices.")
        )
    return actor.person


def require_share(actor: Actor, organisation: int | None) -> None:
    """Refuse who may not share.

    Raises
    ------
    Forbidden
        The actor does not coordinate the organisation.

    """
    if not may_share(actor, organisation):
        raise Forbidden(N_("Only a coordinator of the organisation shares and withdraws its practices."))


def require_confirm(actor: Actor, organisation: int) -> int:
    """The id of the person.

    Raises
    ------
    Forbidden
        The actor is neither analyst nor programme manager of the organisation.

    """
    if actor.person is None or organisation not in confirming_organisations(actor):
        raise Forbidden(N_("Only an analyst or a programme manager confirms that a practice works on a factor."))
    return actor.person
