import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.errors import EstimationError
from hashar.methods.ranking import ScoreWeights, rank_factors

LEVEL_ONLY = ScoreWeights(level=1, gap=0, trend=0, changeability=0)


def _rng(seed=1):
    return np.random.default_rng(seed)


def test_without_sampling_error_the_ranks_are_certain():
    found = rank_factors(level=[0.1, 0.4, 0.2, 0.3], covariance=np.zeros((4, 4)), rng=_rng(), top=2, draws=50)
    assert found.rank.tolist() == [4, 1, 3, 2]
    assert found.probability_top.tolist() == [0, 1, 0, 1]
    assert found.firm.tolist() == [False, True, False, True]
    assert found.rank_low.tolist() == found.rank.tolist() == found.rank_high.tolist()


def test_two_factors_that_differ_by_one_standard_error_are_told_apart_as_the_normal_says():
    variance = 0.02**2
    found = rank_factors(
        level=[0.5, 0.5 + 0.02 * np.sqrt(2)],
        covariance=np.eye(2) * variance,
        rng=_rng(),
        top=1,
        draws=100_000,
        weights=LEVEL_ONLY,
    )
    assert found.probability_top[1] == pytest.approx(0.8413, abs=0.006)
    assert found.rank_low.tolist() == [1, 1]
    assert found.rank_high.tolist() == [2, 2]


def test_shared_error_does_not_blur_the_order():
    covariance = np.full((2, 2), 0.05**2)
    found = rank_factors(level=[0.5, 0.52], covariance=covariance, rng=_rng(), top=1, draws=500)
    assert found.probability_top.tolist() == [0, 1]


def test_the_score_is_the_weighted_mean_of_standardised_parts():
    level, earlier, reference, change = map(
        np.array, ([0.2, 0.4, 0.3], [0.25, 0.3, 0.3], [0.1, 0.35, 0.4], [0.9, 0.1, 0.5])
    )
    weights = ScoreWeights(level=1, gap=2, trend=3, changeability=4)
    found = rank_factors(
        level=level,
        earlier=earlier,
        reference=reference,
        changeability=change,
        covariance=np.zeros((6, 6)),
        rng=_rng(),
        weights=weights,
        draws=5,
    )
    parts = [level, level - reference, level - earlier, change]
    z = [(p - p.mean()) / p.std() for p in parts]
    assert found.score == pytest.approx((z[0] + 2 * z[1] + 3 * z[2] + 4 * z[3]) / 10)
    assert found.gap == pytest.approx(parts[1])
    assert found.trend == pytest.approx(parts[2])


def test_a_missing_reference_or_wave_is_neither_good_nor_bad():
    found = rank_factors(
        level=[0.2, 0.2, 0.2],
        reference=[0.1, np.nan, 0.3],
        earlier=[0.1, np.nan, 0.3],
        covariance=np.zeros((6, 6)),
        rng=_rng(),
        draws=5,
    )
    assert found.score[1] == 0
    assert found.rank.tolist() == [1, 2, 3]
    assert np.isnan(found.gap[1])
    assert np.isnan(found.trend[1])


def test_equal_factors_share_a_rank_and_a_chance():
    found = rank_factors(level=[0.3, 0.3, 0.3], covariance=np.zeros((3, 3)), rng=_rng(), top=1, draws=6000)
    assert found.rank.tolist() == [1, 1, 1]
    assert found.score.tolist() == [0, 0, 0]
    assert found.probability_top == pytest.approx([1 / 3] * 3, abs=0.03)


def test_a_share_of_nobody_or_everybody_can_be_ranked():
    found = rank_factors(level=[0.0, 1.0, 0.5], covariance=np.diag([0, 0, 0.01]), rng=_rng(), top=1, draws=200)
    assert found.rank.tolist() == [3, 1, 2]
    assert found.probability_top.tolist() == [0, 1, 0]


def test_no_factor_is_an_empty_ranking():
    found = rank_factors(level=[], covariance=np.zeros((0, 0)), rng=_rng(), draws=5)
    assert found.rank.size == found.rank_low.size == found.probability_top.size == 0


@pytest.mark.parametrize("weights", [ScoreWeights(level=0, gap=0, trend=0, changeability=0), ScoreWeights(level=-1)])
def test_weights_that_cannot_weigh_are_refused(weights):
    with pytest.raises(EstimationError, match="weights of the priority score"):
        rank_factors(level=[0.1], covariance=[[0.0]], rng=_rng(), weights=weights)


@pytest.mark.parametrize("bad", [{"top": 0}, {"draws": 0}])
def test_an_empty_top_or_no_draws_are_refused(bad):
    with pytest.raises(EstimationError, match="1 or more"):
        rank_factors(level=[0.1], covariance=[[0.0]], rng=_rng(), **bad)


def test_a_covariance_of_the_wrong_size_is_refused():
    with pytest.raises(EstimationError, match="1 rows where 2 are needed"):
        rank_factors(level=[0.1], earlier=[0.2], covariance=[[0.0]], rng=_rng())


_FACTORS = st.lists(
    st.tuples(st.floats(0.02, 0.98), st.floats(0.02, 0.98), st.floats(0.001, 0.05)), min_size=2, max_size=8
)


@settings(max_examples=30, deadline=None)
@given(_FACTORS, st.integers(1, 8), st.integers(0, 99))
def test_the_chances_of_being_in_the_top_add_up_to_its_size(factors, top, seed):
    level, earlier, se = np.array(factors).T
    found = rank_factors(
        level=level,
        earlier=earlier,
        covariance=np.diag(np.tile(se, 2) ** 2),
        rng=_rng(seed),
        top=top,
        draws=64,
    )
    assert found.probability_top.sum() == pytest.approx(min(top, len(level)))
    assert (found.rank_low <= found.rank_high).all()


@settings(max_examples=15, deadline=None)
@given(_FACTORS, st.randoms(use_true_random=False))
def test_the_order_in_which_factors_are_given_has_no_say(factors, random):
    level, earlier, se = np.array(factors).T
    order = list(range(len(level)))
    random.shuffle(order)
    covariance = np.diag(se**2) + np.outer(se, se) * 0.3

    def ranked(index):
        return rank_factors(
            level=level[index],
            reference=earlier[index],
            covariance=covariance[np.ix_(index, index)],
            rng=_rng(),
            top=1,
            draws=4000,
        )

    plain, shuffled = ranked(np.arange(len(level))), ranked(np.array(order))
    assert shuffled.score == pytest.approx(plain.score[order], abs=1e-9)
    # Two independent sets of 4,000 draws: five standard errors of their difference.
    assert shuffled.probability_top == pytest.approx(plain.probability_top[order], abs=0.06)
