"""Means, totals, ratios and variances of whole samples."""

import numpy as np
import pytest

from hashar.methods.survey.estimation import mean, population_variance, ratio, total
from tests.golden.comparing import check, found, variables
from tests.golden.r_survey import Case, cases, design_of, parameters

CASES = cases("mean", "total", "ratio", "var")


def deff_rule(case: Case) -> str:
    return "replace" if case.argument("deff") == "replace" else "population"


@pytest.mark.parametrize("case", parameters(cases("mean", "total")))
def test_means_and_totals_are_those_of_r(case):
    golden = design_of(case)
    values, terms = variables(golden.data, case.formulas()[0])
    statistic = mean if case.group == "mean" else total
    estimate = statistic(golden.design, values, domains=golden.domains, deff=deff_rule(case))
    # SEs of stratum sizes are zero up to rounding: absolute tolerance on the scale of the estimate
    largest = np.abs(estimate.estimate).max()
    check(case, found(estimate, terms, df=case.degf), scale={"se": largest, "cov": largest**2, "deff": 1.0})


@pytest.mark.parametrize("case", parameters(cases("ratio")))
def test_ratios_are_those_of_r(case):
    golden = design_of(case)
    (y,), (x,) = case.formulas()
    check(case, found(ratio(golden.design, golden.data[y], golden.data[x]), [f"{y}/{x}"], df=case.degf))


@pytest.mark.parametrize("case", parameters(cases("var")))
def test_the_population_variance_is_that_of_r(case):
    golden = design_of(case)
    check(case, found(population_variance(golden.design, golden.data["api00"], df=case.degf), ["api00"], df=case.degf))
