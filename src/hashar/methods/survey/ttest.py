"""t-tests of a mean against a value, and of two groups against each other, under the design."""

import numpy as np
import numpy.typing as npt

from hashar.errors import EstimationError
from hashar.i18n import N_
from hashar.methods.survey.contrasts import Contrast, t_inference
from hashar.methods.survey.regression import Predictors, intercept, regress
from hashar.methods.survey.sample import AnyDesign


def one_sample_t_test(
    design: AnyDesign, y: npt.ArrayLike, *, null: float = 0.0, domain: npt.ArrayLike | None = None, level: float = 0.95
) -> Contrast:
    """Mean of ``y`` (n,) in a domain against ``null``, with the design's df − 1, as R's ``svyttest``.

    Raises EstimationError when no row has a value; DesignError for a stratum with one cluster under ``fail``.
    """
    model = regress(design, y, intercept(design.n), domain=domain, level=level)
    mean = model.coefficients
    return t_inference(mean.estimate, mean.se, model.df - 1, level=level, null=null, covariance=mean.covariance)


def two_sample_t_test(
    design: AnyDesign,
    y: npt.ArrayLike,
    group: npt.ArrayLike,
    *,
    domain: npt.ArrayLike | None = None,
    level: float = 0.95,
) -> Contrast:
    """Difference of the means of ``y`` (n,) between two groups: the higher ``group`` code minus the lower.

    Parameters
    ----------
    design, y, domain, level
        As in :func:`~hashar.methods.survey.regression.regress`.
    group
        (n,) two numeric codes, NaN where missing.

    Raises
    ------
    EstimationError
        When the rows of the domain do not hold exactly two groups.

    """
    codes, outcome = np.asarray(group, dtype=np.float64), np.asarray(y, dtype=np.float64)
    inside = np.isfinite(codes) & np.isfinite(outcome)
    if domain is not None:
        inside &= np.asarray(domain, dtype=bool)
    found = np.unique(codes[inside])
    if found.size != 2:
        raise EstimationError(
            N_("A t-test compares two groups, but the answers hold {found}: choose two groups."), found=found.size
        )
    indicator = Predictors((codes == found[1]).astype(np.float64)[:, None], ("difference",))
    model = regress(design, outcome, intercept(design.n) & indicator, domain=inside, level=level)
    slope, variance = model.coefficients, model.covariance[1:, 1:]
    return t_inference(slope.estimate[1:], slope.se[1:], model.df, level=level, covariance=variance)
