from dataclasses import replace

import numpy as np
import pytest
from scipy import stats

from hashar.assess.analysis.changes import Pair, Point, changes
from hashar.methods.survey.power import TwoWaves, detectable_change

BEFORE = Point("2020", 0.20, 0.020, 30, 400.0)
AFTER = Point("2022", 0.10, 0.015, 40, 400.0)
PAIR = Pair(BEFORE, AFTER, share=True, rise=False)


def test_one_pair_is_a_t_test_with_the_dfs_added():
    (found,) = changes([PAIR], 0.95)
    se = np.hypot(0.020, 0.015)
    assert found.difference == pytest.approx(-0.1)
    assert found.se == pytest.approx(se)
    assert found.df == 70
    assert found.p == pytest.approx(2 * stats.t.sf(0.1 / se, 70))
    assert (found.ci_low, found.ci_high) == pytest.approx(-0.1 + np.array([-1, 1]) * stats.t.ppf(0.975, 70) * se)
    assert found.p_adjusted == found.p
    assert found.shown


def test_a_large_family_takes_a_claim_back():
    weak = replace(PAIR, later=replace(AFTER, estimate=0.145))
    assert changes([weak], 0.95)[0].shown
    family = changes([weak] * 3, 0.95)
    assert family[0].p_adjusted == pytest.approx(min(1, 3 * family[0].p))
    assert not family[0].shown


def test_a_change_without_any_error_claims_nothing():
    still = Pair(replace(BEFORE, se=0.0), replace(AFTER, se=0.0), share=False, rise=False)
    (found,) = changes([still], 0.95)
    assert np.isnan(found.p)
    assert not found.shown


def test_no_pair_is_no_change():
    assert changes([], 0.95) == []


def test_the_detectable_change_of_a_share_is_that_of_two_such_waves():
    plan = TwoWaves(n=400, n_after=400)
    assert changes([PAIR], 0.95)[0].detectable == pytest.approx(detectable_change(plan, 0.2))
    rise = changes([replace(PAIR, rise=True)], 0.95)[0].detectable
    assert rise == pytest.approx(detectable_change(plan, 0.2, rise=True))
    assert rise > changes([PAIR], 0.95)[0].detectable


@pytest.mark.parametrize(
    "pair",
    [
        replace(PAIR, share=False),
        replace(PAIR, earlier=replace(BEFORE, estimate=0.0)),
        replace(PAIR, earlier=replace(BEFORE, n_effective=np.nan)),
        replace(PAIR, earlier=replace(BEFORE, estimate=0.001)),
    ],
)
def test_where_no_fall_would_show_the_detectable_change_follows_from_the_error(pair):
    z = stats.norm.ppf(0.975) + stats.norm.ppf(0.8)
    assert changes([pair], 0.95)[0].detectable == pytest.approx(z * np.hypot(0.020, 0.015))
