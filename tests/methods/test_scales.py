import csv
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.errors import EstimationError
from hashar.methods import scales

GOLDEN = Path(__file__).parents[1] / "golden" / "data" / "scales"
ITEMS = {
    "attitudes": ["YFLPKCG2", "YFLTMRJ2", "YFLMJMO", "YFLADLY2"],
    "parents": ["PARCHKHW", "PARHLPHW", "PRCHORE2", "PRLMTTV2", "PARLMTSN", "PRGDJOB2", "PRPROUD2"],
    "delinquency": ["YOFIGHT2", "YOGRPFT2", "YOHGUN2", "YOSELL2", "YOSTOLE2", "YOATTAK2"],
    "faith": ["RLGIMPT", "RLGDCSN"],
}


def _survey():
    with (GOLDEN / "nsduh_youth_2023_subset.csv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    return {name: np.array([float(row[name] or "nan") for row in rows]) for name in rows[0]}


def _answers():
    with (GOLDEN / "answers.csv").open(encoding="utf-8") as file:
        return [(r["scale"], r["weighting"], r["quantity"], r["item"], float(r["value"])) for r in csv.DictReader(file)]


@pytest.mark.parametrize("weighting", ["none", "whole"])
@pytest.mark.parametrize("scale", sorted(ITEMS))
def test_reliability_of_real_scales_equals_r(scale, weighting):
    survey = _survey()
    points = np.column_stack([survey[name] for name in ITEMS[scale]])
    weights = None if weighting == "none" else 1.0 + np.arange(len(points)) % 3
    expected = {q: v for s, w, q, _, v in _answers() if (s, w) == (scale, weighting)}
    found = scales.consistency(points, weights=weights)
    assert found.items == len(ITEMS[scale])
    if weighting == "none":
        assert found.n == expected["n"]
    assert found.alpha == pytest.approx(expected["alpha"], rel=1e-12)
    # factanal stops at 1e-6 or so on the unique variances: both are optimisers.
    assert found.omega == pytest.approx(expected.get("omega", expected["alpha"]), abs=1e-6)


@pytest.mark.parametrize("scale", ["attitudes", "parents", "delinquency"])
def test_the_factor_model_of_real_scales_equals_r(scale):
    survey = _survey()
    points = np.column_stack([survey[name] for name in ITEMS[scale]])
    correlation = np.corrcoef(points[~np.isnan(points).any(axis=1)], rowvar=False)
    loadings, uniqueness = scales.one_factor(correlation)
    expected = {(q, item): v for s, w, q, item, v in _answers() if (s, w) == (scale, "none")}
    assert loadings == pytest.approx([expected["loading", item] for item in ITEMS[scale]], abs=1e-5)
    assert uniqueness == pytest.approx([expected["uniqueness", item] for item in ITEMS[scale]], abs=1e-5)
    standardised = loadings.sum() ** 2 / (loadings.sum() ** 2 + uniqueness.sum())
    assert standardised == pytest.approx(expected["omega_standardised_psych", ""], abs=1e-5)


def test_a_perfect_one_factor_matrix_gives_its_own_loadings_back():
    loadings = np.array([0.9, 0.5, 0.7, 0.3])
    correlation = np.outer(loadings, loadings)
    np.fill_diagonal(correlation, 1.0)
    found, uniqueness = scales.one_factor(correlation)
    assert found == pytest.approx(loadings, abs=1e-6)
    assert uniqueness == pytest.approx(1 - loadings**2, abs=1e-6)
    assert scales.one_factor(correlation * np.outer([1, 1, 1, 1], [1, 1, 1, 1]))[0].sum() > 0


def test_loadings_point_the_way_of_most_items():
    correlation = np.array([[1, -0.3, -0.4], [-0.3, 1, 0.5], [-0.4, 0.5, 1]])
    assert scales.one_factor(correlation)[0].sum() > 0
    assert scales.one_factor(correlation[::-1, ::-1])[0].sum() > 0


def test_the_gradient_is_that_of_the_discrepancy():
    correlation = np.array([[1, 0.3, 0.4, 0.2], [0.3, 1, 0.5, 0.1], [0.4, 0.5, 1, 0.3], [0.2, 0.1, 0.3, 1]])
    at = np.array([0.4, 0.6, 0.5, 0.8])
    _, gradient = scales._concentrated_fit(at, correlation)
    steps = np.eye(4) * 1e-6
    numeric = [
        (scales._concentrated_fit(at + h, correlation)[0] - scales._concentrated_fit(at - h, correlation)[0]) / 2e-6
        for h in steps
    ]
    assert gradient == pytest.approx(numeric, rel=1e-5, abs=1e-8)


def test_a_repeated_item_keeps_omega_within_its_bounds():
    x = np.random.default_rng(1).normal(size=(50, 1))
    noise = np.random.default_rng(2).normal(size=(50, 1))
    assert 0 < scales.consistency(np.hstack([x, x, x + noise])).omega <= 1


def test_a_constant_item_has_no_omega_and_a_constant_scale_no_alpha():
    points = np.array([[1.0, 1, 1], [1, 2, 2], [1, 3, 1], [1, 1, 2]])
    assert np.isnan(scales.consistency(points).omega)
    assert np.isnan(scales.consistency(np.ones((5, 3))).alpha)


@pytest.mark.parametrize("points", [np.ones((9, 1)), np.ones((2, 4)), np.full((9, 3), np.nan)])
def test_too_few_items_or_pupils_have_no_reliability(points):
    found = scales.consistency(points)
    assert np.isnan(found.alpha)
    assert np.isnan(found.omega)


def test_a_score_is_the_mean_of_the_answered_items_when_enough_are():
    points = np.array([[1, 2, 3, 4], [1, 3, np.nan, np.nan], [5, np.nan, np.nan, np.nan], [np.nan] * 4])
    assert scales.score(points, minimum_answered=0.5) == pytest.approx([2.5, 2, np.nan, np.nan], nan_ok=True)


def test_one_answer_is_always_needed():
    assert np.isnan(scales.score([[np.nan, np.nan]], minimum_answered=0.0)).all()
    assert scales.score([[np.nan, 2.0]], minimum_answered=0.0) == pytest.approx([2.0])


def test_sixty_percent_of_five_items_are_three():
    assert scales.score([[1, 1, 1, np.nan, np.nan]], minimum_answered=0.6) == pytest.approx([1.0])


def test_half_of_seven_items_are_four():
    three, four = [1.0] * 3 + [np.nan] * 4, [1.0] * 4 + [np.nan] * 3
    assert np.isnan(scales.score([three, four])).tolist() == [True, False]


def test_a_cut_point_is_a_weighted_quantile():
    scores, weights = [1, 2, 3, np.nan], [1, 1, 2, 100]
    assert scales.cut_point(scores, weights, 0.25) == 1
    assert scales.cut_point(scores, weights, 0.5) == 2
    assert scales.cut_point(scores, weights, 0.51) == 3
    assert scales.cut_point(scores, weights, 1.0) == 3


def test_a_cut_point_needs_a_score():
    with pytest.raises(EstimationError, match="No pupil has a score"):
        scales.cut_point([np.nan], [1.0], 0.5)


def test_elevated_is_strictly_above_the_cut_point():
    found = scales.elevated([1.0, 2.0, 2.0 + 1e-15, 2.5, np.nan], 2.0)
    assert found == pytest.approx([0, 0, 0, 1, np.nan], nan_ok=True)


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.integers(0, 4), st.integers(1, 9)), min_size=1, max_size=40),
    st.floats(0.05, 1.0),
)
def test_no_more_than_the_wanted_share_is_above_a_quantile_cut(pupils, quantile):
    scores, weights = np.array(pupils, dtype=float).T
    above = scales.elevated(scores, scales.cut_point(scores, weights, quantile))
    assert np.average(above, weights=weights) <= 1 - quantile + 1e-6


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000), st.floats(0.1, 10), st.floats(-5, 5))
def test_reliability_does_not_depend_on_the_unit_of_the_points(seed, factor, shift):
    rng = np.random.default_rng(seed)
    points = rng.normal(size=(60, 1)) + rng.normal(size=(60, 4))
    plain, moved = scales.consistency(points), scales.consistency(points * factor + shift)
    assert moved.alpha == pytest.approx(plain.alpha, rel=1e-9)
    assert moved.omega == pytest.approx(plain.omega, abs=1e-6)
