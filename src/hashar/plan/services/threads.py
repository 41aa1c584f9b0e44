"""Write in the thread of a measure, edit and remove what was written: both leave a trace."""

import datetime as dt

from django.db import transaction

from hashar.errors import Conflict, Forbidden, UsageError
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.people.services.audit import record
from hashar.plan.contracts.commitments import Audience
from hashar.plan.models import MeasurePost
from hashar.plan.models.commitments import LONGEST_POST, LONGEST_REASON
from hashar.plan.permissions import require_writing
from hashar.plan.queries.commitments import commitment_rows, named_organisations, the_measure
from hashar.plan.queries.finding import the_post
from hashar.plan.queries.plans import path_of
from hashar.plan.rules.commitments import STANDING
from hashar.plan.rules.texts import tidy
from hashar.plan.rules.threads import LIMITS, may_edit, may_remove


def write(
    *,
    actor: Actor,
    plan: int,
    measure: int,
    organisation: int,
    audience: Audience,
    text: str,
    now: dt.datetime,
) -> int:
    """Write in the thread of a measure. Returns the post's id.

    Parameters
    ----------
    actor
        Somebody who sees the plan and does more than read in the organisation.
    plan, measure
        The measure.
    organisation
        In whose name.
    audience
        Everybody who sees the plan, or members of the measure: then the organisation must be one.
    text
        Plain text, at most ``LONGEST_POST`` letters.
    now
        When.

    Raises
    ------
    NotFound
        There is no such measure for this actor.
    Forbidden
        The actor may not write for the organisation, or it is no member of the measure.
    UsageError
        There is no text, too much, or too many posts in a short time.

    """
    row = the_measure(actor, plan, measure)
    person = require_writing(actor, organisation)
    standing = [each.organisation_id for each in commitment_rows([row.pk]) if each.state in STANDING]
    members = {row.plan.organisation_id, *named_organisations(row), *standing}
    if audience is Audience.MEMBERS and organisation not in members:
        raise Forbidden(N_("Only organisations responsible for this measure or committed to it write for its members."))
    said = _text(text)
    with transaction.atomic():
        _refuse_flood(person, now)
        made = MeasurePost.objects.create(
            measure=row,
            organisation_id=organisation,
            audience=audience,
            text=said,
            written_by_id=person,
            written_at=now,
        )
        _audit(actor, "post.write", made, now)
    return made.pk


def edit(*, actor: Actor, post: int, text: str, now: dt.datetime) -> tuple[int, int]:
    """Put other words in a post of one's own; that it was edited, and when, is shown. Returns its plan and measure.

    Raises
    ------
    NotFound
        There is no such post for this actor.
    Forbidden
        Somebody else wrote it.
    Conflict
        It was removed.
    UsageError
        There is no text, or too much.

    """
    row, measure = the_post(actor, post)
    if not may_edit(actor, row.written_by_id, row.organisation_id):
        raise Forbidden(N_("Only who wrote a post edits it."))
    said = _text(text)
    with transaction.atomic():
        locked = _locked(row)
        locked.text, locked.edited_at = said, now
        locked.save(update_fields=["text", "edited_at"])
        _audit(actor, "post.edit", locked, now)
    return measure.plan_id, measure.pk


def remove(*, actor: Actor, post: int, reason: str, now: dt.datetime) -> tuple[int, int]:
    """Take the text of a post away; who did it, when and why stays. Returns its plan and measure.

    Raises
    ------
    NotFound
        There is no such post for this actor.
    Forbidden
        The actor neither wrote it nor coordinates its organisation or the plan's.
    Conflict
        It was removed already.
    UsageError
        The reason is missing (for a post of somebody else) or too long.

    """
    row, measure = the_post(actor, post)
    plan = measure.plan
    if not may_remove(actor, row.written_by_id, row.organisation_id, plan.organisation_id, path_of(plan)):
        raise Forbidden(N_("Only who wrote a post, or a coordinator, removes it."))
    why = tidy(reason)
    if not why and actor.person != row.written_by_id:
        raise UsageError(N_("Say why: the reason stays in the place of the post."))
    if len(why) > LONGEST_REASON:
        raise UsageError(N_("This is too long. Use at most {count} letters."), count=LONGEST_REASON)
    with transaction.atomic():
        locked = _locked(row)
        locked.text, locked.reason, locked.removed_at, locked.removed_by_id = "", why, now, actor.person
        locked.save(update_fields=["text", "reason", "removed_at", "removed_by"])
        _audit(actor, "post.remove", locked, now)
    return measure.plan_id, measure.pk


def _locked(row: MeasurePost) -> MeasurePost:
    locked = MeasurePost.objects.select_for_update().get(pk=row.pk)
    if locked.removed_at is not None:
        raise Conflict(N_("This post was removed already."))
    return locked


def _text(text: str) -> str:
    said = tidy(text)
    if not said:
        raise UsageError(N_("Write something first."))
    if len(said) > LONGEST_POST:
        raise UsageError(N_("This is too long. Use at most {count} letters."), count=LONGEST_POST)
    return said


def _refuse_flood(person: int, now: dt.datetime) -> None:
    for time, most in LIMITS:
        if MeasurePost.objects.filter(written_by=person, written_at__gt=now - time).count() >= most:
            raise UsageError(N_("You wrote a lot in a short time. Wait a little, then go on."))


def _audit(actor: Actor, action: str, row: MeasurePost, now: dt.datetime) -> None:
    details = {"measure": row.measure_id, "audience": row.audience}
    subject = f"post:{row.pk}"
    record(actor=actor, action=action, subject=subject, organisation=row.organisation_id, now=now, details=details)
