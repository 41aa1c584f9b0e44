"""Scales of risk and protective factors: scores, reliability, cut-points and shares at elevated risk.

A scale score is the mean of the answered items (person-mean), given that enough of them were answered. "Elevated"
always means *strictly above* the cut-point, so that a pupil who sits exactly on it is not counted: with the handful of
values a short scale can take, many do, and counting them would let the share jump with the rounding of the cut-point.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import optimize

from hashar.errors import EstimationError
from hashar.i18n import N_

Floats = npt.NDArray[np.float64]

MINIMUM_UNIQUENESS = 0.005
"""Lower bound of a unique variance in the factor model; it keeps Heywood cases inside the parameter space."""

TIE = 1e-9
"""Scores are means of a few points: two that differ by less differ by rounding only."""


def score(points: npt.ArrayLike, *, minimum_answered: float = 0.5) -> Floats:
    """Scale score of each pupil: the mean of the points of the answered items.

    Parameters
    ----------
    points
        (n, items) points, NaN for no usable answer.
    minimum_answered
        Share of the items (0–1) that must be answered; at least one always.

    Returns
    -------
    (n,) scores, NaN where too few items were answered.

    Source: person-mean imputation with the half rule, Fairclough (2010), Design and Analysis of Quality of Life Studies
    in Clinical Trials, 2nd ed.; used for the Communities That Care scales by Arthur et al. (2002), Evaluation
    Review 26(6), 575–601.

    """
    matrix = np.asarray(points, dtype=np.float64)
    answered = ~np.isnan(matrix)
    count = answered.sum(axis=1)
    needed = max(1.0, minimum_answered * matrix.shape[1])
    total = np.where(answered, matrix, 0.0).sum(axis=1)
    # The half of 7 items is 3.5: four are needed; the tolerance is for shares such as 0.6 × 5.
    enough = count >= needed - TIE
    result: Floats = np.where(enough, total / np.maximum(count, 1), np.nan)
    return result


@dataclass(frozen=True)
class Consistency:
    """Internal consistency of a scale: pupils with all items answered, number of items, the two coefficients.

    A coefficient is NaN where it does not exist (fewer than two items or three pupils, or no common variance).
    """

    n: int
    items: int
    alpha: float
    omega: float


def consistency(points: npt.ArrayLike, *, weights: npt.ArrayLike | None = None) -> Consistency:
    """Cronbach's alpha and McDonald's omega total of a scale, from the pupils who answered all of its items.

    Parameters
    ----------
    points
        (n, items), NaN for no usable answer; reversed items already turned round.
    weights
        (n,) survey weights; ``None`` for equal ones. Only the covariance matrix is weighted.

    """
    matrix = np.asarray(points, dtype=np.float64)
    complete = ~np.isnan(matrix).any(axis=1)
    n, items = int(complete.sum()), matrix.shape[1]
    if n < 3 or items < 2:
        return Consistency(n=n, items=items, alpha=float("nan"), omega=float("nan"))
    every = None if weights is None else np.asarray(weights, dtype=np.float64)[complete]
    covariance = item_covariance(matrix[complete], every)
    return Consistency(n=n, items=items, alpha=cronbach_alpha(covariance), omega=omega_total(covariance))


def item_covariance(points: Floats, weights: Floats | None) -> Floats:
    """(items, items) covariance matrix of complete ``points`` (n, items).

    With weights the divisor is Σw, as for a population; without, n − 1. Neither coefficient depends on the divisor.
    """
    if weights is None:
        return np.atleast_2d(np.cov(points, rowvar=False))
    centred = points - np.average(points, axis=0, weights=weights)
    result: Floats = (centred * weights[:, None]).T @ centred / weights.sum()
    return result


def cronbach_alpha(covariance: Floats) -> float:
    """Cronbach's alpha, k/(k−1)·(1 − Σσᵢᵢ/ΣΣσᵢⱼ), from an (k, k) covariance matrix; NaN when the sum score is constant.

    Source: Cronbach (1951), Psychometrika 16, 297–334, eq. 2.

    """
    k, total = covariance.shape[0], float(covariance.sum())
    if total <= 0:
        return float("nan")
    return float(k / (k - 1) * (1 - np.trace(covariance) / total))


def omega_total(covariance: Floats) -> float:
    """McDonald's omega total, (Σλ)²/((Σλ)² + Σψ), of a one-factor model fitted by maximum likelihood.

    Parameters
    ----------
    covariance
        (k, k), k ≥ 2. Loadings λ and unique variances ψ are in the units of the items, so that omega is that of the
        plain sum (or mean) of the items. Two items cannot identify a factor model; their loadings are set equal,
        which makes omega equal to alpha. NaN when an item is constant.

    Source: McDonald (1999), Test Theory, eq. 6.20; Revelle and Zinbarg (2009), Psychometrika 74, 145–154.

    """
    variances = np.diag(covariance)
    if (variances <= 0).any():
        return float("nan")
    if covariance.shape[0] == 2:
        return cronbach_alpha(covariance)
    deviations = np.sqrt(variances)
    loadings, uniqueness = one_factor(covariance / np.outer(deviations, deviations))
    common = float((loadings * deviations).sum() ** 2)
    return common / (common + float((uniqueness * variances).sum()))


def one_factor(correlation: Floats) -> tuple[Floats, Floats]:
    """Loadings (k,) and unique variances (k,) of one factor by maximum likelihood; (k, k) correlations, k ≥ 3.

    Source: Jöreskog (1967), Psychometrika 32, 443–482: for given unique variances the best loadings are known from the
    largest eigenvalue of Ψ^(−1/2) R Ψ^(−1/2), which leaves a function of Ψ alone to minimise. Start:
    half of the smallest possible residual variance of each item.

    """
    k = correlation.shape[0]
    # A singular matrix (one item repeats another) has no inverse; the smallest start then is the bound itself.
    inverse = np.linalg.pinv(correlation, hermitian=True)
    start = np.clip(0.5 / np.maximum(np.diag(inverse), 1e-12), MINIMUM_UNIQUENESS, 1.0)
    fitted = optimize.minimize(
        _concentrated_fit,
        start,
        args=(correlation,),
        jac=True,
        method="L-BFGS-B",
        bounds=[(MINIMUM_UNIQUENESS, 1.0)] * k,
        options={"ftol": 1e-15, "gtol": 1e-9, "maxiter": 1000},
    )
    uniqueness: Floats = np.asarray(fitted.x, dtype=np.float64)
    return _loadings(uniqueness, correlation), uniqueness


def _spectrum(uniqueness: Floats, correlation: Floats) -> tuple[Floats, Floats]:
    scale = 1 / np.sqrt(uniqueness)
    values, vectors = np.linalg.eigh(correlation * np.outer(scale, scale))
    # A correlation matrix has no negative eigenvalue; rounding may leave −1e-16, which has no logarithm.
    return np.maximum(values, 1e-12), vectors


def _loadings(uniqueness: Floats, correlation: Floats) -> Floats:
    values, vectors = _spectrum(uniqueness, correlation)
    loadings: Floats = np.sqrt(uniqueness) * vectors[:, -1] * np.sqrt(max(values[-1] - 1.0, 0.0))
    return loadings if loadings.sum() >= 0 else -loadings


def _concentrated_fit(uniqueness: Floats, correlation: Floats) -> tuple[float, Floats]:
    """The discrepancy with the loadings already at their best, and its gradient (k,) in the unique variances."""
    values, _ = _spectrum(uniqueness, correlation)
    residual = values[:-1]
    discrepancy = float((residual - np.log(residual) - 1.0).sum())
    loadings = _loadings(uniqueness, correlation)
    gradient = (loadings**2 + uniqueness - np.diag(correlation)) / uniqueness**2
    return discrepancy, gradient


def cut_point(scores: npt.ArrayLike, weights: npt.ArrayLike, quantile: float) -> float:
    """Cut-point at a weighted quantile of a wave's scores: the smallest score with at least that share at or below it.

    With ties the share above the cut-point is therefore at most 1 − ``quantile``, never more.

    Parameters
    ----------
    scores, weights
        (n,); NaN scores are left out.
    quantile
        0–1.

    Raises
    ------
    EstimationError
        When nobody has a score.

    Source: inverse of the weighted distribution function (Hyndman and Fan 1996, The American Statistician 50, type 1).

    """
    values = np.asarray(scores, dtype=np.float64)
    scored = ~np.isnan(values)
    if not scored.any():
        raise EstimationError(N_("No pupil has a score on this scale in the wave its cut-point is taken from."))
    order = np.argsort(values[scored], kind="stable")
    ordered = values[scored][order]
    share = np.cumsum(np.asarray(weights, dtype=np.float64)[scored][order])
    share /= share[-1]
    return float(ordered[np.searchsorted(share, quantile - TIE)])


def elevated(scores: npt.ArrayLike, cut: float) -> Floats:
    """(n,) 1.0 where the score is strictly above the cut-point, 0.0 where not, NaN where there is no score."""
    values = np.asarray(scores, dtype=np.float64)
    with np.errstate(invalid="ignore"):
        above = (values > cut + TIE).astype(np.float64)
    return np.where(np.isnan(values), np.nan, above)
