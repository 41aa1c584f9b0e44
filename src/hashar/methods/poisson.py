"""Counts and rates of rare events."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy.stats import chi2

FloatArray = npt.NDArray[np.float64]


@dataclass(frozen=True)
class PoissonInterval:
    """Exact limits for the expected number of events; arrays of the shape of the counts."""

    low: FloatArray
    high: FloatArray


def exact_interval(count: npt.ArrayLike, *, level: float = 0.95) -> PoissonInterval:
    """Central exact limits for the mean of a Poisson variable of which ``count`` (k,) was seen.

    With α = 1 − ``level``: ½ χ²(α/2; 2x) and ½ χ²(1 − α/2; 2x + 2); the lower limit of 0 events is 0.
    Garwood, Fiducial limits for the Poisson distribution, Biometrika 28 (1936) 437-442, in the χ² form of
    Ulm, American Journal of Epidemiology 131 (1990) 373-375.
    """
    seen = np.asarray(count, dtype=np.float64)
    tail = (1.0 - level) / 2.0
    low = np.where(seen > 0, chi2.ppf(tail, 2.0 * np.maximum(seen, 0.5)) / 2.0, 0.0)
    return PoissonInterval(low=low, high=chi2.isf(tail, 2.0 * seen + 2.0) / 2.0)
