"""Weights made to agree with known population totals: post-stratification, raking, linear calibration, trimming.

Each function returns a new design with adjusted weights. For a :class:`Design` it also records the regression whose
residuals the variance uses (:mod:`hashar.methods.survey.residuals`); a :class:`ReplicateDesign` needs none, because
every set of replicate weights is adjusted in the same way.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

import numpy as np
import numpy.typing as npt
from scipy import sparse

from hashar.errors import DesignError
from hashar.i18n import N_
from hashar.methods.survey.design import Design
from hashar.methods.survey.records import FloatArray, IntArray
from hashar.methods.survey.replicates import ReplicateDesign
from hashar.methods.survey.residuals import Calibration, Projection

D = TypeVar("D", Design, ReplicateDesign)


@dataclass(frozen=True, eq=False)
class Margin:
    """A division of the population: ``codes`` (n,) 0 … G−1 of every row, ``totals`` (G,) known sizes."""

    codes: IntArray
    totals: FloatArray

    def __post_init__(self) -> None:
        """Refuse what cannot be met."""
        counts = np.bincount(self.codes, minlength=self.totals.size) if self.codes.min(initial=0) >= 0 else None
        if counts is None or counts.size > self.totals.size:
            raise DesignError(N_("Every row needs a group with a known total to adjust its weight to."))
        if not (np.isfinite(self.totals) & (self.totals > 0)).all():
            raise DesignError(N_("Known totals must be positive numbers."))
        if (counts == 0).any():
            raise DesignError(
                N_("{count} groups with a known total have no rows in the file: join them with another group."),
                count=int((counts == 0).sum()),
            )

    def fit(self, weights: FloatArray) -> FloatArray:
        """``weights`` (n,) scaled so that every group has its total."""
        sums = np.bincount(self.codes, weights, self.totals.size)
        with np.errstate(divide="ignore", invalid="ignore"):
            factor = np.where(sums > 0, self.totals / sums, 0.0)
        return weights * factor[self.codes]

    def gap(self, weights: FloatArray) -> float:
        """Largest relative distance of a group's sum from its total."""
        return float(np.abs(np.bincount(self.codes, weights, self.totals.size) / self.totals - 1).max())

    def dummies(self) -> sparse.csr_matrix:
        """Membership (n, G) as 0/1."""
        n = self.codes.size
        return sparse.csr_matrix((np.ones(n), (np.arange(n), self.codes)), shape=(n, self.totals.size))


def poststratify(design: D, codes: npt.ArrayLike, totals: npt.ArrayLike) -> D:
    """Scale weights within post-strata to their known sizes (Holt & Smith 1979, *JRSS A* 142).

    ``codes`` (n,) 0 … G−1; ``totals`` (G,).

    Raises
    ------
    DesignError
        A row without post-stratum, a post-stratum without rows, a total that is not positive.

    """
    margin = Margin(np.asarray(codes, dtype=np.int64), np.asarray(totals, dtype=np.float64))
    projection = [Projection(margin.dummies(), design.weights)]
    return adjust_weights(design, margin.fit, Calibration("post-stratification", projection))


def rake(
    design: D,
    margins: Sequence[Margin],
    *,
    tolerance: float = 1e-10,
    iterations: int = 200,
    regression: Literal["equal", "design"] = "equal",
) -> D:
    """Iterative proportional fitting to several margins (Deming & Stephan 1940; Deville, Särndal & Sautory 1993).

    Stops when no group is further than ``tolerance`` (relative) from its total. R's ``rake`` stops after 10 rounds
    or at an absolute change of 1 by default: its weights may miss the totals.

    ``regression`` says how rows count in the regression whose residuals the variance uses: ``design`` by their weight
    before raking, as the theory has it (Deville, Särndal & Sautory 1993, JASA 88, section 3); ``equal`` all alike, as
    R `survey` does for raking (but not for post-stratification or calibration), the default so that results agree.

    Raises
    ------
    DesignError
        As :func:`poststratify`; totals of margins that differ; no convergence within ``iterations``.

    """
    sizes = np.array([m.totals.sum() for m in margins])
    if np.ptp(sizes) > 1e-6 * sizes.max():
        raise DesignError(
            N_("The margins have different totals ({totals}), so no weights can meet them all: make them equal."),
            totals=", ".join(f"{s:.10g}" for s in sizes),
        )

    def fit(weights: FloatArray) -> FloatArray:
        for _ in range(iterations):
            for margin in margins:
                weights = margin.fit(weights)
            if max(m.gap(weights) for m in margins) <= tolerance:
                return weights
        raise DesignError(
            N_("Raking did not converge in {iterations} rounds: join small groups or allow more rounds."),
            iterations=iterations,
        )

    X = sparse.hstack([m.dummies() for m in margins], format="csr")
    rows_count = design.weights if regression == "design" else np.ones(design.n)
    return adjust_weights(design, fit, Calibration("raking", [Projection(X, rows_count)]))


