"""From cells to estimates: everything after the one pass over the rows.

Notation: over the cells of a domain W = Σ w, Y = Σ w·y, Q = Σ w·y². A proportion or mean is θ = Y/W with z = (wy − θ
w)/W; a total θ = Y with z = wy; a ratio θ = Y/X with z = (wy − θ wx)/X (Woodruff 1971, *JASA* 66, 411–414; Särndal,
Swensson & Wretman 1992, sections 5.5–5.8). The numbers equal those of :mod:`hashar.methods.survey.estimation`, which
goes through the rows.
"""

from dataclasses import dataclass
from typing import Any, Literal, Protocol

import numpy as np
import numpy.typing as npt

from hashar.errors import EstimationError
from hashar.i18n import N_
from hashar.methods.survey.cells import Cells
from hashar.methods.survey.intervals import interval as proportion_interval
from hashar.methods.survey.intervals import wald
from hashar.methods.survey.linear import Deviations, Groups, Policy, deviations
from hashar.methods.survey.records import (
    DeffRule,
    DfRule,
    Estimate,
    FloatArray,
    IntArray,
    Interval,
    Reliability,
    SinglePsu,
)
from hashar.methods.survey.reliability import rate_others, rate_proportions

Statistic = Literal["proportion", "mean", "total", "ratio"]

STRIP = 16
"""Items finished at a time, so that what is between cells and estimates stays in the cache."""

ROUNDING = 1e-13
"""Share of Σ w·y² below which a difference of such sums is rounding and stands for zero."""

ZERO = 1e-24
"""A variance below this share of n times the simple random one is a zero that was rounded (one cluster: z = 0)."""


@dataclass(frozen=True, eq=False)
class Moments:
    """Per domain and item (K, i): ``n``, ``size`` Σ w, the estimate ``point`` and its ``variance``.

    ``simple`` is n − 1 times the variance that a simple random sample with replacement would have. ``covariance``
    (K·i, K·i) or None.
    """

    n: IntArray
    size: FloatArray
    point: FloatArray
    variance: FloatArray
    simple: FloatArray
    covariance: FloatArray | None = None


class Fast(Protocol):
    """What computes the moments of a plain design faster; :func:`hashar.methods.survey.kernels.moments` does."""

    def __call__(self, found: Cells, groups: Groups, *, total: bool) -> Moments:
        """The moments of all items in all domains."""
        ...


def finish(
    cells: Cells,
    *,
    statistic: Statistic = "proportion",
    interval: Interval = "logit",
    df: DfRule = "design",
    deff: DeffRule = "replace",
    level: float = 0.95,
    single_psu: SinglePsu = "fail",
    adjust_domain: bool = False,
    covariance: bool = False,
    rate: bool = True,
    fast: Fast | None = None,
) -> Estimate:
    """Estimates for every domain and item, k = K × i, domain-major.

    Parameters
    ----------
    cells
        For proportions, means and totals any items. For a ratio exactly three: numerator, denominator and their
        product, answered by the same rows (:func:`hashar.methods.survey.prepare.pair_columns`); k = K.
    statistic
        ``proportion`` (items are yes/no), ``mean``, ``total`` or ``ratio``.
    interval
        For proportions; the others have Wald limits with t.
    df
        Degrees of freedom of the whole design, or of what the domain touches.
    deff
        The simple random sample that the design effect compares with.
    level
        Of the interval.
    single_psu, adjust_domain
        As in :meth:`hashar.methods.survey.design.Design.build`.
    covariance
        Also the covariance (k, k), between all domains and items; waves that share clusters are domains of one survey.
    rate
        Also the reliability; without it every estimate is ``NOT_RATED``.
    fast
        A faster way to the moments of a plain design (no single-cluster stratum, no covariance, no ratio).

    Raises
    ------
    EstimationError
        Items that do not fit the statistic.
    DesignError
        A stratum with one cluster under the policy ``fail``.

    """
    _refuse_items(cells, statistic)
    groups, policy = Groups.of(cells), Policy(single_psu, adjust_domain)
    if fast is not None and statistic != "ratio" and not covariance and policy.plain(cells.frame):
        moments = fast(cells, groups, total=statistic == "total")
    else:
        moments = _moments(cells, groups, statistic, policy, covariance=covariance)
    return _assemble(
        cells, groups, moments, statistic=statistic, interval=interval, df=df, deff=deff, level=level, rate=rate
    )


def _refuse_items(cells: Cells, statistic: Statistic) -> None:
    if statistic == "proportion" and not cells.yes_no:
        raise EstimationError(
            N_("A proportion needs yes/no items: make every level of an answer an item, or ask for a mean.")
        )
    if statistic == "ratio" and len(cells.items) != 3:
        raise EstimationError(
            N_("A ratio needs the cells of numerator, denominator and their product, not of {count} items."),
            count=len(cells.items),
        )


def _moments(cells: Cells, groups: Groups, statistic: Statistic, policy: Policy, *, covariance: bool) -> Moments:
    if statistic == "ratio":
        return _ratio(cells, groups, policy, covariance=covariance)
    if covariance or len(cells.items) <= STRIP:
        return _strip(cells, groups, slice(None), statistic, policy, covariance=covariance)
    parts = [
        _strip(cells, groups, slice(at, at + STRIP), statistic, policy, covariance=False)
        for at in range(0, len(cells.items), STRIP)
    ]
    n = np.concatenate([p.n for p in parts], axis=1)
    size, point, variance, simple = (
        np.concatenate([getattr(p, name) for p in parts], axis=1) for name in ("size", "point", "variance", "simple")
    )
    return Moments(n, size, point, variance, simple)


