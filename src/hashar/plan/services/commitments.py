"""Promise something for a measure, invite, accept, keep or take back a promise. Nothing is ever deleted."""

import datetime as dt

from django.db import transaction

from hashar.errors import Conflict, UsageError
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.people.queries import organisation as the_organisation
from hashar.people.services.audit import record
from hashar.plan.contracts.commitments import CommitmentState, Part, Promise, Step
from hashar.plan.models import Commitment, CommitmentStep, Measure
from hashar.plan.models.commitments import LONGEST_PROMISE, LONGEST_REASON
from hashar.plan.permissions import require_step
from hashar.plan.queries.commitments import commitment_rows, ground_of, participants_of, the_measure
from hashar.plan.queries.finding import the_commitment
from hashar.plan.rules.commitments import BEGINNING, OPEN, RULE, Ground, Who, acts_for_plan
from hashar.plan.rules.texts import tidy

MOST = 30
"""Commitments of one organisation for one measure, over all time."""
LEFT_OUT = N_("The edition of now does not hold this measure any more. Nothing new can be promised for it.")
DECIDED = N_("Somebody decided on this in the meantime. Look at the measure again.")


def invite(*, actor: Actor, plan: int, measure: int, organisation: int, promise: Promise, now: dt.datetime) -> int:
    """Ask an organisation to lead a measure or to be its partner. Returns the commitment's id.

    Parameters
    ----------
    actor
        A coordinator or official of the plan's organisation, for its territory.
    plan, measure
        The measure.
    organisation
        Who is asked; from now on it sees the plan, wherever it works.
    promise
        What it is asked for.
    now
        When.

    Raises
    ------
    NotFound
        There is no such measure or organisation for this actor.
    Forbidden
        The actor does not act for the plan's organisation.
    Conflict
        The organisation is closed, was asked already, or the measure does not stand any more.
    UsageError
        There are no words, too many, or the day has passed.

    """
    asked = the_organisation(organisation, actor)
    if asked.closed_at is not None:
        raise Conflict(N_("{name} is closed."), name=asked.name)
    return _begin(actor, Step.INVITE, (plan, measure), asked.id, promise, now)


def offer(*, actor: Actor, plan: int, measure: int, organisation: int, promise: Promise, now: dt.datetime) -> int:
    """Promise something for a measure, in the name of one's organisation. Returns the commitment's id.

    Parameters
    ----------
    actor
        A coordinator or official of the organisation, who sees the plan.
    plan, measure
        The measure.
    organisation
        Who promises.
    promise
        What, until when, with which means of its own.
    now
        When.

    Raises
    ------
    NotFound, Forbidden, Conflict, UsageError
        As for :func:`invite`.

    """
    return _begin(actor, Step.OFFER, (plan, measure), organisation, promise, now)


def _begin(
    actor: Actor, step: Step, where: tuple[int, int], organisation: int, promise: Promise, now: dt.datetime
) -> int:
    row = the_measure(actor, *where)
    rows = list(commitment_rows([row.pk]))
    made = Commitment(measure=row, organisation_id=organisation, part=promise.part, made_at=now)
    ground = ground_of(made, row, participants_of(row, rows))
    made.made_by_id = require_step(actor, step, ground)
    _refuse_left_out(row, step)
    said = _checked(promise, now)
    with transaction.atomic():
        Measure.objects.select_for_update().get(pk=row.pk)
        before = Commitment.objects.filter(measure=row, organisation=organisation)
        if before.filter(state__in=OPEN, part=promise.part).exists():
            raise Conflict(
                N_("This organisation has an open commitment for this measure. Its page is the place to go on.")
            )
        if before.count() >= MOST:
            raise Conflict(
                N_("This organisation has promised and taken back too often here. Write in the thread instead.")
            )
        _write(actor, made, step, said, ("", ground), now)
    return made.pk


