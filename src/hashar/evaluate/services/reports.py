"""Reports: the sets of claims that are printed together."""

import datetime as dt

from django.db import transaction

from hashar.assess.queries import releases
from hashar.errors import UsageError
from hashar.evaluate.contracts.claims import Claim, Evidence
from hashar.evaluate.contracts.kept import Source
from hashar.evaluate.models import Report
from hashar.evaluate.permissions import require_write
from hashar.evaluate.services import kept
from hashar.i18n import N_, Text
from hashar.people.contracts import Actor
from hashar.people.services.audit import record
from hashar.plan.queries.plans import the_plan

LONGEST_TITLE = 200


def open_report(
    *,
    actor: Actor,
    organisation: int,
    title: str,
    release: int | None = None,
    plan: int | None = None,
    now: dt.datetime,
) -> int:
    """Open a report of an organisation, about a profile or a plan if it is; its id.

    Raises
    ------
    Forbidden
        The actor does not write for this organisation.
    NotFound
        The release or plan is not shared with the actor.
    UsageError
        There is no title, or it is too long.

    """
    person = require_write(actor, organisation)
    title = " ".join(title.replace("\0", "").split())
    if not title or len(title) > LONGEST_TITLE:
        raise UsageError(N_("Give the report a title of at most {letters} letters."), letters=LONGEST_TITLE)
    if release is not None:
        releases.release(actor, release)
    if plan is not None:
        the_plan(actor, plan)
    with transaction.atomic():
        row = Report.objects.create(
            organisation_id=organisation,
            title=title,
            release_id=release,
            plan_id=plan,
            made_by_id=person,
            made_at=now,
            changed_at=now,
        )
        details = {"release": release, "plan": plan}
        record(
            actor=actor,
            action="report.open",
            subject=f"report:{row.pk}",
            organisation=organisation,
            now=now,
            details=details,
        )
    return row.pk


def keep_in_new(
    *,
    actor: Actor,
    organisation: int,
    title: str,
    release: int | None = None,
    sentence: Text,
    claim: Claim,
    source: Source,
    typed: Evidence | None = None,
    now: dt.datetime,
) -> int:
    """Open a report and keep its first claim, both or neither; the claim's id.

    Raises
    ------
    Forbidden
        The actor does not write for this organisation.
    NotFound
        The source is not shared with the actor.
    UsageError
        As :func:`open_report` and :func:`hashar.evaluate.services.kept.keep` say.

    """
    with transaction.atomic():
        report = open_report(actor=actor, organisation=organisation, title=title, release=release, now=now)
        return kept.keep(
            actor=actor, report=report, sentence=sentence, claim=claim, source=source, typed=typed, now=now
        )
