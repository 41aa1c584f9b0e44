"""Ask every responsible body of a plan for one period: open, ask anew after a new edition, close."""

import datetime as dt
import hashlib

from django.db import IntegrityError, transaction

from hashar.errors import Conflict, UsageError
from hashar.i18n import N_
from hashar.implement.contracts.collections import CollectionState
from hashar.implement.contracts.progress import Period
from hashar.implement.models import BodyForm, Collection
from hashar.implement.permissions import require_manage
from hashar.implement.queries.asking import asked_measures, bodies_of, cost_units, edition_of, form_of_body
from hashar.implement.queries.rows import the_collection
from hashar.implement.rules.snapshots import as_json
from hashar.people.contracts import Actor
from hashar.people.permissions import require_signed_in
from hashar.people.services.audit import record
from hashar.plan.contracts.plans import PlanDetail
from hashar.plan.queries import plans as plan_queries
from hashar.plan.queries.plans import path_of

KEY = 24
TWICE = N_("This plan was already asked about this period. Open that collection.")


def open_collection(
    *, actor: Actor, plan: int, period: Period, return_by: dt.date, whole: bool = False, now: dt.datetime
) -> int:
    """Ask about a period: the measures that are due or run in it, and those that were due before and are not done.

    Parameters
    ----------
    actor
        A coordinator or official of the plan's organisation.
    plan
        The plan.
    period
        What is asked about.
    return_by
        The day until which forms are to come back.
    whole
        Ask about every measure of the plan.
    now
        When.

    Returns
    -------
    int
        The collection's id.

    Raises
    ------
    NotFound
        There is no such plan for this actor.
    Forbidden
        The actor may not collect this plan's progress.
    Conflict
        The period was asked about already.
    UsageError
        Nothing is to be asked, or the days are in the wrong order.

    """
    person = require_signed_in(actor)
    found = plan_queries.plan(actor, plan, today=now.date())
    require_manage(actor, found.summary.organisation, found.summary.territory_path)
    if period.end < period.start or return_by < period.start:
        raise UsageError(N_("The forms cannot be returned before the period begins. Choose a later day."))
    try:
        with transaction.atomic():
            row = Collection.objects.create(
                plan_id=plan,
                start=period.start,
                end=period.end,
                return_by=return_by,
                whole=whole,
                state=CollectionState.OPEN,
                made_by_id=person,
                made_at=now,
            )
            if not _write_forms(actor, row, found, now):
                raise UsageError(N_("Nothing of this plan falls into this period, or no body is responsible for it."))
            _audit(actor, "progress.open", row, found.summary.organisation, now)
    except IntegrityError as error:
        raise Conflict(TWICE) from error
    return row.pk


def _write_forms(actor: Actor, row: Collection, plan: PlanDetail, now: dt.datetime) -> int:
    """Make the forms that the standing edition asks for, and keep those that still say the same; returns how many."""
    edition, units = edition_of(plan), cost_units(actor, plan)
    asked = asked_measures(plan, row)
    before = {each.body: each for each in row.forms.filter(stands=True)}
    wanted = bodies_of(asked)
    for name, body in wanted.items():
        old = before.pop(name, None)
        if old is not None and old.edition == edition:
            continue
        if old is not None:
            _set_aside(old)
        content = as_json(form_of_body(plan, name, asked), units)
        BodyForm.objects.create(
            collection=row,
            key=_key(row, name, edition, now),
            body=name,
            texts=body.texts,
            full=body.full,
            organisation_id=body.organisation,
            edition=edition,
            asked=content,
            made_at=now,
        )
    for left in before.values():
        _set_aside(left)
    return len(wanted)


def _set_aside(row: BodyForm) -> None:
    row.stands = False
    row.save(update_fields=["stands"])


def _key(row: Collection, body: str, edition: str, now: dt.datetime) -> str:
    """Different for every form; it opens nothing by itself."""
    return hashlib.sha256(f"{row.pk}\n{body}\n{edition}\n{now.isoformat()}".encode()).hexdigest()[:KEY]


def ask_anew(*, actor: Actor, collection: int, now: dt.datetime) -> None:
    """Make the forms anew after a new edition of the plan; answers stay, and forms already sent are still taken in.

    Raises
    ------
    NotFound, Forbidden
        As for :func:`set_state`.
    Conflict
        The collection is closed.

    """
    row = the_collection(actor, collection)
    require_manage(actor, row.plan.organisation_id, path_of(row.plan))
    plan = plan_queries.plan(actor, row.plan_id, today=now.date())
    with transaction.atomic():
        locked = lock(collection)
        _write_forms(actor, locked, plan, now)
        _audit(actor, "progress.ask_anew", row, row.plan.organisation_id, now)


def mark_sent(*, actor: Actor, collection: int, now: dt.datetime) -> None:
    """Note that the forms were sent, so that everyone sees since when the bodies have them.

    Raises
    ------
    NotFound, Forbidden
        As for :func:`set_state`.
    Conflict
        The collection is closed.

    """
    row = the_collection(actor, collection)
    require_manage(actor, row.plan.organisation_id, path_of(row.plan))
    with transaction.atomic():
        lock(collection).forms.filter(stands=True).update(sent_at=now)
        _audit(actor, "progress.send", row, row.plan.organisation_id, now)


def lock(collection: int) -> Collection:
    """The row for writing, one writer at a time; call it inside a transaction.

    Raises
    ------
    Conflict
        The collection is closed.

    """
    row = Collection.objects.select_for_update().get(pk=collection)
    if row.state != CollectionState.OPEN:
        raise Conflict(N_("This collection is closed. Open it again to change anything."))
    return row


def set_state(*, actor: Actor, collection: int, state: CollectionState, now: dt.datetime) -> None:
    """Close a collection, so that its report stays as it is, or open it again.

    Raises
    ------
    NotFound
        There is no such collection for this actor.
    Forbidden
        The actor may not collect this plan's progress.

    """
    row = the_collection(actor, collection)
    require_manage(actor, row.plan.organisation_id, path_of(row.plan))
    with transaction.atomic():
        locked = Collection.objects.select_for_update().get(pk=collection)
        closed = state is CollectionState.CLOSED
        locked.state = state
        locked.closed_by_id, locked.closed_at = (actor.person, now) if closed else (None, None)
        locked.save(update_fields=["state", "closed_by", "closed_at"])
        _audit(actor, "progress.close" if closed else "progress.reopen", row, row.plan.organisation_id, now)


def _audit(actor: Actor, action: str, row: Collection, organisation: int, now: dt.datetime) -> None:
    details = {"plan": row.plan_id, "start": row.start.isoformat(), "end": row.end.isoformat()}
    record(
        actor=actor, action=action, subject=f"collection:{row.pk}", organisation=organisation, now=now, details=details
    )
