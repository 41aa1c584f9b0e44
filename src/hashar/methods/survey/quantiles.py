"""Quantiles with Woodruff intervals.

The interval for the p-quantile q̂ inverts one for the share F̂(q̂) of the domain at or below it (Woodruff 1952,
*JASA* 47, 635–646; Francisco & Fuller 1991, *Ann. Stat.* 19 for ``score``), so it needs no density. The SE is the
interval's width over twice the t quantile.

Rules (``qrule``), with observations sorted, C_k cumulative weights and w_k the k-th weight:

* ``math`` = ``hf1``: the smallest x with F̂(x) ≥ p; ``school`` = ``hf2``: where F̂(x_k) = p, the average with
  x_{k+1}; ``hf3``: there, whichever of the two has an even position;
* ``hf4`` … ``hf9``: x interpolated linearly at p between the points p_k = C_k/C_n; (C_k − w_k/2)/C_n; C_k/(C_n +
  w_n); C_{k−1}/C_{n−1}; (C_k − w_k/3)/(C_n + w_n/3); (C_k − 3w_k/8)/(C_n + w_n/4): Hyndman & Fan 1996 (*Am. Stat.*
  50, types 4–9) carried over to weights as in R `survey`;
* ``shahvaish``: the smallest x_k with (C*_k + ½ − w*_k/2)/(n + 1) ≥ p, where w* = n w/C_n (Shah & Vaish 2006, *Proc.
  ASA Survey Research Methods*). R `survey` (4.1–4.5) subtracts w_k/2 of the *unscaled* weight, so that its quantiles
  change with the unit of the weights and may lie outside their own interval; ours follow the paper.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Literal

import numpy as np
import numpy.typing as npt

from hashar.errors import EstimationError, UsageError
from hashar.i18n import N_
from hashar.methods.survey.estimation import mean
from hashar.methods.survey.intervals import interval as proportion_interval
from hashar.methods.survey.intervals import wald
from hashar.methods.survey.records import DfRule, Estimate, FloatArray, Interval
from hashar.methods.survey.reliability import rate_others
from hashar.methods.survey.sample import AnyDesign, Sample, take_sample
from hashar.methods.survey.student import t_quantile

QuantileRule = Literal["math", "school", "shahvaish", "hf1", "hf2", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9"]
QuantileInterval = Literal["mean", "beta", "xlogit", "asin", "score"]

EXACT = 1e-12
"""Shares closer than this are equal: sums of weights carry rounding."""

Rule = Callable[[FloatArray, FloatArray, FloatArray], FloatArray]


def quantile(
    design: AnyDesign,
    y: npt.ArrayLike,
    probs: Sequence[float],
    *,
    domains: npt.ArrayLike | None = None,
    n_domains: int | None = None,
    qrule: QuantileRule = "math",
    interval: QuantileInterval = "mean",
    df: DfRule = "design",
    level: float = 0.95,
) -> Estimate:
    """Quantiles of ``y`` (n,) at ``probs``; k = domains × probs, domain-major. NaN is a missing answer.

    ``domains`` and ``df`` as in :func:`hashar.methods.survey.estimation.mean`, but a domain's own degrees of freedom
    (and the n of ``beta``) are those of its rows that answered, as in R's ``svyquantile``. ``deff``,
    ``n_effective`` and ``covariance`` are not defined for quantiles.

    Raises
    ------
    UsageError
        A probability outside [0, 1].
    EstimationError
        More than one variable.

    """
    p = np.asarray(probs, dtype=np.float64)
    if not ((p >= 0) & (p <= 1)).all():
        raise UsageError(N_("A quantile is asked for with a share between 0 and 1 (0.5 is the median)."))
    sample = take_sample(design, y, domains, n_domains)
    if sample.Y.shape[1] != 1:
        raise EstimationError(N_("Quantiles are computed for one variable at a time."))
    parts = [
        _domain(design, sample, d, p, qrule=qrule, kind=interval, df=df, level=level) for d in range(sample.domains)
    ]
    point, se, low, high, degrees, own_df = np.stack(parts, axis=1).reshape(6, -1)
    n = np.repeat(np.bincount(sample.codes[sample.codes >= 0], minlength=sample.domains), p.size).astype(np.int64)
    return Estimate(
        n=n,
        weighted_n=np.repeat(sample.size(design.weights), p.size),
        estimate=point,
        se=se,
        ci_low=low,
        ci_high=high,
        df=degrees,
        deff=np.full(point.size, np.nan),
        n_effective=np.full(point.size, np.nan),
        reliability=rate_others(point, se, n, own_df),
    )


def _domain(
    design: AnyDesign,
    sample: Sample,
    domain: int,
    p: FloatArray,
    *,
    qrule: QuantileRule,
    kind: QuantileInterval,
    df: DfRule,
    level: float,
) -> FloatArray:
    """(6, m): estimate, se, low, high, df, the domain's own df."""
    inside = sample.codes == domain
    own_df = design.domain_df(inside)
    degrees = own_df if df == "domain" else design.df
    if not inside.any():
        return np.stack([np.full(p.size, v) for v in (np.nan, np.nan, np.nan, np.nan, degrees, own_df)])
    order = np.argsort(sample.Y[inside, 0], kind="stable")
    x, w = sample.Y[inside, 0][order], design.weights[inside][order]
    rule = _RULES[qrule]
    point = rule(x, w, p)
    if kind == "score":
        low, high = _score(design, sample, domain, p, x, degrees, level)
    else:
        below, above = _shares(design, sample, domain, point, kind, degrees, level)
        low, high = rule(x, w, below), rule(x, w, above)
    se = (high - low) / (2 * t_quantile(degrees, level))
    return np.stack([point, se, low, high, np.full(p.size, degrees), np.full(p.size, own_df)])


