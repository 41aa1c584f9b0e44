"""Reads of invitations."""

import datetime as dt
from collections.abc import Mapping

from hashar.errors import Conflict, Forbidden, HasharError, NotFound
from hashar.i18n import N_
from hashar.people import rules
from hashar.people.contracts import Actor, InvitationOffer, InvitationState, InvitationSummary, Page, Role
from hashar.people.models import Invitation
from hashar.people.queries.organisations import organisation

CLOSED_DOOR: Mapping[InvitationState, HasharError] = {
    InvitationState.ACCEPTED: Conflict(N_("This invitation has been used already. Ask for a new one.")),
    InvitationState.REVOKED: Conflict(N_("This invitation was withdrawn. Ask for a new one.")),
    InvitationState.EXPIRED: Conflict(N_("This invitation is too old. Ask for a new one.")),
}
UNKNOWN = N_("There is no invitation with this code. Check every letter, or ask for a new one.")


def invitations(actor: Actor, organisation_id: int, *, now: dt.datetime, page: int = 1) -> Page[InvitationSummary]:
    """Invitations of an organisation, newest first. Three SQL queries.

    Raises
    ------
    NotFound
        There is no such organisation.
    Forbidden
        The actor does not manage its members.

    """
    if not organisation(organisation_id, actor).may_manage:
        raise Forbidden(rules.ONLY_COORDINATORS)
    size = 50
    rows = Invitation.objects.filter(organisation=organisation_id).order_by("-made_at", "-pk")
    start = (page - 1) * size
    found = rows.select_related("territory", "made_by", "accepted_by")[start : start + size]
    return Page(items=tuple(_summary(row, now) for row in found), page=page, size=size, total=rows.count())


def _summary(row: Invitation, now: dt.datetime) -> InvitationSummary:
    return InvitationSummary(
        id=row.pk,
        organisation=row.organisation_id,
        role=Role(row.role),
        territory_names=row.territory.names if row.territory else {},
        note=row.note,
        made_by=row.made_by.name if row.made_by else "",
        made_at=row.made_at,
        expires_at=row.expires_at,
        state=state_of(row, now),
        accepted_by=row.accepted_by.name if row.accepted_by else "",
    )


def state_of(row: Invitation, now: dt.datetime) -> InvitationState:
    """Where an invitation stands."""
    return rules.invitation_state(
        accepted_at=row.accepted_at, revoked_at=row.revoked_at, expires_at=row.expires_at, now=now
    )


def offer(code: str, now: dt.datetime) -> InvitationOffer:
    """What whoever holds a code is offered. One SQL query.

    Raises
    ------
    NotFound
        There is no invitation with this code.
    Conflict
        It was used, withdrawn, or is too old.

    """
    row = open_invitation(code, now)
    territory = row.territory or row.organisation.territory
    return InvitationOffer(
        organisation=row.organisation_id,
        organisation_name=row.organisation.name,
        role=Role(row.role),
        territory_names=territory.names if territory else {},
        expires_at=row.expires_at,
    )


def open_invitation(code: str, now: dt.datetime) -> Invitation:
    """The row behind a code that can still be used; for this app's services.

    Raises
    ------
    NotFound
        There is no invitation with this code.
    Conflict
        It was used, withdrawn, or is too old; the organisation is closed.

    """
    digest = rules.digest(rules.typed_code(code))
    row = Invitation.objects.select_related("organisation__territory", "territory").filter(digest=digest).first()
    if row is None or not rules.same(row.digest, digest):
        raise NotFound(UNKNOWN)
    state = state_of(row, now)
    if state is not InvitationState.OPEN:
        raise _refused(state)
    if row.organisation.closed_at is not None:
        raise _refused(InvitationState.REVOKED)
    return row


def _refused(state: InvitationState) -> HasharError:
    pattern = CLOSED_DOOR[state]
    return type(pattern)(pattern.message)
