"""Proportions, means, totals and ratios, in domains of the whole design.

Influence values (Deville 1999; Särndal, Swensson & Wretman 1992, section 5.5), for a domain with estimated size N̂:
total u_i = y_i; mean u_i = (y_i − ȳ)/N̂; ratio u_i = (y_i − R̂ x_i)/x̂. A row outside the domain, or without an
answer, has u_i = 0 and stays in the design.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from hashar.methods.survey.records import DeffRule, DfRule, Estimate, FloatArray, Interval
from hashar.methods.survey.sample import AnyDesign, Sample, Statistic, take_sample
from hashar.methods.survey.uncertainty import finish


def mean(
    design: AnyDesign,
    y: npt.ArrayLike,
    *,
    domains: npt.ArrayLike | None = None,
    n_domains: int | None = None,
    df: DfRule = "design",
    deff: DeffRule = "replace",
    level: float = 0.95,
    covariance: bool = True,
) -> Estimate:
    """Means of ``y`` (n,), or of several variables (n, q) on the rows that answered all of them.

    ``domains`` (n,) integer codes, −1 in none; ``n_domains`` their number when the last may be empty. k = domains ×
    q, domain-major. NaN in ``y`` is a missing answer: the row counts as outside the domain. Wald interval with t.

    Raises
    ------
    EstimationError
        Sizes that do not fit the design.
    DesignError
        A stratum with one cluster under the policy ``fail``.

    """
    sample = take_sample(design, y, domains, n_domains)
    return finish(
        design, sample, _mean_of(sample, design.weights), df=df, deff=deff, level=level, covariance=covariance
    )


def total(
    design: AnyDesign,
    y: npt.ArrayLike,
    *,
    domains: npt.ArrayLike | None = None,
    n_domains: int | None = None,
    df: DfRule = "design",
    deff: DeffRule = "replace",
    level: float = 0.95,
    covariance: bool = True,
) -> Estimate:
    """Totals Σ w·y; arguments, result and errors as in :func:`mean`. A missing answer adds nothing."""
    sample = take_sample(design, y, domains, n_domains)
    statistic = Statistic(lambda w: _empty_as_nan(sample, sample.sums(w, sample.Y)), lambda _: sample.Y)
    return finish(design, sample, statistic, df=df, deff=deff, level=level, covariance=covariance)


def ratio(
    design: AnyDesign,
    y: npt.ArrayLike,
    x: npt.ArrayLike,
    *,
    domains: npt.ArrayLike | None = None,
    n_domains: int | None = None,
    df: DfRule = "design",
    deff: DeffRule = "replace",
    level: float = 0.95,
    covariance: bool = True,
) -> Estimate:
    """Ratios of totals Σ w·y / Σ w·x on the rows that answered both; otherwise as :func:`mean` with one variable."""
    both = take_sample(design, np.column_stack([np.ravel(y), np.ravel(x)]), domains, n_domains)
    Y, X = both.Y[:, :1], both.Y[:, 1:]
    sample = Sample(Y, both.codes, both.asked, both.domains)
    x_total = sample.sums(design.weights, X)

    def value(w: FloatArray) -> FloatArray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return sample.sums(w, Y) / sample.sums(w, X)

    def influence(r: FloatArray) -> FloatArray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return (Y - sample.spread(r) * X) / sample.spread(x_total)

    return finish(design, sample, Statistic(value, influence), df=df, deff=deff, level=level, covariance=covariance)


def proportion(
    design: AnyDesign,
    y_codes: npt.ArrayLike,
    *,
    levels: Sequence[float],
    domains: npt.ArrayLike | None = None,
    n_domains: int | None = None,
    interval: Interval = "logit",
    df: DfRule = "design",
    deff: DeffRule = "replace",
    level: float = 0.95,
    covariance: bool = True,
) -> Estimate:
    """Shares of the answers ``y_codes`` (n,) that equal each of ``levels``; k = domains × levels, domain-major.

    NaN is a missing answer (pairwise: the row stays in the design). Any other answer counts in the denominator, also
    one that is not in ``levels``. Reliability follows NCHS with the domain's own degrees of freedom.
    Errors as in :func:`mean`.
    """
    sample = take_sample(design, indicators(y_codes, levels), domains, n_domains)
    return finish(
        design,
        sample,
        _mean_of(sample, design.weights),
        df=df,
        deff=deff,
        level=level,
        covariance=covariance,
        interval=interval,
    )


def population_variance(
    design: AnyDesign,
    y: npt.ArrayLike,
    *,
    domains: npt.ArrayLike | None = None,
    n_domains: int | None = None,
    df: DfRule = "design",
    level: float = 0.95,
    covariance: bool = True,
) -> Estimate:
    """Population variances of ``y`` (n,) or (n, q), one per domain and variable: n/(n − 1) Σ w (y − ȳ)² / Σ w.

    Its variance is that of the mean of n/(n − 1) (y − ȳ)² with ȳ as known, as in R's ``svyvar`` (the estimation of ȳ
    adds nothing to first order). Arguments, result and errors as in :func:`mean`.
    """
    sample = take_sample(design, y, domains, n_domains)
    count = np.bincount(sample.codes[sample.codes >= 0], minlength=sample.domains)[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        centre = _mean_of(sample, design.weights).value(design.weights)
        squares = (sample.Y - sample.spread(centre)) ** 2 * sample.spread(count / (count - 1.0))
    squares[sample.codes < 0] = np.nan
    return mean(
        design, squares, domains=sample.asked, n_domains=sample.domains, df=df, level=level, covariance=covariance
    )


def indicators(y_codes: npt.ArrayLike, levels: Sequence[float]) -> FloatArray:
    """One column (n, L) of 0/1 per level, NaN where the answer is missing."""
    y = np.asarray(y_codes, dtype=np.float64).ravel()
    out: FloatArray = (y[:, None] == np.asarray(levels, dtype=np.float64)).astype(np.float64)
    out[np.isnan(y)] = np.nan
    return out


def _mean_of(sample: Sample, weights: FloatArray) -> Statistic:
    size = sample.size(weights)[:, None]

    def value(w: FloatArray) -> FloatArray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return sample.sums(w, sample.Y) / sample.size(w)[:, None]

    def influence(m: FloatArray) -> FloatArray:
        with np.errstate(divide="ignore", invalid="ignore"):
            return (sample.Y - sample.spread(m)) / sample.spread(size)

    return Statistic(value, influence)


def _empty_as_nan(sample: Sample, values: FloatArray) -> FloatArray:
    answered = np.bincount(sample.codes[sample.codes >= 0], minlength=sample.domains)
    return np.where(answered[:, None] > 0, values, np.nan)
