"""Weighted generalised linear models: linear, logistic and Poisson with a log link, by Newton's method.

This is only the fit; what the design does to the standard errors is in :mod:`hashar.methods.survey.regression`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np
from scipy import linalg, special

from hashar.errors import EstimationError, UsageError
from hashar.i18n import N_
from hashar.methods.survey.records import BoolArray, FloatArray

Family = Literal["gaussian", "binomial", "poisson"]

TOLERANCE = 1e-8
"""Relative change of the deviance at which the iteration stops: the custom since GLIM, kept because every package that
stops there agrees to all digits. Standard errors then lie within about 1e-5 of the limit; ask for 1e-14 to reach it."""

_ITERATIONS = 30  # a fit that exists needs about 7
_SEPARATED = 0.1  # growth of the linear predictor in a further step: 1 under separation, < 1e-3 in a fit that exists
_LARGEST = 500.0  # of the linear predictor: beyond it exp overflows, and the fit is lost anyway
_SMALLEST = 1e-30  # of a variance: keeps rows that are predicted perfectly from dividing by zero
_COLLINEAR = 1e-9  # relative size of a pivot that is rounding


@dataclass(frozen=True, eq=False)
class Fit:
    """Coefficients (p,), inverse information (p, p) at unit dispersion, and the deviance.

    ``residual`` (n,) are the weighted residuals w (y − μ) of the estimating equations, 0 for rows with weight 0. Like
    the information they carry the working variance of the last step (McCullagh & Nelder 1989, section 2.5).
    """

    coefficients: FloatArray
    residual: FloatArray
    inverse_information: FloatArray
    deviance: float


def fit(
    X: FloatArray,
    y: FloatArray,
    weights: FloatArray,
    family: Family,
    terms: Sequence[str],
    *,
    start: FloatArray | None = None,
    tolerance: float = TOLERANCE,
) -> Fit:
    """Maximise the weighted likelihood with the canonical link.

    Parameters
    ----------
    X, y, weights
        (n, p), (n,) and (n,), complete; rows with weight 0 do not count.
    family
        ``gaussian`` (identity link), ``binomial`` (logit) or ``poisson`` (log).
    terms
        Names (p,) of the columns, for messages.
    start
        Coefficients (p,) to start from.
    tolerance
        Relative change of the deviance at which the iteration stops.

    Raises
    ------
    EstimationError
        When columns are collinear, when there are fewer rows than columns, or when the outcome is predicted perfectly
        (separation), so that a coefficient would be infinite.
    UsageError
        When the outcome does not fit the family.

    Sources
    -------
    McCullagh & Nelder (1989), *Generalized Linear Models*, section 2.5 (iteration) and 2.3 (deviance); Albert &
    Anderson (1984), Biometrika 71, 1–10 (separation).

    """
    _check_outcome(y, family)
    used = weights > 0
    X_used, y_used, w = X[used], y[used], weights[used]
    refuse_collinear(X_used, terms)
    if family == "gaussian":
        q, r = _weighted_qr(X_used, w)
        b = linalg.solve_triangular(r, q.T @ (np.sqrt(w) * y_used))
        left = y_used - X_used @ b
        return Fit(b, _spread(w * left, used), _inverse(r), float(np.sum(w * left**2)))
    return _iterate(_Likelihood(X_used, y_used, w, family), used, terms, start, tolerance)


@dataclass(frozen=True, eq=False)
class _Likelihood:
    """A logistic or Poisson log likelihood of rows that count."""

    X: FloatArray
    y: FloatArray
    w: FloatArray
    family: Family

    def first_eta(self) -> FloatArray:
        """A linear predictor that leans from the data towards the middle."""
        if self.family == "binomial":
            return np.asarray(special.logit((self.w * self.y + 0.5) / (self.w + 1)))
        return np.asarray(np.log(self.y + 0.1))

    def newton(self, eta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """New coefficients (p,), and the triangle (p, p) of the information that led to them."""
        mean, unit = self.moments(eta)
        q, r = _weighted_qr(self.X, self.w * unit)
        return linalg.solve_triangular(r, q.T @ (np.sqrt(self.w * unit) * (eta + (self.y - mean) / unit))), r

    def moments(self, eta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Mean and variance (n,) at a linear predictor."""
        mean = special.expit(eta) if self.family == "binomial" else np.exp(np.clip(eta, -_LARGEST, _LARGEST))
        return mean, np.maximum(mean * (1 - mean) if self.family == "binomial" else mean, _SMALLEST)

    def deviance(self, eta: FloatArray) -> float:
        """Twice the log likelihood's distance from that of a perfect fit."""
        y, w = self.y, self.w
        if self.family == "binomial":
            return float(2 * np.sum(w * np.logaddexp(0.0, np.where(y == 1, -eta, eta))))
        return float(2 * np.sum(w * (special.xlogy(y, y) - y * eta - (y - self.moments(eta)[0]))))


