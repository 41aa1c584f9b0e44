"""Registers and monitoring series as they leave this app."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hashar.assess.contracts.published import Published
from hashar.people.contracts import Page

COUNTS = ("rows", "new", "changed", "same", "rejected", "empty", "left_out")
"""What is counted of an import."""

Breakdown = tuple[tuple[str, str], ...]
"""(key, level) pairs in the order of the keys; empty: everybody, everything."""


class Measure(StrEnum):
    """What a value counts, which decides what can give someone away."""

    PEOPLE = "people"
    """Persons: small numbers are hidden from others."""
    EVENTS = "events"
    """Offences, cases, calls: a few of them point to a few people, so they are treated like people."""
    AMOUNT = "amount"
    """Kilograms, litres, doses, money: about no person."""
    SHARE = "share"
    """A percentage as the source printed it; nothing can be checked behind it."""


class PeriodKind(StrEnum):
    """How long one period of a series is."""

    YEAR = "year"
    HALF_YEAR = "half_year"
    QUARTER = "quarter"
    MONTH = "month"


class Flag(StrEnum):
    """What has to be said with a value."""

    NONE = ""
    PARTIAL = "partial"
    """It covers only a part of the period, or of the territory."""
    PROVISIONAL = "provisional"
    ESTIMATED = "estimated"
    BREAK = "break"
    """From here on it is counted in another way."""


class ImportState(StrEnum):
    """Where an import is."""

    PREVIEWED = "previewed"
    """The file waits for its owner's decision; nothing is stored."""
    DONE = "done"
    UNDONE = "undone"


@dataclass(frozen=True, slots=True)
class Rate:
    """A number per 100,000 people of the same territory, year, sex and ages, or why there is none (a msgid)."""

    rate: float | None = None
    low: float | None = None
    high: float | None = None
    """Exact limits at 95 % (Poisson); only where people or events are counted."""
    population: int | None = None
    source: str = ""
    no_rate: str = ""


@dataclass(frozen=True)
class SeriesSummary:
    """One line of the list of series."""

    id: int
    title: str
    indicator: str
    """Code of the reference list; empty for an indicator of one's own."""
    kind: str
    """prevalence, attitude, availability, detection or process; a register is always detection."""
    organisation: int
    organisation_name: str
    territory: int
    territory_code: str
    territory_path: str
    territory_names: Mapping[str, str]
    shared: bool
    observations: int
    territories: int
    first_period: str
    last_period: str
    changed_at: dt.datetime


@dataclass(frozen=True)
class SeriesDescription:
    """What is counted, how, and by whom."""

    summary: SeriesSummary
    definition: str
    source: str
    licence: str
    caveats: str
    measure: Measure
    unit: str
    level: str
    period_kind: PeriodKind
    breakdowns: tuple[str, ...]
    rate_sex: str
    rate_age: tuple[int, int | None]
    made_by: str
    made_at: dt.datetime
    sample: bool
    may_import: bool
    may_share: bool
    sees_own: bool
    """Whether this person sees the numbers as stored, not only as published."""


@dataclass(frozen=True)
class Observation:
    """One number of a series: where, when, of what.

    ``published`` is what others see; ``own`` the stored number, for those of the owning organisation who may see it.
    """

    id: int
    territory: int
    territory_code: str
    territory_path: str
    territory_names: Mapping[str, str]
    territory_level: str
    period: str
    breakdown: Breakdown
    published: Published[float]
    own: float | None
    flag: Flag
    note: str
    revision: int
    """1 for the first value, 2 after a changed edition, and so on."""
    import_id: int
    row: int


@dataclass(frozen=True)
class Revision:
    """One value that an observation had or has, with where it came from."""

    value: float
    flag: Flag
    note: str
    current: bool
    undone: bool
    import_id: int
    file: str
    sha256: str
    sheet: str
    row: int
    column: str
    imported_by: str
    imported_at: dt.datetime


@dataclass(frozen=True)
class Provenance:
    """Why this number: the observation, its series, and every value it ever had (the newest first)."""

    series: SeriesDescription
    observation: Observation
    revisions: tuple[Revision, ...]
    """Empty for those who see only what is published; ``edition`` still names the source."""
    edition: "Edition"


@dataclass(frozen=True)
class Edition:
    """The file behind a published number, as others may know it."""

    file: str
    sha256: str
    sheet: str
    row: int
    imported_at: dt.datetime
    imported_by: str


@dataclass(frozen=True)
class Import:
    """One file taken into a series."""

    id: int
    series: int
    file: str
    sha256: str
    size: int
    sheet: str
    state: ImportState
    uploader: int
    """Id of the person; a waiting file is theirs alone."""
    uploaded_by: str
    uploaded_at: dt.datetime
    decided_at: dt.datetime | None
    undone_by: str
    undone_at: dt.datetime | None
    rows: int
    new: int
    changed: int
    same: int
    rejected: int
    empty: int
    """Cells that say that there is no number (…, n/a, nothing)."""
    left_out: int
    """Rows left out on purpose: totals, or what the filter of a column says."""


@dataclass(frozen=True)
class ImportDetail:
    """One import with what it brought."""

    summary: Import
    series: SeriesDescription
    observations: Page[Observation]
    standing: frozenset[int]
    """Ids of its observations that stand: neither revised since, nor undone."""


@dataclass(frozen=True)
class SeriesTable:
    """The observations of one series for one choice of breakdown, as a page shows them."""

    description: SeriesDescription
    observations: tuple[Observation, ...]
    """In the order of the map (country, then regions by code), then of time."""
    periods: tuple[str, ...]
    levels: Mapping[str, tuple[str, ...]]
    """Breakdown key → its levels in this series."""
    combinations: tuple[Breakdown, ...]
    """The combinations of levels that can be chosen."""
    chosen: Breakdown
    hidden: int
    """How many numbers of this table others do not see."""
    rates: Mapping[int, Rate]
    """Observation id → its rate; only of numbers that this person sees."""
    imports: tuple[Import, ...]
