"""What the numbers are handed out as, and the words for their options."""

from dataclasses import dataclass, fields, replace
from enum import IntEnum
from typing import Literal, Self

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

SinglePsu = Literal["fail", "remove", "certainty", "centre", "average"]
"""What a stratum with one sampled cluster adds to the variance; see :mod:`hashar.methods.survey.variance`."""

Interval = Literal["logit", "beta", "wilson", "wald", "asin", "xlogit", "likelihood"]
"""How an interval for a proportion is made; see :mod:`hashar.methods.survey.intervals`."""

DfRule = Literal["design", "domain"]
"""Degrees of freedom of the whole design, or of the clusters and strata that the domain touches."""

DeffRule = Literal["replace", "population"]
"""The simple random sample that a design effect compares with: with replacement, or drawn without replacement from a
population of size Σ weights (which only makes sense when the weights are not rescaled to the sample size)."""


class Reliability(IntEnum):
    """How far an estimate may be shown; the values of ``Estimate.reliability``."""

    RELIABLE = 0
    REVIEW = 1
    UNRELIABLE = 2
    NOT_RATED = 3


@dataclass(frozen=True, eq=False)
class Estimate:
    """k estimates with their uncertainty. Every array is (k,), domain-major when there are domains.

    ``n`` counts the rows with an answer in the domain, ``weighted_n`` sums their weights. ``df`` follows the rule
    asked for; ``deff`` is the design effect; ``n_effective`` is the size of a simple random sample with replacement
    that would give the same variance (NaN where the variance is zero). ``reliability`` holds :class:`Reliability`
    values. ``covariance`` is (k, k), or None where it was not asked for. A domain with no answers has NaN for
    everything but ``n``.
    """

    n: IntArray
    weighted_n: FloatArray
    estimate: FloatArray
    se: FloatArray
    ci_low: FloatArray
    ci_high: FloatArray
    df: FloatArray
    deff: FloatArray
    n_effective: FloatArray
    reliability: npt.NDArray[np.int8]
    covariance: FloatArray | None = None

    def __len__(self) -> int:
        return self.estimate.size

    def take(self, index: npt.ArrayLike) -> Self:
        """The estimates at ``index`` (integers or a mask), with their covariance."""
        at = np.arange(len(self))[np.asarray(index)]
        parts = {f.name: getattr(self, f.name)[at] for f in fields(self) if f.name != "covariance"}
        covariance = None if self.covariance is None else self.covariance[np.ix_(at, at)]
        return replace(self, **parts, covariance=covariance)
