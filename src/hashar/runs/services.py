"""Ask for long work, do it, and take over what a dead worker left."""

import datetime as dt
import logging
from collections.abc import Callable, Mapping, Sequence

from django.db import InterfaceError, OperationalError, connection, transaction
from django.db.models import Q

from hashar.errors import Conflict, HasharError
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.runs import contracts, models
from hashar.runs.contracts import Handler, RunState
from hashar.runs.queries import as_contract
from hashar.runs.rules import ATTEMPTS, FORGOTTEN, LONGEST_ROUND, SILENCE

_handlers: dict[str, Handler] = {}
_log = logging.getLogger(__name__)
MOST_PROBLEMS = 100
"""So many single problems are kept of an error that carries many."""


def register(kind: str, handler: Handler) -> None:
    """Say who does runs of ``kind``; an app calls this when it is ready."""
    _handlers[kind] = handler


def ask(
    *,
    actor: Actor,
    kind: str,
    organisation: int,
    subject: str,
    parameters: Mapping[str, object],
    now: dt.datetime,
) -> contracts.Run:
    """Put a run in the queue, inside the caller's transaction: it starts only if what it needs was written too.

    The caller has asked for permission. Parameters must be JSON and hold nothing personal. Asking for what waits in the
    queue already (a button pressed twice) gives the run that waits.
    """
    if actor.person is None or kind not in _handlers:
        message = f"a run of kind {kind!r} needs a person and a handler"
        raise ValueError(message)
    waiting = models.Run.objects.filter(
        state=RunState.QUEUED, kind=kind, organisation_id=organisation, subject=subject, asked_by_id=actor.person
    )
    same = next((row for row in waiting.order_by("pk") if row.parameters == dict(parameters)), None)
    if same is not None:
        return as_contract(same)
    row = models.Run.objects.create(
        kind=kind,
        organisation_id=organisation,
        subject=subject,
        parameters=dict(parameters),
        asked_by_id=actor.person,
        asked_at=now,
    )
    return as_contract(row)


def take(*, now: dt.datetime) -> contracts.Run | None:
    """Claim the oldest queued run, for one worker only; None when there is nothing to do.

    Safe with several workers: the claim is one conditional update.
    """
    waiting = models.Run.objects.filter(state=RunState.QUEUED)
    for pk in waiting.order_by("asked_at", "pk").values_list("pk", flat=True)[:20]:
        row = models.Run.objects.get(pk=pk)
        claimed = waiting.filter(pk=pk).update(
            state=RunState.RUNNING, attempt=row.attempt + 1, started_at=now, alive_at=now, done=0, steps=0, step=""
        )
        if claimed:
            return as_contract(models.Run.objects.get(pk=pk))
    return None


def recover(*, now: dt.datetime) -> int:
    """Queue again what lost its worker; call it failed after the third try. Returns how many were found."""
    lost = models.Run.objects.filter(state=RunState.RUNNING, alive_at__lt=now - SILENCE)
    again = lost.filter(attempt__lt=ATTEMPTS).update(state=RunState.QUEUED)
    failed = lost.filter(attempt__gte=ATTEMPTS).update(
        state=RunState.FAILED,
        finished_at=now,
        message=N_(
            "The work was interrupted {attempts} times (no power, no memory?). Nothing was published. Start it again."
        ),
        values={"attempts": ATTEMPTS},
    )
    return again + failed


def perform(*, run: contracts.Run, clock: Callable[[], dt.datetime], leave: Callable[[], None] = lambda: None) -> None:
    """Do a claimed run and note how it ended; what it wrote is the handler's own transaction.

    ``leave`` is called at every progress; what it raises (``Stopping``) ends the work and passes through, and the run
    is for the caller to give back.
    """

    def progress(step: str, done: int, steps: int) -> None:
        leave()
        if not mine.update(step=step, done=done, steps=steps, alive_at=clock()):
            raise Conflict(N_("This work was taken over by another worker in the meantime."))

    mine = models.Run.objects.filter(pk=run.id, state=RunState.RUNNING, attempt=run.attempt)
    try:
        result = _handlers[run.kind](run, progress)
    except HasharError as error:
        problems = [problem.stored() for problem in error.problems[:MOST_PROBLEMS]]
        result = {"problems": problems} if problems else {}
        mine.update(state=RunState.FAILED, finished_at=clock(), result=result, **error.stored())
    except (OperationalError, InterfaceError):
        _log.warning("run %s of kind %s: the database failed", run.id, run.kind)
        _try_again(run, clock())
    except Exception:  # noqa: BLE001  (the last stop: a worker outlives whatever a handler does)
        _log.exception("run %s of kind %s failed", run.id, run.kind)
        mine.update(
            state=RunState.FAILED,
            finished_at=clock(),
            message=N_(
                "Something unexpected happened. Nothing was published. Tell those who run this site: run {run}."
            ),
            values={"run": run.id},
        )
    else:
        mine.update(state=RunState.DONE, finished_at=clock(), result=dict(result))


