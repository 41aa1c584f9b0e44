"""Who acts: a person with their mandates, from a session or from a token."""

import datetime as dt

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.db.models import Exists, OuterRef

from hashar.people import rules
from hashar.people.contracts import ANONYMOUS, Actor, Mandate, Role, Scope
from hashar.people.models import AccessToken, Membership, Person

GUARDED_ROLES = frozenset({Role.COORDINATOR, Role.ANALYST})
"""Roles that reach microdata or other people's rights."""


def second_factor() -> Exists:
    """Whether a person of an outer query has set up a second factor; recovery codes alone are none."""
    factors = Authenticator.objects.filter(user=OuterRef("pk"))
    return Exists(factors.exclude(type=Authenticator.Type.RECOVERY_CODES))


def actor_of(person_id: int | None) -> Actor:
    """The person with all their present mandates; :data:`ANONYMOUS` for nobody, or an account that is closed.

    Where a second factor is required (``HASHAR_REQUIRE_SECOND_FACTOR``) and the person has none, the roles that reach
    microdata or members' rights act as a reader's, so that no page and no service has to remember to ask.

    One query for the person, one for the mandates.
    """
    if person_id is None:
        return ANONYMOUS
    people = Person.objects.filter(pk=person_id, is_active=True).annotate(second_factor=second_factor())
    person = people.first()
    if person is None:
        return ANONYMOUS
    unlocked = bool(person.second_factor) or not settings.HASHAR_REQUIRE_SECOND_FACTOR
    current = Membership.objects.filter(person=person, until__isnull=True, organisation__closed_at__isnull=True)
    rows = current.select_related("organisation__territory", "territory").order_by("organisation__name", "role", "pk")
    held = [_mandate(row) for row in rows]
    return Actor(
        person=person.pk,
        name=person.name,
        operator=person.is_operator and unlocked,
        mandates=tuple(held if unlocked else (_reading(mandate) for mandate in held)),
        withheld=frozenset() if unlocked else frozenset(m.role for m in held) & GUARDED_ROLES,
        operator_withheld=person.is_operator and not unlocked,
    )


def actor_of_token(secret: str, now: dt.datetime) -> Actor:
    """The person behind a personal access token, limited to its scopes; :data:`ANONYMOUS` when it is not usable.

    Three queries. ``services.tokens.authenticate`` also notes the day of use.
    """
    token = usable_token(secret, now)
    if token is None:
        return ANONYMOUS
    whole = actor_of(token.person_id)
    if whole.person is None:
        return ANONYMOUS
    scopes = frozenset(Scope(scope) for scope in token.scopes)
    return Actor(person=whole.person, name=whole.name, mandates=whole.mandates, scopes=scopes, withheld=whole.withheld)


def usable_token(secret: str, now: dt.datetime) -> AccessToken | None:
    """The row of a token that is neither unknown, expired nor revoked."""
    if not secret.startswith(rules.TOKEN_PREFIX):
        return None
    digest = rules.digest(secret)
    token = AccessToken.objects.filter(digest=digest, revoked_at__isnull=True, expires_at__gt=now).first()
    return token if token is not None and rules.same(token.digest, digest) else None


def _mandate(row: Membership) -> Mandate:
    territory = row.territory or row.organisation.territory
    return Mandate(
        organisation=row.organisation.pk,
        organisation_name=row.organisation.name,
        role=Role(row.role),
        territory_path=territory.path if territory else "",
    )


def _reading(mandate: Mandate) -> Mandate:
    if mandate.role not in GUARDED_ROLES:
        return mandate
    return Mandate(mandate.organisation, mandate.organisation_name, Role.READER, mandate.territory_path)
