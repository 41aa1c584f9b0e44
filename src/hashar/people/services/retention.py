"""Removing what is kept no longer: what the rules say, on the day they say it."""

import datetime as dt

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import transaction

from hashar.people import permissions
from hashar.people.contracts import Actor, RetentionReport
from hashar.people.queries.retention import due_for_retention, old_invitations, old_reset_codes, old_tokens
from hashar.people.services import audit
from hashar.people.services.accounts import close_account
from hashar.people.services.personal import erase_person


def purge(*, actor: Actor, now: dt.datetime) -> RetentionReport:
    """Remove what the rules of retention ask to remove; what was removed. Calling it twice is no fault.

    The worker calls it daily as ``CONSOLE``; ``hashar doctor`` shows what is due (``queries.due_for_retention``).

    Raises
    ------
    Forbidden
        The actor does not run this site.

    """
    permissions.require_operator(actor)
    with transaction.atomic():
        report = due_for_retention(now)
        old_invitations(now).delete()
        old_reset_codes(now).delete()
        old_tokens(now).delete()
        Session.objects.filter(expire_date__lt=now).delete()
        UserSession.objects.exclude(session_key__in=Session.objects.values("session_key")).delete()
        for person in report.accounts_to_erase:
            erase_person(actor=actor, person=person, now=now)
        for person in report.accounts_to_close:
            close_account(actor=actor, person=person, now=now)
        if _anything(report):
            audit.record(
                actor=actor,
                action="retention.purge",
                subject="site:1",
                organisation=None,
                now=now,
                details=_counts(report),
            )
    return report


def _counts(report: RetentionReport) -> dict[str, object]:
    return {
        "invitations": report.invitations,
        "reset_codes": report.reset_codes,
        "tokens": report.tokens,
        "sessions": report.sessions,
        "accounts_closed": len(report.accounts_to_close),
        "accounts_erased": len(report.accounts_to_erase),
    }


def _anything(report: RetentionReport) -> bool:
    return any(_counts(report).values())
