"""What the worker does for this step: profiles, and looking through large files."""

import datetime as dt
from collections.abc import Mapping

from hashar.assess.services import series_runs, surveys
from hashar.people.queries import actor_of
from hashar.runs.contracts import Progress, Run


def profile(run: Run, progress: Progress) -> Mapping[str, object]:
    """Make the profile that a run asks for, with the rights that the person has now."""
    from hashar.assess.services.profile_runs import make_release  # noqa: PLC0415  (scipy and all: the web needs none)

    return make_release(run=run, actor=actor_of(run.asked_by), progress=progress, now=_begun(run))


def inspect(run: Run, progress: Progress) -> Mapping[str, object]:
    """Look through a large file."""
    progress("", 0, 1)
    return surveys.inspect(run=run, actor=actor_of(run.asked_by), now=_begun(run))


def store_register(run: Run, progress: Progress) -> Mapping[str, object]:
    """Store a large register file."""
    progress("", 0, 1)
    return series_runs.carry_out(run=run, actor=actor_of(run.asked_by), now=_begun(run))


def _begun(run: Run) -> dt.datetime:
    """The worker's clock when it claimed the run: what the run makes is dated so."""
    return run.started_at or run.asked_at