def _strip(
    cells: Cells, groups: Groups, items: slice, statistic: Statistic, policy: Policy, *, covariance: bool
) -> Moments:
    count, w, wy = cells.n[groups.order, items], cells.w[groups.order, items], cells.wy[groups.order, items]
    n, size, total = (_sums(cells, groups, values) for values in (count.astype(np.int64), w, wy))
    with np.errstate(divide="ignore", invalid="ignore"):
        mean = total / size
        if cells.yes_no:
            spread = mean * (1 - mean)
        else:
            square = _sums(cells, groups, cells.wyy[groups.order, items]) / size
            spread = _rounded(square - mean**2, square)
        if statistic == "total":
            z, point, simple = wy, np.where(n > 0, total, np.nan), spread * size**2
        else:
            z, point, simple = _scores(groups, wy, w, mean, size), mean, spread
    made = deviations(cells.frame, groups, z, count > 0, cells.domains, policy)
    return _with_variance(made, n, size, point, simple, covariance=covariance)


def _ratio(cells: Cells, groups: Groups, policy: Policy, *, covariance: bool) -> Moments:
    count, w = cells.n[groups.order, :1], cells.w[groups.order, :1]
    wy, wyy = cells.wy[groups.order], cells.wyy[groups.order]
    n, size = _sums(cells, groups, count.astype(np.int64)), _sums(cells, groups, w)
    totals, squares = _sums(cells, groups, wy), _sums(cells, groups, wyy)
    y, x, product = totals[:, :1], totals[:, 1:2], totals[:, 2:]
    with np.errstate(divide="ignore", invalid="ignore"):
        point = y / x
        residual = squares[:, :1] - 2 * point * product + point**2 * squares[:, 1:2]
        simple = size * _rounded(residual, squares[:, :1]) / x**2
        z = _scores(groups, wy[:, :1], wy[:, 1:2], point, x)
    made = deviations(cells.frame, groups, z, count > 0, cells.domains, policy)
    return _with_variance(made, n, size, np.where(n > 0, point, np.nan), simple, covariance=covariance)


def _sums(cells: Cells, groups: Groups, values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Sums (K, i) by domain of ordered values (m, i)."""
    return groups.by_domain(groups.add(values), cells.domains)


def _scores(groups: Groups, a: FloatArray, b: FloatArray, point: FloatArray, scale: FloatArray) -> FloatArray:
    """Z = (a − θ b)/scale (m, i) with θ and scale by domain (K, i); 0 where the domain has no answers."""
    domain = groups.domain[groups.of_cell]
    return np.nan_to_num((a - point[domain] * b) / scale[domain], copy=False)


def _rounded(difference: FloatArray, of: FloatArray) -> FloatArray:
    return np.where(difference <= ROUNDING * of, 0.0, difference)


def _with_variance(
    made: Deviations, n: IntArray, size: FloatArray, point: FloatArray, simple: FloatArray, *, covariance: bool
) -> Moments:
    matrix = made.covariance(n.shape[0]) if covariance else None
    return Moments(n, size, point, made.variances(n.shape[0]), simple, matrix)


def _assemble(
    cells: Cells,
    groups: Groups,
    moments: Moments,
    *,
    statistic: Statistic,
    interval: Interval,
    df: DfRule,
    deff: DeffRule,
    level: float,
    rate: bool,
) -> Estimate:
    n, size, point = moments.n.ravel(), moments.size.ravel(), moments.point.ravel()
    with np.errstate(divide="ignore", invalid="ignore"):
        simple, variance = moments.simple.ravel(), moments.variance.ravel()
        variance = np.where(np.isfinite(point), np.where(variance <= ZERO * simple, 0.0, variance), np.nan)
        se = np.sqrt(variance)
        base = simple / (n - 1) if deff == "replace" else simple / (n - 1) * (size - n) / size
        effect = np.where(base == 0, np.nan, variance / base)
        n_effective = np.where(variance > 0, simple / variance, np.nan)
    own_df = np.repeat(groups.domain_df(cells.domains), moments.n.shape[1])
    degrees = own_df if df == "domain" else np.full(point.size, cells.frame.df)
    if statistic == "proportion":
        rows = _row_counts(cells)
        used = se * np.sqrt(_dispersion(cells, moments, rows)).ravel() if interval == "likelihood" else se
        count = np.repeat(rows, moments.n.shape[1])
        low, high = proportion_interval(interval, point, used, degrees, n, effect, level, rows=count)
    else:
        low, high = wald(point, se, degrees, level)
    reliability = np.full(point.size, Reliability.NOT_RATED, np.int8)
    if rate and statistic == "proportion":
        reliability = rate_proportions(point, se, n, n_effective, own_df)
    elif rate:
        reliability = rate_others(point, se, n, own_df)
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
        reliability=reliability,
        covariance=moments.covariance,
    )


def _row_counts(cells: Cells) -> IntArray:
    """Rows of every domain (K,), answered or not."""
    return np.bincount(cells.domain, cells.rows, cells.domains).astype(np.int64)


def _dispersion(cells: Cells, moments: Moments, rows: IntArray) -> FloatArray:
    """(K, i) what R's likelihood interval multiplies the variance by; see :mod:`hashar.methods.survey.uncertainty`."""
    asked = np.bincount(cells.domain, cells.weight, cells.domains)
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = moments.size * (rows / asked)[:, None] / (moments.n - 1)
    return np.where(np.isfinite(ratio), ratio, 1.0)
