"""Answer on the site, and decide what several sources or a wrong entry left open."""

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal

from django.db import transaction

from hashar.errors import Conflict, NotFound, UsageError
from hashar.i18n import N_
from hashar.implement.contracts.collections import AnswerState, TroubleState
from hashar.implement.contracts.progress import Field, Origin, Status, TroubleKind, Value
from hashar.implement.models import BodyForm, Collection, StoredAnswer, StoredTrouble
from hashar.implement.permissions import require_answer, require_manage
from hashar.implement.queries.rows import the_form, the_trouble
from hashar.implement.rules.stored_values import as_text, from_text
from hashar.implement.services.collections import lock
from hashar.implement.services.settling import settle
from hashar.people.contracts import Actor
from hashar.people.permissions import require_signed_in
from hashar.people.services.audit import record
from hashar.plan.queries.plans import path_of

LONGEST = 4000
NOT_ASKED = N_("This form does not ask about this measure. Choose one from its list.")
DECIDED = N_("This was decided already, or a later answer settled it.")
CHANGED = N_("Somebody answered in between. Look at what stands now, and send yours again if it is right.")


def answer(
    *,
    actor: Actor,
    form: int,
    measure: int,
    values: Mapping[Field, Value | None],
    seen: Mapping[Field, int],
    now: dt.datetime,
) -> int:
    """Keep what a body says on one measure; what stood stays in the history. Returns how many fields changed.

    Parameters
    ----------
    actor
        A member of the body's organisation, or who collects this plan's progress.
    form
        The body's form.
    measure
        One of its measures.
    values
        What is said; None takes an answer away. Fields that say what stands are no change.
    seen
        Field → id of the answer that stood when the person looked; 0 or missing: none.
    now
        When.

    Raises
    ------
    NotFound
        There is no such form for this actor, or it does not ask about the measure.
    Forbidden
        The actor may not answer for this body.
    Conflict
        Something else stands by now than the person saw, or the collection is closed.
    UsageError
        A value cannot be right: a day to come, a negative amount, a day of completion beside “not started”.

    """
    person = require_signed_in(actor)
    row = the_form(actor, form)
    plan = row.collection.plan
    require_answer(actor, plan.organisation_id, path_of(plan), row.organisation_id)
    if measure not in {one["measure"] for one in row.asked["measures"]}:
        raise NotFound(NOT_ASKED)
    with transaction.atomic():
        collection = lock(row.collection_id)
        if not BodyForm.objects.filter(pk=form, stands=True).exists():
            raise Conflict(N_("A new edition of the plan made a newer form. Open that one."))
        stands = _standing(collection, row.body, measure)
        changed = {field: value for field, value in values.items() if _text_of(stands, field) != as_text(value)}
        _check({**{field: from_text(field, each.value) for field, each in stands.items()}, **changed}, now)
        if any(seen.get(field, 0) != (stands[field].pk if field in stands else 0) for field in changed):
            raise Conflict(CHANGED)
        for field, value in changed.items():
            _say(collection, row.body, measure, field, value, Origin.SITE, person, now)
        if changed:
            settle(collection, row.body, now)
            _audit(actor, "progress.answer", row, measure, sorted(changed), now)
    return len(changed)


def require_form(*, actor: Actor, form: int) -> None:
    """Refuse who may not answer for the body of a form.

    Raises
    ------
    NotFound, Forbidden
        As for :func:`answer`.

    """
    row = the_form(actor, form)
    plan = row.collection.plan
    require_answer(actor, plan.organisation_id, path_of(plan), row.organisation_id)


def require_decide(*, actor: Actor, trouble: int) -> None:
    """Refuse who may not decide, or comes too late.

    Raises
    ------
    NotFound, Forbidden, Conflict
        As for :func:`decide`.

    """
    row = the_trouble(actor, trouble)
    plan = row.collection.plan
    require_manage(actor, plan.organisation_id, path_of(plan))
    if row.state != TroubleState.OPEN:
        raise Conflict(DECIDED)


def _standing(collection: Collection, body: str, measure: int) -> dict[Field, StoredAnswer]:
    rows = StoredAnswer.objects.filter(collection=collection, body=body, measure_id=measure, state=AnswerState.STANDS)
    return {Field(each.field): each for each in rows}


def _text_of(stands: Mapping[Field, StoredAnswer], field: Field) -> str:
    return stands[field].value if field in stands else ""


