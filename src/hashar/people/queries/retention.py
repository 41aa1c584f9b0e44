"""What the rules of retention ask to remove now."""

import datetime as dt
from collections.abc import Iterable

from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.db.models.functions import Coalesce

from hashar.people import rules
from hashar.people.contracts import RetentionReport, Role
from hashar.people.models import AccessToken, Invitation, Membership, Person, ResetCode


def due_for_retention(now: dt.datetime) -> RetentionReport:
    """What the rules of retention ask to remove now. Eight SQL queries; it changes nothing."""
    close, erase = set(unused(now, rules.UNUSED_CLOSED)), set(unused(now, rules.UNUSED_ERASED, closed=True))
    held = indispensable(close | erase)
    return RetentionReport(
        invitations=old_invitations(now).count(),
        reset_codes=old_reset_codes(now).count(),
        tokens=old_tokens(now).count(),
        sessions=Session.objects.filter(expire_date__lt=now).count(),
        accounts_to_close=tuple(sorted(close - erase - held)),
        accounts_to_erase=tuple(sorted(erase - held)),
        accounts_held=tuple(sorted(held)),
    )


def old_invitations(now: dt.datetime) -> QuerySet[Invitation]:
    """Invitations that ended long ago."""
    before = now - rules.CODES_KEPT
    return Invitation.objects.filter(
        Q(expires_at__lt=before) | Q(accepted_at__lt=before) | Q(revoked_at__lt=before),
    )


def old_reset_codes(now: dt.datetime) -> QuerySet[ResetCode]:
    """Reset codes that ended long ago."""
    return ResetCode.objects.filter(expires_at__lt=now - rules.CODES_KEPT)


def old_tokens(now: dt.datetime) -> QuerySet[AccessToken]:
    """Tokens that ended long ago."""
    before = now - rules.CODES_KEPT
    return AccessToken.objects.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before))


def unused(now: dt.datetime, after: dt.timedelta, *, closed: bool = False) -> Iterable[int]:
    """Accounts that nobody signed in to for longer than ``after``; closed ones too when asked. Operators are left."""
    rows = Person.objects.filter(erased_at__isnull=True, is_operator=False)
    if not closed:
        rows = rows.filter(is_active=True)
    dated = rows.annotate(seen=Coalesce("last_login", "joined_at"))
    return dated.filter(seen__lt=now - after).values_list("pk", flat=True)


def indispensable(people: set[int]) -> set[int]:
    """Those of ``people`` who are the last coordinator of an open organisation that has other members."""
    mine = Membership.objects.filter(person__in=people, role=Role.COORDINATOR, until__isnull=True)
    open_ones = mine.filter(organisation__closed_at__isnull=True)
    organisations = set(open_ones.values_list("organisation", flat=True))
    rows = Membership.objects.filter(organisation__in=organisations, until__isnull=True, person__is_active=True)
    held = list(rows.values_list("organisation", "person", "role"))
    found = set()
    for organisation in organisations:
        coordinators = {p for o, p, role in held if o == organisation and role == Role.COORDINATOR}
        others = {p for o, p, _ in held if o == organisation} - coordinators
        if others and coordinators and coordinators <= people:
            found |= coordinators
    return found
