"""Entries that may be of one event, for somebody who may decide on one of them."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable

from hashar.implement.contracts.activities import Double, State
from hashar.implement.models import Activity, DoubleDecision
from hashar.implement.queries.activity_rows import path_of, summary_of, visible_activities, with_names
from hashar.implement.rules.activity_rights import logging_organisations
from hashar.implement.rules.doubles import Entry, reasons
from hashar.people.contracts import Actor

BACK = dt.timedelta(days=400)
MOST = 1000
"""Own entries that are looked through."""


def doubles(actor: Actor, today: dt.date) -> tuple[Double, ...]:
    """Pairs on which nobody decided, of the last thirteen months, the latest first. Six SQL queries."""
    homes = logging_organisations(actor)
    if not homes:
        return ()
    rows = with_names(visible_activities(actor).filter(same_as=None, date__gte=today - BACK))
    rows = rows.exclude(state=State.CANCELLED)
    own = list(rows.filter(organisation__in=homes).order_by("-date", "-pk")[:MOST])
    days = {row.date for row in own}
    others = rows.filter(date__in=days).exclude(organisation__in=homes).order_by("-date", "-pk")
    by_day: defaultdict[dt.date, list[Activity]] = defaultdict(list)
    for row in [*own, *others[: MOST * 5]]:
        by_day[row.date].append(row)
    decided = set(DoubleDecision.objects.filter(first__date__in=days).values_list("first_id", "second_id"))
    found = {pair: why for same_day in by_day.values() for pair, why in _pairs(same_day, homes)}
    seen = {row.pk: row for same_day in by_day.values() for row in same_day}
    return tuple(
        Double(summary_of(seen[first], actor), summary_of(seen[second], actor), why)
        for (first, second), why in found.items()
        if (first, second) not in decided
    )


def _pairs(rows: list[Activity], homes: Iterable[int]) -> Iterable[tuple[tuple[int, int], tuple[str, ...]]]:
    mine = set(homes)
    entries = [_entry(row) for row in sorted(rows, key=lambda row: row.pk)]
    for at, one in enumerate(entries):
        for other in entries[at + 1 :]:
            why = reasons(one, other) if mine & {one.organisation, other.organisation} else ()
            if why:
                yield (one.id, other.id), why


def _entry(row: Activity) -> Entry:
    return Entry(
        id=row.pk,
        organisation=row.organisation_id,
        date=row.date,
        path=path_of(row),
        title=row.title,
        place=row.place,
        time=row.time,
        group=row.group,
        contacts=row.contacts,
    )
