"""Measures by themselves: their names, and those that an activity may serve."""

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db.models import Q

from hashar.i18n import Text
from hashar.people.contracts import Actor
from hashar.plan.models import Measure
from hashar.plan.queries.plans import visible_plans

AT_ONCE = 500
MOST = 1500
"""Measures that a form offers."""


@dataclass(frozen=True)
class ServedMeasure:
    """A measure with the plan it stands in."""

    id: int
    plan: int
    plan_titles: Text
    organisation: int
    """Whose plan it is."""
    number: str
    position: int
    texts: Text
    present: bool
    """In the edition that stands."""
    ours: bool
    """An organisation that was asked about is responsible for it."""


def measures(actor: Actor, ids: Iterable[int]) -> Mapping[int, ServedMeasure]:
    """Measures by id, of plans that the actor may see; others are left out. One SQL query for each 500."""
    wanted = sorted({each for each in ids if 0 < each < 2**63})
    found: dict[int, ServedMeasure] = {}
    for start in range(0, len(wanted), AT_ONCE):
        rows = Measure.objects.filter(pk__in=wanted[start : start + AT_ONCE], plan__in=visible_plans(actor))
        found |= {row.pk: _served(row, frozenset()) for row in rows.select_related("plan")}
    return found


def measures_to_serve(actor: Actor, organisation: int, today: dt.date) -> tuple[ServedMeasure, ...]:
    """Measures of the plans that hold today, those first for which the organisation is responsible. Two SQL queries."""
    rows = Measure.objects.filter(plan__in=visible_plans(actor), present=True)
    rows = rows.filter(Q(plan__last_year__isnull=True) | Q(plan__last_year__gte=today.year - 1))
    ours = set(rows.filter(bodies__organisation=organisation).values_list("pk", flat=True))
    found = [_served(row, ours) for row in rows.select_related("plan").order_by("plan_id", "position", "pk")[:MOST]]
    return tuple(sorted(found, key=lambda each: not each.ours))


def _served(row: Measure, ours: Iterable[int]) -> ServedMeasure:
    return ServedMeasure(
        id=row.pk,
        plan=row.plan_id,
        plan_titles=row.plan.titles,
        organisation=row.plan.organisation_id,
        number=row.number,
        position=row.position,
        texts=row.texts,
        present=row.present,
        ours=row.pk in ours,
    )
