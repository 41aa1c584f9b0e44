"""How a calibration enters the variance: influence values are replaced by their residuals.

A calibrated total Σ w_i y_i is, to first order, the uncalibrated total of y_i − x_i'B̂ (Deville & Särndal 1992,
*JASA* 87, section 3.4, eq. 3.4), with B̂ the regression of y on the calibration variables weighted by d_i q_i. We
keep the calibrated weight on the residual, w_i (y_i − x_i'B̂), as recommended there.

Of several calibrations the last is taken out first, since only its totals still hold; R `survey` (4.1) takes them out
in the order they were made, which leaves too little variance for the first one's variables. A calibrated jackknife
agrees with the order here.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
from scipy import linalg, sparse

from hashar.methods.survey.records import FloatArray, IntArray
from hashar.methods.survey.scores import Scores


@dataclass(frozen=True, eq=False)
class Projection:
    """One regression that residuals are taken from.

    ``X`` (n, c) calibration variables, dense or ``scipy.sparse``; ``d`` (n,) weights of the regression.
    """

    X: Any  # numpy or scipy.sparse matrix: both know @, .T and slicing of rows
    d: FloatArray

    def moments(self, columns: Any) -> FloatArray:  # noqa: ANN401  (numpy or scipy.sparse, which carries no types)
        """X' diag(d) ``columns`` (c, p), dense."""
        product = self.X.T @ (sparse.diags(self.d) @ columns)
        return np.asarray(product.todense() if sparse.issparse(product) else product)

    @cached_property
    def inverse(self) -> FloatArray:
        """(X' diag(d) X)⁻¹ (c, c); columns that depend on others get coefficient zero in effect (pseudo-inverse)."""
        gram = self.moments(self.X)
        scale = np.sqrt(np.maximum(np.diag(gram), np.finfo(float).tiny))
        return np.asarray(linalg.pinvh(gram / np.outer(scale, scale)) / np.outer(scale, scale))


@dataclass(frozen=True, eq=False)
class Calibration:
    """One adjustment of weights: the projections its variance needs, applied one after another."""

    method: str
    projections: Sequence[Projection]


def residual_totals(
    calibrations: Sequence[Calibration], weights: FloatArray, scores: Scores, unit: IntArray, units: int
) -> FloatArray:
    """Sums (units, D·q) by ``unit`` of the scores, or of their calibration residuals.

    The last calibration is taken out first. Nothing of size n × (D·q) is made: Σ w (u − XB) = Σ w u − (Σ w X) B.
    """
    totals = scores.totals(unit, units)
    if not calibrations:
        return totals
    influence = sparse.diags(1 / weights) @ scores.matrix()
    by_unit = sparse.csr_matrix((weights, (unit, np.arange(weights.size))), shape=(units, weights.size))
    done: list[tuple[Projection, FloatArray]] = []
    for projection in [p for c in reversed(calibrations) for p in c.projections]:
        moments = projection.moments(influence)
        for earlier, coefficients in done:
            moments -= projection.moments(earlier.X) @ coefficients
        done.append((projection, projection.inverse @ moments))
    for projection, coefficients in done:
        totals = totals - np.asarray((by_unit @ projection.X) @ coefficients)
    return totals
