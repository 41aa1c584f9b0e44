"""When a deadline warns: before it is missed, in time for what it asks; and never where nothing can be missed.

=================================  =======================  ==================
There was time for it              Examples                 The warning begins
=================================  =======================  ==================
more than ``LONG`` days            a year, half a year      30 days before
more than ``MIDDLE`` days          a quarter                14 days before
less                               a month                  7 days before
=================================  =======================  ==================

Measures that are done always, as needed or every week never warn: there is no day on which they could be missed.
"""

import calendar
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import replace

from hashar.plan.contracts.deadlines import Handled, Occurrence, Urgency
from hashar.plan.contracts.official import Deadline, DeadlineKind, Every
from hashar.plan.rules.deadlines import due_dates

LONG, MIDDLE = 120, 42
NOTICES = (30, 14, 7)
MONTHS = {Every.YEAR: 12, Every.HALF_YEAR: 6, Every.QUARTER: 3, Every.MONTH: 1}
AFTER = dt.timedelta(days=62)
"""A report on the last period of a plan is due in the weeks after it."""
SILENT = (DeadlineKind.ALWAYS, DeadlineKind.AS_NEEDED)
Frame = tuple[dt.date, dt.date]
"""First and last day of the plan."""


def notice(one: Occurrence) -> int:
    """So many days before it a warning begins."""
    time = (one.due - one.start).days + 1
    return NOTICES[0] if time > LONG else NOTICES[1] if time > MIDDLE else NOTICES[2]


def months_before(day: dt.date, months: int) -> dt.date:
    """The same day so many months earlier; the last of that month where it is shorter or the day closes its month."""
    count = day.year * 12 + day.month - 1 - months
    year, month = divmod(count, 12)
    last = calendar.monthrange(year, month + 1)[1]
    closes = day.day == calendar.monthrange(day.year, day.month)[1]
    return dt.date(year, month + 1, last if closes else min(day.day, last))


def occurrences(deadline: Deadline, frame: Frame) -> list[Occurrence]:
    """All days of a plan on which a deadline is due, in order; none where it can never be missed.

    Parameters
    ----------
    deadline
        As it was understood.
    frame
        First and last day of the plan: what began before it, or names no end, is cut there.

    """
    if deadline.kind in SILENT or deadline.every is Every.WEEK:
        return []
    if deadline.every is None:
        return _once(deadline, frame)
    first, last = max(frame[0], deadline.start or frame[0]), min(frame[1], deadline.end or frame[1])
    step = MONTHS[deadline.every]
    following = any(not month for month, _ in deadline.days)
    begin = first if not following else _after_first_period(first, step)
    found: list[Occurrence] = []
    for due in _repeated(deadline, begin, last + AFTER if following else last):
        earlier = found[-1].due if found else max(months_before(due, step), first - dt.timedelta(days=1))
        start = earlier + dt.timedelta(days=1)
        found.append(Occurrence(start, due, start))
    return found


def of_measure(deadlines: Sequence[Deadline], frame: Frame) -> list[tuple[Deadline, list[Occurrence]]]:
    """The deadlines of a measure with their days; of several that are due once, each has to be done for itself."""
    ends = [one.end for one in deadlines if one.every is None and one.end and one.kind not in SILENT]
    found = [(one, occurrences(one, frame)) for one in deadlines]
    return [(one, days if one.every else [_for_itself(day, ends) for day in days]) for one, days in found]


def _for_itself(one: Occurrence, ends: Iterable[dt.date]) -> Occurrence:
    earlier = max((end for end in ends if end < one.due), default=None)
    return replace(one, counts_from=earlier + dt.timedelta(days=1)) if earlier else one


def _once(deadline: Deadline, frame: Frame) -> list[Occurrence]:
    if deadline.end is None:
        return []
    start = min(deadline.start or frame[0], deadline.end)
    return [Occurrence(start, deadline.end, min(start, frame[0]))]


def _repeated(deadline: Deadline, begin: dt.date, last: dt.date) -> Sequence[dt.date]:
    without_end = Deadline(deadline.kind, None, None, deadline.every, deadline.days)
    return due_dates(without_end, begin, last)


def _after_first_period(first: dt.date, step: int) -> dt.date:
    """The first day after the first whole or begun period: a report on what was before the plan is not asked."""
    month = (first.month - 1) // step * step + step
    return dt.date(first.year + month // 12, month % 12 + 1, 1)


def standing(one: Occurrence, today: dt.date) -> Urgency:
    """How a day stands."""
    if one.due < today:
        return Urgency.OVERDUE
    return Urgency.SOON if (one.due - today).days <= notice(one) else Urgency.LATER


def handled(one: Occurrence, by: Handled) -> bool:
    """Whether what was due on a day is done: for good, or on a day that counts for it."""
    return by.finished or any(day >= one.counts_from for day in by.days)


def to_watch(
    found: Iterable[Occurrence], by: Handled, today: dt.date, *, every: bool = False
) -> list[tuple[Occurrence, Urgency]]:
    """What is still to be done: the latest day that was missed, and the next one, or with ``every`` all to come.

    A day that was missed before the last one is not told again: what is done now counts for the last.
    """
    waiting = [(one, standing(one, today)) for one in found if not handled(one, by)]
    missed = [pair for pair in waiting if pair[1] is Urgency.OVERDUE][-1:]
    coming = [pair for pair in waiting if pair[1] is not Urgency.OVERDUE]
    return [*missed, *(coming if every else coming[:1])]
