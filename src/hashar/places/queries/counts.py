"""Populations of many places and years at once, for rates."""

from collections.abc import Iterable, Mapping

from hashar.places import contracts, models
from hashar.places.queries.populations import as_population
from hashar.places.rules import OPEN_AGE

AT_ONCE = 500
"""Ids that one statement takes, well below the limit of any database."""


def population_counts(
    territories: Iterable[int],
    *,
    years: Iterable[int],
    sex: str = "all",
    age: tuple[int, int | None] | None = None,
) -> Mapping[tuple[int, int], contracts.Population]:
    """(territory id, year) → people, from the preferred source of each; what no source tells is left out.

    Three queries for each :data:`AT_ONCE` territories: a place is read once, however many years it has.

    Parameters
    ----------
    territories
        Ids of the places.
    years
        The years.
    sex
        all, female or male.
    age
        First and last age of a band (None without an end), exactly as stored; None for all ages.

    """
    first, last = age or (0, None)
    band = {"age_from": first, "age_to": OPEN_AGE if last is None else last}
    ids, wanted = sorted(set(territories)), sorted(set(years))
    found: dict[tuple[int, int], contracts.Population] = {}
    for start in range(0, len(ids), AT_ONCE):
        rows = models.Population.objects.prefetch_related("territory", "source").filter(
            territory_id__in=ids[start : start + AT_ONCE], year__in=wanted, sex=sex, **band
        )
        for row in rows.order_by("source__preference", "source__key"):
            found.setdefault((row.territory_id, row.year), as_population(row))
    return found
