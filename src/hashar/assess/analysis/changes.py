"""Change between two waves: difference, interval, test, adjustment over the family, and what could have been seen."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy import stats

from hashar.assess.contracts.published import Change
from hashar.methods.survey.contrasts import t_inference
from hashar.methods.survey.multiplicity import adjust
from hashar.methods.survey.power import TwoWaves, detectable_change
from hashar.methods.survey.records import Estimate

POWER = 0.8
"""Probability with which a real change of the "detectable" size would be shown."""


@dataclass(frozen=True)
class Point:
    """What a comparison needs of one wave's figure."""

    wave: str
    estimate: float
    se: float
    df: float
    n_effective: float

    @classmethod
    def of(cls, wave: str, found: Estimate) -> "Point":
        """The whole survey's figure, the only one in ``found``."""
        return cls(wave, *(float(a[0]) for a in (found.estimate, found.se, found.df, found.n_effective)))


@dataclass(frozen=True)
class Pair:
    """One indicator's figures in two waves that are compared; ``rise`` when an improvement is a rise."""

    earlier: Point
    later: Point
    share: bool
    rise: bool


def changes(pairs: Sequence[Pair], level: float) -> list[Change]:
    """The change of every pair; the pairs are the family over which p is adjusted by Holm's method.

    The waves are drawn independently (strata and clusters are unique by wave), so that the variance of a difference is
    the sum of the two and the df of the pooled design the sum of theirs. A pair in which both standard errors are 0
    has no test; its p is NaN and nothing is claimed.
    """
    se = [np.hypot(pair.earlier.se, pair.later.se) for pair in pairs]
    df = [pair.earlier.df + pair.later.df for pair in pairs]
    difference = [pair.later.estimate - pair.earlier.estimate for pair in pairs]
    test = t_inference(difference, se, df, level=level)
    adjusted = adjust(test.p, "holm")
    return [
        Change(
            earlier=pair.earlier.wave,
            later=pair.later.wave,
            difference=float(test.estimate[i]),
            se=float(test.se[i]),
            ci_low=float(test.ci_low[i]),
            ci_high=float(test.ci_high[i]),
            df=float(test.df[i]),
            statistic=float(test.statistic[i]),
            p=float(test.p[i]),
            p_adjusted=float(adjusted[i]),
            detectable=_detectable(pair, float(test.se[i]), level),
            shown=bool(adjusted[i] < 1 - level),
        )
        for i, pair in enumerate(pairs)
    ]


def _detectable(pair: Pair, se: float, level: float) -> float:
    """Smallest true change in the wanted direction that these two waves would show.

    For a share it follows the variance at the changed share; where even a fall to nothing would not show (or the share
    is 0 or 1 now), and for a mean, it is (z + z)·SE with the standard error of the change.
    """
    alpha = 1 - level
    sizes = (pair.earlier.n_effective, pair.later.n_effective)
    if pair.share and 0 < pair.earlier.estimate < 1 and np.isfinite(sizes).all():
        plan = TwoWaves(n=sizes[0], n_after=sizes[1], alpha=alpha, power=POWER)
        found = float(detectable_change(plan, pair.earlier.estimate, rise=pair.rise))
        if np.isfinite(found):
            return found
    return float((stats.norm.ppf(1 - alpha / 2) + stats.norm.ppf(POWER)) * se)
