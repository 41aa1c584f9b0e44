"""Proportions, means, totals, ratios: missing answers, domains, design effects."""

import numpy as np
import pytest
from hypothesis import given, settings
from scipy import stats

from hashar.errors import EstimationError
from hashar.methods.survey.design import Design
from hashar.methods.survey.estimation import indicators, mean, population_variance, proportion, ratio, total
from hashar.methods.survey.records import Reliability
from tests.methods.survey.surveys import surveys

SIMPLE = Design.build(weights=np.full(40, 10.0))
ANSWERS = np.array([1.0] * 10 + [2.0] * 25 + [np.nan] * 5)


def test_a_simple_random_sample_by_hand():
    estimate = proportion(SIMPLE, ANSWERS, levels=[1, 2])
    assert estimate.n.tolist() == [35, 35]
    assert estimate.weighted_n.tolist() == [350, 350]
    assert np.allclose(estimate.estimate, [10 / 35, 25 / 35])
    assert np.allclose(estimate.se**2, 40 / 39 * (10 / 35 * 25 / 35) / 35)
    assert np.allclose(estimate.n_effective, 35 * 39 / 40)
    assert np.allclose(estimate.deff, 40 / 39 * 34 / 35)
    assert np.isclose(estimate.covariance[0, 1], -estimate.covariance[0, 0])


def test_the_design_effect_can_compare_with_sampling_without_replacement():
    with_replacement = proportion(SIMPLE, ANSWERS, levels=[1])
    without = proportion(SIMPLE, ANSWERS, levels=[1], deff="population")
    assert np.isclose(without.deff[0], with_replacement.deff[0] / (1 - 35 / 350))


def test_answers_that_are_not_among_the_levels_stay_in_the_denominator():
    assert proportion(SIMPLE, ANSWERS, levels=[2]).estimate[0] == 25 / 35


def test_results_are_ordered_by_domain_then_level():
    domains = np.repeat([0, 1], 20)
    estimate = proportion(SIMPLE, ANSWERS, levels=[1, 2], domains=domains)
    assert np.allclose(estimate.estimate, [0.5, 0.5, 0, 1])
    assert estimate.covariance.shape == (4, 4)
    assert proportion(SIMPLE, ANSWERS, levels=[1, 2], domains=domains, covariance=False).covariance is None


def test_a_domain_without_answers_is_unknown_and_does_not_disturb_the_others():
    domains = np.where(np.isnan(ANSWERS), 1, 0)
    for estimate in (
        proportion(SIMPLE, ANSWERS, levels=[1], domains=domains, n_domains=3),
        mean(SIMPLE, ANSWERS, domains=domains, n_domains=3),
        total(SIMPLE, ANSWERS, domains=domains, n_domains=3),
        ratio(SIMPLE, ANSWERS, ANSWERS, domains=domains, n_domains=3),
    ):
        assert estimate.n.tolist() == [35, 0, 0]
        assert np.isfinite(estimate.estimate[0])
        for part in (estimate.estimate, estimate.se, estimate.ci_low, estimate.ci_high):
            assert np.isnan(part[1:]).all()
        assert estimate.reliability[1:].tolist() == [Reliability.NOT_RATED] * 2


def test_a_domain_in_one_cluster_has_no_degrees_of_freedom_and_is_unreliable():
    design = Design.build(weights=np.ones(80), clusters=np.repeat([1, 2], 40))
    y = np.tile([0.0, 1.0], 40)
    estimate = proportion(design, y, levels=[1], domains=np.repeat([0, -1], 40), df="domain")
    assert (estimate.se[0], estimate.df[0]) == (0, 0)
    assert (estimate.ci_low[0], estimate.ci_high[0]) == (0, 1)
    assert estimate.reliability[0] == Reliability.UNRELIABLE


def test_several_variables_in_one_call_use_the_rows_that_answered_all():
    both = mean(SIMPLE, np.column_stack([ANSWERS, np.arange(40.0)]))
    assert both.n.tolist() == [35, 35]
    assert np.isclose(both.estimate[1], np.arange(35).mean())


def test_arrays_of_other_length_are_refused():
    with pytest.raises(EstimationError, match="40 rows, the variable 3"):
        mean(SIMPLE, [1, 2, 3])
    with pytest.raises(EstimationError, match="domains 2"):
        mean(SIMPLE, ANSWERS, domains=[0, 0])


def test_a_population_variance_is_that_of_the_sample_when_weights_are_equal():
    y = np.arange(40.0)
    assert np.isclose(population_variance(SIMPLE, y).estimate[0], y.var(ddof=1))
    masked = np.where(y < 30, y, np.nan)
    assert np.isclose(population_variance(SIMPLE, masked).estimate[0], y[:30].var(ddof=1))


def test_indicators_keep_missing_answers_missing():
    assert np.isnan(indicators([1, np.nan], [1, 2])[1]).all()
    assert indicators([1, 2], [1, 2]).tolist() == [[1, 0], [0, 1]]


@settings(max_examples=30, deadline=None)
@given(surveys(missing=True))
def test_a_mean_is_the_ratio_of_two_totals(survey):
    answered = np.where(np.isnan(survey.y), np.nan, 1.0)
    by_ratio = ratio(survey.design, survey.y, answered, domains=survey.domain, n_domains=3)
    by_mean = mean(survey.design, survey.y, domains=survey.domain, n_domains=3)
    for part in ("estimate", "se", "deff", "df"):
        assert np.allclose(getattr(by_ratio, part), getattr(by_mean, part), equal_nan=True, atol=1e-12)


@settings(max_examples=30, deadline=None)
@given(surveys(missing=True))
def test_shares_of_all_levels_add_up_to_one_without_error(survey):
    if np.isnan(survey.y).all():
        return
    estimate = proportion(survey.design, survey.y, levels=[0, 1])
    assert np.isclose(estimate.estimate.sum(), 1)
    assert np.isclose(estimate.covariance.sum(), 0, atol=1e-12)
    assert (estimate.ci_low <= estimate.estimate).all()
    assert (estimate.estimate <= estimate.ci_high).all()


def test_estimates_can_be_taken_by_index_and_by_mask():
    estimate = proportion(SIMPLE, ANSWERS, levels=[1, 2, 3])
    assert len(estimate) == 3
    assert estimate.take([2, 0]).estimate.tolist() == estimate.estimate[[2, 0]].tolist()
    assert estimate.take([False, True, False]).covariance.tolist() == [[estimate.covariance[1, 1]]]
    assert proportion(SIMPLE, ANSWERS, levels=[1], covariance=False).take([0]).covariance is None


def test_likelihood_limits_allow_for_the_dispersion_of_the_working_model():
    """In a simple random sample with all answers: 2 n_e KL = F (n / (n − 1)), as R has it."""
    design = Design.build(weights=np.ones(50))
    e = proportion(design, np.repeat([1.0, 0.0], [10, 40]), levels=[1], interval="likelihood")
    p, q = 0.2, e.ci_high[0]
    distance = p * np.log(p / q) + (1 - p) * np.log((1 - p) / (1 - q))
    assert np.isclose(2 * e.n_effective[0] * distance, stats.f.ppf(0.95, 1, 49) * 50 / 49)
    whole = proportion(design, np.ones(50), levels=[1], interval="likelihood", domains=np.zeros(50), n_domains=2)
    assert whole.ci_high[0] == 1
