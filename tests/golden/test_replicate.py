"""The variance from given replicate weights."""

import pytest

from hashar.methods.survey.estimation import mean, proportion, ratio, total
from hashar.methods.survey.quantiles import quantile
from tests.golden.comparing import by, check, found, variables, yes
from tests.golden.r_survey import RTOL, cases, design_of, parameters

CASES = cases("replicate", where=lambda c: ".glm." not in c.case_id and ".chisq." not in c.case_id)

KINDS = {"mean": "wald"}
OPTIMISER = 2e-4  # see test_ciprop


def starts(text: str):
    return lambda c: c.r_call.startswith(text)


@pytest.mark.parametrize(
    "case", parameters(cases("replicate", where=lambda c: starts("svymean")(c) or starts("svytotal")(c)))
)
def test_means_and_totals_are_those_of_r(case):
    golden = design_of(case)
    values, terms = variables(golden.data, case.formulas()[0])
    statistic = total if "svytotal" in case.r_call else mean
    check(case, found(statistic(golden.design, values, deff="population"), terms, df=case.degf))
    assert golden.design.df == case.degf


@pytest.mark.parametrize("case", parameters(cases("replicate", where=starts("svyratio"))))
def test_ratios_are_those_of_r(case):
    golden = design_of(case)
    (y,), (x,) = case.formulas()
    check(case, found(ratio(golden.design, golden.data[y], golden.data[x]), [f"{y}/{x}"], df=case.degf))


@pytest.mark.parametrize("case", parameters(cases("replicate", where=starts("svyby"))))
def test_replicates_in_which_a_domain_is_empty_are_left_out(case):
    golden = design_of(case)
    (term,), names = case.formulas()
    codes, labels = by(golden, names)
    estimate = mean(golden.design, golden.data[term], domains=codes)
    check(case, found(estimate, [term], df=case.degf, labels=labels), scale={"se": 1.0})


@pytest.mark.parametrize("case", parameters(cases("replicate", where=starts("svyciprop"))))
def test_intervals_are_those_of_r(case):
    golden = design_of(case)
    ((term,),) = case.formulas()
    kind = KINDS.get(case.argument("method"), case.argument("method"))
    e = proportion(golden.design, yes(golden.data, term), levels=[1], interval=kind)
    numbers = {"estimate": e.estimate, "se": e.se, "lci": e.ci_low, "uci": e.ci_high}
    tolerance = OPTIMISER if kind == "likelihood" else RTOL
    check(case, {("", term, key): value[0] for key, value in numbers.items()}, rtol=tolerance)


@pytest.mark.parametrize("case", parameters(cases("replicate", where=starts("svyquantile"))))
def test_quantiles_are_those_of_r(case):
    golden = design_of(case)
    probs = [0.25, 0.5, 0.75]
    e = quantile(golden.design, golden.data["api00"], probs)
    numbers = {"estimate": e.estimate, "se": e.se, "lci": e.ci_low, "uci": e.ci_high}
    check(case, {("", f"api00@{p}", key): value[i] for i, p in enumerate(probs) for key, value in numbers.items()})
