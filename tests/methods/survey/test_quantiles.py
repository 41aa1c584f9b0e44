"""Quantiles: the unweighted rules of Hyndman & Fan, weights as repetitions, domains, refusals."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.errors import EstimationError, UsageError
from hashar.methods.survey.design import Design
from hashar.methods.survey.quantiles import quantile
from tests.methods.survey.surveys import surveys

TYPES = {
    "hf1": "inverted_cdf",
    "hf2": "averaged_inverted_cdf",
    "hf4": "interpolated_inverted_cdf",
    "hf5": "hazen",
    "hf6": "weibull",
    "hf7": "linear",
    "hf8": "median_unbiased",
    "hf9": "normal_unbiased",
}
PROBS = [0.1, 0.25, 0.5, 0.6, 0.75, 0.93]


@pytest.mark.parametrize(("rule", "method"), TYPES.items())
def test_with_equal_weights_the_rules_are_those_of_hyndman_and_fan(rule, method):
    y = np.random.default_rng(5).normal(size=40)
    ours = quantile(Design.build(weights=np.full(40, 3.0)), y, PROBS, qrule=rule).estimate
    assert np.allclose(ours, np.quantile(y, PROBS, method=method))


def test_ties_of_the_third_rule_go_to_the_even_position():
    y = np.arange(1.0, 11)
    ours = quantile(Design.build(weights=np.ones(10)), y, [0.1, 0.2, 0.3, 0.35], qrule="hf3").estimate
    assert ours.tolist() == [2, 2, 4, 4]


def test_shah_and_vaish_shrink_the_shares_towards_the_middle():
    ours = quantile(Design.build(weights=np.full(9, 7.0)), np.arange(1.0, 10), [0.1, 0.5, 0.9, 1], qrule="shahvaish")
    assert ours.estimate.tolist() == [1, 5, 9, 9]


@settings(max_examples=30, deadline=None)
@given(surveys(), st.sampled_from(["math", "school", "hf3", "hf4", "hf5", "hf6", "hf7", "hf8", "hf9", "shahvaish"]))
def test_quantiles_rise_and_lie_inside_the_data_and_their_interval(survey, rule):
    e = quantile(survey.design, survey.x, [0, 0.2, 0.5, 0.8, 1], qrule=rule)
    assert (np.diff(e.estimate) >= 0).all()
    assert e.estimate.min() >= survey.x.min()
    assert e.estimate.max() <= survey.x.max()
    assert (e.ci_low[1:4] <= e.ci_high[1:4]).all()


@settings(max_examples=20, deadline=None)
@given(surveys(), st.sampled_from(["mean", "beta", "xlogit", "asin", "score"]))
def test_every_interval_is_made_of_observed_values_under_the_mathematical_rule(survey, kind):
    e = quantile(survey.design, survey.x, [0.3, 0.5], interval=kind)
    assert np.isin(np.concatenate([e.ci_low, e.ci_high]), survey.x).all()
    assert (e.ci_low <= e.estimate).all()
    assert (e.estimate <= e.ci_high).all()


def test_domains_without_answers_and_in_one_cluster():
    design = Design.build(weights=np.ones(6), clusters=[1, 1, 1, 2, 2, 3])
    y = np.array([3.0, 1, 2, 9, 8, np.nan])
    e = quantile(design, y, [0.5], domains=[0, 0, 0, 1, 1, 2], df="domain", interval="score")
    assert e.estimate[:2].tolist() == [2, 8]
    assert np.isnan(e.estimate[2])
    assert e.df.tolist() == [0, 0, 0]
    assert (e.ci_low[0], e.ci_high[0]) == (1, 3)
    assert np.isnan(e.se).all()
    assert e.n.tolist() == [3, 2, 0]


@pytest.mark.parametrize("kind", ["mean", "beta", "xlogit"])
def test_rows_without_an_answer_have_no_say_in_a_quantile_and_its_limits(kind):
    y = np.random.default_rng(3).normal(size=40)
    y[::3] = np.nan
    design = Design.build(weights=np.linspace(1, 3, 40))
    given, unasked = (
        quantile(design, y, [0.25, 0.5], domains=domains, df="domain", interval=kind, qrule="hf7")
        for domains in (np.zeros(40), np.where(np.isnan(y), -1, 0))
    )
    assert np.array_equal(given.df, unasked.df)
    assert np.array_equal([given.se, given.ci_low, given.ci_high], [unasked.se, unasked.ci_low, unasked.ci_high])


def test_one_observation_is_every_quantile():
    design = Design.build(weights=np.ones(3))
    e = quantile(design, [5.0, np.nan, np.nan], [0.2, 0.9], qrule="hf7")
    assert e.estimate.tolist() == [5, 5]


def test_shares_outside_nought_to_one_and_several_variables_are_refused():
    design = Design.build(weights=np.ones(3))
    with pytest.raises(UsageError, match="between 0 and 1"):
        quantile(design, [1.0, 2, 3], [50])
    with pytest.raises(EstimationError, match="one variable"):
        quantile(design, np.ones((3, 2)), [0.5])
