"""Tests of independence in two-way tables: R's svychisq."""

import numpy as np
import pytest

from hashar.methods.survey.rao_scott import independence_test, two_way_table
from tests.golden.comparing import check
from tests.golden.r_survey import Case, answers, cases, design_of, parameters


def is_table(case: Case) -> bool:
    return case.r_call.startswith("svychisq(")


CASES = cases("chisq") + cases("wave", "replicate", where=is_table)

ROOT_FINDER = 5e-7
"""R looks for the saddlepoint with a root finder that stops early; its p-value inherits this."""


def statistic(case: Case) -> str:
    return case.argument("statistic") or "F"


def table_of(case: Case):
    golden = design_of(case)
    row, column = (codes(golden.data[name]) for name in case.formulas()[0])
    return golden, two_way_table(golden.design, row, column, domain=golden.inside)


def codes(values: np.ndarray) -> np.ndarray:
    text = np.array([str(v) for v in values])
    coded = np.unique(text, return_inverse=True)[1]
    return np.where(np.isin(text, ("nan", "None")), -1, coded)


def found(test) -> dict:
    names = {"F": test.statistic, "X-squared": test.statistic}
    numbers = {("", name, "statistic"): value for name, value in names.items()}
    degrees = {"ndf": test.df_num, "ddf": test.df_den, "df": test.df_num}
    numbers |= {("", name, "parameter"): value for name, value in degrees.items()}
    return numbers | {("", "test", "p"): test.p}


@pytest.mark.parametrize("case", parameters([c for c in CASES if statistic(c) in ("F", "Wald", "adjWald")]))
def test_f_and_wald_tests_are_those_of_r(case):
    _, table = table_of(case)
    check(case, found(independence_test(table, statistic=statistic(case))))


def r_counts_rows_without_answers(golden, table, numbers: dict) -> dict:
    """R reports X² for all rows of the design, answered or not; its p-value is that of the answers, as ours."""
    key = ("", "X-squared", "statistic")
    return numbers | {key: numbers[key] * golden.inside.sum() / table.n}


@pytest.mark.parametrize("case", parameters([c for c in CASES if statistic(c) == "Chisq"]))
def test_chi_square_tests_are_those_of_r(case):
    golden, table = table_of(case)
    test = independence_test(table, statistic="Chisq")
    check(case, r_counts_rows_without_answers(golden, table, found(test)))


@pytest.mark.parametrize("case", parameters([c for c in CASES if statistic(c) in ("lincom", "saddlepoint")]))
def test_saddlepoint_tests_are_those_of_r(case):
    """R answered "lincom" without the exact distribution (so its warning says): it is the saddlepoint's answer too."""
    golden, table = table_of(case)
    test = independence_test(table, statistic="saddlepoint")
    numbers = r_counts_rows_without_answers(golden, table, found(test))
    check(case, numbers, rtol=ROOT_FINDER)


@pytest.mark.parametrize("case", parameters([c for c in CASES if statistic(c) == "lincom"]))
def test_the_exact_mixture_is_near_its_saddlepoint_approximation(case):
    """The saddlepoint is within a tenth of the exact p-value, R's documentation says; far in the tail it is worst."""
    _, table = table_of(case)
    exact = independence_test(table, statistic="lincom").p
    assert exact == pytest.approx(answers(case)["", "test", "p"], rel=0.11)
