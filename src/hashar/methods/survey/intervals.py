"""Confidence intervals, vectorised over estimates.

Proportions, with p̂, its SE, t = quantile of Student's t with df, n_e = p̂(1 − p̂)/SE² (Korn & Graubard 1998, *Survey
Methodology* 24, 193–201; overview: Franco et al. 2019, *J. Survey Stat. Methodol.* 7, 334–364):

* ``logit``, ``xlogit``: expit(logit p̂ ± t · SE/(p̂(1 − p̂))). Both names exist in R, where the first goes through a
  regression and the second through the delta method; they are the same interval.
* ``beta``: Clopper–Pearson limits with n_e (t_{n−1}/t_df)² in place of n (Korn & Graubard 1998).
* ``wilson``: the score interval with n_e in place of n and t in place of z (Kott & Carr 1997; Dean & Pagano 2015).
* ``wald``: p̂ ± t · SE, kept within what it is: it may leave [0, 1].
* ``asin``: on the scale arcsin √p (variance-stabilising).
* ``likelihood``: all p with 2 n_e KL(p̂‖p) ≤ F quantile(1, df), the Rao–Scott scaled binomial likelihood ratio.

**p̂ = 0 or 1** has no variance, so none of them exists: the interval runs from the estimate to the one-sided exact
limit at ``level`` (Clopper & Pearson 1934): 1 − α^{1/n*} for p̂ = 0, with n* = n/deff (t_{n−1}/t_df)², deff = 1
where unknown, but never more than n/deff: two answers of a survey with many clusters stay two answers. **df ≤ 0** (one
cluster), or no SE (nothing but single clusters under ``average``), means that nothing is known about variance: the
interval is everything possible, not NaN.
"""

from collections.abc import Callable, Mapping

import numpy as np
import numpy.typing as npt

from hashar.errors import UsageError
from hashar.i18n import N_
from hashar.methods.survey.records import BoolArray, FloatArray, Interval
from hashar.methods.survey.student import t_quantile

Limits = tuple[FloatArray, FloatArray]


def interval(
    kind: Interval,
    estimate: npt.ArrayLike,
    se: npt.ArrayLike,
    df: npt.ArrayLike,
    n: npt.ArrayLike,
    deff: npt.ArrayLike,
    level: float = 0.95,
    *,
    rows: npt.ArrayLike | None = None,
) -> Limits:
    """Limits (k,), (k,) for proportions; all arguments broadcast to (k,).

    ``n`` is the number of answers, ``deff`` the design effect (used at 0 % and 100 % only; NaN where unknown).
    ``rows`` are the rows of the domain with or without an answer, which R's ``beta`` takes for n in t_{n−1}; None:
    as ``n``.

    Raises
    ------
    UsageError
        A level outside (0, 1).

    """
    _refuse_level(level)
    p, s, d, size, effect, count = np.broadcast_arrays(
        *(
            np.atleast_1d(np.asarray(a, dtype=np.float64))
            for a in (estimate, se, df, n, deff, n if rows is None else rows)
        )
    )
    low, high = np.full(p.shape, np.nan), np.full(p.shape, np.nan)
    known = np.isfinite(p)
    edge = known & ((p <= 0) | (p >= 1))
    flat = known & ~edge & (s == 0)
    usual = known & ~edge & ~flat & (d > 0) & ~np.isnan(s)
    low[known], high[known] = 0.0, 1.0
    low[flat & (d > 0)] = high[flat & (d > 0)] = p[flat & (d > 0)]
    low[usual], high[usual] = _METHODS[kind](p[usual], s[usual], d[usual], count[usual], level)
    _exact(low, high, edge & (d > 0), p, d, size, effect, level)
    return low, high


def wald(estimate: npt.ArrayLike, se: npt.ArrayLike, df: npt.ArrayLike, level: float = 0.95) -> Limits:
    """Symmetric limits, estimate ± t · se, for means, totals, ratios and differences; −∞ to ∞ where df ≤ 0 or no SE.

    Raises
    ------
    UsageError
        A level outside (0, 1).

    """
    _refuse_level(level)
    e, s, d = np.broadcast_arrays(*(np.atleast_1d(np.asarray(a, dtype=np.float64)) for a in (estimate, se, df)))
    half = np.where((d > 0) & ~np.isnan(s), t_quantile(d, level) * s, np.inf)
    half = np.where(np.isfinite(e), half, np.nan)
    return e - half, e + half


def _refuse_level(level: float) -> None:
    if not 0 < level < 1:
        raise UsageError(N_("The level of an interval is between 0 and 1 (usually 0.95), not {level}."), level=level)


