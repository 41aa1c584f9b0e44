"""Counts of rare events: exact limits of one, and the exact comparison of two Poisson rates.

Two counts: given the total, the later one is binomial with p = r t₂ / (t₁ + r t₂), where r is the ratio of the rates
and t are the exposures (Przyborowski & Wilenski 1940, *Biometrika* 31:313; Krishnamoorthy & Thomson 2004, *J. Statist.
Plann. Inference* 119:23, section 2). Limits of r are the Clopper–Pearson limits of p, turned back; the two-sided
p-value sums every outcome that is no more probable than the one seen, as R's ``poisson.test`` does.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt
from scipy import special

from hashar.errors import EstimationError
from hashar.i18n import N_
from hashar.late import late

if TYPE_CHECKING:
    from scipy import stats
else:  # large, and limits of one count do without it
    stats = late("scipy.stats")

FloatArray = npt.NDArray[np.float64]
_EQUAL = 1 + 1e-7
"""Outcomes whose probability is that close are equally probable (R's ``binom.test`` uses the same factor)."""


@dataclass(frozen=True)
class PoissonInterval:
    """Exact limits for the expected number of events; arrays of the shape of the counts."""

    low: FloatArray
    high: FloatArray


def exact_interval(count: npt.ArrayLike, *, level: float = 0.95) -> PoissonInterval:
    """Central exact limits for the mean of a Poisson variable of which ``count`` (k,) was seen.

    With α = 1 − ``level``: ½ χ²(α/2; 2x) and ½ χ²(1 − α/2; 2x + 2), which are quantiles of gamma; 0 events: 0.
    Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936) 437-442, in the χ² form of
    Ulm, American Journal of Epidemiology 131 (1990) 373-375.
    """
    seen = np.asarray(count, dtype=np.float64)
    tail = (1.0 - level) / 2.0
    low = np.where(seen > 0, special.gammaincinv(np.maximum(seen, 0.5), tail), 0.0)
    return PoissonInterval(low=low, high=special.gammainccinv(seen + 1.0, tail))


@dataclass(frozen=True)
class RateRatio:
    """Later rate over earlier rate, its exact limits and the two-sided exact p-value of "no difference"."""

    ratio: float
    ci_low: float
    ci_high: float
    p: float


def rate_ratio(
    *, earlier: float, later: float, exposure_earlier: float = 1.0, exposure_later: float = 1.0, level: float = 0.95
) -> RateRatio:
    """Compare two counts.

    Parameters
    ----------
    earlier, later
        Whole counts ≥ 0.
    exposure_earlier, exposure_later
        Person-time (or years) behind them, > 0.
    level
        Confidence level of the limits.

    Raises
    ------
    EstimationError
        A count is negative or broken, an exposure is not positive, or both counts are 0 (no ratio exists).

    """
    _refuse(earlier, later, exposure_earlier, exposure_later)
    total = int(earlier + later)
    null = exposure_later / (exposure_earlier + exposure_later)
    tail = (1 - level) / 2
    low = float(stats.beta.ppf(tail, later, earlier + 1)) if later else 0.0
    high = float(stats.beta.isf(tail, later + 1, earlier)) if earlier else 1.0
    exposure = exposure_earlier / exposure_later
    ratio = later / earlier * exposure if earlier else float("inf")
    return RateRatio(
        ratio=ratio,
        ci_low=_odds(low) * exposure,
        ci_high=_odds(high) * exposure,
        p=_two_sided(int(later), total, null),
    )


def _odds(share: float) -> float:
    return share / (1 - share) if share < 1 else float("inf")


def _two_sided(count: int, total: int, share: float) -> float:
    """Probability of all outcomes no more probable than ``count``."""
    outcomes = stats.binom.pmf(np.arange(total + 1), total, share)
    return min(1.0, float(outcomes[outcomes <= outcomes[count] * _EQUAL].sum()))


def _refuse(earlier: float, later: float, exposure_earlier: float, exposure_later: float) -> None:
    counts = (earlier, later)
    if any(count < 0 or count != int(count) for count in counts):
        raise EstimationError(N_("Counts of events must be whole numbers from 0 on."))
    if min(exposure_earlier, exposure_later) <= 0:
        raise EstimationError(N_("The population (or the time) behind a count must be more than 0."))
    if not any(counts):
        raise EstimationError(N_("Nothing was counted in either period, so there is nothing to compare."))
