"""How far an estimate can be trusted, by the rules of official statistics (revealing someone is another matter)."""

import numpy as np
import numpy.typing as npt

from hashar.methods.survey.intervals import interval
from hashar.methods.survey.records import FloatArray, Reliability

FEWEST = 30
"""Answers, and effective answers, below which nothing is reliable (NCHS Series 2 No. 175, table A)."""

FEWEST_DF = 8
"""Degrees of freedom below which a person should look (same source)."""

NARROW, WIDE, RELATIVE = 0.05, 0.30, 1.30
"""Width of the Korn–Graubard 95 % interval: up to NARROW reliable, from WIDE not, between: width / p ≤ RELATIVE."""

CAUTION, REFUSE = 0.166, 0.333
"""Relative standard errors of other statistics: above CAUTION review, above REFUSE unreliable (the bands of Statistics
Canada's release guidelines)."""


def rate_proportions(
    p: npt.ArrayLike, se: npt.ArrayLike, n: npt.ArrayLike, n_effective: npt.ArrayLike, df: npt.ArrayLike
) -> npt.NDArray[np.int8]:
    """NCHS presentation standards for proportions (Parker et al. 2017, *Vital Health Stat* 2(175)).

    All arguments (k,); ``df`` should be the domain's own. An interval width of at most 0.05 is reliable whatever the
    relative width; 0 %, 100 % and few degrees of freedom ask for review; a domain in one cluster is unreliable.
    """
    p, se, n, n_effective, df = (np.asarray(a, dtype=np.float64) for a in (p, se, n, n_effective, df))
    edge = (p <= 0) | (p >= 1)
    effective = np.where(np.isfinite(n_effective) & ~edge, np.minimum(n_effective, n), n)
    with np.errstate(divide="ignore", invalid="ignore"):
        capped = np.maximum(se, np.sqrt(p * (1 - p) / n))  # the effective size is never taken above n
        low, high = interval("beta", p, capped, df, n, np.nan)
        width = high - low
        relative = width / p
    poor = (n < FEWEST) | (effective < FEWEST) | (width >= WIDE) | (df <= 0)
    poor |= (width > NARROW) & (relative > RELATIVE) & ~edge
    review = (df < FEWEST_DF) | edge
    return _flags(p, poor, review)


def rate_others(
    estimate: npt.ArrayLike, se: npt.ArrayLike, n: npt.ArrayLike, df: npt.ArrayLike
) -> npt.NDArray[np.int8]:
    """Means, totals, ratios and quantiles (k,) by their relative standard error, n and degrees of freedom."""
    e, s, size, d = (np.asarray(a, dtype=np.float64) for a in (estimate, se, n, df))
    with np.errstate(divide="ignore", invalid="ignore"):
        relative = s / np.abs(e)
    poor = (size < FEWEST) | ~(relative <= REFUSE) | (d <= 0)
    review = (d < FEWEST_DF) | (relative > CAUTION)
    return _flags(e, poor, review)


def _flags(estimate: FloatArray, poor: npt.NDArray[np.bool_], review: npt.NDArray[np.bool_]) -> npt.NDArray[np.int8]:
    flags = np.where(poor, Reliability.UNRELIABLE, np.where(review, Reliability.REVIEW, Reliability.RELIABLE))
    return np.where(np.isfinite(estimate), flags, Reliability.NOT_RATED).astype(np.int8)
