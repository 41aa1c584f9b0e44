"""Disclosure control as a type: what leaves the assess step is ``Published`` and nothing else.

Only ``hashar.assess.analysis.release`` makes one (a consistency test looks for any other call).
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

T = TypeVar("T")


class Suppression(StrEnum):
    """Why a value is not shown."""

    SMALL_N = "small_n"
    """Fewer pupils answered than the codebook's minimum."""
    SMALL_COUNT = "small_count"
    """Fewer pupils gave this answer (or all others) than the minimum."""
    FEW_CLUSTERS = "few_clusters"
    """The pupils come from too few classes or schools to hide in, or for a variance."""
    COMPLEMENTARY = "complementary"
    """Hidden so that another hidden value cannot be worked out by subtraction."""
    UNRELIABLE = "unreliable"
    """Fails the NCHS presentation standards badly enough that the setting says not to show it."""
    NOT_ASKED = "not_asked"
    """Nobody in this domain was asked."""


class Reliability(StrEnum):
    """NCHS data presentation standards for proportions (Series 2, Number 175, 2017), and for other statistics by CV."""

    RELIABLE = "reliable"
    REVIEW = "review"
    UNRELIABLE = "unreliable"
    NOT_RATED = "not_rated"


@dataclass(frozen=True, slots=True)
class Published(Generic[T]):
    """A value that passed disclosure control, or the reason why it is not shown. Exactly one of the two is set."""

    value: T | None
    suppressed: Suppression | None = None

    def __post_init__(self) -> None:
        """Refuse a record that is both shown and hidden, or neither."""
        if (self.value is None) == (self.suppressed is None):
            message = "a published record is either shown or hidden for a reason"
            raise ValueError(message)


@dataclass(frozen=True, slots=True)
class Figure:
    """One estimate as it is published. Shares are 0–1; ``n`` counts pupils who answered; limits may be one-sided."""

    n: int
    weighted_n: float
    estimate: float
    se: float
    ci_low: float
    ci_high: float
    df: float
    deff: float
    n_effective: float
    reliability: Reliability


@dataclass(frozen=True, slots=True)
class Change:
    """A difference between two waves (later minus earlier), in the unit of the indicator."""

    earlier: str
    later: str
    difference: float
    se: float
    ci_low: float
    ci_high: float
    df: float
    statistic: float
    p: float
    p_adjusted: float
    detectable: float
    """Smallest true change that these two waves would show with the stated power."""
    shown: bool
    """Whether the adjusted p is below the level: only then is the change claimed."""
