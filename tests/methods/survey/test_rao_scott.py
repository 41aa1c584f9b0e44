"""Tests of independence under the design."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hashar.errors import EstimationError, UsageError
from hashar.methods.survey.design import Design
from hashar.methods.survey.rao_scott import design_effects, independence_test, pearson_statistic, two_way_table
from tests.methods.survey.made_up_schools import schools

S = schools()
STATISTICS = ("F", "Chisq", "Wald", "adjWald", "lincom", "saddlepoint")


@pytest.mark.parametrize("statistic", STATISTICS)
@given(seed=st.integers(0, 200), order=st.permutations([0, 1, 2, 3]))
@settings(max_examples=10, deadline=None)
def test_the_order_of_rows_and_columns_does_not_matter(statistic, seed, order):
    s = schools(seed % 5)
    turned = two_way_table(s.design, 2 - (s.grade - 8), np.array(order)[s.often])
    plain = two_way_table(s.design, s.grade - 8, s.often)
    first, second = (independence_test(t, statistic=statistic) for t in (plain, turned))
    assert second.statistic == pytest.approx(first.statistic, rel=1e-8)
    assert second.p == pytest.approx(first.p, rel=1e-7)


@pytest.mark.parametrize("statistic", ["F", "Wald", "lincom"])
def test_rows_and_columns_may_be_exchanged(statistic):
    first, second = two_way_table(S.design, S.grade, S.often), two_way_table(S.design, S.often, S.grade)
    tests = [independence_test(t, statistic=statistic) for t in (first, second)]
    assert tests[0].p == pytest.approx(tests[1].p, rel=1e-8)


def test_under_simple_random_sampling_it_is_pearsons_test():
    rng = np.random.default_rng(3)
    a, b = rng.integers(0, 3, 5000), rng.integers(0, 2, 5000)
    table = two_way_table(Design.build(weights=np.ones(5000)), a, b)
    counts = np.array([[np.sum((a == i) & (b == j)) for j in range(2)] for i in range(3)])
    pearson = stats.chi2_contingency(counts, correction=False)
    assert pearson_statistic(table) == pytest.approx(pearson.statistic)
    assert design_effects(table) == pytest.approx([1, 1], rel=0.03)
    for statistic in STATISTICS:
        assert independence_test(table, statistic=statistic).p == pytest.approx(pearson.pvalue, rel=0.03)


def test_clusters_that_answer_alike_take_evidence_away():
    classes = S.design.clusters[:, 0]
    row = classes % 2
    same = two_way_table(S.design, row, (classes // 2) % 2)
    assert design_effects(same).min() > 5
    assert independence_test(same).p > stats.chi2.sf(pearson_statistic(same), 1)


@pytest.mark.parametrize("statistic", STATISTICS)
def test_replicate_weights_give_nearly_the_same_test(statistic):
    plain, replicated = (two_way_table(d, S.sex, S.often) for d in (S.design, S.replicates))
    p = [independence_test(t, statistic=statistic).p for t in (plain, replicated)]
    assert p[1] == pytest.approx(p[0], abs=0.05)


def test_a_category_nobody_chose_is_left_out():
    table = two_way_table(S.design, np.where(S.grade == 9, 0, 5), S.often)
    assert table.rows.tolist() == [0, 5]
    assert independence_test(table).df_num <= 3


def test_an_empty_cell_carries_no_information():
    row = np.where((S.grade == 8) & (S.often == 3), -1, S.grade)
    table = two_way_table(S.design, row, S.often)
    assert (table.proportions == 0).sum() == 1
    assert 0 < independence_test(table).p < 1


def test_a_domain_is_the_same_as_missing_answers_elsewhere():
    girls = S.sex == 2
    by_domain = two_way_table(S.design, S.grade, S.often, domain=girls)
    by_gaps = two_way_table(S.design, np.where(girls, S.grade, -1), S.often)
    assert by_domain.covariance == pytest.approx(by_gaps.covariance)
    assert by_domain.n == girls.sum()


def test_a_domain_without_df_has_no_p():
    one_class_a_stratum = np.isin(S.design.clusters[:, 0], [0, 4])
    table = two_way_table(S.design, S.sex, S.grade, domain=one_class_a_stratum)
    assert table.df == 0
    assert np.isnan(independence_test(table).p)
    assert np.isnan(independence_test(table, statistic="lincom").p)
    assert np.isnan(independence_test(table, statistic="saddlepoint").p)


def test_more_categories_than_clusters_leave_the_corrected_wald_test_without_p():
    small = S.design.clusters[:, 0] < 4
    table = two_way_table(S.design, S.sex, S.grade - 8 + 3 * (S.often > 1), domain=small)
    assert table.df == 3
    with pytest.raises(EstimationError, match="too few"):
        independence_test(table, statistic="Wald")
    fewer = two_way_table(S.design, S.sex, S.grade, domain=S.design.clusters[:, 0] < 2)
    assert fewer.df == 1
    assert np.isnan(independence_test(fewer, statistic="adjWald").p)


def test_one_row_is_no_table():
    with pytest.raises(EstimationError, match="1 and 4"):
        two_way_table(S.design, np.zeros(S.design.n, int), S.often)


def test_an_unknown_statistic_is_refused_with_the_choices():
    with pytest.raises(UsageError, match="adjWald"):
        independence_test(two_way_table(S.design, S.sex, S.often), statistic="G")
