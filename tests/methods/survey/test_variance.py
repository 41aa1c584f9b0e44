"""The variance of totals: by hand, under every policy, and its invariants."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.errors import DesignError
from hashar.methods.survey.design import Design
from hashar.methods.survey.estimation import mean, total
from hashar.methods.survey.variance import covariance, variances
from tests.methods.survey.surveys import surveys

ONE_ALONE = {"weights": np.ones(5), "strata": [1, 1, 1, 1, 2], "clusters": [1, 2, 3, 4, 5]}
Y = np.array([1.0, 2, 3, 6, 10])


def test_a_stratified_total_by_hand():
    design = Design.build(
        weights=[2, 2, 3, 3, 3], strata=[1, 1, 2, 2, 2], clusters=[1, 2, 3, 4, 5], fpc=[4, 4, 9, 9, 9]
    )
    y = np.array([1.0, 4, 2, 2, 5])
    by_hand = (1 - 2 / 4) * 2 * ((2 - 5) ** 2 + (8 - 5) ** 2) + (1 - 3 / 9) * 3 / 2 * (9 + 9 + 36)
    assert np.isclose(total(design, y).se[0] ** 2, by_hand)


def test_a_two_stage_total_by_hand():
    clusters = np.array([[1, 1], [1, 2], [2, 1], [2, 2]])
    design = Design.build(clusters=clusters, fpc=np.array([[4, 3], [4, 3], [4, 5], [4, 5]]))
    w, y = design.weights, np.array([1.0, 3, 2, 2.5])
    assert np.allclose(w, [3, 3, 5, 5])
    first = (1 - 2 / 4) * 2 * 2 * ((w * y)[:2].sum() / 2 - (w * y)[2:].sum() / 2) ** 2
    second = 2 / 4 * sum((1 - 2 / m) * 2 * ((a - b) ** 2) / 2 for m, a, b in [(3, 3, 9), (5, 10, 12.5)])
    assert np.isclose(total(design, y).se[0] ** 2, first + second)


@pytest.mark.parametrize(
    ("policy", "stratum_2"),
    [("remove", 0.0), ("certainty", 0.0), ("centre", (10 - 22 / 5) ** 2), ("average", (14 * 4 / 3))],
)
def test_what_a_stratum_with_one_cluster_adds(policy, stratum_2):
    design = Design.build(**ONE_ALONE, single_psu=policy)
    assert np.isclose(total(design, Y).se[0] ** 2, 14 * 4 / 3 + stratum_2)


def test_a_stratum_with_one_cluster_is_refused_by_default_and_named():
    design = Design.build(**ONE_ALONE)
    with pytest.raises(DesignError, match=r"1 strata have a single sampled cluster .*first is 2"):
        total(design, Y)
    inside = np.array([0, 0, 0, 0, -1])
    assert np.isclose(total(design, Y, domains=inside).se[0] ** 2, 14 * 4 / 3)


def test_a_single_cluster_that_is_the_whole_stratum_is_certain():
    design = Design.build(**ONE_ALONE, fpc=[8, 8, 8, 8, 1])
    assert np.isclose(total(design, Y).se[0] ** 2, 14 * 4 / 3 / 2)


def test_a_single_unit_at_a_later_stage_is_refused():
    design = Design.build(clusters=np.array([[1, 1], [1, 2], [2, 3]]), fpc=np.array([[4, 3], [4, 3], [4, 5]]))
    with pytest.raises(DesignError, match="1 clusters have a single sampled unit at a later stage"):
        total(design, [1.0, 2, 3])


def test_when_every_stratum_has_one_cluster_the_average_is_unknown():
    design = Design.build(weights=[1, 1], strata=[1, 2], single_psu="average")
    assert np.isnan(total(design, [1.0, 2]).se[0])


def test_a_stratum_that_a_domain_sees_through_one_cluster_counts_as_single_when_asked():
    parts = {"weights": np.ones(4), "strata": [1, 1, 2, 2], "clusters": [1, 2, 3, 4]}
    inside = np.array([0, 0, 0, -1])
    y = np.array([1.0, 3, 5, 0])
    usual = total(Design.build(**parts, single_psu="average"), y, domains=inside).se[0] ** 2
    averaged = total(Design.build(**parts, single_psu="average", adjust_domain=True), y, domains=inside).se[0] ** 2
    assert np.isclose(usual, 4 + 25)
    assert np.isclose(averaged, 4 * 2)


def test_the_covariance_of_one_score_vector_is_its_variance():
    design = Design.build(**ONE_ALONE, single_psu="certainty")
    assert covariance(design, Y).shape == (1, 1)
    assert np.isclose(covariance(design, Y)[0, 0], variances(design, Y)[0])


@settings(max_examples=30, deadline=None)
@given(surveys(fpc=True))
def test_the_diagonal_alone_is_the_same(survey):
    scores = survey.design.weights[:, None] * np.stack([survey.y, survey.x], axis=1)
    matrix = covariance(survey.design, scores, codes=survey.domain, domains=3)
    assert np.allclose(np.diag(matrix), variances(survey.design, scores, codes=survey.domain, domains=3))
    assert np.linalg.eigvalsh(matrix).min() >= -1e-9 * np.abs(matrix).max()


@settings(max_examples=30, deadline=None)
@given(surveys(), st.floats(0.01, 1000))
def test_scaling_all_weights_changes_no_mean_and_no_standard_error(survey, factor):
    scaled = survey.design.with_weights(survey.design.weights * factor)
    before, after = mean(survey.design, survey.x), mean(scaled, survey.x)
    assert np.allclose([before.estimate, before.se, before.deff], [after.estimate, after.se, after.deff], rtol=1e-9)


@settings(max_examples=30, deadline=None)
@given(surveys(fpc=True, missing=True), st.integers(0, 2**31))
def test_the_order_of_rows_does_not_matter(survey, seed):
    order = np.random.default_rng(seed).permutation(survey.design.n)
    shuffled = Design.build(**{k: v[order] for k, v in survey.raw.items()}, nest=True)
    before = mean(survey.design, survey.y, domains=survey.domain, n_domains=3)
    after = mean(shuffled, survey.y[order], domains=survey.domain[order], n_domains=3)
    assert np.allclose(before.estimate, after.estimate, equal_nan=True)
    assert np.allclose(before.covariance, after.covariance, equal_nan=True, atol=1e-12)


@settings(max_examples=30, deadline=None)
@given(surveys(fpc=True))
def test_domains_partition_the_total(survey):
    domain = survey.domain % 3
    parts = total(survey.design, survey.x, domains=domain, n_domains=3)
    whole = total(survey.design, survey.x)
    answered = np.isfinite(parts.estimate)
    assert np.isclose(parts.estimate[answered].sum(), whole.estimate[0])
    assert np.isclose(parts.covariance[np.ix_(answered, answered)].sum(), whole.se[0] ** 2)
