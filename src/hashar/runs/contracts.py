"""A run as it leaves this app, and what a handler of runs looks like."""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeAlias

Progress: TypeAlias = Callable[[str, int, int], None]
"""Called with what is being done (a msgid), the steps done and the number of steps. It is also the sign of life."""


class RunState(StrEnum):
    """Where a run is."""

    QUEUED = "queued"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"


@dataclass(frozen=True)
class Run:
    """One piece of long work."""

    id: int
    kind: str
    """What to do: the name under which an app registered its handler."""
    organisation: int
    subject: str
    """What it is about, in the app's own words (``survey:12``)."""
    parameters: Mapping[str, object]
    state: RunState
    step: str
    """What is being done, a msgid."""
    done: int
    steps: int
    attempt: int
    asked_by: int
    asked_at: dt.datetime
    started_at: dt.datetime | None
    finished_at: dt.datetime | None
    message: str
    """Why it failed, a msgid; empty otherwise."""
    values: Mapping[str, object]
    """What fills the places of ``message``."""
    result: Mapping[str, object]
    """What the handler left for the page that asked; of a failed run its ``problems`` (``message``, ``values``)."""


@dataclass(frozen=True)
class Queue:
    """What waits, what is being done, and who does it."""

    queued: int
    oldest: dt.datetime | None
    """Since when the oldest queued run waits."""
    running: int
    silent: int
    """Running ones that gave no sign of life for too long."""
    workers: tuple[str, ...]
    """Names of the workers that gave a sign of life lately."""


@dataclass(frozen=True)
class Round:
    """How what is done once a day went the last time."""

    begun_at: dt.datetime
    ended_at: dt.datetime | None
    """None while it is being done, and when its worker was killed."""
    faults: tuple[str, ...]
    """Names of the parts that failed."""


class Stopping(BaseException):
    """The worker was asked to go; no handler catches it."""


Handler: TypeAlias = Callable[[Run, Progress], Mapping[str, object]]
"""Does the work and returns its result; raises ``HasharError`` for what the user can mend."""
