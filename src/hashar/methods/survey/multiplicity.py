"""Adjusted p-values for a family of comparisons.

A profile compares dozens of indicators between two waves; without control, one in twenty of the comparisons in which
nothing changed would be reported as a change.
"""

from typing import Literal

import numpy as np
import numpy.typing as npt

from hashar.errors import UsageError
from hashar.i18n import N_

Adjustment = Literal["holm", "benjamini-hochberg", "none"]


def adjust(p: npt.ArrayLike, method: Adjustment) -> npt.NDArray[np.float64]:
    """Adjust the p-values of one family of comparisons.

    Parameters
    ----------
    p
        p-values, any shape, NaN where a comparison could not be computed.
    method
        ``"holm"`` controls the probability of one false claim in the family; ``"benjamini-hochberg"`` controls the
        expected share of false claims among all claims; ``"none"`` returns ``p`` as it is.

    Returns
    -------
    Adjusted p-values in the shape of ``p``. NaN stays NaN and does not count as a member of the family: a comparison
    that could not be computed makes no claim, so it must not cost the others their power.

    Raises
    ------
    UsageError
        When a p-value lies outside [0, 1], or ``method`` is unknown.

    Sources
    -------
    Holm (1979), Scandinavian Journal of Statistics 6, 65–70, section 2; Benjamini & Hochberg (1995), Journal of the
    Royal Statistical Society B 57, 289–300, eq. 1. The adjusted forms are those of Wright (1992), Biometrics 48,
    1005–1013.

    """
    values = np.asarray(p, dtype=np.float64)
    if bool(np.any((values < 0) | (values > 1))):
        raise UsageError(N_("A p-value lies outside 0 to 1: adjust p-values, not test statistics."))
    if method == "none":
        return values.copy()
    if method == "holm":
        return holm(values)
    if method == "benjamini-hochberg":
        return benjamini_hochberg(values)
    raise UsageError(
        N_("Unknown adjustment for multiple comparisons {method}: use holm, benjamini-hochberg or none."), method=method
    )


def holm(p: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Holm's step-down adjustment: the running maximum of ``(m − i + 1) p_(i)``; see :func:`adjust`."""
    known, order = _sorted(p)
    m = known.size
    stepped = np.maximum.accumulate(known[order] * np.arange(m, 0, -1))
    return _restored(p, order, stepped)


def benjamini_hochberg(p: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Benjamini and Hochberg's step-up adjustment: the running minimum, from above, of ``m p_(i) / i``."""
    known, order = _sorted(p)
    m = known.size
    ratios = known[order] * (m / np.arange(1, m + 1))
    stepped = np.minimum.accumulate(ratios[::-1])[::-1]
    return _restored(p, order, stepped)


def _sorted(p: npt.NDArray[np.float64]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    known = p[~np.isnan(p)]
    return known, np.argsort(known, kind="stable")


def _restored(
    p: npt.NDArray[np.float64], order: npt.NDArray[np.int64], stepped: npt.NDArray[np.float64]
) -> npt.NDArray[np.float64]:
    known = np.empty_like(stepped)
    known[order] = np.minimum(stepped, 1.0)
    result = np.full(p.shape, np.nan)
    result[~np.isnan(p)] = known
    return result
