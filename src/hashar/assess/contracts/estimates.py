"""What is asked of a survey file in one call, and the table that answers it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from hashar.assess.contracts.table import Fingerprint, Note


class Statistic(StrEnum):
    """What is estimated."""

    PROPORTION = "proportion"
    MEAN = "mean"
    TOTAL = "total"
    RATIO = "ratio"
    QUANTILE = "quantile"


class ReplicateType(StrEnum):
    """How the replicate weights in the file were made; it sets the default scale."""

    BRR = "brr"
    FAY = "fay"
    JK1 = "jk1"
    JKN = "jkn"
    BOOTSTRAP = "bootstrap"


INTERVALS = ("logit", "beta", "wilson", "wald", "asin", "xlogit")
QUANTILE_RULES = ("math", "school", "shahvaish", "hf1", "hf2", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9")
DF_RULES = ("design", "domain")
SINGLE_PSU = ("fail", "remove", "certainty", "centre", "average")
DEFF_RULES = ("auto", "replace", "population")
ENGINES = ("memory", "duckdb", "spark")


@dataclass(frozen=True)
class DesignRequest:
    """The sampling design, by the names of its columns. Sequences have one entry per stage.

    Either ``weight`` or ``fpc`` is needed (without a weight it is the inverse of the sampling fractions). No
    ``clusters``: every row is one. ``replicate_weights`` is a shell pattern over column names; then the design's own
    columns are not used. ``poststratify`` and ``rake`` name files of population counts (docs/reference/margins.md).
    """

    weight: str | None = None
    strata: Sequence[str] = ()
    clusters: Sequence[str] = ()
    fpc: Sequence[str] = ()
    nest: bool = False
    ultimate_cluster: bool = False
    single_psu: str = "fail"
    single_psu_in_domain: bool = False
    replicate_weights: str | None = None
    replicate_type: ReplicateType | None = None
    scale: float | None = None
    rscales: Path | None = None
    fay_rho: float | None = None
    mse: bool = False
    poststratify: Path | None = None
    rake: Path | None = None


@dataclass(frozen=True)
class EstimateRequest:
    """Which statistic of which variables, in which domains, how."""

    file: Path
    statistic: Statistic
    variables: Sequence[str]
    design: DesignRequest
    denominator: str | None = None
    quantiles: Sequence[float] = (0.5,)
    quantile_rule: str = "math"
    by: Sequence[str] = ()
    where: str | None = None
    interval: str = "logit"
    df: str = "design"
    level: float = 0.95
    deff: str = "auto"
    """Simple random sample that the design effect compares with: drawn with replacement, or without it from a
    population of Σ weights; ``auto`` takes the latter when the weights expand to a population (Σ weights ≥ 1.5 n)."""
    engine: str = "memory"
    encoding: str | None = None
    sheet: str | None = None


@dataclass(frozen=True, slots=True)
class EstimateRow:
    """One estimate: of ``variable`` at ``level`` (a code, a probability or nothing) in ``domain`` (group codes)."""

    variable: str
    level: str
    domain: tuple[str, ...]
    n: int
    weighted_n: float
    estimate: float
    se: float
    ci_low: float
    ci_high: float
    df: float
    deff: float
    reliability: str


@dataclass(frozen=True)
class EstimateTable:
    """All rows, ordered by variable (as asked), level and domain, with what is needed to trust them.

    These are numbers for the analyst: disclosure control has not seen them.
    """

    by: Sequence[str]
    rows: Sequence[EstimateRow]
    source: Fingerprint
    parameters: Mapping[str, str]
    notes: Sequence[Note] = ()


@dataclass(frozen=True)
class ChangeRequest:
    """Two files of one questionnaire, the same question to both: ``first`` (its file is the earlier) and ``later``."""

    first: EstimateRequest
    later: Path
    adjust: str = "holm"
    power: float = 0.8


@dataclass(frozen=True)
class IndicatorChangeRequest:
    """Two files of a codebook's waves: which of its indicators (none: all), in which of its groups, crossed."""

    codebook: Path
    first: Path
    later: Path
    indicators: Sequence[str] = ()
    by: Sequence[str] = ()
    adjust: str = "holm"
    power: float = 0.8


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """Later minus earlier for one variable, level and domain."""

    variable: str
    level: str
    domain: tuple[str, ...]
    n_a: int
    n_b: int
    estimate_a: float
    estimate_b: float
    difference: float
    se: float
    ci_low: float
    ci_high: float
    t: float
    df: float
    p: float
    p_adjusted: float
    detectable: float


@dataclass(frozen=True)
class ChangeTable:
    """All differences, in the order of the earlier file's estimates."""

    by: Sequence[str]
    rows: Sequence[ChangeRow]
    sources: Sequence[Fingerprint]
    parameters: Mapping[str, str]
    notes: Sequence[Note] = ()


@dataclass(frozen=True)
class DetectableRequest:
    """Two waves of ``n`` each with the same design effect, around a share of ``baseline``."""

    baseline: float
    n: int
    deff: float = 1.0
    population: int | None = None
    power: float = 0.8
    alpha: float = 0.05
    change: float | None = None


@dataclass(frozen=True)
class Detectable:
    """The smallest fall and rise that two such waves can show (shares), and the n a wanted change needs.

    ``fall`` is None when not even a fall to zero would show. ``n_needed`` is None when no change was asked for.
    """

    fall: float | None
    rise: float | None
    n_needed: int | None
