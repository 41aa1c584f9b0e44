"""Limits of counts as others printed them; two counts are compared as R's ``poisson.test`` does."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.stats import poisson

from hashar.errors import EstimationError
from hashar.methods.counts import exact_interval, rate_ratio

# earlier, later, exposures; then R 4.2: poisson.test(c(later, earlier), c(exposure_later, exposure_earlier))
R = [
    (120, 150, 1, 1, 1.25, 0.9766738482957171, 1.6026658753742391, 0.0773893989802185),
    (3, 11, 1, 1, 3.666666666666667, 0.968598193146516, 20.468769603442912, 0.057373046875),
    (0, 7, 1, 1, math.inf, 1.44130851883524, math.inf, 0.015625),
    (5, 0, 1, 1, 0.0, 0.0, 1.09127910518255, 0.0625),
    (1000, 1200, 1.0e5, 1.1e5, 1.09090909090909, 1.00225595923351, 1.18759967379194, 0.0425917524900925),
    (40, 41, 2, 3, 0.6833333333333333, 0.4311183401352567, 1.0838704256748051, 0.0895257532538189),
]


@pytest.mark.parametrize(("earlier", "later", "before", "after", "ratio", "low", "high", "p"), R)
def test_it_agrees_with_r(earlier, later, before, after, ratio, low, high, p):
    found = rate_ratio(earlier=earlier, later=later, exposure_earlier=before, exposure_later=after)
    assert (found.ratio, found.ci_low, found.ci_high, found.p) == pytest.approx((ratio, low, high, p), rel=1e-11)


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"earlier": -1, "later": 2}, "whole numbers"),
        ({"earlier": 1.5, "later": 2}, "whole numbers"),
        ({"earlier": 1, "later": 2, "exposure_later": 0}, "more than 0"),
        ({"earlier": 0, "later": 0}, "nothing to compare"),
    ],
)
def test_what_is_no_count_is_refused(values, message):
    with pytest.raises(EstimationError, match=message):
        rate_ratio(**values)


@given(earlier=st.integers(0, 300), later=st.integers(1, 300))
def test_the_interval_holds_the_ratio_and_agrees_with_its_mirror(earlier, later):
    found = rate_ratio(earlier=earlier, later=later)
    assert found.ci_low <= found.ratio <= found.ci_high
    mirror = rate_ratio(earlier=later, later=earlier)
    assert mirror.p == pytest.approx(found.p, rel=1e-9)
    if earlier:
        assert mirror.ci_low == pytest.approx(1 / found.ci_high, rel=1e-9)


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
