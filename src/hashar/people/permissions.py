"""Who may do what with people and organisations: pure decisions over an :class:`Actor`."""

from hashar.errors import Forbidden
from hashar.i18n import N_
from hashar.people import rules
from hashar.people.contracts import Actor


def require_signed_in(actor: Actor) -> int:
    """The person's id.

    Raises
    ------
    Forbidden
        Nobody is signed in.

    """
    if actor.person is None:
        raise Forbidden(N_("Sign in first."))
    return actor.person


def may_manage(actor: Actor, organisation: int) -> bool:
    """Members, roles and invitations of an organisation: its coordinators, and who runs the installation."""
    return rules.may_manage(actor, organisation)


def require_manage(actor: Actor, organisation: int) -> None:
    """Refuse who may not manage an organisation's members.

    Raises
    ------
    Forbidden
        The actor is not a coordinator of the organisation.

    """
    if not rules.may_manage(actor, organisation):
        raise Forbidden(rules.ONLY_COORDINATORS)


def require_operator(actor: Actor) -> None:
    """Refuse everyone but those who run the installation.

    Raises
    ------
    Forbidden
        The actor does not run this installation.

    """
    if not rules.runs_site(actor):
        raise Forbidden(rules.ONLY_OPERATORS)


def require_in_person(actor: Actor) -> int:
    """The person's id; a token is not enough to change an account.

    Raises
    ------
    Forbidden
        Nobody is signed in, or only a program with a token.

    """
    if actor.scopes is not None:
        raise Forbidden(N_("A program with a token may not do this. Sign in with the browser."))
    return require_signed_in(actor)
