"""Inviting people into an organisation with a code, and accepting it."""

import datetime as dt
import secrets
from collections.abc import Callable

from django.db import transaction

from hashar.errors import Conflict, NotFound, UsageError
from hashar.i18n import N_
from hashar.people import permissions, rules
from hashar.people.contracts import Actor, InvitationState, OneTimeCode, Role
from hashar.people.models import Invitation, Person
from hashar.people.queries.invitations import CLOSED_DOOR, open_invitation, state_of
from hashar.people.services import audit
from hashar.people.services.accounts import made_person
from hashar.people.services.memberships import join
from hashar.people.services.organisations import locked
from hashar.people.services.territories import narrowed

Draw = Callable[[int], bytes]
"""Makes so many random bytes that nobody can guess."""


def invite(
    *,
    actor: Actor,
    organisation: int,
    role: Role,
    territory: int | None = None,
    note: str = "",
    days: int = rules.INVITATION_DAYS_USUAL,
    now: dt.datetime,
    draw: Draw = secrets.token_bytes,
) -> OneTimeCode:
    """Make a code with which one person can join; it is shown once, only its digest is kept.

    ``note`` reminds the coordinators whom it is for (the invited person does not see it); ``days`` is how long it can
    be used.

    Raises
    ------
    Forbidden
        The actor does not manage the organisation's members.
    NotFound
        There is no such organisation.
    UsageError
        The territory does not lie in the organisation's; a number of days outside 1–90; a note over 120 letters.
    Conflict
        The organisation is closed.

    """
    permissions.require_manage(actor, organisation)
    if days not in rules.INVITATION_DAYS:
        raise UsageError(N_("An invitation lasts 1 to {most} days."), most=rules.INVITATION_DAYS[-1])
    if len(note) > 120:
        raise UsageError(N_("A note has at most 120 letters."))
    code = rules.code_of(draw(rules.CODE_BYTES))
    with transaction.atomic():
        body = locked(organisation)
        if body.closed_at is not None:
            raise Conflict(N_("This organisation is closed."))
        row = Invitation.objects.create(
            organisation=body,
            role=role,
            territory=narrowed(body, territory),
            digest=rules.digest(code),
            note=note.strip(),
            made_by_id=actor.person,
            made_at=now,
            expires_at=now + dt.timedelta(days=days),
        )
        _record(actor, "invitation.make", row, now, role=role.value)
    return OneTimeCode(id=row.pk, code=rules.on_paper(code), expires_at=row.expires_at)


def revoke(*, actor: Actor, invitation: int, now: dt.datetime) -> None:
    """Withdraw an invitation that nobody has used.

    Raises
    ------
    Forbidden
        The actor does not manage the organisation's members.
    NotFound
        There is no such invitation.
    Conflict
        It was used or withdrawn already.

    """
    with transaction.atomic():
        row = Invitation.objects.select_for_update(of=("self",)).filter(pk=invitation).first()
        if row is None:
            raise NotFound(N_("There is no such invitation."))
        permissions.require_manage(actor, row.organisation_id)
        if row.accepted_at is not None or row.revoked_at is not None:
            raise Conflict(N_("This invitation was used or withdrawn already."))
        row.revoked_at = now
        row.save(update_fields=["revoked_at"])
        _record(actor, "invitation.revoke", row, now)


def accept(*, code: str, login: str, name: str, password: str, language: str, now: dt.datetime) -> int:
    """Make an account and join with a code; the new person's id.

    Of two people who use a code at the same moment one wins; for the other nothing is left behind.

    Raises
    ------
    NotFound
        There is no invitation with this code.
    Conflict
        It was used, withdrawn, or is too old; the login name is taken.
    UsageError
        The login name, the name or the password will not do.

    """
    with transaction.atomic():
        row = _claimed(code, now)
        person = made_person(login=login, name=name, password=password, language=language, operator=False, now=now)
        actor = Actor(person=person, name=name)
        details = {"by": "invitation"}
        subject = f"person:{person}"
        audit.record(actor=actor, action="account.make", subject=subject, organisation=None, now=now, details=details)
        _join(actor, row, person, now)
    return person


def accept_as(*, actor: Actor, code: str, now: dt.datetime) -> int:
    """Join with a code, as the person who is signed in; the organisation's id.

    Raises
    ------
    Forbidden
        Nobody is signed in.
    NotFound
        There is no invitation with this code.
    Conflict
        It was used, withdrawn, or is too old; the person has this role already.

    """
    person = permissions.require_in_person(actor)
    with transaction.atomic():
        row = _claimed(code, now)
        _join(actor, row, person, now)
    return row.organisation_id


def _claimed(code: str, now: dt.datetime) -> Invitation:
    """The invitation, marked as used: the one statement decides who was first, on every database."""
    row = open_invitation(code, now)
    free = Invitation.objects.filter(pk=row.pk, accepted_at__isnull=True, revoked_at__isnull=True)
    if not free.update(accepted_at=now):
        row.refresh_from_db()
        state = state_of(row, now)
        raise Conflict(CLOSED_DOOR.get(state, CLOSED_DOOR[InvitationState.ACCEPTED]).message)
    return row


def _join(actor: Actor, row: Invitation, person: int, now: dt.datetime) -> None:
    body = locked(row.organisation_id)
    join(actor=actor, organisation=body, person=person, role=Role(row.role), territory=row.territory_id, now=now)
    Invitation.objects.filter(pk=row.pk).update(accepted_by=Person(pk=person))
    _record(actor, "invitation.accept", row, now)


def _record(actor: Actor, action: str, row: Invitation, now: dt.datetime, **details: object) -> None:
    subject = f"invitation:{row.pk}"
    organisation = row.organisation_id
    audit.record(actor=actor, action=action, subject=subject, organisation=organisation, now=now, details=details)
