"""Tails of weighted sums of chi-squares, against distributions known in closed form."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hashar.errors import EstimationError
from hashar.methods.survey.chisq_mixture import f_mixture_tail, mixture_tail

TAILS = ("exact", "saddlepoint", "satterthwaite")


@given(q=st.floats(1e-3, 300), scale=st.floats(0.01, 100), k=st.integers(1, 12))
@settings(max_examples=80, deadline=None)
def test_equal_weights_give_a_chi_square(q, scale, k):
    assert mixture_tail(q * scale, np.full(k, scale)) == pytest.approx(stats.chi2.sf(q, k), rel=1e-10)


@given(q=st.floats(0.01, 50), k=st.integers(1, 8), df=st.floats(1, 500))
@settings(max_examples=80, deadline=None)
def test_equal_weights_over_a_chi_square_give_f(q, k, df):
    assert f_mixture_tail(q * k * 1.7, np.full(k, 1.7), df=df) == pytest.approx(stats.f.sf(q, k, df), rel=1e-9)


def hypoexponential(q, scales):
    """Pairs of equal weights are exponentials, whose sum has a closed form when the scales differ."""
    u = np.asarray(scales)
    return sum(np.prod([a / (a - b) for b in u if b != a]) * np.exp(-q / (2 * a)) for a in u)


@pytest.mark.parametrize("scales", [(0.01, 1, 3, 20), (1e-4, 1, 30, 1000), (1, 1.5)])
@pytest.mark.parametrize("times", [0.01, 0.5, 1, 3, 20])
def test_unequal_weights_give_a_sum_of_exponentials(scales, times):
    q = 2 * sum(scales) * times
    assert mixture_tail(q, np.repeat(scales, 2)) == pytest.approx(hypoexponential(q, scales), rel=1e-10)


@given(
    q=st.floats(0.1, 60),
    weights=st.lists(st.floats(0.05, 10), min_size=1, max_size=6),
    df=st.sampled_from([4, 40, np.inf]),
)
@settings(max_examples=60, deadline=None)
def test_tails_fall_with_q_and_lie_between_0_and_1(q, weights, df):
    for tail in TAILS:
        near, far = (f_mixture_tail(x, weights, df=df, tail=tail) for x in (q, 1.5 * q))
        assert 0 <= far <= near <= 1


@given(q=st.floats(0.1, 40), weights=st.lists(st.floats(0.2, 5), min_size=2, max_size=6))
@settings(max_examples=60, deadline=None)
def test_the_saddlepoint_is_near_the_exact_tail(q, weights):
    exact, approximate = mixture_tail(q, weights), mixture_tail(q, weights, tail="saddlepoint")
    assert approximate == pytest.approx(exact, rel=0.15)


def test_the_saddlepoint_is_smooth_at_the_mean():
    """Its formula is 0/0 there."""
    weights = [1.0, 2.0, 3.0]
    around = [mixture_tail(6 + d, weights, tail="saddlepoint") for d in (-1e-2, -1e-9, 0, 1e-9, 1e-2)]
    assert around == sorted(around, reverse=True)
    assert around[0] - around[-1] < 0.01
    assert np.ptp(around[1:4]) < 1e-8


@pytest.mark.parametrize("tail", TAILS)
def test_every_statistic_exceeds_zero(tail):
    assert mixture_tail(0.0, [1.0, 2.0], tail=tail) == 1
    assert f_mixture_tail(-1.0, [1.0, 2.0], df=5, tail=tail) == 1


def test_a_missing_or_infinite_statistic_stays_so():
    assert np.isnan(mixture_tail(np.nan, [1.0]))
    assert np.isnan(f_mixture_tail(np.nan, [1.0], df=5))
    assert mixture_tail(np.inf, [1.0]) == 0
    assert mixture_tail(-np.inf, [1.0]) == 1


@pytest.mark.parametrize("df", [0, -2, np.nan])
def test_without_degrees_of_freedom_there_is_no_p_value(df):
    assert np.isnan(f_mixture_tail(3.0, [1.0], df=df))


def test_weights_that_are_rounding_of_zero_do_not_count():
    assert mixture_tail(3.0, [1.0, 1e-17, -1e-12]) == pytest.approx(stats.chi2.sf(3, 1))


@pytest.mark.parametrize("weights", [[0.0], [1.0, -0.5], [np.nan], [np.inf], []])
def test_weights_that_make_no_distribution_are_refused(weights):
    with pytest.raises(EstimationError, match="merge categories"):
        mixture_tail(1.0, weights)
