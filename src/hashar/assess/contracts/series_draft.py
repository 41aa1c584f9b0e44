"""What a person says of a series before it exists, or to correct it."""

from dataclasses import dataclass

from hashar.assess.contracts.series import Measure, PeriodKind


@dataclass(frozen=True)
class SeriesDraft:
    """A series as its form describes it."""

    title: str
    source: str
    territory: str
    """Code of the territory that the series is about."""
    measure: Measure
    period_kind: PeriodKind
    level: str = "region"
    """How far down its territories lie: country, region, district or city."""
    kind: str = "detection"
    indicator: str = ""
    """Code of the reference list; empty for an indicator of one's own."""
    definition: str = ""
    licence: str = ""
    caveats: str = ""
    unit: str = ""
    rate_sex: str = "all"
    rate_age_from: int = 0
    rate_age_to: int | None = None
