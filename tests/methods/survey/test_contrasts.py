"""Contrasts of estimates."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hashar.errors import EstimationError, UsageError
from hashar.methods.survey.contrasts import (
    change,
    difference,
    linear_contrast,
    smooth_contrast,
    t_inference,
    wald_test,
)
from hashar.methods.survey.estimation import mean
from tests.methods.survey.made_up_schools import schools

SAMPLE = schools()
WAVES = mean(SAMPLE.design, SAMPLE.used, domains=SAMPLE.wave)
SEXES = mean(SAMPLE.design, SAMPLE.used, domains=SAMPLE.sex - 1)


@given(seed=st.integers(0, 50))
@settings(max_examples=15, deadline=None)
def test_a_group_against_itself_differs_by_zero_without_error(seed):
    s = schools(seed)
    estimate = mean(s.design, s.used, domains=s.sex - 1)
    same = difference(estimate, [0, 1], [0, 1])
    assert (same.estimate == 0).all()
    assert same.se == pytest.approx([0, 0], abs=1e-9)
    assert (same.se >= 0).all()


def test_a_difference_of_groups_uses_their_covariance():
    d = difference(SEXES, 0, 1)
    V = SEXES.covariance
    assert V[0, 1] != 0  # boys and girls sit in the same classes
    assert d.se**2 == pytest.approx(V[0, 0] + V[1, 1] - 2 * V[0, 1])
    assert d.covariance == pytest.approx(d.se[:, None] ** 2)
    linear = linear_contrast(SEXES.estimate, V, [-1, 1], df=SEXES.df[0])
    for name in ("estimate", "se", "statistic", "p", "ci_low", "ci_high"):
        assert getattr(d, name) == pytest.approx(getattr(linear, name))


def test_limits_hold_the_value_tested_exactly_when_p_is_above_alpha():
    d = difference(SEXES, 0, 1)
    assert ((d.ci_low < 0) & (d.ci_high > 0)) == (d.p > 0.05)
    at_limit = t_inference(d.estimate, d.se, d.df, null=d.ci_low)
    assert at_limit.p == pytest.approx(0.05)


def test_infinite_df_is_the_normal_distribution():
    c = t_inference(1.0, 0.5, np.inf)
    assert c.p == pytest.approx(2 * stats.norm.sf(2))
    assert c.ci_low == pytest.approx(1 - stats.norm.ppf(0.975) / 2)


@pytest.mark.parametrize(("se", "df"), [(0.0, 10), (np.nan, 10), (1.0, 0), (1.0, -3)])
def test_without_error_or_df_there_are_no_limits_and_no_p(se, df):
    c = t_inference(0.2, se, df)
    assert np.isnan([c.p[0], c.ci_low[0], c.ci_high[0]]).all()


def test_a_level_outside_0_to_1_is_refused():
    with pytest.raises(UsageError, match="95"):
        t_inference(0.2, 0.1, 10, level=95)


def test_independent_waves_have_the_error_of_the_pooled_design():
    first, second = WAVES.take([0]), WAVES.take([1])
    apart, pooled = change(first, second), difference(WAVES, 0, 1)
    assert apart.estimate == pytest.approx(pooled.estimate)
    assert apart.se == pytest.approx(pooled.se)
    assert apart.df == 2 * pooled.df  # each part was given the df of the whole here


def test_a_relative_change_is_the_exponential_of_the_log_contrast():
    relative = change(WAVES.take([0]), WAVES.take([1]), relative=True)
    log = smooth_contrast(WAVES.estimate, WAVES.covariance, lambda x: np.log(x[1] / x[0]), df=relative.df[0])
    assert np.log(relative.estimate) == pytest.approx(log.estimate)
    assert relative.se == pytest.approx(relative.estimate * log.se)
    assert np.log(relative.ci_low) == pytest.approx(log.ci_low)
    assert np.log(relative.ci_high) == pytest.approx(log.ci_high)
    assert relative.p == pytest.approx(log.p)


def test_there_is_no_ratio_to_a_prevalence_of_zero():
    nobody = mean(SAMPLE.design, np.zeros(SAMPLE.design.n))
    everyone = WAVES.take([0])
    assert np.isnan(change(nobody, everyone, relative=True).estimate).all()
    assert change(nobody, everyone).estimate == pytest.approx(everyone.estimate)


def test_waves_of_different_length_are_refused():
    with pytest.raises(UsageError, match="2 estimates against 1"):
        change(WAVES, WAVES.take([0]))


def test_a_smooth_contrast_of_a_linear_function_is_the_linear_contrast():
    smooth = smooth_contrast(SEXES.estimate, SEXES.covariance, lambda x: 3 * x[1] - x[0], df=18, null=0.1)
    linear = linear_contrast(SEXES.estimate, SEXES.covariance, [[-1, 3]], df=18, null=0.1)
    assert smooth.se == pytest.approx(linear.se, rel=1e-12)
    assert smooth.p == pytest.approx(linear.p, rel=1e-12)


def test_several_functions_at_once_have_their_covariance():
    both = smooth_contrast(
        SEXES.estimate, SEXES.covariance, lambda x: np.array([np.log(x[1] / x[0]), x[1] - x[0]]), df=18
    )
    assert both.covariance.shape == (2, 2)
    assert both.se[1] == pytest.approx(difference(SEXES, 0, 1).se[0])


def test_a_function_that_complex_numbers_cannot_follow_is_refused():
    with pytest.raises(UsageError, match="derivative"):
        smooth_contrast([0.4, 0.2], np.eye(2) / 100, lambda x: np.real(x[1]) - np.real(x[0]), df=18)


def test_an_estimate_that_a_contrast_leaves_out_may_be_missing():
    V = np.array([[1.0, np.nan, 0.2], [np.nan, np.nan, np.nan], [0.2, np.nan, 2.0]])
    assert linear_contrast([1.0, np.nan, 3.0], V, [-1, 0, 1], df=9).se == pytest.approx(np.sqrt(2.6))


def test_sizes_that_do_not_fit_are_refused():
    with pytest.raises(UsageError, match="2 by 2"):
        linear_contrast([1.0, 2.0], np.eye(3), [1, -1], df=5)
    with pytest.raises(UsageError, match="one coefficient"):
        linear_contrast([1.0, 2.0], np.eye(2), [1, -1, 0], df=5)


def test_a_difference_without_covariance_is_refused():
    with pytest.raises(UsageError, match="covariance"):
        difference(mean(SAMPLE.design, SAMPLE.used, domains=SAMPLE.wave, covariance=False), 0, 1)


def test_the_wald_test_of_one_number_is_the_square_of_t():
    one = wald_test([0.6], [[0.04]], df=12)
    assert one.statistic == pytest.approx(9)
    assert one.p == pytest.approx(2 * stats.t.sf(3, 12))
    assert wald_test([0.6], [[0.04]], df=np.inf).p == pytest.approx(2 * stats.norm.sf(3))


@given(seed=st.integers(0, 1000))
@settings(max_examples=30, deadline=None)
def test_the_wald_test_does_not_depend_on_units(seed):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(3, 5))
    b, V, units = rng.normal(size=3), A @ A.T, np.diag([1e-6, 1.0, 1e5])
    assert wald_test(units @ b, units @ V @ units, df=20).statistic == pytest.approx(
        wald_test(b, V, df=20).statistic, rel=1e-6
    )


@pytest.mark.parametrize("V", [[[1.0, 1.0], [1.0, 1.0]], [[1.0, 0.0], [0.0, 0.0]]])
def test_a_singular_covariance_is_refused(V):
    with pytest.raises(EstimationError, match="too few clusters"):
        wald_test([1.0, 2.0], V, df=10)


def test_the_wald_test_without_df_has_no_p():
    assert np.isnan(wald_test([1.0], [[1.0]], df=-1).p)
