"""Does a model need a group of terms? Wald and Rao–Scott likelihood ratio tests."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import linalg

from hashar.errors import UsageError
from hashar.i18n import N_
from hashar.methods.survey.chisq_mixture import MixtureTail, f_mixture_tail
from hashar.methods.survey.contrasts import JointTest, wald_test
from hashar.methods.survey.glm import fit
from hashar.methods.survey.records import FloatArray
from hashar.methods.survey.regression import Predictors, Regression


@dataclass(frozen=True, eq=False)
class LikelihoodRatioTest:
    """``statistic`` is the fall of the deviance, set against Σ λᵢ χ²₁; ``design_effects`` are the λ, largest first."""

    statistic: float
    df_num: float
    df_den: float
    p: float
    design_effects: FloatArray


def wald_term_test(model: Regression, terms: Sequence[str], *, df: float | None = None) -> JointTest:
    """Wald test that the coefficients of ``terms`` are all zero.

    F with the model's df; a chi-square with ``df`` infinite. Raises EstimationError when the covariance of these
    coefficients is singular, UsageError when the model has no such term (Korn & Graubard 1999, *Analysis of Health
    Surveys*, section 3.7).
    """
    at = model.positions(terms)
    covariance = model.covariance[np.ix_(at, at)]
    return wald_test(model.coefficients.estimate[at], covariance, df=model.df if df is None else df)


def likelihood_ratio_term_test(
    model: Regression,
    y: npt.ArrayLike,
    predictors: Predictors,
    weights: FloatArray,
    terms: Sequence[str],
    *,
    df: float | None = None,
    tail: MixtureTail = "exact",
) -> LikelihoodRatioTest:
    """Rao–Scott likelihood ratio test that the coefficients of ``terms`` are all zero.

    Parameters
    ----------
    model
        The larger model.
    y, predictors, weights
        What it was fitted to: outcome (n,), columns (n, p), the design's weights (n,).
    terms
        What the smaller model leaves out; at least one term must stay.
    df
        Denominator df; the model's when None, infinity for a chi-square mixture.
    tail
        See :func:`~hashar.methods.survey.chisq_mixture.f_mixture_tail`.

    Raises
    ------
    UsageError
        When the model has no such term, or none would stay.
    EstimationError
        As in :func:`~hashar.methods.survey.glm.fit`, for the smaller model.

    Sources
    -------
    Lumley & Scott (2014), *Australian & New Zealand Journal of Statistics* 56, 1–14, section 3: the λ are the
    eigenvalues of V₂₂ ((A⁻¹)₂₂)⁻¹, with V the design's covariance and A the information.

    """
    dropped = model.positions(terms)
    kept = [j for j in range(len(model.terms)) if j not in dropped]
    if not kept:
        raise UsageError(N_("A likelihood ratio test needs a term that stays in the model, such as the intercept."))
    rows = model.inside
    smaller = fit(
        predictors.matrix[rows][:, kept],
        np.asarray(y, dtype=np.float64)[rows],
        weights[rows] / model.weight_scale,
        model.family,
        [model.terms[j] for j in kept],
    )
    block = np.ix_(dropped, dropped)
    effects = linalg.eigh(model.covariance[block], model.naive_covariance[block], eigvals_only=True)[::-1]
    statistic = smaller.deviance - model.deviance
    df_den = model.df if df is None else df
    p = f_mixture_tail(statistic, effects, df=df_den, tail=tail)
    return LikelihoodRatioTest(statistic, float(len(dropped)), float(df_den), p, effects)
