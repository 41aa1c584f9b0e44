"""Direct standardisation: every group as if it had the composition (by age, by sex) of a standard population.

Within each group weights are scaled so that its strata have the standard shares (Inskip 2000, in *Encyclopedia of
Epidemiologic Methods*; Korn & Graubard 1999, section 2.10). This is post-stratification within groups, and the
variance accounts for it in the same way.
"""

from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy import sparse

from hashar.errors import EstimationError
from hashar.i18n import N_
from hashar.methods.survey.calibration import adjust_weights
from hashar.methods.survey.design import Design
from hashar.methods.survey.records import FloatArray
from hashar.methods.survey.replicates import ReplicateDesign
from hashar.methods.survey.residuals import Calibration, Projection

D = TypeVar("D", Design, ReplicateDesign)


def standardise(
    design: D,
    strata: npt.ArrayLike,
    shares: npt.ArrayLike,
    *,
    groups: npt.ArrayLike | None = None,
    answered: npt.ArrayLike | None = None,
) -> D:
    """A design whose means and proportions by ``groups`` are standardised.

    ``strata`` (n,) codes 0 … S−1 of the standard's divisions; ``shares`` (S,) of the standard population (any unit:
    they are divided by their sum); ``groups`` (n,) codes, −1 in none (default: one group); ``answered`` (n,) the
    rows that the estimate will be made of: others keep their weight and do not count (without it a missing answer
    changes a group's composition). Every group keeps its sum of weights.

    Raises
    ------
    EstimationError
        A group without rows in a stratum; a share that is not positive; sizes that do not fit.

    """
    stratum = np.asarray(strata, dtype=np.int64)
    group = np.zeros(design.n, np.int64) if groups is None else np.asarray(groups, dtype=np.int64)
    counted = np.ones(design.n, bool) if answered is None else np.asarray(answered, dtype=bool)
    standard = np.asarray(shares, dtype=np.float64)
    if not stratum.shape == group.shape == counted.shape == (design.n,):
        raise EstimationError(N_("Standardisation needs a group and a stratum for every row of the design."))
    if not (np.isfinite(standard) & (standard > 0)).all():
        raise EstimationError(N_("Shares of the standard population must be positive numbers."))
    standard = standard / standard.sum()
    used = counted & (group >= 0)
    cells = np.where(used, group * standard.size + stratum, -1)
    size = (int(group.max(initial=0)) + 1) * standard.size
    _refuse_empty(cells[used], size, standard.size)

    def fit(weights: FloatArray) -> FloatArray:
        sums = np.bincount(cells[used], weights[used], size).reshape(-1, standard.size)
        wanted = sums.sum(axis=1, keepdims=True) * standard
        with np.errstate(divide="ignore", invalid="ignore"):
            factor = np.where(sums > 0, wanted / sums, 0.0).ravel()
        return np.where(used, weights * factor[cells], weights)

    rows = np.flatnonzero(used)
    X = sparse.csr_matrix((np.ones(rows.size), (rows, cells[used])), shape=(design.n, size))
    return adjust_weights(design, fit, Calibration("standardisation", [Projection(X, design.weights)]))


def _refuse_empty(cells: npt.NDArray[np.int64], size: int, strata: int) -> None:
    by_group = np.bincount(cells, minlength=size).reshape(-1, strata)
    empty = (by_group == 0) & by_group.any(axis=1, keepdims=True)
    if empty.any():
        group, stratum = np.argwhere(empty)[0]
        raise EstimationError(
            N_("Group {group} has no rows in stratum {stratum} of the standard: use wider strata or leave it out."),
            group=int(group) + 1,
            stratum=int(stratum) + 1,
        )
