"""Trends over waves."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.errors import EstimationError, UsageError
from hashar.methods.survey.contrasts import change
from hashar.methods.survey.estimation import mean
from hashar.methods.survey.regression import factor, intercept, regress
from hashar.methods.survey.trend import logistic_trend, wave_trend
from tests.methods.survey.made_up_schools import schools

S = schools()


@given(slope=st.floats(-0.05, 0.05), start=st.floats(0.2, 0.5), seed=st.integers(0, 100))
@settings(max_examples=40, deadline=None)
def test_waves_on_a_line_give_the_line_whatever_their_errors(slope, start, seed):
    rng = np.random.default_rng(seed)
    years = np.array([2015, 2017, 2019, 2022])
    A = rng.normal(size=(4, 6)) / 100
    trend = wave_trend(years, start + slope * (years - 2015), A @ A.T, df=60)
    assert trend.slope.estimate[0] == pytest.approx(slope, abs=1e-7)
    assert trend.departure.statistic == pytest.approx(0, abs=1e-4)
    assert trend.level.estimate[0] == pytest.approx(start + slope * (years.mean() - 2015), abs=1e-6)
    assert trend.fitted == pytest.approx(start + slope * (years - 2015), abs=1e-6)


def test_two_waves_have_the_slope_of_their_difference():
    waves = mean(S.design, S.used, domains=S.wave)
    trend = wave_trend([2020, 2024], waves.estimate, np.diag(waves.se**2), df=18)
    both = change(waves.take([0]), waves.take([1]))
    assert 4 * trend.slope.estimate == pytest.approx(both.estimate)
    assert 4 * trend.slope.se == pytest.approx(both.se)
    assert trend.departure is None


def test_a_precise_wave_pulls_the_line():
    V = np.diag([1e-6, 1e-2, 1e-6])
    trend = wave_trend([0, 1, 2], [0.1, 0.5, 0.1], V, df=40)
    assert trend.slope.estimate[0] == pytest.approx(0, abs=1e-12)
    assert trend.level.estimate[0] == pytest.approx(0.1, abs=1e-4)
    assert trend.departure.p < 0.001


def test_the_departure_from_a_line_needs_df():
    arguments = ([0, 1, 2], [0.1, 0.2, 0.1], np.eye(3) / 1000)
    f, chi_square = wave_trend(*arguments, df=30).departure, wave_trend(*arguments, df=np.inf).departure
    assert f.statistic == pytest.approx(chi_square.statistic)
    assert f.p > chi_square.p
    assert np.isnan(wave_trend(*arguments, df=0).departure.p)


@pytest.mark.parametrize(
    ("times", "estimate", "V", "says"),
    [
        ([1, 1], [0.1, 0.2], np.eye(2), "two times"),
        ([1, 2], [0.1, np.nan], np.eye(2), "every wave"),
        ([1, 2], [0.1, 0.2], np.zeros((2, 2)), "not zero"),
    ],
)
def test_a_trend_that_cannot_be_computed_is_refused(times, estimate, V, says):
    with pytest.raises(EstimationError, match=says):
        wave_trend(times, estimate, V, df=10)


def test_sizes_that_do_not_fit_are_refused():
    with pytest.raises(UsageError, match="one time"):
        wave_trend([1, 2, 3], [0.1, 0.2], np.eye(2), df=10)


def test_a_logistic_trend_of_two_waves_is_their_log_odds_ratio():
    trend = logistic_trend(S.design, S.used, 2020 + 4 * S.wave)
    waves = regress(S.design, S.used, intercept(S.design.n) & factor("wave", S.wave), family="binomial")
    assert 4 * trend.coefficients.estimate[1] == pytest.approx(waves.coefficients.estimate[1], rel=1e-6)
    assert 4 * trend.coefficients.se[1] == pytest.approx(waves.coefficients.se[1], rel=1e-4)


def test_a_logistic_trend_can_hold_the_mix_of_pupils_constant():
    trend = logistic_trend(S.design, S.used, S.wave, adjust_for=factor("sex", S.sex), domain=S.grade > 8)
    assert trend.terms == ("(Intercept)", "time", "sex2")
    assert trend.n == (S.grade > 8).sum()


def test_a_trend_without_years_is_refused():
    with pytest.raises(EstimationError, match="year of every wave"):
        logistic_trend(S.design, S.used, np.full(S.design.n, np.nan))