def _iterate(
    likelihood: _Likelihood, used: BoolArray, terms: Sequence[str], start: FloatArray | None, tolerance: float
) -> Fit:
    eta = likelihood.first_eta() if start is None else likelihood.X @ start
    deviance = likelihood.deviance(eta)
    settled = False
    for _ in range(_ITERATIONS):
        b, r = likelihood.newton(eta)
        at = likelihood.X @ b
        last, deviance = deviance, likelihood.deviance(at)
        settled = abs(deviance - last) < tolerance * (abs(deviance) + 0.1)
        if settled:
            break
        eta = at
    further = likelihood.newton(at)[0] - b
    if np.abs(likelihood.X @ further).max() > _SEPARATED:
        raise EstimationError(
            N_(
                "The outcome is predicted perfectly in part of the data, so that the coefficient of {term} would be "
                "infinite: merge its categories or leave it out."
            ),
            term=terms[int(np.argmax(np.abs(further)))],
        )
    if not settled:
        raise EstimationError(N_("The model did not settle on coefficients: use fewer terms, or a larger tolerance."))
    working = likelihood.moments(eta)[1]
    mean, unit = likelihood.moments(at)
    residual = likelihood.w * working * (likelihood.y - mean) / unit
    return Fit(b, _spread(residual, used), _inverse(r), deviance)


def _spread(values: FloatArray, used: BoolArray) -> FloatArray:
    out = np.zeros(used.size)
    out[used] = values
    return out


def _check_outcome(y: FloatArray, family: Family) -> None:
    if family == "binomial" and not np.isin(y, (0, 1)).all():
        raise UsageError(N_("A logistic model needs an outcome of 0 and 1: recode the variable."))
    if family == "poisson" and (y < 0).any():
        raise UsageError(N_("A Poisson model needs an outcome that is not negative: recode the variable."))
    if family not in ("gaussian", "binomial", "poisson"):
        raise UsageError(N_("Unknown model {family}: use gaussian, binomial or poisson."), family=family)


def refuse_collinear(X: FloatArray, terms: Sequence[str]) -> None:
    """Raise EstimationError when columns of X (n, p) follow from the others, naming them, or n < p."""
    if X.shape[0] < X.shape[1]:
        raise EstimationError(
            N_("A model with {terms} coefficients cannot be fitted to {rows} complete answers: use fewer terms."),
            terms=X.shape[1],
            rows=X.shape[0],
        )
    size = np.sqrt((X**2).sum(axis=0))
    _, r, pivots = linalg.qr(X / np.where(size > 0, size, 1.0), mode="economic", pivoting=True)
    dependent = np.abs(np.diag(r)) <= _COLLINEAR * np.abs(r[0, 0])
    if dependent.any():
        raise EstimationError(
            N_(
                "These terms follow from the others, so their coefficients cannot be told apart: {terms}. Leave them "
                "out."
            ),
            terms=", ".join(terms[i] for i in np.sort(pivots[dependent])),
        )


def _weighted_qr(X: FloatArray, w: FloatArray) -> tuple[FloatArray, FloatArray]:
    q, r = linalg.qr(np.sqrt(w)[:, None] * X, mode="economic")
    return q, r


def _inverse(r: FloatArray) -> FloatArray:
    half = linalg.solve_triangular(r, np.eye(r.shape[0]))
    return np.asarray(half @ half.T)
