"""Deciding whether two entries are of one event; both stay, one counts, and it can be taken back."""

import datetime as dt

from django.db import transaction

from hashar.errors import Conflict, Forbidden, UsageError
from hashar.i18n import N_
from hashar.implement.contracts.activities import State
from hashar.implement.models import Activity, DoubleDecision
from hashar.implement.queries.activity_rows import path_of, the_activity
from hashar.implement.rules.activity_rights import may_log
from hashar.implement.rules.doubles import joined
from hashar.people.contracts import Actor
from hashar.people.permissions import require_signed_in
from hashar.people.services.audit import record


def decide(*, actor: Actor, kept: int, other: int, same: bool, now: dt.datetime) -> None:
    """Say that two entries are of one event, of which ``kept`` counts, or that they are two events.

    Parameters
    ----------
    actor
        Who may change at least one of the two.
    kept
        The entry that counts; its numbers stand.
    other
        The other entry; it stays, with the measures and organisations that it names.
    same
        Whether they are of one event.
    now
        When.

    Raises
    ------
    NotFound
        One of them is not there for the actor.
    Forbidden
        The actor may change neither.
    UsageError
        They are one entry.
    Conflict
        The entry that shall count did not take place, but the other did; or one is cancelled.

    """
    first, second = the_activity(actor, kept), the_activity(actor, other)
    person = _require_one_of(actor, first, second)
    if first.pk == second.pk:
        raise UsageError(N_("These are not two entries."))
    with transaction.atomic():
        rows = {row.pk: row for row in Activity.objects.select_for_update().filter(pk__in=_cluster(first, second))}
        if same:
            _require_countable(rows[first.pk], rows[second.pk])
            _join(rows, first.pk, second.pk)
        _note(first.pk, second.pk, person, now, same=same)
        action = "activity.join" if same else "activity.tell_apart"
        for organisation in sorted({first.organisation_id, second.organisation_id}):
            _record(actor, action, first.pk, second.pk, organisation, now)


def part(*, actor: Actor, activity: int, now: dt.datetime) -> None:
    """Take back that an entry is of the same event as another: it counts by itself again.

    Raises
    ------
    NotFound
        It is not there for the actor.
    Forbidden
        The actor may change neither of the two.
    Conflict
        It counts by itself already.

    """
    seen = the_activity(actor, activity)
    kept = seen.same_as
    person = _require_one_of(actor, seen, kept or seen)
    if kept is None:
        raise Conflict(N_("This entry counts by itself already."))
    with transaction.atomic():
        row = Activity.objects.select_for_update().get(pk=seen.pk)
        row.same_as = None
        row.save(update_fields=["same_as"])
        _note(kept.pk, seen.pk, person, now, same=False)
        for organisation in sorted({seen.organisation_id, kept.organisation_id}):
            _record(actor, "activity.tell_apart", kept.pk, seen.pk, organisation, now)


def _require_one_of(actor: Actor, one: Activity, other: Activity) -> int:
    person = require_signed_in(actor)
    if not any(may_log(actor, row.organisation_id, path_of(row)) for row in (one, other)):
        raise Forbidden(N_("Only coordinators and officials of one of the two organisations decide this."))
    return person


def _require_countable(kept: Activity, other: Activity) -> None:
    states = {kept.state, other.state}
    if State.CANCELLED in states:
        raise Conflict(N_("A cancelled activity counts nowhere. There is nothing to decide."))
    if kept.state == State.PLANNED and other.state == State.DONE:
        raise Conflict(N_("Keep the entry that is done; the other one is still planned."))


def _cluster(one: Activity, other: Activity) -> set[int]:
    """Both entries with all that count with them."""
    roots = {row.same_as_id or row.pk for row in (one, other)}
    return roots | {one.pk, other.pk} | set(Activity.objects.filter(same_as__in=roots).values_list("pk", flat=True))


def _join(rows: dict[int, Activity], kept: int, other: int) -> None:
    before = {pk: row.same_as_id for pk, row in rows.items() if row.same_as_id is not None}
    after = joined(before, kept, other)
    for pk, row in rows.items():
        if row.same_as_id != after.get(pk):
            row.same_as_id = after.get(pk)
            row.save(update_fields=["same_as"])


def _note(one: int, other: int, person: int, now: dt.datetime, *, same: bool) -> None:
    first, second = sorted((one, other))
    decision = {"same": same, "decided_by_id": person, "decided_at": now}
    DoubleDecision.objects.update_or_create(first_id=first, second_id=second, defaults=decision)


def _record(actor: Actor, action: str, kept: int, other: int, organisation: int, now: dt.datetime) -> None:
    details = {"with": f"activity:{other}"}
    record(actor=actor, action=action, subject=f"activity:{kept}", organisation=organisation, now=now, details=details)
