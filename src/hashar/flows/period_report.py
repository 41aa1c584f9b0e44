"""All that the report of a period says of a plan: its progress, whom its activities reached, what is claimed of it."""

import datetime as dt
from dataclasses import dataclass

from hashar.evaluate.contracts.kept import KeptClaim
from hashar.evaluate.queries import claims_of_plan
from hashar.implement.contracts.activities import EVERYBODY, Ages
from hashar.implement.contracts.collections import ProgressReport
from hashar.implement.contracts.reach import ReachReport
from hashar.implement.queries.reach import reach_of
from hashar.implement.queries.reports import progress_report
from hashar.people.contracts import Actor

TARGETS = (Ages(12, 17), EVERYBODY)
"""Whom the activities are counted for: adolescents, and people of all ages."""


@dataclass(frozen=True)
class PeriodReport:
    """A period of a plan."""

    progress: ProgressReport
    reach: tuple[ReachReport, ...]
    """Of the plan's activities in the period, each counted once; by target group, as somebody outside may know it."""
    claims: tuple[KeptClaim, ...]
    """Those that stand of the reports about the plan, as far as the actor sees them."""


def period_report(actor: Actor, collection: int, *, today: dt.date) -> PeriodReport:
    """What the document of a collection says.

    Raises
    ------
    NotFound
        There is no such collection for this actor.

    """
    progress = progress_report(actor, collection, today=today)
    period = progress.period
    reach = (
        reach_of(actor, ages=ages, start=period.start, end=period.end, plan=progress.plan, outside=True)
        for ages in TARGETS
    )
    return PeriodReport(progress, tuple(reach), claims_of_plan(actor, progress.plan))
