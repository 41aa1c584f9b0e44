"""Regression under the design."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.errors import EstimationError, UsageError
from hashar.methods.survey.contrasts import difference
from hashar.methods.survey.estimation import mean
from hashar.methods.survey.regression import factor, intercept, numeric, predict, ratios, regress
from tests.methods.survey.made_up_schools import schools

S = schools()
ONE = intercept(S.design.n)
SEX = factor("sex", S.sex)
FAMILIES = ("gaussian", "binomial", "poisson")


def test_a_linear_model_of_two_groups_is_the_difference_of_their_means():
    model = regress(S.design, S.score, ONE & SEX)
    groups = difference(mean(S.design, S.score, domains=S.sex - 1), 0, 1)
    assert model.coefficients.estimate[1] == pytest.approx(groups.estimate[0])
    assert model.coefficients.se[1] == pytest.approx(groups.se[0])


@pytest.mark.parametrize("family", FAMILIES)
def test_the_mean_alone_is_the_estimated_proportion(family):
    model = regress(S.design, S.used, ONE, family=family, tolerance=1e-15)
    direct = mean(S.design, S.used)
    at = predict(model, [[1.0]])
    assert at.estimate == pytest.approx(direct.estimate)
    assert at.se == pytest.approx(direct.se)


@given(seed=st.integers(0, 30))
@settings(max_examples=8, deadline=None)
def test_a_domain_is_the_same_as_missing_answers_elsewhere(seed):
    s = schools(seed)
    girls = s.sex == 2
    columns = intercept(s.design.n) & numeric("score", s.score)
    by_domain = regress(s.design, s.used, columns, family="binomial", domain=girls, tolerance=1e-14)
    by_gaps = regress(s.design, np.where(girls, s.used, np.nan), columns, family="binomial", tolerance=1e-14)
    assert by_domain.coefficients.estimate == pytest.approx(by_gaps.coefficients.estimate, rel=1e-7)
    assert by_domain.covariance == pytest.approx(by_gaps.covariance, rel=1e-6)
    assert by_domain.n == by_gaps.n == girls.sum()
    assert by_domain.df == by_gaps.df


@pytest.mark.parametrize("family", FAMILIES)
def test_replicate_weights_give_nearly_the_linearised_errors(family):
    linear = regress(S.design, S.used, ONE & SEX, family=family)
    replicated = regress(S.replicates, S.used, ONE & SEX, family=family)
    assert replicated.coefficients.estimate == pytest.approx(linear.coefficients.estimate)
    assert replicated.coefficients.se == pytest.approx(linear.coefficients.se, rel=0.1)


def test_weights_in_other_units_change_nothing():
    scaled = S.design.with_weights(1000 * S.design.weights)
    first, second = (regress(d, S.used, ONE & SEX, family="binomial") for d in (S.design, scaled))
    assert second.coefficients.se == pytest.approx(first.coefficients.se)
    assert second.deviance == pytest.approx(first.deviance)


def test_interactions_are_products_named_as_in_r():
    both = SEX @ factor("grade", S.grade)
    assert both.terms == ("sex2:grade9", "sex2:grade10")
    assert (both.matrix[:, 1] == (S.sex == 2) * (S.grade == 10)).all()


def test_a_factor_takes_its_reference_from_the_order_given():
    values = np.array(["b", "a", None, "c"], dtype=object)
    assert factor("v", values).terms == ("vb", "vc")
    turned = factor("v", values, levels=["c", "a"])
    assert turned.terms == ("va",)
    assert np.isnan(turned.matrix[[0, 2], 0]).all()  # "b" is not a level, None is missing
    assert turned.matrix[[1, 3], 0].tolist() == [1, 0]
    assert factor("g", np.array([8.0, np.nan, 9.0])).terms == ("g9",)


def test_a_factor_with_one_level_is_refused():
    with pytest.raises(UsageError, match="fewer than two levels"):
        factor("v", ["a", "a"])


def test_a_domain_too_small_for_df_has_no_limits():
    small = S.design.clusters[:, 0] < 2
    model = regress(S.design, S.score, ONE & SEX, domain=small)
    assert model.df == 0
    assert np.isnan(model.coefficients.p).all()


def test_predictions_of_a_share_stay_inside_0_to_1():
    model = regress(S.design, S.used, ONE & numeric("score", S.score), family="binomial")
    at = predict(model, [[1, -200], [1, 50], [1, 300]], level=0.99)
    assert ((at.ci_low >= 0) & (at.ci_high <= 1)).all()
    assert at.ci_low[1] < at.estimate[1] < at.ci_high[1]
    assert at.covariance.shape == (3, 3)


def test_predictions_on_the_link_scale_and_of_a_poisson_model():
    model = regress(S.design, S.used, ONE & SEX, family="poisson")
    link, mean_scale = predict(model, [[1, 1]], scale="link"), predict(model, [[1, 1]])
    assert mean_scale.estimate == pytest.approx(np.exp(link.estimate))
    assert mean_scale.se == pytest.approx(mean_scale.estimate * link.se)
    assert predict(model, [[1, 1]], df=np.inf).ci_high < mean_scale.ci_high


def test_predictions_need_the_columns_of_the_model():
    model = regress(S.design, S.score, ONE & SEX)
    with pytest.raises(UsageError, match="sex2"):
        predict(model, [[1, 0, 0]])
    with pytest.raises(UsageError, match="scale"):
        predict(model, [[1, 0]], scale="odds")


def test_a_poisson_model_gives_the_prevalence_ratio():
    model = regress(S.design, S.used, ONE & SEX, family="poisson", tolerance=1e-15)
    shares = mean(S.design, S.used, domains=S.sex - 1).estimate
    ratio = ratios(model)
    assert ratio.estimate[1] == pytest.approx(shares[1] / shares[0])
    assert ratio.ci_low[1] < ratio.estimate[1] < ratio.ci_high[1]
    assert np.sqrt(np.diag(ratio.covariance)) == pytest.approx(ratio.se)


def test_a_linear_model_has_no_ratios():
    with pytest.raises(UsageError, match="differences"):
        ratios(regress(S.design, S.score, ONE & SEX))


def test_columns_of_another_length_are_refused():
    with pytest.raises(UsageError, match="each row"):
        regress(S.design, S.score[:-1], ONE & SEX)


def test_a_model_without_a_complete_row_is_refused():
    with pytest.raises(EstimationError, match="No row"):
        regress(S.design, S.score, ONE & SEX, domain=np.zeros(S.design.n, bool))


def test_a_term_that_the_model_does_not_have_is_refused():
    model = regress(S.design, S.score, ONE & SEX)
    assert model.positions(["sex2"]) == [1]
    with pytest.raises(UsageError, match="no term age"):
        model.positions(["age"])
