"""t-tests under the design: R's svyttest."""

import re

import numpy as np
import pytest

from hashar.methods.survey.ttest import one_sample_t_test, two_sample_t_test
from tests.golden.comparing import check
from tests.golden.r_survey import cases, design_of, parameters


def is_t_test(case):
    return case.r_call.startswith("svyttest(")


CASES = cases("ttest") + cases("wave", where=is_t_test)


def found(contrast, what):
    numbers = {
        ("", "t", "statistic"): contrast.statistic,
        ("", "test", "p"): contrast.p,
        ("", "df", "parameter"): contrast.df,
        ("", what, "estimate"): contrast.estimate,
        ("", "difference", "lci_t"): contrast.ci_low,
        ("", "difference", "uci_t"): contrast.ci_high,
    }
    return {key: value[0] for key, value in numbers.items()}


@pytest.mark.parametrize("case", parameters([c for c in CASES if "~ 0" not in c.r_call]))
def test_two_sample_t_tests_are_those_of_r(case):
    golden = design_of(case)
    y, group = re.match(r"svyttest\((\w+) ~ (?:factor\()?([\w.]+)", case.r_call).groups()
    codes = golden.data[group]
    codes = codes if codes.dtype != object else (codes == "Yes").astype(float)
    test = two_sample_t_test(golden.design, golden.data[y], codes, domain=golden.inside)
    check(case, found(test, "difference in mean"))


@pytest.mark.parametrize("case", parameters([c for c in CASES if "~ 0" in c.r_call]))
def test_one_sample_t_tests_are_those_of_r(case):
    golden = design_of(case)
    first, second = re.match(r"svyttest\(I\((\w+) - (\w+)\) ~ 0", case.r_call).groups()
    test = one_sample_t_test(golden.design, golden.data[first] - golden.data[second], domain=golden.inside)
    check(case, found(test, "mean"))
    assert np.isfinite(test.p).all()