def calibrate(design: D, X: npt.ArrayLike, totals: npt.ArrayLike, *, variance: npt.ArrayLike | None = None) -> D:
    """Linear calibration: the generalised regression estimator (Deville & Särndal 1992, eq. 2.2–2.5, χ² distance).

    ``X`` (n, c) calibration variables (with a column of ones for the population size); ``totals`` (c,);
    ``variance`` (n,) the residual variance σ² of every row up to a factor, e.g. x itself for the ratio estimator.

    Raises
    ------
    DesignError
        Missing values, columns that do not fit, totals that cannot be met, a variance or a resulting weight ≤ 0.

    """
    columns = np.asarray(X, dtype=np.float64)
    columns = columns[:, None] if columns.ndim == 1 else columns
    target = np.atleast_1d(np.asarray(totals, dtype=np.float64))
    sigma2 = np.ones(design.n) if variance is None else np.asarray(variance, dtype=np.float64)
    if columns.shape != (design.n, target.size) or not np.isfinite(columns).all() or not (sigma2 > 0).all():
        raise DesignError(
            N_("Calibration needs a value of every variable in every row, a total for each and positive variances.")
        )

    def fit(weights: FloatArray) -> FloatArray:
        projection = Projection(columns, weights / sigma2)
        g = 1 + columns @ (projection.inverse @ (target - weights @ columns)) / sigma2
        adjusted: FloatArray = weights * g
        if not np.allclose(adjusted @ columns, target, rtol=1e-8, atol=1e-8 * np.abs(columns).sum()):
            raise DesignError(N_("No weights can meet these totals: the calibration variables depend on each other."))
        return adjusted

    return adjust_weights(design, fit, Calibration("regression", [Projection(columns, design.weights / sigma2)]))


def trim(design: D, *, lower: float = 0.0, upper: float = np.inf, strict: bool = False) -> D:
    """Cut weights to [lower, upper] and give what was cut in equal parts to the rows that were not.

    With ``strict`` this is repeated until none is outside. The variance treats the trimmed weights as given (as R's
    ``trimWeights``); calibrations made before stay in force.

    Raises
    ------
    DesignError
        Bounds between which the sum of weights cannot fit.

    """
    mean_weight = design.weights.mean()
    if not lower <= mean_weight <= upper:
        raise DesignError(
            N_("Weights between {lower} and {upper} cannot have the mean weight {mean}: choose wider bounds."),
            lower=f"{lower:g}",
            upper=f"{upper:g}",
            mean=f"{mean_weight:g}",
        )

    def fit(weights: FloatArray) -> FloatArray:
        return _trimmed(weights, lower, upper, strict=strict)

    return adjust_weights(design, fit, None)


def _trimmed(weights: FloatArray, lower: float, upper: float, *, strict: bool) -> FloatArray:
    fixed = np.zeros(weights.size, bool)
    while True:
        outside = (weights < lower) | (weights > upper)
        fixed |= outside
        cut = np.clip(weights, lower, upper)
        free = ~fixed
        spare = weights.sum() - cut.sum()
        weights = cut + np.where(free, spare / max(int(free.sum()), 1), 0.0)
        if not strict or not ((weights < lower) | (weights > upper)).any():
            return weights


def adjust_weights(design: D, fit: Callable[[FloatArray], FloatArray], calibration: Calibration | None) -> D:
    """``design`` with the weights that ``fit`` makes of its weights, and of every set of replicate weights.

    Raises
    ------
    DesignError
        A weight that becomes zero or negative.

    """
    weights = fit(design.weights)
    if not (weights > 0).all():
        raise DesignError(
            N_("The adjustment makes {count} weights zero or negative: use raking, or fewer calibration variables."),
            count=int((weights <= 0).sum()),
        )
    if isinstance(design, ReplicateDesign):
        return replace(design, weights=weights, replicates=np.stack([fit(w) for w in design.replicates.T], axis=1))
    made = design.calibration if calibration is None else (*design.calibration, calibration)
    return replace(design, weights=weights, calibration=made)
