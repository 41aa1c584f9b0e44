"""When the measures of plans are due."""

import datetime as dt
from collections.abc import Iterable

from hashar.plan.contracts.official import Deadline
from hashar.plan.rules.deadlines import due_dates


def due_days(deadlines: Iterable[Deadline], first: dt.date, last: dt.date) -> tuple[dt.date, ...]:
    """Days in ``first`` … ``last`` on which something is due, each once, in their order."""
    return tuple(sorted({day for each in deadlines for day in due_dates(each, first, last)}))
