"""Direct standardisation."""

import re

import numpy as np
import pytest

from hashar.methods.survey.estimation import mean
from hashar.methods.survey.standardise import standardise
from tests.golden.comparing import by, check, found
from tests.golden.r_survey import cases, design_of, parameters

CASES = cases("standardise")

AGES = ["(0,19]", "(19,39]", "(39,59]", "(59,Inf]"]


@pytest.mark.parametrize("case", parameters(CASES))
def test_age_standardised_estimates_are_those_of_r(case):
    golden = design_of(case)
    answer = golden.data["HI_CHOL"]
    codes, labels = by(golden, case.formulas()[1])
    ages = np.array([AGES.index(a) for a in golden.data["agecat"]])
    population = [float(p) for p in re.search(r"population = c\(([^)]*)\)", case.r_call)[1].split(",")]
    design = standardise(golden.design, ages, population, groups=codes, answered=~np.isnan(answer))
    check(case, found(mean(design, answer, domains=codes), ["HI_CHOL"], df=case.degf, labels=labels))
