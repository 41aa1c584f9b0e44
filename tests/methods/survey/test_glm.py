"""Weighted generalised linear models."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.errors import EstimationError, UsageError
from hashar.methods.survey.glm import fit

FAMILIES = ("gaussian", "binomial", "poisson")
TERMS = ("(Intercept)", "x", "z")


def data(seed=0, n=200):
    rng = np.random.default_rng(seed)
    X = np.column_stack([np.ones(n), rng.normal(size=n), rng.integers(0, 2, n)])
    y = (rng.random(n) < 1 / (1 + np.exp(-X @ [-0.3, 0.8, -0.5]))).astype(float)
    return X, y, rng.uniform(0.2, 3, n)


@pytest.mark.parametrize("family", FAMILIES)
@given(seed=st.integers(0, 100))
@settings(max_examples=15, deadline=None)
def test_the_estimating_equations_are_solved(family, seed):
    X, y, w = data(seed)
    model = fit(X, y, w, family, TERMS, tolerance=1e-14)
    assert X.T @ model.residual == pytest.approx(np.zeros(3), abs=1e-5)  # the steps left are far smaller


@pytest.mark.parametrize("family", FAMILIES)
def test_a_model_of_groups_gives_the_weighted_means(family):
    X, y, w = data()
    groups = X[:, [0, 2]]
    link = {"gaussian": lambda m: m, "binomial": lambda m: np.log(m / (1 - m)), "poisson": np.log}[family]
    means = [np.average(y[X[:, 2] == g], weights=w[X[:, 2] == g]) for g in (0, 1)]
    b = fit(groups, y, w, family, TERMS[:2], tolerance=1e-14).coefficients
    assert b == pytest.approx([link(means[0]), link(means[1]) - link(means[0])], rel=1e-9)


@pytest.mark.parametrize("family", FAMILIES)
def test_rows_with_weight_zero_do_not_count(family):
    X, y, w = data()
    w[:50] = 0
    with_zeros, without = fit(X, y, w, family, TERMS), fit(X[50:], y[50:], w[50:], family, TERMS)
    assert with_zeros.coefficients == pytest.approx(without.coefficients, rel=1e-12)
    assert with_zeros.deviance == pytest.approx(without.deviance, rel=1e-12)
    assert (with_zeros.residual[:50] == 0).all()


@pytest.mark.parametrize("family", ["binomial", "poisson"])
def test_the_customary_tolerance_is_near_the_limit(family):
    X, y, w = data()
    customary, limit = fit(X, y, w, family, TERMS), fit(X, y, w, family, TERMS, tolerance=1e-15)
    assert customary.coefficients == pytest.approx(limit.coefficients, rel=1e-6)
    assert np.diag(customary.inverse_information) == pytest.approx(np.diag(limit.inverse_information), rel=1e-3)


@pytest.mark.parametrize("family", ["binomial", "poisson"])
def test_a_good_start_leads_to_the_same_place(family):
    X, y, w = data()
    first = fit(X, y, w, family, TERMS, tolerance=1e-14)
    again = fit(X, y, w, family, TERMS, start=first.coefficients, tolerance=1e-14)
    assert again.coefficients == pytest.approx(first.coefficients, rel=1e-10)


@pytest.mark.parametrize("family", ["binomial", "poisson"])
def test_a_group_in_which_nobody_answered_yes_is_refused_by_name(family):
    X, y, w = data()
    y[X[:, 2] == 1] = 0
    with pytest.raises(EstimationError, match="coefficient of z would be infinite"):
        fit(X, y, w, family, TERMS)


@given(seed=st.integers(0, 100))
@settings(max_examples=15, deadline=None)
def test_an_outcome_that_a_number_splits_perfectly_is_refused(seed):
    X, _, w = data(seed)
    y = (X[:, 1] > 0).astype(float)
    with pytest.raises(EstimationError, match="predicted perfectly"):
        fit(X, y, w, "binomial", TERMS)


def test_a_common_outcome_with_no_event_has_no_poisson_rate():
    X, y, w = data()
    with pytest.raises(EstimationError, match="infinite"):
        fit(X, 0 * y, w, "poisson", TERMS)


def test_an_iteration_that_has_no_end_is_refused():
    X, y, w = data()
    with pytest.raises(EstimationError, match="did not settle"):
        fit(X, y, w, "binomial", TERMS, tolerance=0.0)


@pytest.mark.parametrize("family", FAMILIES)
def test_terms_that_follow_from_others_are_refused_by_name(family):
    X, y, w = data()
    doubled = np.column_stack([X, 2 * X[:, 1] - X[:, 0]])
    with pytest.raises(EstimationError, match="told apart"):
        fit(doubled, y, w, family, (*TERMS, "copy"))
    empty = np.column_stack([X, np.zeros(len(y))])
    with pytest.raises(EstimationError, match="empty"):
        fit(empty, y, w, family, (*TERMS, "empty"))


def test_more_terms_than_answers_are_refused():
    X, y, w = data()
    with pytest.raises(EstimationError, match="2 complete answers"):
        fit(X[:2], y[:2], w[:2], "gaussian", TERMS)


def test_an_outcome_that_does_not_fit_the_family_is_refused():
    X, y, w = data()
    with pytest.raises(UsageError, match="0 and 1"):
        fit(X, y + 1, w, "binomial", TERMS)
    with pytest.raises(UsageError, match="not negative"):
        fit(X, y - 1, w, "poisson", TERMS)
    with pytest.raises(UsageError, match="gamma"):
        fit(X, y, w, "gamma", TERMS)
