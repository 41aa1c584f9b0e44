"""Does a model need a group of terms?"""

import numpy as np
import pytest
from scipy import stats

from hashar.errors import UsageError
from hashar.methods.survey.design import Design
from hashar.methods.survey.regression import factor, intercept, regress
from hashar.methods.survey.term_tests import likelihood_ratio_term_test, wald_term_test
from tests.methods.survey.made_up_schools import schools

S = schools()
COLUMNS = intercept(S.design.n) & factor("sex", S.sex) & factor("grade", S.grade)
GRADES = ("grade9", "grade10")


def test_the_wald_test_of_one_term_is_the_square_of_its_t():
    model = regress(S.design, S.used, COLUMNS, family="binomial")
    test = wald_term_test(model, ["sex2"])
    assert test.statistic == pytest.approx(model.coefficients.statistic[1] ** 2)
    assert test.p == pytest.approx(model.coefficients.p[1])


@pytest.mark.parametrize("family", ["gaussian", "binomial", "poisson"])
def test_likelihood_ratio_and_wald_tests_agree_roughly(family):
    model = regress(S.design, S.used, COLUMNS, family=family)
    ratio = likelihood_ratio_term_test(model, S.used, COLUMNS, S.design.weights, GRADES)
    assert ratio.statistic > 0
    assert (np.diff(ratio.design_effects) <= 0).all()
    assert ratio.p == pytest.approx(wald_term_test(model, GRADES).p, abs=0.15)


def test_under_simple_random_sampling_the_design_effects_are_one():
    rng = np.random.default_rng(5)
    n = 20_000
    y, groups = (rng.random(n) < 0.4).astype(float), rng.integers(0, 3, n)
    design = Design.build(weights=np.ones(n))
    columns = intercept(n) & factor("g", groups)
    model = regress(design, y, columns, family="binomial")
    test = likelihood_ratio_term_test(model, y, columns, design.weights, ("g1", "g2"), df=np.inf)
    assert test.design_effects == pytest.approx([1, 1], rel=0.02)
    assert test.p == pytest.approx(stats.chi2.sf(test.statistic, 2), rel=0.02)


def test_a_test_must_leave_a_term_in_the_model():
    model = regress(S.design, S.used, COLUMNS, family="binomial")
    with pytest.raises(UsageError, match="stays in the model"):
        likelihood_ratio_term_test(model, S.used, COLUMNS, S.design.weights, model.terms)
    with pytest.raises(UsageError, match="no term"):
        wald_term_test(model, [])
