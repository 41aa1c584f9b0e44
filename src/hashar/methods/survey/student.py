"""Quantiles of Student's t without scipy, which takes longer to load than a whole survey takes to estimate.

The two-sided tail is P(|T| > t) = I_x(ν/2, 1/2) with x = ν/(ν + t²) (Abramowitz & Stegun 1964, 26.7.1 and 26.5.27). It
is solved for t by Halley's method from Hill's (1970, *Comm. ACM* 13, algorithm 396) approximation; relative error
below 1e-12.
"""

import math
from functools import lru_cache
from statistics import NormalDist

import numpy as np
import numpy.typing as npt

from hashar.methods.survey.records import FloatArray

STEPS = 20
"""Halley steps at most; four are enough for ν ≥ 1."""

NEAR = 1e-6
"""Relative step after which to stop: convergence is cubic, so what is left is 1e-18."""

NORMAL = 1e6
"""Degrees of freedom from which three terms of the expansion in 1/ν are exact (Abramowitz & Stegun 1964, 26.7.5)."""

TERMS = 400
"""Terms of the continued fraction at most; about 30 are enough where t > 1."""

CONVERGED = 4e-16
"""A factor this close to 1 changes nothing any more."""


def t_quantile(df: npt.ArrayLike, level: float) -> FloatArray:
    """The t with P(|T| ≤ t) = ``level``, in the shape of ``df``; NaN where df ≤ 0, normal where df is infinite."""
    degrees = np.asarray(df, dtype=np.float64)
    flat = degrees.ravel()
    if flat.size and (flat == flat[0]).all():
        return np.full(degrees.shape, _quantiles((float(flat[0]),), level)[0])
    distinct, inverse = _distinct(flat)
    return _quantiles(tuple(distinct.tolist()), level)[inverse].reshape(degrees.shape)


def _distinct(values: FloatArray) -> tuple[FloatArray, npt.NDArray[np.int64]]:
    """``np.unique`` with the inverse; whole numbers go by a table instead of a sort."""
    whole = values.size > 0 and bool((values == np.rint(values)).all() and (values >= 0).all() and (values < 1e7).all())
    if not whole:
        found, inverse = np.unique(values, return_inverse=True)
        return found, inverse.astype(np.int64)
    codes = values.astype(np.int64)
    there = np.flatnonzero(np.bincount(codes))
    number = np.zeros(int(codes.max()) + 1, np.int64)
    number[there] = np.arange(there.size)
    return there.astype(np.float64), number[codes]


@lru_cache(maxsize=256)
def _quantiles(distinct: tuple[float, ...], level: float) -> FloatArray:
    df = np.array(distinct)
    found = np.full(df.size, np.nan)
    z = NormalDist().inv_cdf(0.5 + level / 2)
    large, usual = df >= NORMAL, (df > 0) & (df < NORMAL)
    found[large] = z + (z**3 + z) / (4 * df[large]) + (5 * z**5 + 16 * z**3 + 3 * z) / (96 * df[large] ** 2)
    if usual.any():
        with np.errstate(all="ignore"):  # Hill's approximation is only a start, and is replaced where it fails
            found[usual] = _solve(df[usual], 1 - level)
    return found


def _solve(df: FloatArray, tail: float) -> FloatArray:
    log_beta = np.array([_log_beta(v / 2) for v in df.tolist()])
    t = _start(df, tail, log_beta)
    step, steps = t, 0
    while steps < STEPS and (np.abs(step) > NEAR * t).any():
        density = np.exp(-(df + 1) / 2 * np.log1p(t * t / df) - log_beta) / np.sqrt(df)
        excess = (_tail(t, df, log_beta) - tail) / (2 * density)
        step = np.clip(excess / (1 - excess * (df + 1) * t / (2 * (df + t * t))), -t / 2, t)
        t, steps = t + step, steps + 1
    return np.asarray(t)


def _start(df: FloatArray, tail: float, log_beta: FloatArray) -> FloatArray:
    """Hill's (1970) approximation; below two degrees of freedom the first term of the tail, x^a/(a B(a, b))."""
    a = 1 / (df - 0.5)
    b = 48 / a**2
    c = ((20700 * a / b - 98) * a - 16) * a + 96.36
    d = ((94.5 / (b + c) - 3) / b + 1) * np.sqrt(a * math.pi / 2) * df
    y = (d * tail) ** (2 / df)
    x = NormalDist().inv_cdf(tail / 2)
    c = c + np.where(df < 5, 0.3 * (df - 4.5) * (x + 0.6), 0.0)
    c = (((0.05 * d * x - 5) * x - 7) * x - 2) * x + b + c
    far = (((((0.4 * x * x + 6.3) * x * x + 36) * x * x + 94.5) / c - x * x - 3) / b + 1) * x
    far = np.expm1(a * far**2)
    near = ((1 / (((df + 6) / (df * y) - 0.089 * d - 0.822) * (df + 2) * 3) + 0.5 / (df + 4)) * y - 1) * (df + 1) / (
        df + 2
    ) + 1 / y
    start = np.sqrt(df * np.where(y > a + 0.05, far, near))
    share = np.exp(2 / df * (math.log(tail) + np.log(df / 2) + log_beta))
    start = np.where(df < 2, np.sqrt(df * (1 - share) / share), start)
    return np.where(np.isfinite(start) & (start > 0), start, -x)


def _log_beta(a: float) -> float:
    """The log of B(a, 1/2); by the series of Tricomi & Erdélyi (1951, eq. 1) for large a, where lgamma cancels."""
    if a < 40:
        return math.lgamma(a) + 0.5 * math.log(math.pi) - math.lgamma(a + 0.5)
    u = 1 / a
    series = u * (-1 / 8 + u * u * (1 / 192 + u * u * (-1 / 640 + u * u * (17 / 14336))))
    return 0.5 * math.log(math.pi) - (0.5 * math.log(a) + series)


def _tail(t: FloatArray, df: FloatArray, log_beta: FloatArray) -> FloatArray:
    """P(|T| > t): the incomplete beta function by its continued fraction, on the side where that converges."""
    x = df / (df + t * t)
    a, half = df / 2, np.full_like(df, 0.5)
    near = x < (a + 1) / (a + 2.5)
    front = np.exp(-a * np.log1p(t * t / df) + 0.5 * np.log(t * t / (df + t * t)) - log_beta)
    p, q, z = np.where(near, a, half), np.where(near, half, a), np.where(near, x, t * t / (df + t * t))
    value = front * _fraction(p, q, z) / p
    return np.where(near, value, 1 - value)


def _fraction(p: FloatArray, q: FloatArray, z: FloatArray) -> FloatArray:
    """The continued fraction of I_z(p, q) (Abramowitz & Stegun 1964, 26.5.8) by the modified Lentz method."""
    c, d = np.ones_like(z), 1 / (1 - (p + q) * z / (p + 1))
    found = d.copy()
    m, change = 0, found
    while m < TERMS and (np.abs(change - 1) > CONVERGED).any():
        m += 1
        even = m * (q - m) * z / ((p + 2 * m - 1) * (p + 2 * m))
        d, c = 1 / (1 + even * d), 1 + even / c
        found = found * d * c
        odd = -(p + m) * (p + q + m) * z / ((p + 2 * m) * (p + 2 * m + 1))
        d, c = 1 / (1 + odd * d), 1 + odd / c
        change = d * c
        found = found * change
    return found
