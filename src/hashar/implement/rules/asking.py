"""Which measures a collection asks about: what is due or runs in the period, and what was due and was not done."""

import datetime as dt
from collections.abc import Sequence

from hashar.implement.contracts.progress import Period
from hashar.plan.contracts.official import Deadline, DeadlineKind

STANDING = (DeadlineKind.ALWAYS, DeadlineKind.AS_NEEDED)
ONCE = (DeadlineKind.DATE, DeadlineKind.PERIOD)


def once(deadlines: Sequence[Deadline]) -> bool:
    """Whether it is done once, and then done for good."""
    return bool(deadlines) and all(each.kind in ONCE for each in deadlines)


def overdue(deadlines: Sequence[Deadline], period: Period) -> tuple[dt.date, ...]:
    """Days before the period by which it had to be done once."""
    if not once(deadlines):
        return ()
    return tuple(sorted(each.end for each in deadlines if each.end and each.end < period.start))


def asked(deadlines: Sequence[Deadline], due: Sequence[dt.date], period: Period, *, finished: bool) -> bool:
    """Whether a collection of ``period`` asks about a measure.

    Parameters
    ----------
    deadlines
        Of the measure; one that nobody understood is always asked about.
    due
        Its days in the period.
    period
        Of the collection.
    finished
        An earlier collection says that it is done, or was taken off.

    """
    if finished and once(deadlines):
        return False
    if due or not deadlines or overdue(deadlines, period):
        return True
    return any(_runs(each, period) for each in deadlines)


def _runs(one: Deadline, period: Period) -> bool:
    if one.kind is not DeadlineKind.PERIOD and one.kind not in STANDING:
        return False
    return (one.start is None or one.start <= period.end) and (one.end is None or one.end >= period.start)
