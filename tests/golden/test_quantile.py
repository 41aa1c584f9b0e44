"""Quantiles by every rule, with every interval."""

import re

import numpy as np
import pytest

from hashar.methods.survey.quantiles import quantile
from tests.golden.comparing import check
from tests.golden.r_survey import Case, answers, cases, design_of, parameters

CASES = cases("quantile")


def ours(case: Case):
    golden = design_of(case)
    probs = [float(p) for p in re.search(r"c\(([^)]*)\)", case.r_call)[1].split(",")]
    (term,) = case.formulas()[0]
    e = quantile(
        golden.design,
        golden.data[term],
        probs,
        domains=golden.domains,
        qrule=case.argument("qrule") or "math",
        interval=case.argument("interval.type") or "mean",
        df="domain",
    )
    numbers = {"estimate": e.estimate, "se": e.se, "lci": e.ci_low, "uci": e.ci_high}
    return {("", f"{term}@{p:g}", key): value[i] for i, p in enumerate(probs) for key, value in numbers.items()}, e


def as_r(case: Case) -> bool:
    return case.argument("qrule") != "shahvaish" and case.argument("interval.type") != "score"


@pytest.mark.parametrize("case", parameters(cases("quantile", where=as_r)))
def test_quantiles_are_those_of_r(case):
    check(case, ours(case)[0])


def by_score(case: Case) -> bool:
    return case.argument("interval.type") == "score"


@pytest.mark.parametrize("case", parameters(cases("quantile", where=by_score)))
def test_score_limits_are_where_the_score_test_stops_rejecting(case):
    """R finds these limits, but then answers the *weighted* quantile at the *unweighted* share of rows below them.

    Its interval is shifted wherever weights and answers go together. Ours are the limits; R's follow from them.
    """
    golden = design_of(case)
    _, estimate = ours(case)
    x = golden.data["api00"]
    for i, p in enumerate((0.25, 0.5, 0.75)):
        key = "", f"api00@{p}"
        assert estimate.estimate[i] == answers(case)[*key, "estimate"]
        for ours_limit, quantity in ((estimate.ci_low[i], "lci"), (estimate.ci_high[i], "uci")):
            shares = [(x < ours_limit).mean(), (x <= ours_limit).mean()]  # R's root is just beside the step
            assert answers(case)[*key, quantity] in quantile(golden.design, x, shares).estimate


@pytest.mark.parametrize("case", parameters(cases("quantile", where=lambda c: c.argument("qrule") == "shahvaish")))
def test_the_shah_vaish_rule_does_not_depend_on_the_unit_of_the_weights(case):
    """R's does (it mixes scaled and unscaled weights): its deciles here lie below their own intervals. Ours follow the
    paper; they are the values at which (C*_k + ½ − w*_k/2)/(n + 1) first reaches p, found by hand below."""
    golden = design_of(case)
    _, estimate = ours(case)
    order = np.argsort(golden.data["api00"], kind="stable")
    x, w = golden.data["api00"][order], golden.design.weights[order] / golden.design.weights.mean()
    reached = [(w[: k + 1].sum() + 0.5 - w[k] / 2) / 201 for k in range(200)]
    assert estimate.estimate.tolist() == [
        x[next(k for k in range(200) if reached[k] >= p)] for p in (0.1, 0.25, 0.5, 0.75, 0.9)
    ]
    assert (estimate.ci_low <= estimate.estimate).all()
    assert (estimate.estimate <= estimate.ci_high).all()