def _at_most(design: AnyDesign, sample: Sample, domain: int, values: FloatArray) -> Estimate:
    """The domain's shares at or below each of ``values``."""
    indicator = (values >= sample.Y).astype(np.float64)
    return mean(design, indicator, domains=np.where(sample.codes == domain, 0, -1), n_domains=1, covariance=False)


def _shares(
    design: AnyDesign,
    sample: Sample,
    domain: int,
    values: FloatArray,
    kind: Literal["mean", "beta", "xlogit", "asin"],
    df: float,
    level: float,
) -> tuple[FloatArray, FloatArray]:
    """Limits of the shares at or below ``values``, within [0, 1]."""
    share = _at_most(design, sample, domain, values)
    if kind == "mean":
        low, high = wald(share.estimate, share.se, df, level)
        return np.clip(low, 0, 1), np.clip(high, 0, 1)
    shape: Interval = kind
    return proportion_interval(shape, share.estimate, share.se, df, share.n, share.deff, level)


def _score(
    design: AnyDesign, sample: Sample, domain: int, p: FloatArray, x: FloatArray, df: float, level: float
) -> tuple[FloatArray, FloatArray]:
    """The range of observed values q for which |F̂(q) − p| ≤ t · SE(F̂(q))."""
    values = np.unique(x)
    share = _at_most(design, sample, domain, values)
    if df <= 0:
        return np.full(p.size, values[0]), np.full(p.size, values[-1])
    t = float(t_quantile(df, level))
    distance = share.estimate - p[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.where(distance == 0, 0.0, distance / share.se)
    low = np.array([values[np.argmax(s > -t)] for s in score])
    high = np.array([values[min(np.flatnonzero(s <= t).max(initial=-1) + 1, values.size - 1)] for s in score])
    return low, high


def _discrete(tie: Literal["first", "average", "even"]) -> Rule:
    def rule(x: FloatArray, w: FloatArray, p: FloatArray) -> FloatArray:
        share = np.cumsum(w) / w.sum()
        at = np.minimum(np.searchsorted(share, p - EXACT), x.size - 1)
        after = np.minimum(at + 1, x.size - 1)
        if tie == "first":
            return x[at]
        equal = np.abs(share[at] - p) <= EXACT
        if tie == "average":
            return np.where(equal, (x[at] + x[after]) / 2, x[at])
        return np.where(equal & (at % 2 == 0), x[after], x[at])  # position at + 1 is even when at is odd

    return rule


def _interpolated(points: Callable[[FloatArray, FloatArray], FloatArray]) -> Rule:
    def rule(x: FloatArray, w: FloatArray, p: FloatArray) -> FloatArray:
        return np.interp(p, points(np.cumsum(w), w), x)

    return rule


def _shah_vaish(x: FloatArray, w: FloatArray, p: FloatArray) -> FloatArray:
    scaled = w * x.size / w.sum()
    share = (np.cumsum(scaled) + 0.5 - scaled / 2) / (x.size + 1)
    return x[np.minimum(np.searchsorted(share, p - EXACT), x.size - 1)]


def _before_last(c: FloatArray, w: FloatArray) -> FloatArray:
    points: FloatArray = (c - w) / (c[-2] if c.size > 1 else c[-1])
    return points


_RULES: Mapping[str, Rule] = {
    "math": _discrete("first"),
    "hf1": _discrete("first"),
    "school": _discrete("average"),
    "hf2": _discrete("average"),
    "hf3": _discrete("even"),
    "shahvaish": _shah_vaish,
    "hf4": _interpolated(lambda c, _: c / c[-1]),
    "hf5": _interpolated(lambda c, w: (c - w / 2) / c[-1]),
    "hf6": _interpolated(lambda c, w: c / (c[-1] + w[-1])),
    "hf7": _interpolated(_before_last),
    "hf8": _interpolated(lambda c, w: (c - w / 3) / (c[-1] + w[-1] / 3)),
    "hf9": _interpolated(lambda c, w: (c - 3 * w / 8) / (c[-1] + w[-1] / 4)),
}
