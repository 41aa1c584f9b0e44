"""Strata with a single cluster, by design and inside a domain, under every policy."""

import numpy as np
import pytest

from hashar.errors import DesignError
from hashar.methods.survey.estimation import mean, ratio, total
from tests.golden.comparing import by, check, found, variables
from tests.golden.r_survey import Case, cases, design_of, parameters

CASES = cases("lonely", where=lambda c: ".glm." not in c.case_id)


def estimate(case: Case):
    golden = design_of(case)
    if case.r_call.startswith("svyratio"):
        (y,), (x,) = case.formulas()
        return found(ratio(golden.design, golden.data[y], golden.data[x]), [f"{y}/{x}"], df=case.degf)
    statistic = total if "svytotal" in case.r_call else mean
    if not case.r_call.startswith("svyby"):
        values, terms = variables(golden.data, case.formulas()[0])
        return found(statistic(golden.design, values, domains=golden.domains), terms, df=case.degf)
    (term,), names = case.formulas()[:2]
    codes, labels = by(golden, names)
    answer = statistic(golden.design, golden.data[term], domains=codes)
    return found(answer, [term], df=case.degf, labels=labels, svyby=True)


@pytest.mark.parametrize("case", parameters([c for c in CASES if c.status == "ok"]))
def test_every_policy_gives_the_variance_of_r(case):
    values = estimate(case)
    largest = max(abs(v) for k, v in values.items() if k[2] == "estimate" and np.isfinite(v))
    check(case, values, scale={"se": largest})


@pytest.mark.parametrize("case", parameters([c for c in CASES if c.status == "error"]))
def test_a_single_cluster_is_refused_unless_the_analyst_decides(case):
    with pytest.raises(DesignError, match=r"single sampled cluster.*20227"):
        estimate(case)
