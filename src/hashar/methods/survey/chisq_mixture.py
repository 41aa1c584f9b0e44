"""Tails of weighted sums of chi-squares, the null distribution of likelihood and Pearson statistics under a design.

With cluster sampling a Pearson or likelihood-ratio statistic follows ``Q = Σ λᵢ χ²(hᵢ)``, where the λ are generalised
design effects (Rao & Scott 1984). When the λ are estimated with few degrees of freedom, ``Q`` is compared with
``χ²(ν)/ν`` below it, as an F statistic is.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt
from scipy import optimize, stats

from hashar.errors import EstimationError
from hashar.i18n import N_

MixtureTail = Literal["exact", "saddlepoint", "satterthwaite"]

_FLOOR = 1e-12  # weights below this share of the largest are rounding of zero
# Trapezoid along the path: sinh(40) is past the last visible digit, and the error falls geometrically with the points
# (512 already give 13 digits for weights that span six orders of magnitude).
_END, _POINTS = 40.0, 1024
_BEND = 0.7  # an angle of 55 degrees between the path's arms and the real axis


def mixture_tail(q: float, weights: npt.ArrayLike, *, tail: MixtureTail = "exact") -> float:
    """P(Σ λᵢ χ²₁ > q) for independent chi-squares with one degree of freedom each.

    Parameters
    ----------
    q
        The observed statistic.
    weights
        λ, shape (k,), non-negative, at least one positive.
    tail
        ``"exact"`` integrates the moment generating function along a path through its saddlepoint (about 12 digits);
        ``"saddlepoint"`` is the approximation of Kuonen; ``"satterthwaite"`` matches two moments.

    Raises
    ------
    EstimationError
        When a weight is negative or not finite, or all are zero.

    Sources
    -------
    Rice (1980), SIAM Journal on Scientific and Statistical Computing 1, 438–448 (exact); Kuonen (1999), Biometrika 86,
    929–935, eq. 2–4 (saddlepoint); Satterthwaite (1946), Biometrics Bulletin 2, 110–114.

    """
    values = _checked(weights)
    if not np.isfinite(q):
        return float("nan") if np.isnan(q) else float(q < 0)
    if q <= 0:
        return 1.0
    if tail == "satterthwaite":
        total = values.sum()
        df = total**2 / (values**2).sum()
        return float(stats.chi2.sf(q * df / total, df))
    halves = np.full(values.size, 0.5)
    if tail == "saddlepoint":
        return _saddlepoint(q, values, halves)
    return _contour(q, values, halves)


def f_mixture_tail(q: float, weights: npt.ArrayLike, *, df: float, tail: MixtureTail = "exact") -> float:
    """P(Σ λᵢ χ²₁ / (χ²(df)/df) > q), the denominator independent of the numerator.

    Parameters
    ----------
    q, weights, tail
        As in :func:`mixture_tail`.
    df
        Degrees of freedom with which the λ were estimated; infinity gives :func:`mixture_tail`; NaN where not positive.

    Sources
    -------
    The event equals Σ λᵢ χ²₁ − (q/df) χ²(df) > 0, again a weighted sum (Lumley & Scott 2014, Australian & New Zealand
    Journal of Statistics 56, 1–14, section 4). Errors as in :func:`mixture_tail`.

    """
    values = _checked(weights)
    if np.isinf(df):
        return mixture_tail(q, values, tail=tail)
    if not df > 0 or np.isnan(q):
        return float("nan")
    if q <= 0:
        return 1.0
    if tail == "satterthwaite":
        total = values.sum()
        df_top = total**2 / (values**2).sum()
        return float(stats.f.sf(q / total, df_top, df))
    signed = np.append(values, -q / df)
    halves = np.append(np.full(values.size, 0.5), df / 2)
    if tail == "saddlepoint":
        return _saddlepoint(0.0, signed, halves)
    return _contour(0.0, signed, halves)


def _checked(weights: npt.ArrayLike) -> npt.NDArray[np.float64]:
    values = np.atleast_1d(np.asarray(weights, dtype=np.float64))
    largest = values.max(initial=0.0)
    if not np.all(np.isfinite(values)) or largest <= 0 or values.min() < -1e-8 * largest:
        raise EstimationError(
            N_(
                "The design effects of this test are not all positive, so its null distribution is unknown: "
                "the design has too few clusters for a test with this many categories; merge categories."
            )
        )
    kept: npt.NDArray[np.float64] = values[values > _FLOOR * largest]
    return kept


def _saddle(q: float, weights: npt.NDArray[np.float64], halves: npt.NDArray[np.float64]) -> float:
    """The root of K'(ζ) = q inside the region where the moment generating function exists."""

    def slope(z: float) -> float:
        return float(np.sum(2 * halves * weights / (1 - 2 * z * weights)) - q)

    upper = 1 / (2 * weights.max())
    inside = 1 - 1e-14
    # With positive weights K'(ζ) < Σh / (2|ζ|) for ζ < 0, so the root lies above −Σ(h)/q.
    lower = 1 / (2 * weights.min()) if weights.min() < 0 else -(halves.sum() + 1) / q
    return float(optimize.brentq(slope, lower * inside, upper * inside, xtol=1e-15 * upper, rtol=1e-15, maxiter=500))


