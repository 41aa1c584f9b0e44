"""Practices that an organisation defines itself: enter, change, share, withdraw."""

import datetime as dt

from django.db import transaction

from hashar.errors import Conflict, Forbidden
from hashar.exchange import permissions
from hashar.exchange.contracts import Draft
from hashar.exchange.models import FactorLink, Practice
from hashar.exchange.queries.visible import the_practice
from hashar.exchange.rules.drafts import checked
from hashar.exchange.services.index import renew_index
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.people.services.audit import record
from hashar.reference.queries import factors


def enter(*, actor: Actor, organisation: int, draft: Draft, now: dt.datetime) -> str:
    """Enter a practice of an organisation; until it is shared only its members read it. Returns its code.

    Raises
    ------
    Forbidden
        The actor may not enter practices of this organisation.
    InputError
        A text, age or choice cannot be.

    """
    person = permissions.require_enter(actor, organisation)
    told = checked(draft, factors())
    with transaction.atomic():
        row = Practice(
            lane="community",
            organisation_id=organisation,
            state="draft",
            evidence="own",
            made_by_id=person,
            made_at=now,
        )
        _write(row, told, now)
        _record(actor, "practice.enter", row, now)
    return str(row)


def change(*, actor: Actor, code: str, draft: Draft, now: dt.datetime) -> None:
    """Change a practice of one's organisation. What was confirmed of a factor stays while the factor does.

    Raises
    ------
    NotFound
        There is no such practice, or it is not shared with the actor.
    Forbidden
        It came with the program, or the actor may not enter practices of its organisation.
    Conflict
        It was withdrawn.
    InputError
        A text, age or choice cannot be.

    """
    told = checked(draft, factors())
    with transaction.atomic():
        row = _own(actor, code)
        permissions.require_enter(actor, _organisation(row))
        if row.state == "withdrawn":
            raise Conflict(N_("The practice was withdrawn. Enter a new one."))
        _write(row, told, now)
        _record(actor, "practice.change", row, now)


def share(*, actor: Actor, code: str, now: dt.datetime) -> None:
    """Show a practice to everyone on the site.

    Raises
    ------
    NotFound
        There is no such practice, or it is not shared with the actor.
    Forbidden
        The actor does not coordinate its organisation.
    Conflict
        It is shared or withdrawn already.

    """
    with transaction.atomic():
        row = _own(actor, code)
        permissions.require_share(actor, row.organisation_id)
        if row.state != "draft":
            raise Conflict(N_("Only a draft can be shared."))
        row.state, row.shared_at = "shared", now
        row.save(update_fields=["state", "shared_at"])
        _record(actor, "practice.share", row, now)


def withdraw(*, actor: Actor, code: str, now: dt.datetime) -> None:
    """Take a practice out of the lists; members of its organisation still read it.

    Raises
    ------
    NotFound
        There is no such practice, or it is not shared with the actor.
    Forbidden
        The actor does not coordinate its organisation.
    Conflict
        It was withdrawn already.

    """
    with transaction.atomic():
        row = _own(actor, code)
        permissions.require_share(actor, row.organisation_id)
        if row.state == "withdrawn":
            raise Conflict(N_("The practice was withdrawn already."))
        row.state, row.withdrawn_at = "withdrawn", now
        row.save(update_fields=["state", "withdrawn_at"])
        _record(actor, "practice.withdraw", row, now)


def _own(actor: Actor, code: str) -> Practice:
    found = the_practice(actor, code)
    if found.organisation_id is None:
        raise Forbidden(N_("Practices that come with the program stay as they are."))
    return Practice.objects.select_for_update().get(pk=found.pk)


def _organisation(row: Practice) -> int:
    return row.organisation_id or 0


def _write(row: Practice, told: Draft, now: dt.datetime) -> None:
    row.names = {**row.names, told.language: told.name}
    row.summary = {**row.summary, told.language: told.summary}
    row.settings, row.languages = list(told.settings), list(told.languages)
    row.age_from, row.age_to, row.cost = told.age_from, told.age_to, told.cost
    row.sources = [told.source] if told.source else []
    row.changed_at = now
    row.save()
    row.links.exclude(factor__in=told.factors).delete()
    there = set(row.links.values_list("factor", flat=True))
    FactorLink.objects.bulk_create(
        [FactorLink(practice=row, factor=factor, basis="inferred") for factor in told.factors if factor not in there]
    )
    renew_index([row])


def _record(actor: Actor, action: str, row: Practice, now: dt.datetime) -> None:
    subject = f"practice:{row.pk}"
    record(actor=actor, action=action, subject=subject, organisation=row.organisation_id, now=now, details={})
