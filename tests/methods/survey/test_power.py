"""What two waves can show."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hashar.errors import UsageError
from hashar.methods.survey.power import (
    TwoWaves,
    detectable_change,
    detectable_change_of_mean,
    needed_n,
    needed_n_for_mean,
    power_of_change,
)

BASELINES = st.floats(0.02, 0.95)
SIZES = st.integers(200, 20_000)


@pytest.mark.parametrize(("baseline", "points"), [(0.05, 3.9), (0.10, 5.9)])
def test_two_waves_of_600_with_deff_2_show_only_a_large_fall(baseline, points):
    fall = detectable_change(TwoWaves(n=600, deff=2), baseline)
    assert round(100 * float(fall), 1) == points


def test_the_convention_is_that_of_rs_power_prop_test():
    # R: power.prop.test(n = 300, p1 = p, p2 = x)$power solved for .8 by uniroot
    assert detectable_change(TwoWaves(n=300), [0.05, 0.1]) == pytest.approx([0.03919667, 0.05853147], abs=1e-8)


@given(baseline=BASELINES, n=SIZES, deff=st.floats(0.5, 4), rise=st.booleans())
@settings(max_examples=60, deadline=None)
def test_more_pupils_show_a_smaller_change(baseline, n, deff, rise):
    few = detectable_change(TwoWaves(n=n, deff=deff), baseline, rise=rise)
    many = detectable_change(TwoWaves(n=2 * n, deff=deff), baseline, rise=rise)
    assert np.isnan(few) or many < few


@given(baseline=BASELINES, n=SIZES, deff=st.floats(0.5, 4), rise=st.booleans(), share=st.floats(0.05, 0.9))
@settings(max_examples=60, deadline=None)
def test_the_needed_n_inverts_the_detectable_change(baseline, n, deff, rise, share):
    waves = TwoWaves(n=n, deff=deff, population=n / share, overlap=0.5, correlation=0.4)
    change = detectable_change(waves, baseline, rise=rise)
    if np.isnan(change):
        return
    signed = change if rise else -change
    assert needed_n(waves, baseline, signed) == pytest.approx(n, rel=1e-6)
    assert power_of_change(waves, baseline, signed) == pytest.approx(0.8, abs=1e-8)


@given(n=SIZES, sd=st.floats(0.1, 50), deff=st.floats(0.5, 4))
@settings(max_examples=40, deadline=None)
def test_the_needed_n_for_a_mean_inverts_its_detectable_change(n, sd, deff):
    waves = TwoWaves(n=n, deff=deff, population=10 * n, overlap=1, correlation=0.3)
    change = detectable_change_of_mean(waves, sd)
    assert needed_n_for_mean(waves, sd, -change) == pytest.approx(n, rel=1e-9)


def test_a_change_of_a_mean_is_the_textbook_formula():
    waves = TwoWaves(n=100, n_after=400)
    z = stats.norm.ppf(0.975) + stats.norm.ppf(0.8)
    assert detectable_change_of_mean(waves, 2.0) == pytest.approx(z * 2 * np.sqrt(1 / 100 + 1 / 400))
    assert needed_n_for_mean(TwoWaves(), 1.0, 0.5) == pytest.approx(2 * (z / 0.5) ** 2)


def test_a_fall_to_zero_that_cannot_be_shown_has_no_number():
    assert np.isnan(detectable_change(TwoWaves(n=100, deff=2), 0.01))
    assert np.isnan(detectable_change(TwoWaves(n=100), np.nan))


def test_a_large_sample_of_a_small_population_shows_more():
    small = detectable_change(TwoWaves(n=600, deff=2, population=1000), 0.1)
    assert small < detectable_change(TwoWaves(n=600, deff=2), 0.1)
    whole = TwoWaves(n=1000, population=1000)
    assert detectable_change(whole, 0.1) == pytest.approx(0, abs=1e-12)
    assert power_of_change(whole, 0.1, -0.01) == 1


def test_answers_of_the_same_pupils_show_more():
    panel = TwoWaves(n=600, overlap=1, correlation=0.6)
    assert detectable_change(panel, 0.1) < detectable_change(TwoWaves(n=600), 0.1)


def test_unequal_waves_lie_between_the_equal_ones():
    change = [float(detectable_change(TwoWaves(n=600, n_after=m), 0.1)) for m in (300, 600, 1200)]
    assert change == sorted(change, reverse=True)


def test_one_sided_tests_show_smaller_changes():
    assert detectable_change(TwoWaves(n=600, sides=1), 0.1) < detectable_change(TwoWaves(n=600), 0.1)


@pytest.mark.parametrize(
    ("plan", "name"),
    [
        ({"alpha": 0}, "alpha"),
        ({"power": 0.01}, "power"),
        ({"deff": 0}, "deff"),
        ({"sides": 3}, "sides"),
        ({"overlap": 1.5}, "overlap"),
        ({"correlation": 1}, "correlation"),
        ({"population": 0}, "population"),
        ({"n": 200, "population": 100}, "n is 200"),
    ],
)
def test_a_plan_outside_its_range_is_refused_by_name(plan, name):
    with pytest.raises(UsageError, match=name):
        TwoWaves(**({"n": 100} | plan))


@pytest.mark.parametrize("plan", [{"n": 0}, {"n": 100, "n_after": 0}])
def test_a_wave_without_answers_shows_nothing(plan):
    with pytest.raises(UsageError, match="above 0"):
        detectable_change(TwoWaves(**plan), 0.1)


@pytest.mark.parametrize("baseline", [0, 1, 5])
def test_a_baseline_in_percent_is_refused(baseline):
    with pytest.raises(UsageError, match=r"0\.05"):
        detectable_change(TwoWaves(n=100), baseline)


@pytest.mark.parametrize("change", [0, -0.2, 0.95])
def test_a_change_to_an_impossible_share_is_refused(change):
    with pytest.raises(UsageError, match="end between 0 and 1"):
        needed_n(TwoWaves(), 0.1, change)


def test_a_mean_needs_a_spread_and_a_change():
    with pytest.raises(UsageError, match="standard deviation"):
        detectable_change_of_mean(TwoWaves(n=10), 0)
    with pytest.raises(UsageError, match="change of 0"):
        needed_n_for_mean(TwoWaves(), 1, 0)
