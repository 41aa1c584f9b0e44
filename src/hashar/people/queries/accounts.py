"""Reads of accounts: one's own, and all of them for those who run the site."""

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q

from hashar.errors import Forbidden, NotFound
from hashar.i18n import N_
from hashar.people import rules
from hashar.people.contracts import Account, Actor, OwnMembership, Page, Role, Scope, TokenSummary
from hashar.people.models import AccessToken, Membership, Person
from hashar.people.queries.actors import second_factor


def own_account(actor: Actor) -> Account:
    """One's own account. One SQL query.

    Raises
    ------
    Forbidden
        Nobody is signed in.

    """
    person = Person.objects.filter(pk=actor.person or 0).annotate(second_factor=second_factor()).first()
    if actor.person is None or person is None:
        raise Forbidden(N_("Sign in first."))
    return _account(person)


def accounts(actor: Actor, *, text: str = "", closed: bool = False, page: int = 1, size: int = 50) -> Page[Account]:
    """All accounts by login name, erased ones left out. Two SQL queries.

    Raises
    ------
    Forbidden
        The actor does not run this site.

    """
    _require_operator(actor)
    rows = Person.objects.filter(erased_at__isnull=True).annotate(second_factor=second_factor())
    if not closed:
        rows = rows.filter(is_active=True)
    if text:
        rows = rows.filter(Q(username__icontains=text) | Q(name__icontains=text))
    start = (page - 1) * size
    found = rows.order_by("username")[start : start + size]
    return Page(items=tuple(_account(row) for row in found), page=page, size=size, total=rows.count())


def account_named(actor: Actor, login: str) -> Account:
    """The account with a login name. One SQL query.

    Raises
    ------
    Forbidden
        The actor does not run this site.
    NotFound
        There is no such account.

    """
    _require_operator(actor)
    rows = Person.objects.filter(username=rules.login_of(login), erased_at__isnull=True)
    person = rows.annotate(second_factor=second_factor()).first()
    if person is None:
        raise NotFound(N_("There is no account “{login}”. “hashar user list” shows them all."), login=login)
    return _account(person)


def waiting_setup() -> bool:
    """Whether nobody can run this site yet: there is no open account of an operator. One SQL query."""
    return not Person.objects.filter(is_operator=True, is_active=True).exists()


def own_memberships(actor: Actor) -> Sequence[OwnMembership]:
    """One's own present roles, by organisation. One SQL query."""
    rows = Membership.objects.filter(person=actor.person, until__isnull=True, organisation__closed_at__isnull=True)
    found = rows.select_related("organisation__territory", "territory").order_by("organisation__name", "role", "pk")
    return [_membership(row) for row in found]


def own_tokens(actor: Actor, *, now: dt.datetime) -> Sequence[TokenSummary]:
    """One's own tokens, newest first. One SQL query."""
    rows = AccessToken.objects.filter(person=actor.person).order_by("-made_at", "-pk")
    return [
        TokenSummary(
            id=row.pk,
            name=row.name,
            scopes=frozenset(Scope(scope) for scope in row.scopes),
            made_at=row.made_at,
            expires_at=row.expires_at,
            last_used_on=row.last_used_on,
            revoked_at=row.revoked_at,
            usable=row.revoked_at is None and row.expires_at > now,
        )
        for row in rows
    ]


def _require_operator(actor: Actor) -> None:
    if not rules.runs_site(actor):
        raise Forbidden(rules.ONLY_OPERATORS)


def _membership(row: Membership) -> OwnMembership:
    territory = row.territory or row.organisation.territory
    return OwnMembership(
        id=row.pk,
        organisation=row.organisation_id,
        organisation_name=row.organisation.name,
        role=Role(row.role),
        territory_names=territory.names if territory else {},
        since=row.since,
    )


def _account(person: Person) -> Account:
    return Account(
        id=person.pk,
        login=person.username,
        name=person.name,
        email=person.email,
        language=person.language,
        operator=person.is_operator,
        active=person.is_active,
        joined_at=person.joined_at,
        last_login=person.last_login,
        second_factor=bool(getattr(person, "second_factor", False)),
    )
