"""Decide anew which numbers of a series others see, whenever its numbers change."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from hashar.assess.contracts.series import Measure
from hashar.assess.contracts.series_import import Place, Planned
from hashar.assess.models import Observation, Series
from hashar.assess.rules.series_plan import breakdown_of, written
from hashar.late import late

if TYPE_CHECKING:
    from hashar.assess.analysis import series_release as release
else:  # linear programming; only a change of the numbers needs it
    release = late("hashar.assess.analysis.series_release")

AT_ONCE = 500


def decide_suppression(series: Series, periods: Iterable[str] | None = None) -> None:
    """Note beside each standing number why others do not see it; inside the caller's transaction.

    Parameters
    ----------
    series
        The series.
    periods
        Only these; a period's numbers add up to no other period's. None: all.

    """
    rows = Observation.objects.filter(series=series, current=True).prefetch_related("territory")
    if periods is not None:
        rows = rows.filter(period__in=set(periods))
    standing = {row.pk: row for row in rows}
    counts = [_count(row) for row in standing.values()]
    reasons = release.suppressed(counts, Measure(series.measure))
    changed: dict[str, list[int]] = {}
    for pk, row in standing.items():
        reason = reasons[pk].value if pk in reasons else ""
        if reason != row.suppressed:
            changed.setdefault(reason, []).append(pk)
    for reason, ids in changed.items():
        change_numbers(ids, suppressed=reason)


def change_numbers(ids: Iterable[int], **values: object) -> None:
    """Set fields of many numbers, so many at once as any database takes; inside the caller's transaction."""
    wanted = list(ids)
    for start in range(0, len(wanted), AT_ONCE):
        Observation.objects.filter(pk__in=wanted[start : start + AT_ONCE]).update(**values)


def foresee_suppression(series: Series, planned: Sequence[Planned], places: Mapping[int, Place]) -> None:
    """Decide for the numbers as they will stand, before the transaction: inside it the decision is only looked up.

    Many periods take seconds, for which nobody else should wait. If the stored numbers change in between, the
    transaction decides anew.
    """
    periods = {each.candidate.period for each in planned}
    rows = series.observations.filter(current=True, period__in=periods).prefetch_related("territory")
    after = {(row.territory_id, row.period, row.breakdown): _count(row) for row in rows}
    for each in planned:
        one = each.candidate
        path = tuple(places[one.territory].path.split("/")[:-1])
        after[one.territory, one.period, written(one.breakdown)] = release.Count(
            0, path, one.period, one.breakdown, one.value
        )
    release.suppressed(after.values(), Measure(series.measure))


def _count(row: Observation) -> release.Count:
    path = tuple(row.territory.path.split("/")[:-1])
    return release.Count(row.pk, path, row.period, breakdown_of(row.breakdown), row.value)
