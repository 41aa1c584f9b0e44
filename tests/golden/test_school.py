"""The school survey: indicators in places, sexes and waves; a domain in one cluster."""

import numpy as np
import pytest

from hashar.methods.survey.estimation import indicators, mean, total
from tests.golden.comparing import by, check, found, variables
from tests.golden.r_survey import Case, cases, design_of, parameters

CASES = cases("school")


def starts(text: str):
    return lambda c: c.r_call.startswith(text)


def plain(case: Case) -> bool:
    return case.case_id not in ("school.unwtd", "school.degf", "school.interaction")


def rule(case: Case) -> str:
    return "replace" if case.argument("deff") == "replace" else "population"


@pytest.mark.parametrize("case", parameters(cases("school", where=lambda c: plain(c) and not starts("svyby")(c))))
def test_estimates_of_a_wave_are_those_of_r(case):
    golden = design_of(case)
    values, terms = variables(golden.data, case.formulas()[0])
    statistic = total if "svytotal" in case.r_call else mean
    estimate = statistic(golden.design, values, domains=golden.domains, deff=rule(case))
    check(case, found(estimate, terms, df=case.degf))


@pytest.mark.parametrize("case", parameters(cases("school", where=lambda c: plain(c) and starts("svyby")(c))))
def test_estimates_by_place_sex_and_wave_are_those_of_r(case):
    """A domain in one cluster has SE and design effect zero up to rounding: absolute tolerance."""
    golden = design_of(case)
    terms, names = case.formulas()[:2]
    codes, labels = by(golden, names)
    values, terms = variables(golden.data, terms)
    estimate = mean(golden.design, values, domains=codes, deff=rule(case))
    largest = np.nanmax(np.abs(estimate.estimate))
    check(
        case,
        found(estimate, terms, df=case.degf, labels=labels, svyby=True),
        scale={"se": largest, "var": largest**2, "deff": 1.0, "lci": largest, "uci": largest},
    )


def test_a_crossing_of_two_variables_is_one_variable():
    (case,) = cases("school", where=lambda c: c.case_id == "school.interaction")
    golden = design_of(case)
    levels = ["never", "once", "monthly", "weekly"]
    sex, cat4 = golden.data["sex"], np.array([levels.index(v) for v in golden.data["cat4"]])
    values = indicators(cat4 * 2 + sex - 1, range(8))
    terms = [f"interaction(sex, cat4){s}.{level}" for level in levels for s in (1, 2)]
    check(case, found(mean(golden.design, values, domains=golden.domains), terms, df=case.degf))


def test_unweighted_counts_are_those_of_r():
    (case,) = cases("school", where=lambda c: c.case_id == "school.unwtd")
    golden = design_of(case)
    (term,), names = case.formulas()
    codes, labels = by(golden, names)
    rows = total(golden.design, golden.data[term], domains=codes).n
    check(case, {(label, "statistic", "estimate"): n for label, n in zip(labels, rows, strict=True)})


def test_degrees_of_freedom_of_subsets_are_those_of_r():
    (case,) = cases("school", where=lambda c: c.case_id == "school.degf")
    golden = design_of(case)
    d = golden.data
    y24 = d["year"] == 2024
    masks = {
        "all": d["year"] > 0,
        "y22": d["year"] == 2022,
        "y24": y24,
        "c1": y24 & (d["community"] == 1),
        "c6": y24 & (d["community"] == 6),
        "c1s1": y24 & (d["community"] == 1) & (d["sex"] == 1),
    }
    assert golden.design.df == case.degf
    check(case, {("", name, "value"): golden.design.domain_df(mask) for name, mask in masks.items()})
