"""Trends over three or more waves.

``wave_trend`` needs only the wave estimates and their covariance; ``logistic_trend`` goes back to the answers.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import stats

from hashar.errors import EstimationError, UsageError
from hashar.i18n import N_
from hashar.methods.survey.contrasts import Contrast, JointTest, t_inference
from hashar.methods.survey.records import FloatArray
from hashar.methods.survey.regression import Predictors, Regression, intercept, numeric, regress
from hashar.methods.survey.sample import AnyDesign


@dataclass(frozen=True, eq=False)
class Trend:
    """A straight line through k wave estimates.

    ``slope`` is the change per unit of time (one contrast), ``level`` the line's value at the mean time (one contrast),
    ``fitted`` (k,) the line, and ``departure`` the test that the waves lie on it (None with two waves): when it is
    small, one number does not describe what happened.
    """

    slope: Contrast
    level: Contrast
    fitted: FloatArray
    departure: JointTest | None


def wave_trend(
    times: npt.ArrayLike, estimate: npt.ArrayLike, covariance: npt.ArrayLike, *, df: float, level: float = 0.95
) -> Trend:
    """Generalised least squares of the estimates on time.

    Parameters
    ----------
    times, estimate
        (k,) times (years) and estimates of k ≥ 2 waves; the estimate on whatever scale the line is meant for.
    covariance
        (k, k): diagonal for waves drawn independently, full where they share clusters.
    df
        Degrees of freedom of all waves together.
    level
        Coverage of the limits.

    Raises
    ------
    EstimationError
        When an estimate is missing, a standard error is zero, or all waves have the same time.
    UsageError
        When the sizes do not fit.

    Sources
    -------
    Grizzle, Starmer & Koch (1969), *Biometrics* 25, 489–504, section 3; with estimated design covariances: Koch,
    Freeman & Freeman (1975), *International Statistical Review* 43, 59–78, section 3.

    """
    t, y = np.asarray(times, dtype=np.float64), np.asarray(estimate, dtype=np.float64)
    V = np.asarray(covariance, dtype=np.float64)
    if t.shape != y.shape or t.ndim != 1 or V.shape != (t.size, t.size):
        raise UsageError(N_("A trend needs one time, one estimate and one row of the covariance for each wave."))
    if not (np.isfinite(y).all() and np.isfinite(V).all() and np.unique(t).size > 1):
        raise EstimationError(N_("A trend needs an estimate in every wave, and waves at two times at least."))
    X = np.column_stack([np.ones(t.size), t - t.mean()])
    root = _root(V)
    X_white, y_white = np.linalg.solve(root, X), np.linalg.solve(root, y)
    inverse = np.linalg.inv(X_white.T @ X_white)
    b = inverse @ (X_white.T @ y_white)
    left = y_white - X_white @ b
    se = np.sqrt(np.diag(inverse))
    return Trend(
        slope=t_inference(b[1], se[1], df, level=level, covariance=inverse[1:, 1:]),
        level=t_inference(b[0], se[0], df, level=level, covariance=inverse[:1, :1]),
        fitted=X @ b,
        departure=None if t.size == 2 else _departure(float(left @ left), t.size - 2, df),
    )


def logistic_trend(
    design: AnyDesign,
    y: npt.ArrayLike,
    time: npt.ArrayLike,
    *,
    adjust_for: Predictors | None = None,
    domain: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Regression:
    """Logistic regression of a yes/no answer on time, for all waves in one design.

    Parameters
    ----------
    design
        The waves stacked; :func:`~hashar.methods.survey.design.stack_designs` keeps independent waves apart.
    y, time
        (n,) 0/1 answer and time of every row, NaN where missing. Time is taken from its mean, so the intercept is the
        log odds at the middle of the period.
    adjust_for
        Further columns, such as sex and grade, so that a changing mix of pupils is not taken for a trend.
    domain, level
        As in :func:`~hashar.methods.survey.regression.regress`.

    Returns
    -------
    The model; the coefficient of ``time`` is the log odds ratio per unit of time (Korn & Graubard 1999, *Analysis of
    Health Surveys*, section 8.1). Errors as in :func:`~hashar.methods.survey.regression.regress`.

    """
    at = np.asarray(time, dtype=np.float64)
    if not np.isfinite(at).any():
        raise EstimationError(N_("No row has a time: a trend needs the year of every wave."))
    columns = intercept(at.size) & numeric("time", at - np.nanmean(at))
    if adjust_for is not None:
        columns = columns & adjust_for
    return regress(design, y, columns, family="binomial", domain=domain, level=level)


def _root(V: FloatArray) -> FloatArray:
    try:
        return np.asarray(np.linalg.cholesky(V), dtype=np.float64)
    except np.linalg.LinAlgError:
        raise EstimationError(
            N_("A trend needs waves whose standard errors are not zero and whose covariance is not singular.")
        ) from None


def _departure(square: float, k: int, df: float) -> JointTest:
    if np.isinf(df):
        return JointTest(square, float(k), np.inf, float(stats.chi2.sf(square, k)))
    f = square / k
    return JointTest(f, float(k), float(df), float(stats.f.sf(f, k, df)) if df > 0 else float("nan"))
