"""Roles of people in organisations."""

import datetime as dt

from django.db import transaction

from hashar.errors import Conflict, NotFound
from hashar.i18n import N_
from hashar.people import permissions
from hashar.people.contracts import Actor, Role
from hashar.people.models import Membership, Organisation, Person
from hashar.people.services import audit
from hashar.people.services.organisations import locked
from hashar.people.services.territories import narrowed

_LAST = N_(
    "{name} is the last coordinator of this organisation. Make another member its coordinator first, then try again."
)


def add_member(
    *, actor: Actor, organisation: int, person: int, role: Role, territory: int | None = None, now: dt.datetime
) -> int:
    """Give a person with an account a role, without an invitation; the membership's id.

    Raises
    ------
    Forbidden
        The actor does not run this site (coordinators invite).
    NotFound
        There is no such organisation or account.
    UsageError
        The territory does not lie in the organisation's.
    Conflict
        They have this role already; the organisation is closed.

    """
    permissions.require_operator(actor)
    with transaction.atomic():
        body = locked(organisation)
        if not Person.objects.filter(pk=person, is_active=True).exists():
            raise NotFound(N_("There is no such account, or it is closed."))
        return join(actor=actor, organisation=body, person=person, role=role, territory=territory, now=now)


def join(
    *, actor: Actor, organisation: Organisation, person: int, role: Role, territory: int | None, now: dt.datetime
) -> int:
    """Write a membership inside the caller's transaction; for this app's services.

    Raises
    ------
    Conflict
        They have this role already; the organisation is closed.
    UsageError
        The territory does not lie in the organisation's.

    """
    if organisation.closed_at is not None:
        raise Conflict(N_("This organisation is closed."))
    row = narrowed(organisation, territory)
    same = Membership.objects.filter(person=person, organisation=organisation, role=role, until__isnull=True)
    if same.filter(territory=row).exists():
        raise Conflict(N_("This person has this role already."))
    made = Membership.objects.create(person_id=person, organisation=organisation, role=role, territory=row, since=now)
    details = {"person": person, "role": role.value, "territory": row.pk if row else None}
    _record(actor, "membership.begin", made, now, details)
    return made.pk


def change_role(*, actor: Actor, membership: int, role: Role, now: dt.datetime) -> int:
    """Give a member another role from now on; the new membership's id. The old one stays as history.

    Raises
    ------
    Forbidden
        The actor does not manage the organisation's members.
    NotFound
        There is no such membership now.
    Conflict
        They have that role already, or are the last coordinator.

    """
    with transaction.atomic():
        row, body = _present(membership)
        permissions.require_manage(actor, row.organisation_id)
        if row.role == role:
            raise Conflict(N_("This person has this role already."))
        _refuse_last_coordinator(row)
        _end(actor, row, now)
        return join(
            actor=actor, organisation=body, person=row.person_id, role=role, territory=row.territory_id, now=now
        )


def narrow_territory(*, actor: Actor, membership: int, territory: int | None, now: dt.datetime) -> int:
    """Limit a member's role to a part of the organisation's territory (None: all of it); the new membership's id.

    Raises
    ------
    Forbidden
        The actor does not manage the organisation's members.
    NotFound
        There is no such membership now.
    UsageError
        The territory does not lie in the organisation's.
    Conflict
        They have this role there already.

    """
    with transaction.atomic():
        row, body = _present(membership)
        permissions.require_manage(actor, row.organisation_id)
        _end(actor, row, now)
        role = Role(row.role)
        return join(actor=actor, organisation=body, person=row.person_id, role=role, territory=territory, now=now)


def end(*, actor: Actor, membership: int, now: dt.datetime) -> None:
    """End a role: a coordinator for others, everyone for themselves.

    Raises
    ------
    Forbidden
        It is another person's role, and the actor does not manage the organisation's members.
    NotFound
        There is no such membership now.
    Conflict
        They are the last coordinator.

    """
    with transaction.atomic():
        row, _ = _present(membership)
        if actor.scopes is not None or row.person_id != actor.person:
            permissions.require_manage(actor, row.organisation_id)
        _refuse_last_coordinator(row)
        _end(actor, row, now)


def end_all(*, actor: Actor, person: int, now: dt.datetime) -> None:
    """End all roles of a person inside the caller's transaction; for this app's services.

    Raises
    ------
    Conflict
        They are the last coordinator of an open organisation that has other members.

    """
    held = Membership.objects.filter(person=person, until__isnull=True)
    ids = sorted(set(held.values_list("organisation", flat=True)))
    list(Organisation.objects.select_for_update().filter(pk__in=ids).order_by("pk"))
    for row in held.select_related("organisation", "person").order_by("pk"):
        others = Membership.objects.filter(organisation=row.organisation_id, until__isnull=True)
        alone = not others.exclude(person=person).filter(person__is_active=True).exists()
        if row.organisation.closed_at is None and not alone:
            _refuse_last_coordinator(row)
        _end(actor, row, now)


def _present(membership: int) -> tuple[Membership, Organisation]:
    """The membership and its organisation, both locked: two coordinators cannot leave at the same moment."""
    organisation = Membership.objects.filter(pk=membership).values_list("organisation", flat=True).first()
    if organisation is None:
        raise NotFound(N_("There is no such membership (any more)."))
    body = locked(organisation)
    row = Membership.objects.select_related("person").filter(pk=membership, until__isnull=True).first()
    if row is None:
        raise NotFound(N_("There is no such membership (any more)."))
    return row, body


def _refuse_last_coordinator(row: Membership) -> None:
    if row.role != Role.COORDINATOR:
        return
    others = Membership.objects.filter(
        organisation=row.organisation_id, role=Role.COORDINATOR, until__isnull=True, person__is_active=True
    )
    if not others.exclude(pk=row.pk).exists():
        raise Conflict(_LAST, name=row.person.name)


def _end(actor: Actor, row: Membership, now: dt.datetime) -> None:
    row.until = now
    row.save(update_fields=["until"])
    details = {"person": row.person_id, "role": row.role, "territory": row.territory_id}
    _record(actor, "membership.end", row, now, details)


def _record(actor: Actor, action: str, row: Membership, now: dt.datetime, details: dict[str, object]) -> None:
    subject = f"membership:{row.pk}"
    organisation = row.organisation_id
    audit.record(actor=actor, action=action, subject=subject, organisation=organisation, now=now, details=details)
