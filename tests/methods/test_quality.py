import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.errors import EstimationError
from hashar.methods import quality

NAN = np.nan


def test_a_drug_that_does_not_exist_flags_whoever_used_it():
    assert quality.dummy_drug([True, False]).tolist() == [True, False]
    assert quality.dummy_drug([[False, True], [False, False]]).tolist() == [True, False]


def test_never_contradicts_any_sign_of_use():
    never = [True, True, False, False]
    evidence = [[False, True], [False, False], [True, True], [False, False]]
    assert quality.inconsistent(never, evidence).tolist() == [True, False, False, False]


def test_values_beyond_the_bounds_are_impossible_and_missing_ones_are_not():
    assert quality.outside([4, 5, 18, 19, NAN], low=5, high=18).tolist() == [True, False, False, True, False]
    assert quality.outside([[5, 99], [5, NAN]], high=18).tolist() == [True, False]


def test_first_use_cannot_come_after_todays_age():
    ages = [15, 15, NAN, 15]
    assert quality.later_than([14, 16, 16, NAN], ages).tolist() == [False, True, False, False]
    assert quality.later_than([[14, 16], [14, 15], [1, 1], [NAN, 16]], ages).tolist() == [True, False, False, True]


def test_one_answer_all_the_way_down_is_a_straight_line():
    answers = [[3, 3, 3], [3, 3, 4], [3, NAN, 3], [NAN, NAN, 3], [NAN] * 3]
    assert quality.straight_lined(answers, minimum_items=3).tolist() == [True, False, False, False, False]
    assert quality.straight_lined(answers, minimum_items=2).tolist() == [True, False, True, False, False]
    assert quality.straight_lined(answers, minimum_items=0).tolist() == [True, False, True, True, False]


def test_a_straight_line_may_count_at_the_extreme_answers_only():
    answers = [[1, 1], [5, 5], [3, 3], [5, 1]]
    assert quality.straight_lined(answers, minimum_items=2, at=[1, 5]).tolist() == [True, True, False, False]


def test_half_empty_means_less_than_half_of_what_was_asked():
    answered = [[True, True, False, False], [True, False, False, False], [True, False, False, False], [False] * 4]
    asked = [[True] * 4, [True] * 4, [True, True, False, False], [False] * 4]
    assert quality.half_empty(answered).tolist() == [False, True, True, True]
    assert quality.half_empty(answered, asked=asked).tolist() == [False, True, False, False]
    assert quality.half_empty(answered, minimum_share=0.2).tolist() == [False, False, False, True]


def test_flags_are_counted_per_place():
    flags = [[True, False], [True, True], [False, False], [True, True]]
    assert quality.counts_by_place(flags, [0, 0, 2, -1], 3).tolist() == [[2, 2, 1], [0, 0, 0], [1, 0, 0]]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(st.booleans(), st.booleans(), st.integers(0, 3)), min_size=1, max_size=30))
def test_the_places_add_up_to_the_survey(pupils):
    flags = np.array([p[:2] for p in pupils])
    counts = quality.counts_by_place(flags, [p[2] for p in pupils], 4)
    assert counts.sum(axis=0).tolist() == [len(pupils), *flags.sum(axis=0)]


def test_participation_multiplies_over_the_stages():
    found = quality.participation([200, 100], [150, 90])
    assert found.rate == pytest.approx([0.75, 0.9])
    assert found.overall == pytest.approx(0.675)


@pytest.mark.parametrize(("sampled", "participating"), [(0, 0), (10, 11), (10, -1)])
def test_participation_that_cannot_be_is_refused(sampled, participating):
    with pytest.raises(EstimationError, match="cannot have taken part"):
        quality.participation([sampled], [participating])


def test_weight_variation_is_that_of_kish():
    weights = np.array([1.0, 2.0, 3.0, 6.0])
    deff = len(weights) * (weights**2).sum() / weights.sum() ** 2
    assert 1 + quality.weight_cv(weights) ** 2 == pytest.approx(deff)
    assert quality.weight_cv([2.0, 2.0]) == 0
    assert np.isnan(quality.weight_cv([]))
