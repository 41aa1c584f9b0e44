"""From a statistic to its record: variance, design effect, degrees of freedom, interval, reliability."""

import numpy as np
from scipy import special

from hashar.methods.survey.intervals import interval as proportion_interval
from hashar.methods.survey.intervals import wald
from hashar.methods.survey.records import DeffRule, DfRule, Estimate, FloatArray, Interval
from hashar.methods.survey.reliability import rate_others, rate_proportions
from hashar.methods.survey.replicates import ReplicateDesign
from hashar.methods.survey.sample import AnyDesign, Sample, Statistic
from hashar.methods.survey.variance import covariance as design_covariance
from hashar.methods.survey.variance import variances as design_variances

ROUNDING = 1e-24
"""A variance below this share of n times the simple random one is a zero that was rounded (one cluster: Σ u = 0)."""


def finish(
    design: AnyDesign,
    sample: Sample,
    statistic: Statistic,
    *,
    df: DfRule,
    deff: DeffRule,
    level: float,
    covariance: bool,
    interval: Interval | None = None,
) -> Estimate:
    """The record of a statistic; ``interval`` names the kind for proportions, None is Wald for anything else."""
    q = sample.Y.shape[1]
    estimate = statistic.value(design.weights)
    influence = statistic.influence(estimate)
    matrix, variance, replicated = _variance(design, sample, statistic, estimate, influence, covariance=covariance)
    simple = _simple_variance(design, sample, influence)
    variance = np.where(variance <= ROUNDING * simple, 0.0, variance)
    variance = np.where(np.isfinite(estimate.ravel()), variance, np.nan)
    n = np.repeat(np.bincount(sample.codes[sample.codes >= 0], minlength=sample.domains), q).astype(np.int64)
    size = np.repeat(sample.size(design.weights), q)
    point, se = estimate.ravel(), np.sqrt(variance)
    with np.errstate(divide="ignore", invalid="ignore"):
        base = simple / (n - 1) if deff == "replace" else simple / (n - 1) * (size - n) / size
        effect = np.where(base == 0, np.nan, variance / base)
        n_effective = np.where(variance > 0, simple / variance, np.nan)
    own_df = _domain_df(design, sample, q, df)
    degrees = own_df if df == "domain" else np.full(point.size, design.df)
    if interval is None:
        low, high = wald(point, se, degrees, level)
        rating = rate_others(point, se, n, own_df)
    else:
        low, high = proportion_interval(
            interval,
            point,
            _interval_se(design, sample, interval, point, se, replicated),
            degrees,
            n,
            effect,
            level,
            rows=np.repeat(sample.rows, q),
        )
        rating = rate_proportions(point, se, n, n_effective, own_df)
    return Estimate(
        n=n,
        weighted_n=size,
        estimate=point,
        se=se,
        ci_low=low,
        ci_high=high,
        df=degrees,
        deff=effect,
        n_effective=n_effective,
        reliability=rating,
        covariance=matrix,
    )


def _variance(
    design: AnyDesign,
    sample: Sample,
    statistic: Statistic,
    estimate: FloatArray,
    influence: FloatArray,
    *,
    covariance: bool,
) -> tuple[FloatArray | None, FloatArray, FloatArray | None]:
    """The covariance (k, k) if wanted, its diagonal (k,), and the replicate estimates (R, k) if there are any."""
    if isinstance(design, ReplicateDesign):
        values = np.stack([statistic.value(w).ravel() for w in design.replicates.T])
        deviations = design.deviations(estimate.ravel(), values)
        matrix = deviations.T @ deviations if covariance else None
        return matrix, np.einsum("ij,ij->j", deviations, deviations), values
    scores = design.weights[:, None] * influence
    if covariance:
        matrix = design_covariance(design, scores, codes=sample.codes, domains=sample.domains)
        return matrix, np.diag(matrix).copy(), None
    return None, design_variances(design, scores, codes=sample.codes, domains=sample.domains), None


def _simple_variance(design: AnyDesign, sample: Sample, influence: FloatArray) -> FloatArray:
    """Ŵ Σ w (u − ū)² (k,): n times the variance under simple random sampling with replacement, n in place of n − 1."""
    size = sample.size(design.weights)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        centred = influence - sample.spread(sample.sums(design.weights, influence) / size)
    return (size * sample.sums(design.weights, centred**2)).ravel()


def _domain_df(design: AnyDesign, sample: Sample, q: int, rule: DfRule) -> FloatArray:
    """Each estimate's own degrees of freedom; for replicate weights (a rank per domain) only when the rule asks."""
    if isinstance(design, ReplicateDesign) and rule == "design":
        return np.full(sample.domains * q, design.df)
    return np.repeat(design.domain_dfs(sample.asked, sample.domains), q)


def _interval_se(
    design: AnyDesign, sample: Sample, kind: Interval, p: FloatArray, se: FloatArray, replicated: FloatArray | None
) -> FloatArray:
    """The SE (k,) that the interval is made from, where it is not ``se``.

    With replicate weights, ``logit`` and ``likelihood`` use the variance of the replicates' own log odds, not the
    delta method. ``likelihood`` with a linearised variance takes R's dispersion of the working binomial model into
    account:
    (Σ w answered / mean w of all rows of the domain) / (n − 1). It is 1 but for rounding and missing answers; with
    many of these it has no statistical meaning, and is kept only so that the limits are R's.
    """
    if isinstance(design, ReplicateDesign) and replicated is not None and kind in ("logit", "likelihood"):
        with np.errstate(divide="ignore", invalid="ignore"):
            deviations = design.deviations(special.logit(p), special.logit(replicated))
            spread = np.sqrt(np.einsum("ij,ij->j", deviations, deviations)) * p * (1 - p)
        return np.where((p > 0) & (p < 1), spread, se)
    if kind == "likelihood":
        q = p.size // sample.domains
        answered = np.bincount(sample.codes[sample.codes >= 0], minlength=sample.domains)
        inside = sample.asked >= 0
        asked = np.bincount(sample.asked[inside], design.weights[inside], sample.domains)
        with np.errstate(divide="ignore", invalid="ignore"):
            dispersion = sample.size(design.weights) * sample.rows / asked / (answered - 1)
        return np.asarray(se * np.sqrt(np.repeat(np.where(np.isfinite(dispersion), dispersion, 1.0), q)))
    return se
