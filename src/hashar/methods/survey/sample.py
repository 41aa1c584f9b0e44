"""The rows a statistic is made of, by domain, and the statistic as a function of the weights."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hashar.errors import EstimationError
from hashar.i18n import N_
from hashar.methods.survey.design import Design
from hashar.methods.survey.records import FloatArray, IntArray
from hashar.methods.survey.replicates import ReplicateDesign

AnyDesign = Design | ReplicateDesign


@dataclass(frozen=True, eq=False)
class Sample:
    """Answers Y (n, q), 0 if missing; ``asked`` (n,) the domain, −1 in none; ``codes`` (n,) −1 also if unanswered."""

    Y: FloatArray
    codes: IntArray
    asked: IntArray
    domains: int

    @property
    def rows(self) -> IntArray:
        """Rows of each domain (D,), answered or not."""
        return np.bincount(self.asked[self.asked >= 0], minlength=self.domains).astype(np.int64)

    def sums(self, weights: FloatArray, values: FloatArray) -> FloatArray:
        """Σ w·values by domain: (D, q) for values (n, q)."""
        inside = self.codes >= 0
        c, w = self.codes[inside], weights[inside]
        return np.stack([np.bincount(c, w * v, self.domains) for v in values[inside].T], axis=-1)

    def size(self, weights: FloatArray) -> FloatArray:
        """Σ w by domain (D,)."""
        inside = self.codes >= 0
        return np.bincount(self.codes[inside], weights[inside], self.domains).astype(np.float64)

    def spread(self, by_domain: FloatArray) -> FloatArray:
        """Each row's domain value (n, q) from (D, q); rows outside get the last domain's, which nobody uses."""
        return by_domain[self.codes]


@dataclass(frozen=True, eq=False)
class Statistic:
    """A statistic as a function of weights: value(w) (D, q), and influence(value) (n, q) without the weight."""

    value: Callable[[FloatArray], FloatArray]
    influence: Callable[[FloatArray], FloatArray]


def take_sample(design: AnyDesign, y: npt.ArrayLike, domains: npt.ArrayLike | None, n_domains: int | None) -> Sample:
    """Answers ``y`` (n,) or (n, q) with the domains they belong to; a row without all q answers belongs to none.

    Raises
    ------
    EstimationError
        Sizes that do not fit the design.

    """
    Y = np.asarray(y, dtype=np.float64)
    Y = Y[:, None] if Y.ndim == 1 else Y
    asked = np.zeros(design.n, np.int64) if domains is None else np.asarray(domains).astype(np.int64)
    if Y.shape[0] != design.n or asked.shape != (design.n,):
        raise EstimationError(
            N_("The design has {n} rows, the variable {rows} and the domains {domains}: take them from one file."),
            n=design.n,
            rows=Y.shape[0],
            domains=asked.size,
        )
    missing = np.asarray(np.isnan(Y).any(axis=1))
    count = n_domains if n_domains is not None else int(asked.max(initial=0)) + 1
    return Sample(np.where(missing[:, None], 0.0, Y), np.where(missing, -1, asked), asked, count)
