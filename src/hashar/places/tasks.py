"""What the worker does for places: large imports."""

from collections.abc import Mapping

from hashar.people.queries import actor_of
from hashar.places.services import import_runs
from hashar.runs.contracts import Progress, Run


def carry_out(run: Run, progress: Progress) -> Mapping[str, object]:
    """Write or take back a large import."""
    progress("", 0, 1)
    return import_runs.carry_out(run=run, actor=actor_of(run.asked_by), now=run.started_at or run.asked_at)
