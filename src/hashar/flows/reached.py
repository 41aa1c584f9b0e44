"""What was entered of activities, as evidence for a sentence about how many were reached."""

import datetime as dt

from hashar.evaluate.contracts.claims import CoverageEvidence
from hashar.implement.contracts.activities import Ages
from hashar.implement.contracts.reach import ReachReport
from hashar.implement.queries.reach import reach_of
from hashar.people.contracts import Actor


def coverage_evidence(
    actor: Actor,
    *,
    ages: Ages,
    start: dt.date,
    end: dt.date,
    plan: int | None = None,
    measure: int | None = None,
    organisation: int | None = None,
) -> CoverageEvidence:
    """Evidence for a claim of coverage; the guard reads the same range out of it that the pages show.

    Parameters
    ----------
    actor
        Who asks.
    ages
        The target group.
    start, end
        First and last day of the period.
    plan, measure, organisation
        Only what serves it, or what it carried out.

    Raises
    ------
    NotFound
        The plan is not there for the actor, or the organisation is not there.

    """
    report = reach_of(actor, ages=ages, start=start, end=end, plan=plan, measure=measure, organisation=organisation)
    return evidence_of(report, start=start, end=end)


def evidence_of(report: ReachReport, *, start: dt.date, end: dt.date) -> CoverageEvidence:
    """A report as evidence.

    ``contacts`` is what the guard takes for the most different people, so sessions of one group are in it once, and
    ``largest_event`` is what it takes for the least. Whoever is of other ages is in neither.
    """
    whole, there = report.whole, report.denominator
    low, high = whole.people.low, whole.people.high
    counted = whole.activities > whole.uncounted
    return CoverageEvidence(
        population=there.count if there else None,
        population_matches=there is None or start.year <= there.year <= end.year,
        unique=float(low) if counted and low == high else None,
        contacts=float(high) if counted else None,
        largest_event=float(low),
        events_done=whole.activities,
        events_planned=report.planned,
        reporters=max(report.organisations, 1),
    )
