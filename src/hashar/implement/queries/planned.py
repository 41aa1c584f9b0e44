"""What organisations mean to do: of others only what, when, where and for whom."""

import datetime as dt
from collections.abc import Sequence

from hashar.implement.contracts.activities import PlannedActivity, State
from hashar.implement.queries.activity_rows import ages_of, organisations_of, visible_activities, with_names
from hashar.people.contracts import Actor

MOST = 2000
"""Planned activities that are read at once, the nearest first."""


def planned_activities(actor: Actor, today: dt.date) -> Sequence[PlannedActivity]:
    """Activities planned for today or later, the nearest first, each event once. Three SQL queries.

    Those of the actor's organisations, those in the territory of a mandate, and those for a plan that the actor sees:
    so the organisation of a plan learns what NGOs mean to do in its territory before they promise anything. Notes,
    numbers and photos are not part of it.
    """
    rows = visible_activities(actor).filter(state=State.PLANNED, date__gte=today, same_as=None)
    return [
        PlannedActivity(
            id=row.pk,
            title=row.title,
            date=row.date,
            place=row.place,
            ages=ages_of(row.age_from, row.age_to),
            organisations=tuple(sorted(organisations_of(row))),
        )
        for row in with_names(rows).order_by("date", "pk")[:MOST]
    ]
