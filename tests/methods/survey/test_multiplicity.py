"""Adjusted p-values."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from hashar.errors import UsageError
from hashar.methods.survey.multiplicity import adjust, benjamini_hochberg, holm

FAMILIES = arrays(np.float64, st.integers(0, 12), elements=st.one_of(st.floats(0, 1), st.just(np.nan)))
METHODS = ("holm", "benjamini-hochberg")


@pytest.mark.parametrize("method", METHODS)
@given(p=FAMILIES)
@settings(max_examples=60, deadline=None)
def test_an_adjusted_p_value_is_never_smaller_and_keeps_the_order(method, p):
    adjusted = adjust(p, method)
    known = ~np.isnan(p)
    assert (np.isnan(adjusted) == ~known).all()
    assert (adjusted[known] >= p[known]).all()
    assert (adjusted[known] <= 1).all()
    order = np.argsort(p[known], kind="stable")
    assert (np.diff(adjusted[known][order]) >= 0).all()


@given(p=FAMILIES)
@settings(max_examples=60, deadline=None)
def test_holm_is_never_more_lenient_than_benjamini_hochberg(p):
    known = ~np.isnan(p)
    assert (holm(p)[known] >= benjamini_hochberg(p)[known] - 1e-15).all()


def test_holm_and_benjamini_hochberg_of_a_worked_family():
    p = [0.01, 0.04, 0.03, 0.005]  # R: p.adjust(c(.01, .04, .03, .005), "holm") and "BH"
    assert adjust(p, "holm") == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert adjust(p, "benjamini-hochberg") == pytest.approx([0.02, 0.04, 0.04, 0.02])


@pytest.mark.parametrize("method", METHODS)
def test_a_comparison_that_could_not_be_computed_does_not_cost_the_others(method):
    with_gap = adjust([0.01, np.nan, 0.04], method)
    assert np.isnan(with_gap[1])
    assert with_gap[[0, 2]] == pytest.approx(adjust([0.01, 0.04], method))


def test_a_table_of_p_values_keeps_its_shape():
    p = np.array([[0.01, 0.2], [np.nan, 0.04]])
    assert adjust(p, "holm").shape == (2, 2)


def test_no_adjustment_returns_a_copy():
    p = np.array([0.01, 0.5])
    same = adjust(p, "none")
    same[0] = 1
    assert p[0] == 0.01


@pytest.mark.parametrize("value", [-0.1, 1.1])
def test_what_is_not_a_p_value_is_refused(value):
    with pytest.raises(UsageError, match="not test statistics"):
        adjust([0.5, value], "holm")


def test_an_unknown_method_is_refused_with_the_choices():
    with pytest.raises(UsageError, match="benjamini-hochberg"):
        adjust([0.5], "bonferroni")
