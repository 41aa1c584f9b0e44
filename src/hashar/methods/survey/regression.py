"""Design-based regression: linear, logistic and modified Poisson, for the whole sample or a domain of it.

Coefficients maximise the weighted likelihood; their covariance is that of the weighted estimating functions,
V = A⁻¹ Var(Σ w x (y − μ)) A⁻¹ with A the weighted information (Binder 1983, *International Statistical Review* 51,
279–292, section 4). The likelihood only defines the coefficients: a Poisson model with log link for a yes/no outcome
gives prevalence ratios with correct standard errors (Zou 2004, *American Journal of Epidemiology* 159, 702–706).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from hashar.errors import EstimationError, UsageError
from hashar.i18n import N_
from hashar.methods.survey.contrasts import Contrast, t_inference
from hashar.methods.survey.design_covariance import design_covariance
from hashar.methods.survey.glm import TOLERANCE, Family, Fit, fit
from hashar.methods.survey.records import BoolArray, FloatArray
from hashar.methods.survey.sample import AnyDesign


@dataclass(frozen=True, eq=False)
class Regression:
    """A fitted model with p terms.

    ``coefficients`` holds estimates, standard errors, t, p-values, limits and covariance (p, p) on the scale of the
    link; ``df`` is the design's df (of the rows used) + 1 − p and may be ≤ 0 in a small domain: then there are no
    limits and no p-values. ``deviance`` is for weights scaled to mean 1; ``naive_covariance`` (p, p) is the inverse
    information at those weights, which a simple random sample would have; ``weight_scale`` is what the weights were
    divided by; ``inside`` (n,) are the rows used, ``n`` their number.
    """

    terms: tuple[str, ...]
    family: Family
    n: int
    df: float
    deviance: float
    coefficients: Contrast
    covariance: FloatArray
    naive_covariance: FloatArray
    weight_scale: float
    inside: BoolArray

    def positions(self, terms: Sequence[str]) -> list[int]:
        """Where ``terms`` are among the coefficients.

        Raises
        ------
        UsageError
            When the model has no such term.

        """
        unknown = [t for t in terms if t not in self.terms]
        if unknown or not terms:
            raise UsageError(
                N_("The model has no term {term}; its terms are {terms}."),
                term=", ".join(unknown),
                terms=", ".join(self.terms),
            )
        return [self.terms.index(t) for t in terms]


@dataclass(frozen=True, eq=False)
class Predictors:
    """The model matrix (n, p), with NaN where a row misses a value, and the names (p,) of its columns."""

    matrix: FloatArray
    terms: tuple[str, ...]

    def __and__(self, other: "Predictors") -> "Predictors":
        """Both sets of columns side by side."""
        return Predictors(np.hstack([self.matrix, other.matrix]), self.terms + other.terms)

    def __matmul__(self, other: "Predictors") -> "Predictors":
        """The interaction: every product of a column of each, the first set's columns varying fastest."""
        columns = [a * b for b in other.matrix.T for a in self.matrix.T]
        names = tuple(f"{a}:{b}" for b in other.terms for a in self.terms)
        return Predictors(np.stack(columns, axis=1), names)


def intercept(n: int) -> Predictors:
    """The column of ones (n, 1)."""
    return Predictors(np.ones((n, 1)), ("(Intercept)",))


def numeric(name: str, values: npt.ArrayLike) -> Predictors:
    """One numeric column (n, 1)."""
    return Predictors(np.asarray(values, dtype=np.float64)[:, None], (name,))


def factor(name: str, values: npt.ArrayLike, *, levels: Sequence[object] | None = None) -> Predictors:
    """Indicator columns (n, levels − 1) against the first level.

    Parameters
    ----------
    name
        Column names are the name followed by the level.
    values
        (n,) values of any type; NaN, None and values outside ``levels`` count as missing.
    levels
        Values in order, the reference first; sorted values when None.

    Raises
    ------
    UsageError
        With fewer than two levels.

    """
    raw = np.asarray(values)
    absent = np.array([v is None or (isinstance(v, float) and np.isnan(v)) for v in raw.tolist()], dtype=bool)
    order = sorted(set(raw[~absent].tolist())) if levels is None else list(levels)
    if len(order) < 2:
        raise UsageError(N_("The factor {name} has fewer than two levels: leave it out."), name=name)
    hits = np.array([[value == level for level in order] for value in raw.tolist()], dtype=np.float64)
    columns = np.where(hits.any(axis=1, keepdims=True), hits[:, 1:], np.nan)
    return Predictors(columns, tuple(f"{name}{_label(level)}" for level in order[1:]))


