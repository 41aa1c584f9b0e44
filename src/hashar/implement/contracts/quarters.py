"""Quarters of a year as periods."""

import datetime as dt

from hashar.implement.contracts.progress import Period

MONTHS = 3
QUARTERS = 4


def quarter(year: int, number: int) -> Period:
    """The quarter of a year, from 1 to 4."""
    first = dt.date(year, MONTHS * (number - 1) + 1, 1)
    after = dt.date(year + 1, 1, 1) if number == QUARTERS else dt.date(year, MONTHS * number + 1, 1)
    return Period(first, after - dt.timedelta(days=1))


def quarter_on(day: dt.date) -> Period:
    """The quarter that a day lies in."""
    return quarter(day.year, (day.month - 1) // MONTHS + 1)


def quarter_of(period: Period) -> int | None:
    """Which quarter a period is; None when it is none."""
    number = (period.start.month - 1) // MONTHS + 1
    return number if quarter_on(period.start) == period else None
