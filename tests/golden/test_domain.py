"""Domains inside the full design; missing answers; tables."""

import numpy as np
import pytest

from hashar.methods.survey.estimation import mean, ratio, total
from tests.golden.comparing import FACTOR_LEVELS, by, check, found, variables
from tests.golden.r_survey import Case, answers, cases, design_of, parameters

CASES = cases("domain", "missing", "table")


def svyby(case: Case) -> bool:
    return case.r_call.startswith("svyby(")


@pytest.mark.parametrize("case", parameters(cases("domain", where=svyby)))
def test_domain_estimates_are_those_of_r(case):
    golden = design_of(case)
    (term,), names = case.formulas()[:2]
    codes, labels = by(golden, names)
    statistic = total if "svytotal" in case.r_call else mean
    estimate = statistic(golden.design, golden.data[term], domains=codes, deff="population")
    check(
        case,
        found(estimate, [term], labels=labels, df=case.degf, svyby=True),
        scale={"se": np.nanmax(np.abs(estimate.estimate))},
    )


@pytest.mark.parametrize("case", parameters(cases("domain", where=lambda c: c.r_call.startswith("svymean"))))
def test_a_subset_is_a_domain_of_the_design(case):
    golden = design_of(case)
    values, terms = variables(golden.data, case.formulas()[0])
    check(case, found(mean(golden.design, values, domains=golden.domains), terms, df=case.degf))


@pytest.mark.parametrize("case", parameters(cases("domain", where=lambda c: "degf" in c.r_call)))
def test_degrees_of_freedom_of_a_domain_are_those_of_its_clusters_and_strata(case):
    golden = design_of(case)
    of = {("", s, "value"): golden.design.domain_df(golden.data["stype"] == s) for s in FACTOR_LEVELS["stype"]}
    check(case, of)


@pytest.mark.parametrize("case", parameters(cases("missing", where=lambda c: c.case_id != "mean.dnhanes.nodrop")))
def test_rows_without_an_answer_stay_in_the_design(case):
    golden = design_of(case)
    if case.r_call.startswith("svyratio"):
        (y,), (x,) = case.formulas()
        check(case, found(ratio(golden.design, golden.data[y], golden.data[x]), [f"{y}/{x}"], df=case.degf))
        return
    values, terms = variables(golden.data, case.formulas()[0])
    statistic = total if "svytotal" in case.r_call else mean
    check(case, found(statistic(golden.design, values, deff="population"), terms, df=case.degf))


def test_a_missing_answer_is_never_carried_into_the_estimate():
    """R without na.rm answers NA; here missing is always pairwise, so there is a number."""
    (case,) = cases("missing", where=lambda c: c.case_id == "mean.dnhanes.nodrop")
    golden = design_of(case)
    assert np.isnan(answers(case)["", "HI_CHOL", "estimate"])
    assert mean(golden.design, golden.data["HI_CHOL"]).n == 7846


@pytest.mark.parametrize("case", parameters(cases("table")))
def test_a_table_is_made_of_domain_totals(case):
    golden = design_of(case)
    names = case.formulas()[0]
    answered = ~np.isnan(np.column_stack([golden.data[n] for n in names])).any(axis=1)
    codes, labels = by(golden.where(answered), names)
    sizes = total(golden.design, np.ones(golden.design.n), domains=codes, covariance=False).estimate
    if case.argument("Ntotal"):
        sizes = sizes * float(case.argument("Ntotal")) / sizes.sum()
    check(case, {(label, "Freq", "estimate"): size for label, size in zip(labels, sizes, strict=True)})
