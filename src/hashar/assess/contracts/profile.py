"""The profile: everything that a report may say about one survey. Every number in it is ``Published``."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hashar.assess.contracts.published import Change, Figure, Published
from hashar.assess.contracts.table import Fingerprint, MissingKind, Note

Text = Mapping[str, str]


@dataclass(frozen=True)
class Provenance:
    """Where the numbers come from: enough for another analyst to compute them again."""

    sources: Sequence[Fingerprint]
    codebook: Fingerprint
    version: str
    """Version of Hashar."""
    methods: Mapping[str, str]
    """Method id → its version or the paper it follows."""
    parameters: Mapping[str, str]
    """Every setting that had a say in the numbers (interval, df, level, single_psu, engine, thresholds, seed)."""
    computed_at: dt.datetime
    operator: str


@dataclass(frozen=True)
class Row:
    """One line of a breakdown: the group's level and its figure."""

    level: str
    label: Text
    figure: Published[Figure]
    territory: str = ""
    """Code of the territory that the level is, if the codebook says so."""


@dataclass(frozen=True)
class Breakdown:
    """An indicator by one group (or by crossed groups, named ``sex*grade``), all rows of one wave."""

    group: str
    label: Text
    rows: Sequence[Row]
    role: str = ""
    """Role of the group in the codebook; rows of a ``place`` are shown by name, never ranked."""


@dataclass(frozen=True)
class WavePoint:
    """The whole survey's figure in one wave."""

    wave: str
    label: Text
    figure: Published[Figure]


@dataclass(frozen=True)
class MissingCount:
    """How many pupils have no usable answer to an item, by kind, and what each kind counted as."""

    kind: MissingKind
    count: Published[int]
    counted_as: str
    """``missing``, ``yes`` or ``no``."""


@dataclass(frozen=True)
class IndicatorFinding:
    """All that is published about one indicator."""

    name: str
    label: Text
    question: Text
    kind: str
    """prevalence, attitude, availability, detection or process."""
    substance: str
    """Substance group, or ``""``."""
    statistic: str
    """``proportion`` or ``mean``."""
    unit: Text
    higher_is: str
    """``worse``, ``better`` or ``neutral``."""
    columns: Mapping[str, str]
    """Wave → column of the file."""
    total: Published[Figure]
    waves: Sequence[WavePoint]
    breakdowns: Sequence[Breakdown]
    change: Published[Change] | None
    distribution: Sequence[Row]
    """Share of each answer, for ordered items; empty otherwise."""
    missing: Sequence[MissingCount]


@dataclass(frozen=True)
class ScaleReliability:
    """Internal consistency of a scale in one language version of the questionnaire."""

    language: str
    n: int
    items: int
    alpha: float
    omega: float
    acceptable: bool


@dataclass(frozen=True)
class FactorFinding:
    """A risk or protective factor: share of pupils at elevated risk (or with elevated protection)."""

    code: str
    name: Text
    definition: Text
    domain: str
    """community, family, school, peer_individual."""
    type: str
    """risk or protective."""
    items: Sequence[str]
    cut_point: float
    cut_source: str
    """norm, first_wave or codebook."""
    elevated: Published[Figure]
    mean_score: Published[Figure]
    reference: float | None
    reference_source: Text
    waves: Sequence[WavePoint]
    breakdowns: Sequence[Breakdown]
    change: Published[Change] | None
    reliability: Sequence[ScaleReliability]
    inferred: bool
    """The mapping from items to this factor is a judgement that an expert has to confirm."""


@dataclass(frozen=True)
class Priority:
    """A factor's place in the ranking, with how sure that place is."""

    code: str
    name: Text
    score: float
    rank: int
    probability_top: float
    """Share of sampling-uncertainty draws in which it is among the first ``top``."""
    rank_low: int
    rank_high: int
    firm: bool
    level: float
    gap: float | None
    trend: float | None
    changeability: float


@dataclass(frozen=True)
class Priorities:
    """Factors ranked; the firm ones (surely in the top) apart from the arguable ones."""

    top: int
    firm_at: float
    draws: int
    ranked: Sequence[Priority]
    left_out: Sequence[tuple[str, Text]]
    """Factors that could not be ranked (suppressed), code and name."""


@dataclass(frozen=True)
class QualityFlag:
    """One data-quality rule: how many questionnaires it flagged, and what the codebook does with them."""

    rule: str
    label: Text
    count: Published[int]
    share: Published[float]
    action: str
    """``report`` (kept in all estimates) or ``exclude`` (left out, and counted here)."""


@dataclass(frozen=True)
class PlaceQuality:
    """The same flags for one place (or school type): level → counts, in the order of ``QualityReport.flags``."""

    level: str
    label: Text
    questionnaires: Published[int]
    counts: Sequence[Published[int]]


@dataclass(frozen=True)
class Participation:
    """Sampled and taking part at one stage: schools, classes, pupils."""

    stage: str
    sampled: int | None
    participating: Published[int]
    rate: float | None


@dataclass(frozen=True)
class QualityReport:
    """What is known about the questionnaires before any number is believed."""

    questionnaires: int
    used: int
    flags: Sequence[QualityFlag]
    by_place: Sequence[PlaceQuality]
    participation: Sequence[Participation]
    strata: int
    clusters: int
    weight_cv: float
    """Coefficient of variation of the weights (Kish design effect of weighting is 1 + cv²)."""


@dataclass(frozen=True)
class Release:
    """What disclosure control did, in numbers that reveal nothing."""

    cells: int
    suppressed: Mapping[str, int]
    """Suppression reason → how many."""
    minimum_n: int
    minimum_count: int
    attacked: int
    """Hidden cells that the attacker test tried to recover from everything published."""
    recovered: int
    """Must be 0; a release that is not 0 is never made."""


@dataclass(frozen=True)
class Profile:
    """One survey's community prevention profile."""

    title: Text
    source: Text
    place: Text
    wave: str
    waves: Sequence[str]
    languages: Sequence[str]
    """Languages of the questionnaire in the file."""
    quality: QualityReport
    indicators: Sequence[IndicatorFinding]
    factors: Sequence[FactorFinding]
    priorities: Priorities
    release: Release
    provenance: Provenance
    notes: Sequence[Note] = ()
    """What the reader of the files had to decide (an encoding guessed, an empty sheet passed over)."""