def _check(values: Mapping[Field, Value | None], now: dt.datetime) -> None:
    """What cannot be right by itself or together."""
    day, status, spent = values.get(Field.DONE_ON), values.get(Field.STATUS), values.get(Field.SPENT)
    if isinstance(day, dt.date) and day > now.date():
        raise UsageError(N_("The day of completion is still to come. Give the day on which it was done."))
    if isinstance(day, dt.date) and status in (Status.NOT_STARTED, Status.NOT_DONE):
        raise UsageError(N_("It has a day of completion and is said not to be done. Change one of the two."))
    if isinstance(spent, Decimal) and not (spent.is_finite() and 0 <= spent < Decimal(10) ** 15):
        raise UsageError(N_("Write the amount as a number of at least 0."))
    if any(isinstance(value, str) and len(value) > LONGEST for value in values.values()):
        raise UsageError(N_("A text has at most {count} letters."), count=LONGEST)


def _say(
    collection: Collection,
    body: str,
    measure: int,
    field: Field,
    value: Value | None,
    origin: Origin,
    person: int,
    now: dt.datetime,
) -> StoredAnswer:
    """A new row; settling gives it its place."""
    return StoredAnswer.objects.create(
        collection=collection,
        measure_id=measure,
        body=body,
        field=field,
        value=as_text(value),
        state=AnswerState.REPLACED,
        origin=origin,
        by_id=person,
        at=now,
    )


def decide(
    *,
    actor: Actor,
    trouble: int,
    choice: int | None = None,
    value: Value | None = None,
    reason: str,
    now: dt.datetime,
) -> int:
    """Decide something open: one of the answers, a value of one's own, or that it stays. Returns the collection's id.

    Parameters
    ----------
    actor
        A coordinator or official of the plan's organisation.
    trouble
        What is decided.
    choice
        Id of the answer that is right.
    value
        What is right when no answer is. Neither: it stays as it is; only a conflict cannot stay.
    reason
        Why; it is kept with who and when.
    now
        When.

    Raises
    ------
    NotFound
        There is no such trouble for this actor.
    Forbidden
        The actor may not collect this plan's progress.
    Conflict
        It was decided already, or the collection is closed.
    UsageError
        No reason, no choice where one is needed, or a value that cannot be right.

    """
    person = require_signed_in(actor)
    found = the_trouble(actor, trouble)
    plan = found.collection.plan
    require_manage(actor, plan.organisation_id, path_of(plan))
    if not reason.strip() or len(reason) > LONGEST:
        raise UsageError(N_("Say why, in a few words. It is kept with the decision."))
    with transaction.atomic():
        collection = lock(found.collection_id)
        row = StoredTrouble.objects.select_for_update().get(pk=trouble)
        if row.state != TroubleState.OPEN:
            raise Conflict(DECIDED)
        right = _right(row, choice, value)
        if right is not None and row.measure_id is not None:
            field = Field(row.field)
            stands = _standing(collection, row.body, row.measure_id)
            _check({**{each: from_text(each, one.value) for each, one in stands.items()}, field: right}, now)
            row.chosen = _say(collection, row.body, row.measure_id, field, right, Origin.DECISION, person, now)
        row.state, row.reason = TroubleState.DECIDED, reason.strip()
        row.decided_by_id, row.decided_at = person, now
        row.save()
        settle(collection, row.body, now)
        record(
            actor=actor,
            action="progress.decide",
            subject=f"trouble:{row.pk}",
            organisation=plan.organisation_id,
            now=now,
            details={"kind": row.kind, "collection": row.collection_id, "chosen": row.chosen_id},
        )
    return row.collection_id


def _right(row: StoredTrouble, choice: int | None, value: Value | None) -> Value | None:
    """What shall stand; None: nothing changes."""
    if choice is not None:
        rows = StoredAnswer.objects.filter(
            collection=row.collection_id, body=row.body, measure=row.measure_id, field=row.field
        )
        chosen = rows.filter(pk=choice, state__in=[AnswerState.STANDS, AnswerState.WAITS]).first()
        if chosen is None:
            raise UsageError(N_("Choose one of the answers shown."))
        return from_text(Field(row.field), chosen.value)
    if value is not None and not (row.measure_id and row.field):
        raise UsageError(N_("There is no field to write this into. Say why it stays as it is."))
    if value is None and row.kind == TroubleKind.CONFLICT:
        raise UsageError(N_("Choose one of the answers shown."))
    return value


def _audit(actor: Actor, action: str, row: BodyForm, measure: int, fields: list[Field], now: dt.datetime) -> None:
    record(
        actor=actor,
        action=action,
        subject=f"form:{row.pk}",
        organisation=row.collection.plan.organisation_id,
        now=now,
        details={"measure": measure, "fields": [each.value for each in fields]},
    )
