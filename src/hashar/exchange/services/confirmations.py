"""Experts confirm that a practice works on a factor, or take their confirmation back."""

import datetime as dt
import unicodedata

from django.db import transaction

from hashar.errors import Conflict, InputError, NotFound
from hashar.exchange import permissions
from hashar.exchange.models import FactorLink
from hashar.exchange.queries.visible import visible_practices
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.people.services.audit import record

LONGEST_GROUNDS = 600


def confirm(*, actor: Actor, link: int, organisation: int, grounds: str, now: dt.datetime) -> None:
    """Confirm an inferred link in the name of an organisation, with the grounds that everyone will read.

    Raises
    ------
    Forbidden
        The actor is neither analyst nor programme manager of the organisation.
    NotFound
        There is no such link, or its practice is not shared with the actor.
    InputError
        No grounds, or too many words.
    Conflict
        A source says so already, or somebody confirmed it.

    """
    person = permissions.require_confirm(actor, organisation)
    kept = " ".join(unicodedata.normalize("NFC", grounds).split())
    if not kept or len(kept) > LONGEST_GROUNDS:
        raise InputError(
            N_("Write what the confirmation rests on, in up to {limit} characters."), limit=LONGEST_GROUNDS
        )
    with transaction.atomic():
        row = _link(actor, link)
        if row.basis != "inferred" or row.confirmed_at is not None:
            raise Conflict(N_("This needs no confirmation: a source says so, or somebody confirmed it."))
        row.confirmed_by_id, row.confirmed_for_id, row.confirmed_at, row.grounds = person, organisation, now, kept
        row.save()
        _record(actor, "practice.confirm", row, organisation, now)


def take_back(*, actor: Actor, link: int, now: dt.datetime) -> str:
    """Take back a confirmation of one's organisation: the link is inferred again. Returns the code of the practice.

    Raises
    ------
    NotFound
        There is no such link, or its practice is not shared with the actor.
    Conflict
        Nobody confirmed it.
    Forbidden
        The actor is neither analyst nor programme manager of the organisation that confirmed it.

    """
    with transaction.atomic():
        row = _link(actor, link)
        home = row.confirmed_for_id
        if home is None:
            raise Conflict(N_("Nobody confirmed this."))
        permissions.require_confirm(actor, home)
        row.confirmed_by_id = row.confirmed_for_id = row.confirmed_at = None
        row.grounds = ""
        row.save()
        _record(actor, "practice.take_back", row, home, now)
    return str(row.practice)


def _link(actor: Actor, link: int) -> FactorLink:
    rows = FactorLink.objects.select_for_update(of=("self",)).filter(practice__in=visible_practices(actor).values("pk"))
    row = rows.filter(pk=link).first()
    if row is None:
        raise NotFound(N_("There is no such link of a practice to a factor. Look at the page of the practice."))
    return row


def _record(actor: Actor, action: str, row: FactorLink, organisation: int, now: dt.datetime) -> None:
    record(
        actor=actor,
        action=action,
        subject=f"practice:{row.practice_id}",
        organisation=organisation,
        now=now,
        details={"factor": row.factor},
    )
