"""Exact limits of counts, against numbers that others printed."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from hashar.methods.poisson import exact_interval


@pytest.mark.parametrize(
    ("count", "low", "high"),
    [
        # Table of exact 95 % limits (Ulm 1990; Breslow & Day 1987, Table 2.10), at the digits printed there.
        (0, 0.0, 3.69),
        (1, 0.0253, 5.57),
        (2, 0.242, 7.22),
        (3, 0.619, 8.77),
        (5, 1.62, 11.67),
        (10, 4.80, 18.39),
        (20, 12.22, 30.89),
        (50, 37.11, 65.92),
        (100, 81.4, 121.6),
    ],
)
def test_the_printed_table(count, low, high):
    found = exact_interval(count)
    assert float(found.low) == pytest.approx(low, rel=0.005, abs=0.001)
    assert float(found.high) == pytest.approx(high, rel=0.001)


@settings(max_examples=40)
@given(st.integers(1, 5000), st.sampled_from([0.9, 0.95, 0.99]))
def test_each_limit_leaves_half_of_the_rest_in_its_tail(count, level):
    found = exact_interval(count, level=level)
    tail = (1 - level) / 2
    assert poisson.sf(count - 1, float(found.low)) == pytest.approx(tail, rel=1e-6)
    assert poisson.cdf(count, float(found.high)) == pytest.approx(tail, rel=1e-6)


def test_many_counts_at_once():
    found = exact_interval([0, 7, 7.0])
    assert found.low.shape == (3,)
    assert found.low[0] == 0.0
    assert np.all(found.low <= found.high)
