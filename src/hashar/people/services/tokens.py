"""Personal access tokens for the API."""

import datetime as dt
import secrets
from collections.abc import Callable, Iterable

from django.db import transaction

from hashar.errors import NotFound, UsageError
from hashar.i18n import N_
from hashar.people import permissions, rules
from hashar.people.contracts import Actor, OneTimeCode, Scope
from hashar.people.models import AccessToken
from hashar.people.queries.actors import actor_of_token, usable_token
from hashar.people.services import audit

MOST = 20
"""Usable tokens of one person; more are forgotten ones."""


def make(
    *,
    actor: Actor,
    name: str,
    scopes: Iterable[Scope],
    days: int,
    now: dt.datetime,
    draw: Callable[[int], bytes] = secrets.token_bytes,
) -> OneTimeCode:
    """Make a token for one's own programs; its secret (``code``) is shown once, only its digest is kept.

    ``name`` says in the person's own words what it is for, ``scopes`` what it may be used for, ``days`` how long, at
    most a year.

    Raises
    ------
    Forbidden
        Nobody is signed in; a token cannot make tokens.
    UsageError
        No name, no scope, a number of days outside 1–365, too many tokens.

    """
    person = permissions.require_in_person(actor)
    wanted = sorted({Scope(scope).value for scope in scopes})
    name = " ".join(name.split())
    _check(name, wanted, days)
    secret = rules.TOKEN_PREFIX + draw(32).hex()
    with transaction.atomic():
        usable = AccessToken.objects.filter(person=person, revoked_at__isnull=True, expires_at__gt=now)
        if usable.count() >= MOST:
            raise UsageError(N_("You have {most} tokens already. Withdraw one that you no longer need."), most=MOST)
        row = AccessToken.objects.create(
            person_id=person,
            name=name,
            digest=rules.digest(secret),
            scopes=wanted,
            made_at=now,
            expires_at=now + dt.timedelta(days=days),
        )
        _record(actor, "token.make", row, now, scopes=wanted, days=days)
    return OneTimeCode(id=row.pk, code=secret, expires_at=row.expires_at)


def revoke(*, actor: Actor, token: int, now: dt.datetime) -> None:
    """Withdraw one of one's own tokens; withdrawing it twice is no fault.

    Raises
    ------
    Forbidden
        Nobody is signed in.
    NotFound
        The actor has no such token.

    """
    person = permissions.require_in_person(actor)
    with transaction.atomic():
        row = AccessToken.objects.select_for_update().filter(pk=token, person=person).first()
        if row is None:
            raise NotFound(N_("You have no such token."))
        if row.revoked_at is None:
            row.revoked_at = now
            row.save(update_fields=["revoked_at"])
            _record(actor, "token.revoke", row, now)


def authenticate(*, secret: str, now: dt.datetime) -> Actor:
    """The person behind a token, limited to its scopes, and a note of the day; ``ANONYMOUS`` when it is not usable."""
    actor = actor_of_token(secret, now)
    token = usable_token(secret, now) if actor.person is not None else None
    if token is not None and token.last_used_on != now.date():
        AccessToken.objects.filter(pk=token.pk).update(last_used_on=now.date())
    return actor


def _check(name: str, scopes: list[str], days: int) -> None:
    if not name or len(name) > 80:
        raise UsageError(N_("Say in at most 80 letters what the token is for."))
    if not scopes:
        raise UsageError(N_("Choose what the token may do."))
    if days not in rules.TOKEN_DAYS:
        raise UsageError(N_("A token lasts 1 to {most} days."), most=rules.TOKEN_DAYS[-1])


def _record(actor: Actor, action: str, row: AccessToken, now: dt.datetime, **details: object) -> None:
    subject = f"token:{row.pk}"
    audit.record(actor=actor, action=action, subject=subject, organisation=None, now=now, details=details)
