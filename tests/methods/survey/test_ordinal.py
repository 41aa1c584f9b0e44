"""Proportional-odds regression under the design."""

import numpy as np
import pytest

from hashar.errors import EstimationError, UsageError
from hashar.methods.survey.design import Design
from hashar.methods.survey.ordinal import ordinal_regress
from hashar.methods.survey.regression import factor, intercept, numeric, regress
from tests.methods.survey.made_up_schools import schools

S = schools()
LEVELS = ["never", "once", "monthly", "weekly"]
SEX = factor("sex", S.sex)


def test_two_levels_are_a_logistic_regression():
    ordinal = ordinal_regress(S.design, S.used.astype(int), SEX, levels=["no", "yes"])
    logistic = regress(S.design, S.used, intercept(S.design.n) & SEX, family="binomial", tolerance=1e-15)
    b = logistic.coefficients
    assert ordinal.terms == ("sex2", "no|yes")
    assert ordinal.coefficients.estimate == pytest.approx([b.estimate[1], -b.estimate[0]])
    assert ordinal.coefficients.se == pytest.approx([b.se[1], b.se[0]])
    assert ordinal.df == logistic.df


def test_turning_the_scale_round_turns_the_sign():
    forward = ordinal_regress(S.design, S.often, SEX & numeric("score", S.score), levels=LEVELS)
    backward = ordinal_regress(S.design, 3 - S.often, SEX & numeric("score", S.score), levels=LEVELS[::-1])
    k = forward.slopes
    assert forward.coefficients.estimate[:k] == pytest.approx(-backward.coefficients.estimate[:k])
    assert forward.coefficients.se[:k] == pytest.approx(backward.coefficients.se[:k])
    assert forward.deviance == pytest.approx(backward.deviance)


def test_without_effects_the_thresholds_are_the_shares():
    odd = numeric("noise", np.where(np.arange(S.design.n) % 2, 1.0, -1.0))
    model = ordinal_regress(S.design, S.often, odd, levels=LEVELS)
    below = [np.average(S.often <= k, weights=S.design.weights) for k in range(3)]
    assert 1 / (1 + np.exp(-model.coefficients.estimate[1:])) == pytest.approx(below, abs=0.01)


def test_replicate_weights_give_nearly_the_linearised_errors():
    linear, replicated = (ordinal_regress(d, S.often, SEX, levels=LEVELS) for d in (S.design, S.replicates))
    assert replicated.coefficients.se == pytest.approx(linear.coefficients.se, rel=0.1)


def test_a_domain_is_the_same_as_missing_answers_elsewhere():
    girls = S.sex == 2
    score = numeric("score", S.score)
    by_domain = ordinal_regress(S.design, S.often, score, levels=LEVELS, domain=girls)
    by_gaps = ordinal_regress(S.design, np.where(girls, S.often, -1), score, levels=LEVELS)
    assert by_domain.coefficients.se == pytest.approx(by_gaps.coefficients.se)
    assert by_domain.n == girls.sum()


def test_the_units_and_the_origin_of_a_number_do_not_matter():
    near, far = (numeric("score", x) for x in (S.score, 1e6 + 1000 * S.score))
    first, second = (ordinal_regress(S.design, S.often, x, levels=LEVELS) for x in (near, far))
    assert 1000 * second.coefficients.estimate[0] == pytest.approx(first.coefficients.estimate[0])
    assert second.coefficients.p[0] == pytest.approx(first.coefficients.p[0])
    assert second.deviance == pytest.approx(first.deviance)


def few_answers_with_an_outlier():
    """Thirteen answers and a number with heavy tails: a full Newton step overshoots and must be halved."""
    rng = np.random.default_rng(37)
    n, levels = int(rng.integers(8, 40)), int(rng.integers(2, 5))
    x = rng.standard_cauchy(n)
    noisy = x + rng.normal(size=n) * rng.choice([0.1, 1, 5])
    y = np.clip(np.round(np.argsort(np.argsort(noisy)) * levels / n - 0.3), 0, levels - 1).astype(int)
    return Design.build(weights=np.exp(rng.normal(size=n) * rng.choice([0, 1, 2]))), x, y


def test_a_step_that_overshoots_is_halved_and_reaches_the_summit():
    design, x, y = few_answers_with_an_outlier()
    model = ordinal_regress(design, y, numeric("x", x), levels=LEVELS)
    w = design.weights / design.weights.mean()

    def deviance(point):
        below = 1 / (1 + np.exp(-(np.concatenate([[-99], point[1:], [99]])[None, :] - point[0] * x[:, None])))
        rows = np.arange(x.size)
        return -2 * w @ np.log(below[rows, y + 1] - below[rows, y])

    summit = model.coefficients.estimate
    assert deviance(summit) == pytest.approx(model.deviance, rel=1e-9)
    for step in np.vstack([np.eye(4), -np.eye(4)]) * 1e-3:
        assert deviance(summit + step) > model.deviance


def test_an_iteration_that_cannot_reach_its_tolerance_is_refused():
    with pytest.raises(EstimationError, match="no finite coefficients"):
        ordinal_regress(S.design, S.often, SEX, levels=LEVELS, tolerance=-1.0)


@pytest.mark.parametrize("levels", [LEVELS[:3], [*LEVELS, "daily"], ["never"]])
def test_levels_that_the_answers_do_not_have_are_refused(levels):
    codes = np.zeros(S.design.n, int) if len(levels) == 1 else S.often
    with pytest.raises(EstimationError, match="chosen by someone"):
        ordinal_regress(S.design, codes, SEX, levels=levels)


def test_a_term_that_predicts_perfectly_is_refused():
    with pytest.raises(EstimationError, match="predicts some answers perfectly"):
        ordinal_regress(S.design, S.often, numeric("same", S.often), levels=LEVELS)
    split = np.where(S.sex == 2, 3, S.often)
    with pytest.raises(EstimationError, match="predicts some answers perfectly"):
        ordinal_regress(S.design, split, SEX, levels=LEVELS)


def test_an_intercept_is_refused_because_the_thresholds_are_it():
    with pytest.raises(EstimationError, match="told apart"):
        ordinal_regress(S.design, S.often, intercept(S.design.n) & SEX, levels=LEVELS)


def test_columns_of_another_length_are_refused():
    with pytest.raises(UsageError, match="each row"):
        ordinal_regress(S.design, S.often[:-1], SEX, levels=LEVELS)
