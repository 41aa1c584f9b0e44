"""Rates of a series per 100,000 people, with exact limits."""

from collections.abc import Mapping, Sequence

import numpy as np

from hashar.assess.contracts.series import Measure, Observation, Rate
from hashar.i18n import N_
from hashar.methods.counts import exact_interval
from hashar.places.contracts import Population

PER = 100_000


def rates(
    observations: Sequence[Observation],
    values: Mapping[int, float],
    people: Mapping[tuple[int, int], Population],
    measure: Measure,
) -> Mapping[int, Rate]:
    """Observation id → its rate per 100,000, or why there is none.

    Parameters
    ----------
    observations
        The numbers of one table.
    values
        Observation id → the number that the reader may see; hidden ones are missing.
    people
        (territory id, year) → the population of the sex and ages that the series is about.
    measure
        What is counted: limits are given for people and events.

    """
    if measure is Measure.SHARE:
        return {}
    seen = [each for each in observations if each.id in values]
    counted = exact_interval([values[each.id] for each in seen])
    present = {(each.territory_code, each.period) for each in observations}
    found = {}
    for at, each in enumerate(seen):
        population = people.get((each.territory, int(each.period[:4])))
        reason = _no_rate(each, population, present)
        if population is None or reason:
            found[each.id] = Rate(no_rate=reason)
            continue
        scale = PER / population.count
        limited = measure in (Measure.PEOPLE, Measure.EVENTS)
        found[each.id] = Rate(
            rate=values[each.id] * scale,
            low=float(np.asarray(counted.low)[at]) * scale if limited else None,
            high=float(np.asarray(counted.high)[at]) * scale if limited else None,
            population=population.count,
            source=population.source.title,
        )
    return found


def _no_rate(each: Observation, population: Population | None, present: set[tuple[str, str]]) -> str:
    """Why no rate can be given; empty if one can."""
    if population is None or not population.count:
        return N_("No population is known for this territory, year, sex and ages. Import it under Places.")
    if any((code, each.period) in present for code in population.includes):
        return N_("The population of that year counts this territory together with another one of this table.")
    return ""