def regress(
    design: AnyDesign,
    y: npt.ArrayLike,
    predictors: Predictors,
    *,
    family: Family = "gaussian",
    domain: npt.ArrayLike | None = None,
    level: float = 0.95,
    tolerance: float = TOLERANCE,
) -> Regression:
    """Fit a model to a domain inside the design.

    Parameters
    ----------
    design
        Strata and clusters, calibrated or not, or replicate weights (the model is then fitted with each).
    y
        Outcome (n,), NaN where missing; 0/1 for ``binomial``, ≥ 0 for ``poisson``.
    predictors
        n rows; see :func:`intercept`, :func:`numeric`, :func:`factor`.
    family
        ``gaussian``: differences; ``binomial``: log odds ratios; ``poisson``: log prevalence (or mean) ratios.
    domain
        (n,) mask of the rows to use; rows with a missing value are outside too.
    level
        Coverage of the limits.
    tolerance
        Where the iteration stops; see :data:`hashar.methods.survey.glm.TOLERANCE`.

    Raises
    ------
    EstimationError
        Collinear terms, separation, or no complete row.
    DesignError
        A stratum with one cluster under the policy ``fail``.
    UsageError
        An outcome that does not fit the family, or columns of different length.

    """
    outcome, X = np.asarray(y, dtype=np.float64), predictors.matrix
    if not design.n == outcome.size == X.shape[0]:
        raise UsageError(N_("The outcome and the terms of a model need one value for each row of the design."))
    asked = np.ones(design.n, bool) if domain is None else np.asarray(domain, dtype=bool)
    inside = asked & np.isfinite(outcome) & np.isfinite(X).all(axis=1)
    if not inside.any():
        raise EstimationError(
            N_("No row has the outcome and all terms of the model: check the domain and the variables.")
        )
    scale = design.weights[asked].mean()

    def fitted(weights: FloatArray, start: FloatArray | None = None) -> Fit:
        w = weights[inside] / scale
        return fit(X[inside], outcome[inside], w, family, predictors.terms, start=start, tolerance=tolerance)

    model = fitted(design.weights)

    def coefficients(weights: FloatArray) -> FloatArray:
        return fitted(weights, model.coefficients).coefficients

    scores = np.zeros(X.shape)
    scores[inside] = (X[inside] * model.residual[:, None]) @ model.inverse_information
    V = design_covariance(design, statistic=coefficients, value=model.coefficients, scores=scores, inside=inside)
    df = design.domain_df(inside) + 1 - X.shape[1]
    return Regression(
        terms=predictors.terms,
        family=family,
        n=int(inside.sum()),
        df=df,
        deviance=model.deviance,
        coefficients=t_inference(model.coefficients, np.sqrt(np.diag(V)), df, level=level, covariance=V),
        covariance=V,
        naive_covariance=model.inverse_information,
        weight_scale=float(scale),
        inside=inside,
    )


def predict(
    model: Regression, matrix: npt.ArrayLike, *, scale: str = "response", level: float = 0.95, df: float | None = None
) -> Contrast:
    """Predicted means (``scale="response"``) or linear predictors (``"link"``) at m rows of a model matrix (m, p).

    Standard errors by the delta method; limits are made on the link scale and turned back, so that a predicted share
    stays inside 0 to 1. ``df`` defaults to the model's. The covariance (m, m) is that of the predictions.

    Raises
    ------
    UsageError
        When the matrix does not have the model's columns, or the scale is unknown.

    """
    X = np.atleast_2d(np.asarray(matrix, dtype=np.float64))
    if X.shape[1] != len(model.terms) or scale not in ("response", "link"):
        raise UsageError(
            N_("A prediction needs one column for each of the terms {terms}, and the scale response or link."),
            terms=", ".join(model.terms),
        )
    V = X @ model.covariance @ X.T
    freedom = model.df if df is None else df
    link = t_inference(X @ model.coefficients.estimate, np.sqrt(np.diag(V)), freedom, level=level, covariance=V)
    if scale == "link" or model.family == "gaussian":
        return link
    logistic = model.family == "binomial"
    mean, low, high = ((special.expit if logistic else np.exp)(a) for a in (link.estimate, link.ci_low, link.ci_high))
    slope = mean * (1 - mean) if logistic else mean
    return Contrast(
        estimate=mean,
        se=slope * link.se,
        statistic=link.statistic,
        df=link.df,
        p=link.p,
        ci_low=low,
        ci_high=high,
        covariance=V * np.outer(slope, slope),
    )


def ratios(model: Regression) -> Contrast:
    """Odds ratios (``binomial``) or prevalence ratios (``poisson``): coefficients and limits, exponentiated.

    Standard errors by the delta method; t and p test a ratio of 1.

    Raises
    ------
    UsageError
        For a linear model, whose coefficients are differences.

    """
    if model.family == "gaussian":
        raise UsageError(N_("A linear model has differences, not ratios: use family binomial or poisson."))
    b = model.coefficients
    ratio = np.exp(b.estimate)
    return Contrast(
        estimate=ratio,
        se=ratio * b.se,
        statistic=b.statistic,
        df=b.df,
        p=b.p,
        ci_low=np.exp(b.ci_low),
        ci_high=np.exp(b.ci_high),
        covariance=model.covariance * np.outer(ratio, ratio),
    )


def _label(level: object) -> str:
    return f"{level:g}" if isinstance(level, float) else str(level)
