"""Does a model need a factor? R's regTermTest."""

import numpy as np
import pytest

from hashar.methods.survey.term_tests import likelihood_ratio_term_test, wald_term_test
from tests.golden.comparing import check
from tests.golden.models import main_model
from tests.golden.r_survey import cases, design_of, parameters

CASES = cases("glmtest")
GRADES = ("factor(grade)9", "factor(grade)10")


def calls(text):
    return lambda case: text in case.r_call


@pytest.mark.parametrize("case", parameters(cases("glmtest", where=lambda c: "LRT" not in c.r_call)))
def test_wald_tests_of_a_factor_are_those_of_r(case):
    *_, model = main_model(design_of(case))
    test = wald_term_test(model, GRADES, df=np.inf if "Inf" in case.r_call else None)
    numbers = {"p": test.p, "df": test.df_num, "ddf": test.df_den, "F": test.statistic, "chisq": test.statistic}
    check(case, {("", "test", name): value for name, value in numbers.items()})


@pytest.mark.parametrize("case", parameters(cases("glmtest", where=calls("LRT"))))
def test_likelihood_ratio_tests_of_a_factor_are_those_of_r(case):
    golden = design_of(case)
    y, columns, model = main_model(golden)
    test = likelihood_ratio_term_test(model, y, columns, golden.design.weights, GRADES, tail="saddlepoint")
    first, second = test.design_effects
    numbers = {"chisq": test.statistic, "df": test.df_num, "p": test.p, "lambda1": first, "lambda2": second}
    check(case, {("", name, "value"): value for name, value in numbers.items()})
    exact = likelihood_ratio_term_test(model, y, columns, golden.design.weights, GRADES)
    assert exact.p == pytest.approx(test.p, rel=1e-2)  # the saddlepoint is an approximation of this
