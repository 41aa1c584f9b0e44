"""Direct standardisation, by hand."""

import numpy as np
import pytest

from hashar.errors import EstimationError
from hashar.methods.survey.design import Design
from hashar.methods.survey.estimation import mean
from hashar.methods.survey.resampling import jackknife
from hashar.methods.survey.standardise import standardise

AGE = np.array([0, 0, 0, 1, 0, 1, 1, 1])
GROUP = np.array([0, 0, 0, 0, 1, 1, 1, 1])
Y = np.array([1.0, 0, 1, 1, 0, 0, 1, 0])
DESIGN = Design.build(weights=np.arange(1.0, 9))


def test_a_standardised_mean_is_the_standard_mix_of_the_strata_means():
    e = mean(standardise(DESIGN, AGE, [30, 10], groups=GROUP), Y, domains=GROUP)
    assert np.allclose(e.estimate, [0.75 * 4 / 6 + 0.25 * 1, 0.75 * 0 + 0.25 * 7 / 21])
    assert np.allclose(e.weighted_n, [10, 26])


def test_without_groups_the_whole_sample_is_one():
    e = mean(standardise(DESIGN, AGE, [1, 1]), Y)
    assert np.isclose(e.estimate[0], 0.5 * 4 / 11 + 0.5 * 11 / 25)


def test_rows_without_an_answer_or_a_group_do_not_count():
    answered = np.array([True] * 7 + [False])
    design = standardise(DESIGN, AGE, [1, 1], groups=np.where(GROUP == 0, 0, 1), answered=answered)
    assert design.weights[7] == 8
    e = mean(design, np.where(answered, Y, np.nan), domains=GROUP)
    assert np.isclose(e.estimate[1], 0.5 * 7 / 13)
    outside = standardise(DESIGN, AGE, [1, 1], groups=np.where(GROUP == 0, 0, -1))
    assert outside.weights[4:].tolist() == [5, 6, 7, 8]


def test_replicates_are_standardised_one_by_one():
    made = standardise(jackknife(Design.build(weights=np.ones(8))), AGE, [1, 3])
    shares = made.replicates[AGE == 0].sum(axis=0) / made.replicates.sum(axis=0)
    assert np.allclose(shares, 0.25)


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: standardise(DESIGN, AGE[:3], [1, 1]), "for every row"),
        (lambda: standardise(DESIGN, AGE, [1, 0]), "positive numbers"),
        (lambda: standardise(DESIGN, AGE, [1, 1, 1]), "Group 1 has no rows in stratum 3"),
    ],
)
def test_what_cannot_be_standardised_is_refused(act, message):
    with pytest.raises(EstimationError, match=message):
        act()
