"""Intervals for proportions: the books' numbers, the ends of the scale, and what every kind must do."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from hashar.errors import UsageError
from hashar.methods.survey.intervals import interval, t_quantile, wald

KINDS = ["logit", "beta", "wilson", "wald", "asin", "xlogit", "likelihood"]


def simple(kind, x, n, level=0.95):
    """The interval for x of n in a simple random sample, with a normal quantile."""
    p = x / n
    low, high = interval(kind, p, np.sqrt(p * (1 - p) / n), np.inf, np.inf if kind == "beta" else n, 1.0, level)
    return low[0], high[0]


def test_beta_is_clopper_pearson_in_a_simple_random_sample():
    exact = stats.binomtest(7, 50).proportion_ci(method="exact")
    assert np.allclose(simple("beta", 7, 50), exact)


def test_wilson_is_wilson_in_a_simple_random_sample():
    assert np.allclose(simple("wilson", 7, 50), stats.binomtest(7, 50).proportion_ci(method="wilson"))


def test_the_likelihood_interval_is_where_the_deviance_reaches_the_quantile():
    p, n = 0.14, 50
    for limit in simple("likelihood", 7, 50):
        deviance = 2 * n * (p * np.log(p / limit) + (1 - p) * np.log((1 - p) / (1 - limit)))
        assert np.isclose(deviance, stats.chi2.ppf(0.95, 1))


def test_logit_and_xlogit_are_one():
    assert simple("logit", 7, 50) == simple("xlogit", 7, 50)


@pytest.mark.parametrize("kind", KINDS)
def test_nought_and_one_hundred_percent_have_the_one_sided_exact_limit(kind):
    low, high = interval(kind, [0, 1], 0, 12, [60, 60], [1, 2])
    assert low[0] == 0
    assert high[1] == 1
    few_clusters = (t_quantile(59, 0.95) / t_quantile(12, 0.95)) ** 2
    assert np.isclose(high[0], 1 - 0.05 ** (1 / (60 * few_clusters)))
    assert np.isclose(low[1], 0.05 ** (1 / (30 * few_clusters)))


def test_many_clusters_do_not_make_two_answers_more_than_two():
    assert np.isclose(interval("logit", 0, 0, 500, 2, np.nan)[1], 1 - 0.05 ** (1 / 2))


def test_an_unknown_design_effect_at_the_end_counts_as_one():
    assert interval("logit", 0, 0, 20, 60, np.nan)[1] == interval("logit", 0, 0, 20, 60, 1)[1]
    assert interval("logit", 0, 0, 20, 1, np.nan)[1] == 0.95


@pytest.mark.parametrize("kind", KINDS)
def test_without_degrees_of_freedom_everything_is_possible(kind):
    low, high = interval(kind, [0, 0.3, 1], [0, 0.1, 0], 0, 20, 1)
    assert low.tolist() == [0, 0, 0]
    assert high.tolist() == [1, 1, 1]
    assert [float(limit[0]) for limit in wald(3.0, 1.0, 0)] == [-np.inf, np.inf]


@pytest.mark.parametrize("kind", KINDS)
def test_an_estimate_without_standard_error_may_be_anything(kind):
    assert [float(limit[0]) for limit in interval(kind, 0.3, np.nan, 9, 20, 1)] == [0, 1]
    assert [float(limit[0]) for limit in wald(3.0, np.nan, 9)] == [-np.inf, np.inf]


@pytest.mark.parametrize("kind", KINDS)
def test_no_variance_means_no_width_and_no_estimate_no_interval(kind):
    low, high = interval(kind, [0.3, np.nan], [0, np.nan], 5, 20, 1)
    assert (low[0], high[0]) == (0.3, 0.3)
    assert np.isnan([low[1], high[1]]).all()
    assert np.isnan(wald(np.nan, 1, 3)).all()


@given(st.sampled_from(KINDS), st.floats(0.001, 0.999), st.floats(5, 5000), st.floats(1, 200), st.floats(0.5, 0.999))
def test_every_interval_holds_its_estimate_and_grows_with_the_level(kind, p, size, df, level):
    se = np.sqrt(p * (1 - p) / size)
    low, high = interval(kind, p, se, df, size * 2, 2, level)
    wider = interval(kind, p, se, df, size * 2, 2, 0.9995)
    assert low[0] <= p <= high[0]
    assert wider[0][0] <= low[0] + 1e-12
    assert high[0] <= wider[1][0] + 1e-12
    if kind != "wald":
        assert low[0] >= 0
        assert high[0] <= 1


@given(st.sampled_from(KINDS), st.floats(0.01, 0.99), st.floats(10, 1000))
def test_yes_and_no_have_mirrored_intervals(kind, p, size):
    se = np.sqrt(p * (1 - p) / size)
    low, high = interval(kind, [p, 1 - p], se, 30, size, 1)
    assert np.allclose([low[0], high[0]], [1 - high[1], 1 - low[1]], atol=1e-9)


def test_rows_without_answer_enter_beta_as_in_r():
    fewer = interval("beta", 0.3, 0.05, 20, 50, 1)
    assert interval("beta", 0.3, 0.05, 20, 50, 1, rows=50)[0] == fewer[0]
    assert interval("beta", 0.3, 0.05, 20, 50, 1, rows=90)[0] != fewer[0]


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_outside_nought_to_one_is_refused(level):
    with pytest.raises(UsageError, match="between 0 and 1"):
        interval("logit", 0.3, 0.1, 10, 20, 1, level)
    with pytest.raises(UsageError, match="between 0 and 1"):
        wald(0.3, 0.1, 10, level)