def take(
    *,
    actor: Actor,
    commitment: int,
    step: Step,
    reason: str = "",
    promise: Promise | None = None,
    now: dt.datetime,
) -> None:
    """Go one step on with a commitment.

    Parameters
    ----------
    actor
        Who may take this step stands in the table of rules.
    commitment
        Which.
    step
        Any but inviting and offering.
    reason
        Why; the table says for which steps it is needed. It stays in the history.
    promise
        What is promised: only where an organisation that was invited answers.
    now
        When.

    Raises
    ------
    NotFound
        There is no such commitment for this actor.
    Forbidden
        The actor may not take this step.
    Conflict
        The commitment does not stand where this step begins, another organisation leads, or the measure is gone.
    UsageError
        The reason or the promise is missing or too long.

    """
    row, measure = the_commitment(actor, commitment)
    ground = ground_of(row, measure, participants_of(measure, commitment_rows([measure.pk])))
    require_step(actor, step, ground)
    _refuse_left_out(measure, step)
    why = _reason(step, reason)
    said = _checked(promise, now) if promise is not None and step is Step.ANSWER else _standing(row)
    with transaction.atomic():
        Measure.objects.select_for_update().get(pk=measure.pk)
        locked = Commitment.objects.select_for_update().get(pk=row.pk)
        if locked.state not in RULE[step].before:
            raise Conflict(DECIDED)
        if step is Step.ACCEPT and locked.part == Part.LEAD:
            _refuse_second_lead(locked)
        _write(actor, locked, step, said, (why, ground), now)


def _refuse_left_out(measure: Measure, step: Step) -> None:
    if step in BEGINNING and not measure.present:
        raise Conflict(LEFT_OUT)


def _refuse_second_lead(row: Commitment) -> None:
    others = Commitment.objects.filter(measure=row.measure_id, part=Part.LEAD, state=CommitmentState.ACCEPTED)
    lead = others.select_related("organisation").first()
    if lead is not None:
        raise Conflict(N_("{name} leads this measure already."), name=lead.organisation.name)


def _checked(promise: Promise, now: dt.datetime) -> Promise:
    text, means = tidy(promise.text), tidy(promise.means)
    if not text:
        raise UsageError(N_("Say what is promised."))
    if max(len(text), len(means)) > LONGEST_PROMISE:
        raise UsageError(N_("This is too long. Use at most {count} letters."), count=LONGEST_PROMISE)
    if promise.until is not None and promise.until < now.date():
        raise UsageError(N_("This day has passed. Choose a later one."))
    return Promise(promise.part, text, promise.until, means)


def _standing(row: Commitment) -> Promise:
    return Promise(Part(row.part), row.text, row.until, row.means)


def _reason(step: Step, reason: str) -> str:
    why = tidy(reason)
    if RULE[step].reason and not why:
        raise UsageError(N_("Say why: the reason stays in the history."))
    if len(why) > LONGEST_REASON:
        raise UsageError(N_("This is too long. Use at most {count} letters."), count=LONGEST_REASON)
    return why


def _write(
    actor: Actor, row: Commitment, step: Step, said: Promise, ground: tuple[str, Ground], now: dt.datetime
) -> None:
    """The row as it stands after the step, the step itself, and the trail."""
    reason, where = ground
    row.state, row.changed_at = RULE[step].after, now
    row.text, row.until, row.means = said.text, said.until, said.means
    row.save()
    organisation = _in_the_name_of(actor, step, where)
    CommitmentStep.objects.create(
        commitment=row,
        step=step,
        at=now,
        by_id=require_step(actor, step, where),
        organisation_id=organisation,
        reason=reason,
        text=row.text,
        until=row.until,
        means=row.means,
    )
    record(
        actor=actor,
        action=f"commitment.{step}",
        subject=f"commitment:{row.pk}",
        organisation=organisation,
        now=now,
        details={"measure": row.measure_id, "organisation": row.organisation_id, "part": row.part},
    )


def _in_the_name_of(actor: Actor, step: Step, ground: Ground) -> int:
    if RULE[step].who is Who.OWN:
        return ground.organisation
    if ground.lead is not None and not acts_for_plan(actor, ground.plan_organisation, ground.territory_path):
        return ground.lead
    return ground.plan_organisation
