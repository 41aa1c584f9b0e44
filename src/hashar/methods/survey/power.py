"""What two waves can show: the smallest detectable change and the sample it takes.

A target that no survey of the planned size could confirm must be refused while it is being written. The comparison is
the two-sided (by default) test of two waves; the design effect and the finite population enter through the variance.

Convention. For proportions the variance under "no change" is taken at the mean of the two proportions and the variance
under the change at both (Fleiss, Levin & Paik 2003, *Statistical Methods for Rates and Proportions*, 3rd ed., eq. 4.14,
without continuity correction; the convention of R's ``power.prop.test``). It gives a fall of 3.9 points from 5 %, and
of 5.9 from 10 %, for two waves of 600 with a design effect of 2. The design effect multiplies the variance (Kish 1965,
section 8.2), (1 − n/N) is its finite population correction, and waves that share people or schools are correlated:
Var(p₂ − p₁) = V₁ + V₂ − 2 r √(V₁V₂) with r = overlap × correlation (Kish 1965, section 12.4).
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
from scipy import stats

from hashar.errors import UsageError
from hashar.i18n import N_

FloatArray = npt.NDArray[np.float64]

_BISECTIONS = 80  # halves the interval [0, 1] beyond the last bit of a double


@dataclass(frozen=True, kw_only=True)
class TwoWaves:
    """The plan of two waves that are to be compared.

    Parameters
    ----------
    n, n_after
        Answers in the earlier and the later wave; ``n_after`` is ``n`` when None. Unused by the needed-n functions.
    deff
        Design effect of both waves, > 0.
    population
        People in the target group; None when it is large (no finite population correction).
    alpha, power, sides
        Level of the test, probability of showing a real change, 1 or 2 sides.
    overlap, correlation
        Share of the sample that is in both waves, and the correlation of its answers between them.

    Raises
    ------
    UsageError
        When a value lies outside its range.

    """

    n: float = 0.0
    n_after: float | None = None
    deff: float = 1.0
    population: float | None = None
    alpha: float = 0.05
    power: float = 0.8
    sides: int = 2
    overlap: float = 0.0
    correlation: float = 0.0

    def __post_init__(self) -> None:
        _refuse_outside("alpha", self.alpha, 0, 1)
        _refuse_outside("power", self.power, self.alpha / 2, 1)
        _refuse_outside("correlation", self.correlation, -1, 1)
        _refuse_outside("overlap", self.overlap, 0, 1, ends=True)
        _refuse_outside("sides", self.sides, 1, 2, ends=True)
        _refuse_not_positive("deff", self.deff)
        if self.population is not None:
            _refuse_not_positive("population", self.population)
            _refuse_outside("n", max(self.n, self.n_after or 0.0), 0, self.population, ends=True)

    @cached_property
    def z_alpha(self) -> float:
        """Normal quantile of the test."""
        return float(stats.norm.ppf(1 - self.alpha / self.sides))

    @cached_property
    def z_power(self) -> float:
        """Normal quantile of the power."""
        return float(stats.norm.ppf(self.power))

    @property
    def r(self) -> float:
        """Correlation of the two estimates."""
        return self.overlap * self.correlation

    @property
    def shrink(self) -> tuple[float, float]:
        """The factors of the two waves that turn a unit variance into the variance of an estimate."""
        _refuse_not_positive("n", self.n)
        later = self.n if self.n_after is None else self.n_after
        _refuse_not_positive("n_after", later)
        unsampled = 0.0 if self.population is None else 1 / self.population
        return self.deff * (1 / self.n - unsampled), self.deff * (1 / later - unsampled)


def detectable_change(waves: TwoWaves, baseline: npt.ArrayLike, *, rise: bool = False) -> FloatArray:
    """The smallest change of a proportion that the two waves can show.

    Parameters
    ----------
    waves
        The plan.
    baseline
        Proportions of the earlier wave, any shape, inside (0, 1) or NaN.
    rise
        A rise instead of a fall; its size differs because the variance does.

    Returns
    -------
    Size of the change (positive, as a proportion), in the shape of ``baseline``; NaN where even a fall to 0 (a rise
    to 1) could not be shown, or the baseline is NaN.

    Raises
    ------
    UsageError
        When a baseline lies outside (0, 1), or n is not positive.

    """
    p1 = _proportions(baseline)
    low, high = np.zeros_like(p1), (1 - p1 if rise else p1.copy())
    sign = 1.0 if rise else -1.0
    impossible = ~(_shortfall(waves, p1, high, sign) <= 0)
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        short = _shortfall(waves, p1, middle, sign) > 0
        low, high = np.where(short, middle, low), np.where(short, high, middle)
    return np.where(impossible, np.nan, high)


def needed_n(waves: TwoWaves, baseline: npt.ArrayLike, change: npt.ArrayLike) -> FloatArray:
    """Answers needed in each of two equal waves to show that a proportion changed by ``change``.

    Parameters
    ----------
    waves
        The plan; its ``n`` is ignored.
    baseline, change
        Proportion of the earlier wave and the signed change (a fall is negative), broadcast together.

    Returns
    -------
    n per wave, unrounded (round up); never above the population. The inverse of :func:`detectable_change`.

    Raises
    ------
    UsageError
        When the baseline, or the baseline plus the change, is not a proportion, or the change is 0.

    """
    p1 = _proportions(baseline)
    d = np.asarray(change, dtype=np.float64)
    p2 = p1 + d
    if bool(np.any((p2 < 0) | (p2 > 1) | (d == 0))):
        raise UsageError(
            N_("A change must differ from 0 and end between 0 and 1: give the change in proportions, a fall as -0.02.")
        )
    null, alternative = _unit_errors(waves, p1, p2, 1.0, 1.0)
    return _n_from_unit(waves, (waves.z_alpha * null + waves.z_power * alternative) / np.abs(d))


def power_of_change(waves: TwoWaves, baseline: npt.ArrayLike, change: npt.ArrayLike) -> FloatArray:
    """Probability that the two waves show a given signed change of a proportion (in the right direction)."""
    p1 = _proportions(baseline)
    d = np.asarray(change, dtype=np.float64)
    null, alternative = _unit_errors(waves, p1, p1 + d, *waves.shrink)
    with np.errstate(divide="ignore"):  # two whole populations: any change is certain
        return np.asarray(stats.norm.cdf((np.abs(d) - waves.z_alpha * null) / alternative), dtype=np.float64)


def detectable_change_of_mean(waves: TwoWaves, sd: npt.ArrayLike) -> FloatArray:
    """The smallest change of a mean that the two waves can show, in the units of ``sd`` (standard deviation > 0)."""
    deviation = _deviations(sd)
    f1, f2 = waves.shrink
    error = np.sqrt(f1 + f2 - 2 * waves.r * np.sqrt(f1 * f2))
    return np.asarray((waves.z_alpha + waves.z_power) * deviation * error, dtype=np.float64)


def needed_n_for_mean(waves: TwoWaves, sd: npt.ArrayLike, change: npt.ArrayLike) -> FloatArray:
    """Answers needed in each of two equal waves to show a change of a mean; see :func:`needed_n`."""
    d = np.asarray(change, dtype=np.float64)
    if bool(np.any(d == 0)):
        raise UsageError(N_("A change of 0 cannot be shown by any sample: give the change of the mean that matters."))
    error = _deviations(sd) * np.sqrt(2 - 2 * waves.r)
    return _n_from_unit(waves, (waves.z_alpha + waves.z_power) * error / np.abs(d))


def _n_from_unit(waves: TwoWaves, ratio: FloatArray) -> FloatArray:
    """Solve deff (1/n − 1/N) ratio² = 1 for n."""
    unlimited = waves.deff * ratio**2
    if waves.population is None:
        return np.asarray(unlimited, dtype=np.float64)
    return np.asarray(unlimited / (1 + unlimited / waves.population), dtype=np.float64)


def _shortfall(waves: TwoWaves, p1: FloatArray, change: FloatArray, sign: float) -> FloatArray:
    """How far ``change`` is from being detectable; falls through 0 at the smallest detectable change."""
    null, alternative = _unit_errors(waves, p1, p1 + sign * change, *waves.shrink)
    return np.asarray(waves.z_alpha * null + waves.z_power * alternative - change, dtype=np.float64)


def _unit_errors(
    waves: TwoWaves, p1: FloatArray, p2: FloatArray, f1: float, f2: float
) -> tuple[FloatArray, FloatArray]:
    """Standard errors of the difference under "no change" and under the change."""
    later = np.clip(p2, 0.0, 1.0)  # rounding may leave p1 − p1 below 0
    # With unequal waves the common proportion is the mean weighted by the sizes of the samples.
    pooled = (p1 * f2 + later * f1) / (f1 + f2) if f1 + f2 > 0 else (p1 + later) / 2
    cross = f1 + f2 - 2 * waves.r * np.sqrt(f1 * f2)
    v1, v2 = p1 * (1 - p1) * f1, later * (1 - later) * f2
    null = np.sqrt(pooled * (1 - pooled) * cross)
    alternative = np.sqrt(v1 + v2 - 2 * waves.r * np.sqrt(v1 * v2))
    return null, alternative


def _proportions(baseline: npt.ArrayLike) -> FloatArray:
    p = np.asarray(baseline, dtype=np.float64)
    if bool(np.any((p <= 0) | (p >= 1))):
        raise UsageError(N_("The baseline must lie between 0 and 1, ends excluded: write 5 % as 0.05."))
    return p


def _deviations(sd: npt.ArrayLike) -> FloatArray:
    deviation = np.asarray(sd, dtype=np.float64)
    if bool(np.any(deviation <= 0)):
        raise UsageError(N_("A standard deviation must be above 0."))
    return deviation


def _refuse_outside(name: str, value: float, low: float, high: float, *, ends: bool = False) -> None:
    if not (low < value < high or (ends and value in (low, high))):
        raise UsageError(
            N_("{name} is {value}, but must lie between {low} and {high}."), name=name, value=value, low=low, high=high
        )


def _refuse_not_positive(name: str, value: float) -> None:
    if not value > 0:
        raise UsageError(N_("{name} is {value}, but must be above 0."), name=name, value=value)