def _saddlepoint(q: float, weights: npt.NDArray[np.float64], halves: npt.NDArray[np.float64]) -> float:
    """Kuonen's P(Q > q) = 1 − Φ(w + log(v/w)/w), with its limit where w → 0 (q at the mean)."""
    zeta = _saddle(q, weights, halves)
    shrunk = weights / (1 - 2 * zeta * weights)
    k2 = float(np.sum(4 * halves * shrunk**2))
    v = zeta * np.sqrt(k2)
    if abs(v) < 1e-4:  # (1/w) log(v/w) loses its digits here; its limit is a sixth of the skewness
        k3 = float(np.sum(16 * halves * shrunk**3))
        return float(stats.norm.sf(v + k3 / (6 * k2**1.5)))
    k = -float(np.sum(halves * np.log1p(-2 * zeta * weights)))
    w = np.sign(zeta) * np.sqrt(2 * (zeta * q - k))
    return float(stats.norm.sf(w + np.log(v / w) / w))


def _contour(q: float, weights: npt.NDArray[np.float64], halves: npt.NDArray[np.float64]) -> float:
    """P(Q > q) = (1/2πi) ∫ exp(K(z) − zq) dz / z along a path that crosses the real axis near the saddlepoint.

    The path z = c + s(i sinh t + b(cosh t − 1)) is a hyperbola that bends to the right, where exp(−zq) dies out, when
    all weights are positive (a parabola would come too near to the branch points when the weights differ by orders of
    magnitude); with q = 0 and a negative weight it is straight. In t the trapezoid rule converges geometrically.
    """
    edge = 1 / (2 * weights.max())
    # Any crossing point between the pole at 0 and the first branch point is valid; too near either costs digits.
    c = max(_saddle(q, weights, halves), 0.2 * edge)
    k2 = float(np.sum(4 * halves * (weights / (1 - 2 * c * weights)) ** 2))
    s = 1 / np.sqrt(k2 + 1 / c**2)
    b = _BEND if q > 0 else 0.0
    centre = -float(np.sum(halves * np.log1p(-2 * c * weights))) - c * q

    def integrand(t: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
        z = c + s * (1j * np.sinh(t) + b * (np.cosh(t) - 1))
        k = -np.sum(halves[:, None] * np.log(1 - 2 * weights[:, None] * z), axis=0)
        slope = s * (1j * np.cosh(t) + b * np.sinh(t))
        return np.asarray(np.imag(np.exp(k - z * q - centre) * slope / z), dtype=np.float64)

    t = np.linspace(0.0, _END, _POINTS + 1)
    f = integrand(t)
    value = float((f.sum() - 0.5 * f[0]) * (_END / _POINTS))
    return float(min(max(np.exp(centre) * value / np.pi, 0.0), 1.0))
