"""The covariance of any smooth statistic, under clusters and strata or under replicate weights."""

from collections.abc import Callable

import numpy as np

from hashar.methods.survey.records import BoolArray, FloatArray
from hashar.methods.survey.replicates import ReplicateDesign
from hashar.methods.survey.sample import AnyDesign
from hashar.methods.survey.variance import covariance


def design_covariance(
    design: AnyDesign,
    *,
    statistic: Callable[[FloatArray], FloatArray],
    value: FloatArray,
    scores: FloatArray,
    inside: BoolArray,
) -> FloatArray:
    """Covariance (k, k) of a statistic of the rows ``inside`` a domain.

    Parameters
    ----------
    design
        Clusters and strata: the scores are linearised. Replicate weights: the statistic is computed again for each.
    statistic
        Weights (n,) → the statistic (k,).
    value
        The statistic (k,) under the design's own weights.
    scores
        Weighted influence values (n, k), zero outside the domain (Binder 1983, *International Statistical Review* 51).
    inside
        The rows (n,) of the domain; strata and clusters outside it stay in the design.

    Raises
    ------
    DesignError
        A stratum with one cluster under the policy ``fail``.

    """
    if isinstance(design, ReplicateDesign):
        repeated = np.stack([statistic(column) for column in design.replicates.T])
        return design.covariance(value, repeated)
    return covariance(design, scores, codes=np.where(inside, 0, -1), domains=1)