def _exact(
    low: FloatArray,
    high: FloatArray,
    where: BoolArray,
    p: FloatArray,
    df: FloatArray,
    n: FloatArray,
    deff: FloatArray,
    level: float,
) -> None:
    if not where.any():
        return
    known, count, at = deff[where], n[where], np.flatnonzero(where)
    divisor = np.where(np.isfinite(known) & (known > 0), known, 1.0)
    size = np.minimum(_df_adjusted(count / divisor, count, df[where], level), count / divisor)
    room = -np.expm1(np.log1p(-level) / size)
    zero = p[at] <= 0
    low[at], high[at] = np.where(zero, 0.0, 1 - room), np.where(zero, room, 1.0)


def _df_adjusted(size: FloatArray, n: FloatArray, df: FloatArray, level: float) -> FloatArray:
    """Korn & Graubard's (1998) n_e (t_{n−1}/t_df)²; without the factor where n = 1."""
    ratio = (t_quantile(n - 1, level) / t_quantile(df, level)) ** 2
    return size * np.where(np.isfinite(ratio), ratio, 1.0)


def _logit(p: FloatArray, se: FloatArray, df: FloatArray, n: FloatArray, level: float) -> Limits:
    del n
    half = t_quantile(df, level) * se / (p * (1 - p))
    centre = _log_odds(p)
    return _share(centre - half), _share(centre + half)


def _beta(p: FloatArray, se: FloatArray, df: FloatArray, n: FloatArray, level: float) -> Limits:
    size = _df_adjusted(p * (1 - p) / se**2, n, df, level)
    from scipy import special  # noqa: PLC0415  (slower to load than most surveys are to estimate; only this needs it)

    tail = (1 - level) / 2
    low = special.betaincinv(size * p, size * (1 - p) + 1, tail)
    return low, special.betaincinv(size * p + 1, size * (1 - p), 1 - tail)


def _wilson(p: FloatArray, se: FloatArray, df: FloatArray, n: FloatArray, level: float) -> Limits:
    del n
    size, t = p * (1 - p) / se**2, t_quantile(df, level)
    share = t**2 / size
    centre = (p + share / 2) / (1 + share)
    half = np.sqrt(share * p * (1 - p) + share**2 / 4) / (1 + share)
    return centre - half, centre + half


def _wald(p: FloatArray, se: FloatArray, df: FloatArray, n: FloatArray, level: float) -> Limits:
    del n
    return wald(p, se, df, level)


def _asin(p: FloatArray, se: FloatArray, df: FloatArray, n: FloatArray, level: float) -> Limits:
    del n
    centre = np.arcsin(np.sqrt(p))
    half = t_quantile(df, level) * se / (2 * np.sqrt(p * (1 - p)))
    return np.sin(np.maximum(centre - half, 0)) ** 2, np.sin(np.minimum(centre + half, np.pi / 2)) ** 2


def _likelihood(p: FloatArray, se: FloatArray, df: FloatArray, n: FloatArray, level: float) -> Limits:
    del n
    room = t_quantile(df, level) ** 2 / (2 * p * (1 - p) / se**2)  # F(1, df) = t²; KL(p̂‖p) ≤ F/(2 n_e)
    eta = _log_odds(p)
    return _share(_solve(p, room, eta, -1.0)), _share(_solve(p, room, eta, 1.0))


def _log_odds(p: FloatArray) -> FloatArray:
    return np.log(p / (1 - p))


def _share(log_odds: FloatArray) -> FloatArray:
    with np.errstate(over="ignore"):  # exp(710) is infinite, and the share rightly 0
        return 1 / (1 + np.exp(-log_odds))


def _solve(p: FloatArray, room: FloatArray, eta: FloatArray, side: float) -> FloatArray:
    """The log odds on one ``side`` where KL(p̂‖p) = ``room``, by bisection (KL grows away from p̂)."""
    entropy = p * np.log(p) + (1 - p) * np.log1p(-p)

    def divergence(x: FloatArray) -> FloatArray:
        log_p, log_q = -np.logaddexp(0, -x), -np.logaddexp(0, x)
        return np.asarray(entropy - p * log_p - (1 - p) * log_q)

    near, far = eta.copy(), eta + side
    while (short := divergence(far) < room).any():
        far = np.where(short, eta + 2 * (far - eta), far)
    for _ in range(80):
        middle = (near + far) / 2
        inside = divergence(middle) < room
        near, far = np.where(inside, middle, near), np.where(inside, far, middle)
    return (near + far) / 2


_METHODS: Mapping[str, Callable[[FloatArray, FloatArray, FloatArray, FloatArray, float], Limits]] = {
    "logit": _logit,
    "xlogit": _logit,
    "beta": _beta,
    "wilson": _wilson,
    "wald": _wald,
    "asin": _asin,
    "likelihood": _likelihood,
}
