"""Primary suppression: the cells that reveal someone by themselves."""

from dataclasses import dataclass
from enum import IntEnum
from typing import Literal

import numpy as np
import numpy.typing as npt

Harmless = Literal["none", "all", "neither"]
"""Which unanimous answer tells nothing against anyone: nobody said "yes" (use), or everybody did (a good answer)."""


class Reason(IntEnum):
    """Why a cell is hidden; the order is the order in which the rules are asked."""

    SHOWN = 0
    SMALL_N = 1
    FEW_CLUSTERS = 2
    SMALL_COUNT = 3
    UNRELIABLE = 4


@dataclass(frozen=True)
class Thresholds:
    """The fewest pupils, pupils with an answer (and without it), and clusters that a shown cell may have."""

    minimum_n: int
    minimum_count: int
    minimum_clusters: int


def primary(
    thresholds: Thresholds,
    *,
    n: npt.ArrayLike,
    count: npt.ArrayLike,
    clusters: npt.ArrayLike,
    harmless_none: npt.ArrayLike,
    harmless_all: npt.ArrayLike,
    unreliable: npt.ArrayLike,
) -> npt.NDArray[np.int8]:
    """The reason to hide each of k cells.

    ``n`` (k,) pupils who answered; ``count`` (k,) how many of them said "yes", NaN where the cell is no count (a mean);
    ``clusters`` (k,) sampled clusters they come from, NaN where that is unknown; ``harmless_none`` and ``harmless_all``
    (k,) bool: 0 of n, or n of n, may be shown; ``unreliable`` (k,) bool: the estimate fails the presentation standards
    and the setting says to hide it.

    The threshold rule is that of frequency tables (Hundepool et al., Statistical Disclosure Control, 2012, ch. 5;
    Willenborg & de Waal, Elements of Statistical Disclosure Control, 2001, ch. 6), applied to the count and to its
    complement. A count of n of n tells an attribute of every member of a recognisable group (group disclosure); a
    count of 0 does so too, and is shown only where it says nothing against anyone. A domain with nobody in it is shown.
    """
    n, count, clusters = (np.asarray(part, dtype=np.float64) for part in (n, count, clusters))
    rest = n - count
    small = _below(count, thresholds.minimum_count, np.asarray(harmless_none, dtype=np.bool_))
    small |= _below(rest, thresholds.minimum_count, np.asarray(harmless_all, dtype=np.bool_))
    rules = [n < thresholds.minimum_n, clusters < thresholds.minimum_clusters, small, np.asarray(unreliable, np.bool_)]
    reason = np.select(rules, [1, 2, 3, 4], default=0)
    return np.where(n == 0, 0, reason).astype(np.int8)


def _below(count: npt.NDArray[np.float64], minimum: int, harmless: npt.NDArray[np.bool_]) -> npt.NDArray[np.bool_]:
    return (count < minimum) & ((count > 0) | ~harmless)