def _try_again(run: contracts.Run, now: dt.datetime) -> None:
    """The database was away, or had no room: back into the queue while there are tries left."""
    connection.close_if_unusable_or_obsolete()
    mine = models.Run.objects.filter(pk=run.id, state=RunState.RUNNING, attempt=run.attempt)
    if run.attempt < ATTEMPTS:
        mine.update(state=RunState.QUEUED)
        return
    mine.update(
        state=RunState.FAILED,
        finished_at=now,
        message=N_(
            "The database of this site could not store the results ({attempts} tries; is the disk full?). Nothing was "
            "published. Tell those who run this site, then start it again."
        ),
        values={"attempts": run.attempt},
    )


def give_back(*, run: contracts.Run) -> None:
    """Queue a claimed run again that this worker will not finish; the try does not count."""
    mine = models.Run.objects.filter(pk=run.id, state=RunState.RUNNING, attempt=run.attempt)
    mine.update(state=RunState.QUEUED, attempt=run.attempt - 1, step="", done=0, steps=0)


def claim(*, clock: Callable[[], dt.datetime]) -> contracts.Run | None:
    """Recover what was abandoned and claim one run; None when there is nothing to do. Asking costs one read."""
    now = clock()
    abandoned = Q(state=RunState.RUNNING, alive_at__lt=now - SILENCE)
    if not models.Run.objects.filter(Q(state=RunState.QUEUED) | abandoned).exists():
        return None
    with transaction.atomic():
        recover(now=now)
        return take(now=now)


def work_once(*, clock: Callable[[], dt.datetime]) -> bool:
    """Recover, claim and do one run; whether there was one."""
    run = claim(clock=clock)
    if run is None:
        return False
    perform(run=run, clock=clock)
    return True


def sign_of_life(*, worker: str, run: contracts.Run | None, now: dt.datetime) -> None:
    """A worker says that it is there, and at work on ``run``: long computations report no progress for minutes."""
    models.Worker.objects.update_or_create(
        name=worker, defaults={"alive_at": now}, create_defaults={"since": now, "alive_at": now}
    )
    if run is not None:
        models.Run.objects.filter(pk=run.id, state=RunState.RUNNING, attempt=run.attempt).update(alive_at=now)


def farewell(*, worker: str, now: dt.datetime) -> None:
    """A worker goes; rows of workers that were killed go after a day."""
    forgotten = Q(alive_at__lt=now - FORGOTTEN)
    models.Worker.objects.filter(Q(name=worker) | forgotten).delete()


def still_mine(run: contracts.Run) -> None:
    """Hold the run's row until the transaction ends, so that no other worker takes it over while results are written.

    Call it first in the transaction that stores what the run made.

    Raises
    ------
    Conflict
        Another worker has taken it over: this one was silent for too long. Its results are not stored.

    """
    rows = models.Run.objects.select_for_update()
    if not rows.filter(pk=run.id, state=RunState.RUNNING, attempt=run.attempt).exists():
        raise Conflict(N_("This work was taken over by another worker in the meantime."))


def begin_round(*, name: str, now: dt.datetime) -> bool:
    """Claim today's round of a kind; False where it was done today already, or another worker is at it.

    A round that began an hour ago and did not end lost its worker: it is begun again.
    """
    row, new = models.Round.objects.get_or_create(name=name, defaults={"begun_at": now})
    if new:
        return True
    lost = row.ended_at is None and row.begun_at < now - LONGEST_ROUND
    if not lost and row.begun_at.astimezone(dt.UTC).date() >= now.astimezone(dt.UTC).date():
        return False
    unchanged = models.Round.objects.filter(pk=row.pk, begun_at=row.begun_at)  # whoever changes it first has it
    return unchanged.update(begun_at=now, ended_at=None, faults=[]) == 1


def end_round(*, name: str, faults: Sequence[str], now: dt.datetime) -> None:
    """Note that today's round has ended, and which parts of it failed."""
    models.Round.objects.filter(name=name).update(ended_at=now, faults=list(faults))
