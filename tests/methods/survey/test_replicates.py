"""Given replicate weights: what is refused, degrees of freedom, the centre of the replicates."""

import numpy as np
import pytest

from hashar.errors import DesignError
from hashar.methods.survey.estimation import mean, proportion
from hashar.methods.survey.replicates import ReplicateDesign

W = np.array([1.0, 2, 3, 4])
R = np.array([[0.0, 2, 1], [4, 0, 2], [3, 6, 0], [8, 4, 4]])
Y = np.array([1.0, 0, 1, 0])


def test_the_variance_by_hand_around_the_mean_of_the_replicates_or_the_estimate():
    thetas = R.T @ Y / R.sum(axis=0)
    rscales = np.array([1.0, 0.5, 0.0])
    around_mean = ReplicateDesign.build(weights=W, replicates=R, scale=2, rscales=rscales)
    used = thetas[:2]  # a replicate with rscale 0 is not part of the mean
    assert np.isclose(mean(around_mean, Y).se[0] ** 2, 2 * (rscales[:2] * (used - used.mean()) ** 2).sum())
    around_estimate = ReplicateDesign.build(weights=W, replicates=R, scale=2, rscales=rscales, mse=True)
    assert np.isclose(mean(around_estimate, Y).se[0] ** 2, 2 * (rscales * (thetas - 0.4) ** 2).sum())


def test_degrees_of_freedom_are_the_rank_less_one_unless_given():
    design = ReplicateDesign.build(weights=W, replicates=R, scale=1)
    assert (design.n, design.df) == (4, 2)
    assert design.domain_df(np.zeros(4, bool)) == -1
    assert design.domain_dfs(np.array([0, 0, -1, 1]), 2).tolist() == [1, 0]
    assert ReplicateDesign.build(weights=W, replicates=R, scale=1, df=17).df == 17


def test_replicates_in_which_a_domain_is_empty_are_left_out():
    design = ReplicateDesign.build(weights=W, replicates=R, scale=1)
    e = mean(design, Y, domains=[0, -1, -1, -1])
    assert (e.estimate[0], e.se[0]) == (1, 0)
    both = mean(design, Y, domains=[0, 1, 1, 1], df="domain")
    assert np.isfinite(both.se).all()
    matrix = design.covariance(np.array([0.4]), (R.T @ Y / R.sum(axis=0))[:, None])
    assert np.isclose(matrix[0, 0], mean(design, Y).se[0] ** 2)


def test_logit_limits_come_from_the_log_odds_of_the_replicates():
    replicates = np.array([[1.5, 2, 1], [4, 1, 2], [3, 6, 1], [8, 4, 4]])
    design = ReplicateDesign.build(weights=W, replicates=replicates, scale=1, df=9)
    p = replicates.T @ Y / replicates.sum(axis=0)
    odds = np.log(p / (1 - p))
    half = 2.2621571627409915 * np.sqrt(((odds - odds.mean()) ** 2).sum())  # t quantile, 9 degrees of freedom
    e = proportion(design, Y, levels=[1])
    assert np.allclose(np.log(e.ci_high / (1 - e.ci_high)), np.log(0.4 / 0.6) + half)
    nobody = proportion(design, np.zeros(4), levels=[1], covariance=False)
    assert (nobody.ci_low[0], nobody.covariance) == (0, None)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"weights": [1, 2, 0, 4]}, r"1 rows have a weight .* row 3"),
        ({"replicates": np.where(R == 8, -1, R)}, r"1 rows have a weight .* row 4"),
        ({"replicates": R[:3]}, "4 rows, 3×3"),
        ({"replicates": R[:, 0]}, "4 rows, 4"),
        ({"rscales": [1, 1]}, "a scale each"),
        ({"rscales": [1, 1, -1]}, "must be positive"),
        ({"scale": 0}, "must be positive"),
    ],
)
def test_replicate_weights_that_cannot_be_are_refused(changes, message):
    with pytest.raises(DesignError, match=message):
        ReplicateDesign.build(**{"weights": W, "replicates": R, "scale": 1} | changes)
