"""Design-based proportional-odds regression of an ordered answer (never … daily).

The model is logit P(Y ≤ k) = ζₖ − x'β (McCullagh 1980, *Journal of the Royal Statistical Society B* 42, 109–142, eq.
2.1; exp(β) is the odds ratio of a higher answer). The weighted likelihood is maximised by Newton's method; the
covariance is that of the weighted estimating functions (Binder 1983, *International Statistical Review* 51, 279–292).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt
from scipy import special

from hashar.errors import EstimationError, UsageError
from hashar.i18n import N_
from hashar.methods.survey.contrasts import Contrast, t_inference
from hashar.methods.survey.design_covariance import design_covariance
from hashar.methods.survey.glm import refuse_collinear
from hashar.methods.survey.records import BoolArray, FloatArray, IntArray
from hashar.methods.survey.regression import Predictors
from hashar.methods.survey.sample import AnyDesign

_ITERATIONS = 50
_FLAT = 1e-9  # relative curvature at which a direction of the likelihood is flat: a coefficient is running to infinity


@dataclass(frozen=True, eq=False)
class OrdinalRegression:
    """A fitted model: ``coefficients`` of ``terms`` are p slopes and then K − 1 thresholds ζ, named "level|next level".

    ``df`` is the design's df (of the rows used) + 1 − the number of terms; ``deviance`` is for weights with mean 1.
    """

    terms: tuple[str, ...]
    slopes: int
    n: int
    df: float
    deviance: float
    coefficients: Contrast
    inside: BoolArray


def ordinal_regress(
    design: AnyDesign,
    y: npt.ArrayLike,
    predictors: Predictors,
    *,
    levels: Sequence[str],
    domain: npt.ArrayLike | None = None,
    level: float = 0.95,
    tolerance: float = 1e-9,
) -> OrdinalRegression:
    """Fit a proportional-odds model to a domain inside the design.

    Parameters
    ----------
    design
        Strata and clusters, calibrated or not, or replicate weights.
    y
        (n,) integer codes 0 … K − 1 of ``levels``, negative where missing.
    predictors
        n rows, without an intercept (the thresholds take its place); NaN where missing.
    levels
        The K ≥ 2 ordered levels; each must occur among the rows used.
    domain, level
        As in :func:`~hashar.methods.survey.regression.regress`.
    tolerance
        Largest last step of a parameter, for columns with standard deviation 1; Newton's method squares it once more.

    Raises
    ------
    EstimationError
        Collinear terms (an intercept among them), a level nobody chose, or answers that the terms predict perfectly.
    UsageError
        Columns of different length.
    DesignError
        A stratum with one cluster under the policy ``fail``.

    """
    codes, X = np.asarray(y, dtype=np.int64), predictors.matrix
    if not design.n == codes.size == X.shape[0]:
        raise UsageError(N_("The outcome and the terms of a model need one value for each row of the design."))
    inside = (codes >= 0) & np.isfinite(X).all(axis=1)
    if domain is not None:
        inside &= np.asarray(domain, dtype=bool)
    counts = np.bincount(codes[inside], minlength=len(levels))
    if counts.size != len(levels) or len(levels) < 2 or not counts.all():
        raise EstimationError(
            N_(
                "An ordered outcome needs at least two levels, each of them chosen by someone: join levels that "
                "nobody chose."
            )
        )
    refuse_collinear(np.hstack([np.ones((int(inside.sum()), 1)), X[inside]]), ("(Intercept)", *predictors.terms))
    standard, to_units = _standardised(X[inside], len(levels) - 1)
    likelihood = _Likelihood(standard, codes[inside], len(levels))
    scale = design.weights[inside].mean()

    def parameters(weights: FloatArray) -> FloatArray:
        return to_units @ _maximise(likelihood, weights[inside] / scale, tolerance)

    w = design.weights[inside] / scale
    at = _maximise(likelihood, w, tolerance)
    theta = to_units @ at
    gradient, information = likelihood.derivatives(at, w)
    scores = np.zeros((design.n, theta.size))
    scores[inside] = gradient @ np.linalg.solve(information, to_units.T)
    V = design_covariance(design, statistic=parameters, value=theta, scores=scores, inside=inside)
    df = design.domain_df(inside) + 1 - theta.size
    thresholds = tuple(f"{a}|{b}" for a, b in pairwise(levels))
    return OrdinalRegression(
        terms=predictors.terms + thresholds,
        slopes=X.shape[1],
        n=int(inside.sum()),
        df=df,
        deviance=-2 * likelihood.value(at, w),
        coefficients=t_inference(theta, np.sqrt(np.diag(V)), df, level=level, covariance=V),
        inside=inside,
    )


@dataclass(frozen=True, eq=False)
class _Likelihood:
    """Log likelihood of the parameters θ = (β, ζ) for codes (n,) 0 … K − 1 and columns X (n, p)."""

    X: FloatArray
    codes: IntArray
    levels: int

    def start(self, w: FloatArray) -> FloatArray:
        """No slopes, and the thresholds that the weighted shares give (half an answer added keeps them finite)."""
        shares = np.bincount(self.codes, w, self.levels) + 0.5
        below = np.cumsum(shares)[:-1] / shares.sum()
        return np.concatenate([np.zeros(self.X.shape[1]), special.logit(below)])

    def bounds(self, theta: FloatArray) -> tuple[FloatArray, FloatArray]:
        """The thresholds above and below every answer, less its linear predictor (n,)."""
        p = self.X.shape[1]
        padded = np.concatenate([[-np.inf], theta[p:], [np.inf]])
        eta = self.X @ theta[:p]
        return padded[self.codes + 1] - eta, padded[self.codes] - eta

    def value(self, theta: FloatArray, w: FloatArray) -> float:
        """Weighted log likelihood; −∞ where thresholds out of order leave an answer no room."""
        upper, lower = self.bounds(theta)
        share = special.expit(upper) - special.expit(lower)
        return float(special.xlogy(w, np.maximum(share, 0.0)).sum())

    def derivatives(self, theta: FloatArray, w: FloatArray) -> tuple[FloatArray, FloatArray]:
        """Weighted scores (n, q) and observed information (q, q)."""
        upper, lower = self.bounds(theta)
        F, G = special.expit(upper), special.expit(lower)
        share = np.maximum(F - G, np.finfo(float).tiny)
        f, g = F * (1 - F) / share, G * (1 - G) / share
        ladder = np.eye(self.levels + 1)[:, 1:-1]
        A = np.hstack([-self.X, ladder[self.codes + 1]])
        B = np.hstack([-self.X, ladder[self.codes]])
        gradient = w[:, None] * (f[:, None] * A - g[:, None] * B)
        curve_upper, curve_lower = f * (1 - 2 * F) - f**2, -g * (1 - 2 * G) - g**2
        cross = A.T @ ((w * f * g)[:, None] * B)
        hessian = A.T @ ((w * curve_upper)[:, None] * A) + B.T @ ((w * curve_lower)[:, None] * B) + cross + cross.T
        return gradient, -hessian


def _standardised(X: FloatArray, thresholds: int) -> tuple[FloatArray, FloatArray]:
    """Columns with mean 0 and standard deviation 1, and T (q, q) that turns their parameters into those of X.

    β = β'/s and ζ = ζ' + Σ m β'/s; without this a score of 50 points or a year makes the information ill-conditioned.
    """
    p = X.shape[1]
    m, s = X.mean(axis=0), X.std(axis=0)
    T = np.eye(p + thresholds)
    T[:p, :p] = np.diag(1 / s)
    T[p:, :p] = m / s
    return (X - m) / s, T


def _maximise(likelihood: _Likelihood, w: FloatArray, tolerance: float) -> FloatArray:
    """Newton's method with halved steps: the likelihood is concave, so it climbs to its only summit or to infinity."""
    theta = likelihood.start(w)
    for _ in range(_ITERATIONS):
        gradient, information = likelihood.derivatives(theta, w)
        curvature = np.linalg.eigvalsh(information)
        if curvature[0] <= _FLAT * curvature[-1]:
            break
        step = np.linalg.solve(information, gradient.sum(axis=0))
        value = likelihood.value(theta, w)
        while likelihood.value(theta + step, w) < value - 1e-12 * abs(value):  # ends: a step of 0 changes nothing
            step = step / 2
        theta = theta + step
        if np.abs(step).max() <= tolerance:
            return theta
    raise EstimationError(
        N_(
            "The ordered model finds no finite coefficients: a term predicts some answers perfectly; "
            "merge its categories."
        )
    )
