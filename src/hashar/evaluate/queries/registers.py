"""Counts of registers as evidence: as they are published, never as stored."""

from collections.abc import Iterable, Mapping

from hashar.assess.contracts.series import Flag, Measure, Observation, SeriesDescription
from hashar.assess.queries import series as series_queries
from hashar.errors import NotFound, UsageError
from hashar.evaluate.contracts.claims import DetectionEvidence
from hashar.evaluate.contracts.kept import Offer, Source, SourceKind
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.places.queries import population_counts

COUNTED = (Measure.PEOPLE, Measure.EVENTS)
"""What is counted one by one, so that chance can be told from change."""


def register(actor: Actor, series: int) -> tuple[SeriesDescription, tuple[Observation, ...]]:
    """A series of counts with its numbers of everybody (or of its first levels), territories by the map, then by time.

    Raises
    ------
    NotFound
        There is no such series, or it is not shared with the actor.
    UsageError
        It holds amounts or shares, not counts.

    """
    found = series_queries.series(actor, series)
    if found.measure not in COUNTED:
        raise UsageError(N_("This series counts neither people nor events. Type the claim by hand."))
    row = series_queries.the_series(actor, series)
    combinations = series_queries.breakdowns(row)
    chosen = next(iter(combinations), ())
    return found, series_queries.observations(actor, row, chosen)


def register_offer(
    found: SeriesDescription,
    observations: Iterable[Observation],
    place: Mapping[str, str],
) -> Offer:
    """Two counts of one territory; ``place`` names ``territory`` (its code), ``earlier`` and ``later``.

    A count that is hidden from others is suppressed evidence, also for those who see it as stored. A break between the
    two periods, or a flag that a count covers only a part, is taken over.

    Raises
    ------
    NotFound
        The series has no number for that territory and period.

    """
    own = {each.period: each for each in observations if each.territory_code == place["territory"]}
    earlier, later = own.get(place["earlier"]), own.get(place["later"])
    if earlier is None or later is None:
        raise NotFound(N_("The series has no number for this territory and period. Choose others."))
    between = [each for period, each in own.items() if earlier.period < period <= later.period]
    people = _people(found, earlier, later)
    evidence = DetectionEvidence(
        earlier=earlier.published.value,
        later=later.published.value,
        population_earlier=people.get(earlier.period),
        population_later=people.get(later.period),
        same_rules=not any(each.flag is Flag.BREAK for each in between),
        whole_periods=Flag.PARTIAL not in (earlier.flag, later.flag),
    )
    source = Source(
        kind=SourceKind.SERIES,
        series=found.summary.id,
        place=dict(place),
        title={"": found.summary.title},
        label=dict(earlier.territory_names),
        periods=(earlier.period, later.period),
    )
    return Offer(source, evidence)


def _people(found: SeriesDescription, *counts: Observation) -> dict[str, float]:
    """Period → population of the sex and ages that the series is about; not where a place is counted with another."""
    first, last = found.rate_age
    years = population_counts(
        {each.territory for each in counts},
        years={int(each.period[:4]) for each in counts},
        sex=found.rate_sex,
        age=None if (first, last) == (0, None) else (first, last),
    )
    known = {each.period: years.get((each.territory, int(each.period[:4]))) for each in counts}
    return {period: float(one.count) for period, one in known.items() if one is not None and not one.includes}
