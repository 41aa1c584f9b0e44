"""Calibrated weights meet their totals, and the variance knows it."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.errors import DesignError
from hashar.methods.survey.calibration import Margin, calibrate, poststratify, rake, trim
from hashar.methods.survey.design import Design
from hashar.methods.survey.estimation import indicators, mean, total
from hashar.methods.survey.resampling import jackknife
from tests.methods.survey.surveys import surveys

W = np.array([1.0, 2, 3, 4, 5, 6])
SEX = np.array([0, 0, 0, 1, 1, 1])
GRADE = np.array([0, 1, 0, 1, 0, 1])
DESIGN = Design.build(weights=W)


@settings(max_examples=25, deadline=None)
@given(surveys(), st.floats(50, 500), st.floats(50, 500))
def test_post_strata_totals_are_reproduced_without_error(survey, first, second):
    codes = (survey.x > np.median(survey.x)).astype(int)
    adjusted = poststratify(survey.design, codes, [first, second])
    estimate = total(adjusted, indicators(codes, [0, 1]))
    assert np.allclose(estimate.estimate, [first, second])
    assert np.allclose(estimate.se, 0, atol=1e-9 * (first + second))


@settings(max_examples=15, deadline=None)
@given(surveys(fpc=True))
def test_linear_calibration_reproduces_its_totals_without_error(survey):
    X = np.stack([np.ones(survey.design.n), survey.x], axis=1)
    target = 1.03 * total(survey.design, X).estimate * [1, 1.01]
    adjusted = calibrate(survey.design, X, target, variance=survey.x - survey.x.min() + 1)
    estimate = total(adjusted, X)
    assert np.allclose(estimate.estimate, target)
    assert np.allclose(estimate.se, 0, atol=1e-7 * target.max())


def test_post_stratification_raking_to_one_margin_and_calibration_to_its_dummies_are_one():
    one = poststratify(DESIGN, SEX, [10, 20])
    raked = rake(DESIGN, [Margin(SEX, np.array([10.0, 20.0]))], regression="design")
    linear = calibrate(DESIGN, indicators(SEX, [0, 1]), [10, 20])
    y = np.array([1.0, 5, 2, 8, 3, 3])
    for other in (raked, linear):
        assert np.allclose(other.weights, one.weights)
        assert np.allclose(mean(other, y).se, mean(one, y).se)


def test_raking_meets_every_margin():
    margins = [Margin(SEX, np.array([10.0, 20.0])), Margin(GRADE, np.array([18.0, 12.0]))]
    raked = rake(DESIGN, margins)
    assert max(m.gap(raked.weights) for m in margins) <= 1e-10
    equal = mean(raked, np.arange(6.0)).se
    by_weight = mean(rake(DESIGN, margins, regression="design"), np.arange(6.0)).se
    assert equal != by_weight


def test_domains_use_the_projection_of_the_whole_sample():
    adjusted = poststratify(DESIGN, SEX, [10, 20])
    y = np.array([1.0, 5, 2, 8, 3, 3])
    alone = mean(adjusted, np.where(GRADE == 0, y, np.nan))
    together = mean(adjusted, y, domains=GRADE)
    assert np.isclose(alone.se[0], together.se[0])


def test_replicates_are_calibrated_one_by_one():
    design = jackknife(Design.build(weights=np.ones(8)))
    codes = np.array([0, 0, 0, 0, 1, 1, 1, 1])
    adjusted = poststratify(design, codes, [30, 50])
    assert np.allclose(adjusted.replicates[:4].sum(axis=0), 30)
    assert np.allclose(total(adjusted, indicators(codes, [0, 1])).se, 0)


def test_two_calibrations_are_both_taken_out():
    once = poststratify(DESIGN, SEX, [10, 20])
    twice = poststratify(once, GRADE, [12, 18])
    assert len(twice.calibration) == 2
    assert np.allclose(total(twice, indicators(GRADE, [0, 1])).se, 0, atol=1e-9)


def test_the_jackknife_agrees_with_the_order_in_which_calibrations_are_taken_out():
    rng = np.random.default_rng(11)
    sex, size = rng.integers(0, 2, 600), rng.normal(50, 10, 600)
    y = 3 * sex + size + rng.normal(0, 2, 600)
    X = np.stack([np.ones(600), size], axis=1)

    def twice(design):
        return calibrate(poststratify(design, sex, [2900, 3100]), X, [6000, 300500])

    design = Design.build(weights=np.full(600, 10.0))
    for values in (y, (sex == 0) * 1.0):
        assert np.isclose(mean(twice(jackknife(design)), values).se[0], mean(twice(design), values).se[0], rtol=0.05)


def test_trimming_keeps_the_sum_and_gives_what_was_cut_to_the_others():
    trimmed = trim(DESIGN, lower=2, upper=5)
    assert np.isclose(trimmed.weights.sum(), W.sum())
    assert np.allclose(trimmed.weights, [2, 2, 3, 4, 5, 5])
    skewed = Design.build(weights=[1, 1, 4.9, 10])
    assert trim(skewed, upper=5).weights.max() > 5
    assert trim(skewed, upper=5, strict=True).weights.max() <= 5
    assert np.isclose(trim(skewed, upper=5, strict=True).weights.sum(), 16.9)


def test_the_calibration_stays_in_force_after_trimming():
    adjusted = trim(poststratify(DESIGN, SEX, [10, 20]), upper=8)
    assert len(adjusted.calibration) == 1


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: poststratify(DESIGN, [0, 0, 0, 1, 1, -1], [1, 1]), "Every row needs a group"),
        (lambda: poststratify(DESIGN, [0, 0, 0, 1, 1, 2], [1, 1]), "Every row needs a group"),
        (lambda: poststratify(DESIGN, SEX, [1, 1, 1]), "1 groups with a known total have no rows"),
        (lambda: poststratify(DESIGN, SEX, [1, 0]), "positive numbers"),
        (
            lambda: rake(DESIGN, [Margin(SEX, np.array([1.0, 2])), Margin(GRADE, np.array([3.0, 3]))]),
            "different totals",
        ),
        (lambda: calibrate(DESIGN, np.ones(6), [1, 2]), "Calibration needs"),
        (lambda: calibrate(DESIGN, np.full(6, np.nan), [1]), "Calibration needs"),
        (lambda: calibrate(DESIGN, np.ones(6), [5], variance=np.zeros(6)), "Calibration needs"),
        (lambda: calibrate(DESIGN, np.ones((6, 2)), [20, 30]), "No weights can meet"),
        (lambda: calibrate(DESIGN, np.stack([np.ones(6), np.arange(6.0)], 1), [21, 5]), "zero or negative"),
        (lambda: trim(DESIGN, lower=4), "cannot have the mean weight 3.5"),
    ],
)
def test_totals_that_cannot_be_met_are_refused(act, message):
    with pytest.raises(DesignError, match=message):
        act()


def test_raking_that_does_not_converge_is_refused():
    design = Design.build(weights=[1, 1, 1])
    margins = [Margin(np.array([0, 0, 1]), np.array([1.0, 9])), Margin(np.array([0, 1, 1]), np.array([5.0, 5]))]
    with pytest.raises(DesignError, match="did not converge in 50 rounds"):
        rake(design, margins, iterations=50)
