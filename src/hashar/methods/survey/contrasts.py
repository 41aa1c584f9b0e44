"""Contrasts of estimates: differences, ratios and any smooth function, with the covariance that the design gives them.

Domains and waves of one design share clusters, so their estimates are correlated; the covariance of an ``Estimate``
carries that. Waves drawn independently have covariance zero between them, and their degrees of freedom add up.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
from scipy import stats

from hashar.errors import EstimationError, UsageError
from hashar.i18n import N_
from hashar.methods.survey.records import Estimate, FloatArray

_STEP = 1e-30  # of the complex-step derivative: far below rounding, so the derivative is exact to the last digit


@dataclass(frozen=True, eq=False)
class Contrast:
    """m contrasts with their uncertainty; every array is (m,), ``covariance`` is (m, m) or None.

    ``statistic`` is t = (estimate − null)/se and ``p`` its two-sided p-value with ``df`` degrees of freedom (infinity:
    the normal distribution). Where ``df`` ≤ 0, or ``se`` is not positive, limits and p-value are NaN: the data cannot
    say.
    """

    estimate: FloatArray
    se: FloatArray
    statistic: FloatArray
    df: FloatArray
    p: FloatArray
    ci_low: FloatArray
    ci_high: FloatArray
    covariance: FloatArray | None = None


@dataclass(frozen=True)
class JointTest:
    """One test: its statistic, degrees of freedom (``df_den`` infinite for a chi-square) and p-value."""

    statistic: float
    df_num: float
    df_den: float
    p: float


def t_inference(
    estimate: npt.ArrayLike,
    se: npt.ArrayLike,
    df: npt.ArrayLike,
    *,
    level: float = 0.95,
    null: npt.ArrayLike = 0.0,
    covariance: FloatArray | None = None,
) -> Contrast:
    """Limits, t and p of estimates (m,) that have a standard error; ``df`` is one number or (m,)."""
    _check_level(level)
    value, error = np.atleast_1d(np.asarray(estimate, np.float64)), np.atleast_1d(np.asarray(se, np.float64))
    freedom = np.broadcast_to(np.asarray(df, np.float64), value.shape).copy()
    usable = np.where(freedom > 0, freedom, np.nan)
    t = np.full(value.shape, np.nan)
    np.divide(value - np.asarray(null, np.float64), error, out=t, where=error > 0)
    half = stats.t.ppf((1 + level) / 2, usable) * np.where(error > 0, error, np.nan)
    return Contrast(
        estimate=value,
        se=error,
        statistic=t,
        df=freedom,
        p=2 * stats.t.sf(np.abs(t), usable),
        ci_low=value - half,
        ci_high=value + half,
        covariance=covariance,
    )


def linear_contrast(
    estimate: npt.ArrayLike,
    covariance: npt.ArrayLike,
    coefficients: npt.ArrayLike,
    *,
    df: float,
    level: float = 0.95,
    null: npt.ArrayLike = 0.0,
) -> Contrast:
    """Linear combinations of k estimates.

    Parameters
    ----------
    estimate, covariance
        (k,) and (k, k).
    coefficients
        (m, k), or (k,) for one: ``[-1, 1]`` is second minus first.
    df
        Degrees of freedom of the design; infinity uses the normal distribution, as R's ``svycontrast`` does.
    level, null
        Coverage of the limits, and the value tested.

    Raises
    ------
    UsageError
        When the sizes do not fit, or the level is not inside (0, 1).

    """
    value, V = _sized(estimate, covariance)
    C = np.atleast_2d(np.asarray(coefficients, dtype=np.float64))
    if C.shape[1] != value.size:
        raise UsageError(
            N_("A contrast needs one coefficient for each of the {size} estimates, but has {given}."),
            size=value.size,
            given=C.shape[1],
        )
    used = (C != 0).any(axis=0)  # an estimate with coefficient 0 may be NaN without spoiling the contrast
    C, value, V = C[:, used], value[used], V[np.ix_(used, used)]
    joint = C @ V @ C.T
    return t_inference(C @ value, _root(np.diag(joint)), df, level=level, null=null, covariance=joint)


def smooth_contrast(
    estimate: npt.ArrayLike,
    covariance: npt.ArrayLike,
    function: Callable[[Any], Any],
    *,
    df: float,
    level: float = 0.95,
    null: npt.ArrayLike = 0.0,
) -> Contrast:
    """A smooth function of k estimates by the delta method, for example ``lambda x: np.log(x[1] / x[0])``.

    Parameters
    ----------
    estimate, covariance, df, level, null
        As in :func:`linear_contrast`.
    function
        (k,) → one number or (m,), made of arithmetic, ``np.log``, ``np.exp`` and other analytic functions: its
        derivative is taken with a complex step (Squire & Trapp 1998, *SIAM Review* 40, 110–112), exact to rounding.

    Raises
    ------
    UsageError
        When the function is not analytic (``abs``, comparisons, ``max``), or sizes do not fit.

    Sources
    -------
    Wolter (2007), *Introduction to Variance Estimation*, section 6.2.

    """
    value, V = _sized(estimate, covariance)
    at = np.atleast_1d(np.asarray(function(value), dtype=np.float64))
    gradient = np.empty((at.size, value.size))
    rough = np.empty_like(gradient)
    for j in range(value.size):
        step = np.zeros(value.size)
        step[j] = 1e-6 * max(abs(value[j]), 1e-6)
        gradient[:, j] = np.imag(np.atleast_1d(function(value + 1j * _STEP * (step > 0)))) / _STEP
        change = np.atleast_1d(function(value + step)) - np.atleast_1d(function(value - step))
        rough[:, j] = np.real(change) / (2 * step[j])
    if not np.allclose(gradient, rough, rtol=1e-3, atol=1e-3 * np.abs(rough).max(initial=0.0), equal_nan=True):
        raise UsageError(
            N_(
                "The function of the estimates has no derivative that can be trusted: build it from + - * / log and "
                "exp."
            )
        )
    joint = gradient @ V @ gradient.T
    return t_inference(at, _root(np.diag(joint)), df, level=level, null=null, covariance=joint)


def change(before: Estimate, after: Estimate, *, level: float = 0.95, relative: bool = False) -> Contrast:
    """The change of k estimates between two waves that were drawn independently.

    Parameters
    ----------
    before, after
        The same k variables, levels and domains in two waves.
    level
        Coverage of the limits.
    relative
        The ratio after / before instead of the difference, with limits made on the log scale, tested against 1.

    Returns
    -------
    k contrasts without covariance. Their df are the sum of the two waves' df, as in the pooled design with strata kept
    apart by wave (Korn & Graubard 1999, *Analysis of Health Surveys*, section 8.1). NaN where an estimate is missing,
    or (``relative``) zero.

    Raises
    ------
    UsageError
        When the two waves have different numbers of estimates.

    """
    if len(before) != len(after):
        raise UsageError(
            N_("Two waves can be compared only for the same variables and groups: {before} estimates against {after}."),
            before=len(before),
            after=len(after),
        )
    df = before.df + after.df
    if not relative:
        return t_inference(after.estimate - before.estimate, np.hypot(before.se, after.se), df, level=level)
    positive = (before.estimate > 0) & (after.estimate > 0)
    old, new = (np.where(positive, e.estimate, np.nan) for e in (before, after))
    log_ratio = t_inference(np.log(new / old), np.hypot(before.se / old, after.se / new), df, level=level)
    return Contrast(
        estimate=np.exp(log_ratio.estimate),
        se=log_ratio.se * np.exp(log_ratio.estimate),
        statistic=log_ratio.statistic,
        df=log_ratio.df,
        p=log_ratio.p,
        ci_low=np.exp(log_ratio.ci_low),
        ci_high=np.exp(log_ratio.ci_high),
    )


def difference(estimate: Estimate, first: npt.ArrayLike, second: npt.ArrayLike, *, level: float = 0.95) -> Contrast:
    """Differences ``second − first`` between entries of one :class:`Estimate` (domains, or waves that share clusters).

    Parameters
    ----------
    estimate
        k estimates with their covariance (k, k).
    first, second
        Positions, (m,) or one.
    level
        Coverage of the limits.

    Returns
    -------
    m contrasts; the df of each is the larger of the two entries' df.

    Raises
    ------
    UsageError
        When ``estimate`` carries no covariance.

    """
    if estimate.covariance is None:
        raise UsageError(N_("A difference between groups needs their covariance: ask for it when estimating."))
    a, b = np.atleast_1d(np.asarray(first)), np.atleast_1d(np.asarray(second))
    V = estimate.covariance
    joint = V[np.ix_(b, b)] - V[np.ix_(b, a)] - V[np.ix_(a, b)] + V[np.ix_(a, a)]
    value = estimate.estimate[b] - estimate.estimate[a]
    df = np.maximum(estimate.df[a], estimate.df[b])
    return t_inference(value, _root(np.diag(joint)), df, level=level, covariance=joint)


def wald_test(estimate: npt.ArrayLike, covariance: npt.ArrayLike, *, df: float) -> JointTest:
    """Wald test that k estimates are all zero: F = b'V⁻¹b / k with (k, df) degrees of freedom.

    ``df`` infinite: b'V⁻¹b is compared with a chi-square and is itself the statistic. NaN p-value where df ≤ 0.

    Raises
    ------
    EstimationError
        When the covariance is singular: the design has too few clusters, or the estimates are linearly dependent.

    """
    b, V = _sized(estimate, covariance)
    scale = _root(np.diag(V))
    if not np.all(scale > 0) or np.linalg.matrix_rank(V / np.outer(scale, scale), rtol=1e-10, hermitian=True) < b.size:
        raise EstimationError(
            N_(
                "A joint test of {size} numbers is not possible: their covariance is singular, because the design "
                "has too few clusters or one number follows from the others; test fewer at once."
            ),
            size=b.size,
        )
    unit = b / scale
    square = float(unit @ np.linalg.solve(V / np.outer(scale, scale), unit))
    if np.isinf(df):
        return JointTest(square, float(b.size), np.inf, float(stats.chi2.sf(square, b.size)))
    f = square / b.size
    return JointTest(f, float(b.size), float(df), float(stats.f.sf(f, b.size, df)) if df > 0 else float("nan"))


def _sized(estimate: npt.ArrayLike, covariance: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    value = np.atleast_1d(np.asarray(estimate, dtype=np.float64))
    V = np.atleast_2d(np.asarray(covariance, dtype=np.float64))
    if V.shape != (value.size, value.size):
        raise UsageError(
            N_("{size} estimates need a covariance of {size} by {size}, but it is {shape}."),
            size=value.size,
            shape="×".join(map(str, V.shape)),
        )
    return value, V


def _root(variance: FloatArray) -> FloatArray:
    return np.sqrt(np.maximum(variance, 0.0))  # a difference of equal estimates may come out at −1e-20


def _check_level(level: float) -> None:
    if not 0 < level < 1:
        raise UsageError(N_("The level of an interval is {level}, but must lie between 0 and 1."), level=level)
