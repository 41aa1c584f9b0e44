"""Reads of runs."""

import datetime as dt
from collections.abc import Collection, Sequence

from django.db.models import Exists, OuterRef

from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.people.contracts import PREPARING, Actor
from hashar.runs import contracts, models
from hashar.runs.contracts import RunState
from hashar.runs.rules import SILENCE


def run(run_id: int) -> contracts.Run:
    """One run.

    Raises
    ------
    NotFound
        There is no such run.

    """
    row = models.Run.objects.filter(pk=run_id).first()
    if row is None:
        raise NotFound(N_("There is no such run (any more). Go back and start it again."))
    return as_contract(row)


def runs_about(subject: str, limit: int = 20) -> Sequence[contracts.Run]:
    """The latest runs about something, newest first."""
    return [as_contract(row) for row in models.Run.objects.filter(subject=subject).order_by("-pk")[:limit]]


def queue(now: dt.datetime) -> contracts.Queue:
    """What waits and who works, for those who run the installation."""
    waiting = models.Run.objects.filter(state=RunState.QUEUED)
    running = models.Run.objects.filter(state=RunState.RUNNING)
    workers = models.Worker.objects.filter(alive_at__gte=now - SILENCE).order_by("name")
    return contracts.Queue(
        queued=waiting.count(),
        oldest=waiting.order_by("asked_at").values_list("asked_at", flat=True).first(),
        running=running.count(),
        silent=running.filter(alive_at__lt=now - SILENCE).count(),
        workers=tuple(workers.values_list("name", flat=True)),
    )


def last_round(name: str) -> contracts.Round | None:
    """The last time that something was done once a day; None when it never was."""
    row = models.Round.objects.filter(name=name).first()
    return None if row is None else contracts.Round(row.begun_at, row.ended_at, tuple(row.faults))


def as_contract(row: models.Run) -> contracts.Run:
    """The row as it leaves this app."""
    return contracts.Run(
        id=row.pk,
        kind=row.kind,
        organisation=row.organisation_id,
        subject=row.subject,
        parameters=row.parameters,
        state=contracts.RunState(row.state),
        step=row.step,
        done=row.done,
        steps=row.steps,
        attempt=row.attempt,
        asked_by=row.asked_by_id,
        asked_at=row.asked_at,
        started_at=row.started_at,
        finished_at=row.finished_at,
        message=row.message,
        values=row.values,
        result=row.result,
    )


def run_for(actor: Actor, run_id: int) -> contracts.Run:
    """One run, for the person who asked for it and for those who prepare surveys in its organisation.

    Raises
    ------
    NotFound
        There is no such run, or it is not the actor's business.

    """
    found = run(run_id)
    if actor.person is None or (found.asked_by != actor.person and not PREPARING & actor.roles_in(found.organisation)):
        raise NotFound(N_("There is no such run (any more). Go back and start it again."))
    return found


def latest_runs(organisations: Collection[int], since: dt.datetime, limit: int = 50) -> Sequence[contracts.Run]:
    """For each subject of these organisations the latest run asked for since then, newest first. One query.

    Who asks has been asked for their right to know by the caller.
    """
    rows = models.Run.objects.filter(organisation_id__in=organisations, asked_at__gte=since)
    newer = rows.filter(subject=OuterRef("subject"), kind=OuterRef("kind"), pk__gt=OuterRef("pk"))
    return [as_contract(row) for row in rows.filter(~Exists(newer)).order_by("-asked_at", "-pk")[:limit]]
