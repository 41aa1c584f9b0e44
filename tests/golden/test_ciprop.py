"""Confidence intervals for proportions."""

import numpy as np
import pytest
from scipy import stats

from hashar.methods.survey.estimation import proportion
from tests.golden.comparing import by, check, yes
from tests.golden.r_survey import RTOL, Case, answers, cases, design_of, parameters

CASES = cases("ciprop", "ciprop.domain")

KINDS = {"mean": "wald"}
"""R's names of intervals that are called otherwise here."""

OPTIMISER = 2e-4
"""R's likelihood limits come from profiling with a loose optimiser (for a proportion of 1 % they are off by 1.3e-4);
ours solve the same equation to rounding."""


def degenerate(case: Case) -> bool:
    return case.formulas()[0][0] in ("q_never", "q_always")


def limits(case: Case):
    """The case's proportion, as one domain or by R's groups, with each domain's own degrees of freedom."""
    golden = design_of(case)
    (term,), *groups = case.formulas()
    codes, labels = by(golden, groups[0]) if groups else (golden.domains, [""])
    estimate = proportion(
        golden.design,
        yes(golden.data, term),
        levels=[1],
        domains=codes,
        interval=KINDS.get(case.argument("method"), case.argument("method")),
        df="domain",
        level=float(case.argument("level") or 0.95),
    )
    numbers = {"estimate": estimate.estimate, "se": estimate.se, "lci": estimate.ci_low, "uci": estimate.ci_high}
    return (
        {(label, term, key): value[i] for i, label in enumerate(labels) for key, value in numbers.items()},
        estimate,
        labels,
    )


@pytest.mark.parametrize("case", parameters(cases("ciprop", where=lambda c: not degenerate(c))))
def test_intervals_are_those_of_r(case):
    check(case, limits(case)[0], rtol=OPTIMISER if case.argument("method") == "likelihood" else RTOL)


@pytest.mark.parametrize("case", parameters(cases("ciprop", where=degenerate)))
def test_nought_and_one_hundred_percent_have_a_one_sided_exact_limit(case):
    """R answers with limits such as (0, 1e-11) or NaN, or stops; ours is 1 − α^(1/n*) from the end."""
    _, estimate, _ = limits(case)
    n, df, alpha = 435, 27, 1 - float(case.argument("level"))
    size = n * (stats.t.ppf(alpha / 2, n - 1) / stats.t.ppf(alpha / 2, df)) ** 2
    room = 1 - alpha ** (1 / size)
    wanted = (0, 0, room) if case.formulas()[0] == ["q_never"] else (1, 1 - room, 1)
    assert np.allclose([estimate.estimate[0], estimate.ci_low[0], estimate.ci_high[0]], wanted, rtol=1e-12)


def wrapped(p: float, se: float, df: float) -> tuple[bool, bool]:
    """Whether the arcsine scale ends before the lower and the upper limit: R folds such limits back."""
    centre, half = np.arcsin(np.sqrt(p)), stats.t.ppf(0.975, df) * se / (2 * np.sqrt(p * (1 - p)))
    return centre - half < 0, centre + half > np.pi / 2


@pytest.mark.parametrize("case", parameters(cases("ciprop.domain", where=lambda c: c.status == "ok")))
def test_domain_intervals_use_the_degrees_of_freedom_of_the_domain(case):
    """R's answers, but for three that mean nothing.

    A domain in one cluster (df = 0) has NaN in R; ours says that everything is possible. ``logit`` has (0, NaN) at
    df = 1 while R's ``xlogit``, the same interval, has limits: ours equal these. ``asin`` folds back past the end of
    the scale.
    """
    found, estimate, labels = limits(case)
    wanted = dict(answers(case))
    if case.argument("method") == "logit":
        (twin,) = cases(where=lambda c: c.case_id == case.case_id.replace(".logit", ".xlogit"))
        at_one = {
            key[0] for key in wanted if key[2] == "lci" and wanted[key] == 0 and np.isnan(wanted[*key[:2], "uci"])
        }
        assert at_one
        wanted |= {key: value for key, value in answers(twin).items() if key[0] in at_one}
    for key, value in wanted.items():
        i = labels.index(key[0])
        ends = (False, False)
        if case.argument("method") == "asin" and estimate.df[i] > 0:
            ends = wrapped(estimate.estimate[i], estimate.se[i], estimate.df[i])
        if np.isnan(value) or (ends[key[2] == "uci"] and key[2] != "estimate"):
            assert found[key] == {"lci": 0.0, "uci": 1.0}[key[2]]
        else:
            assert np.isclose(found[key], value, rtol=RTOL), key


@pytest.mark.parametrize("case", parameters(cases("ciprop.domain", where=lambda c: c.status == "error")))
def test_one_domain_without_degrees_of_freedom_does_not_stop_the_others(case):
    """R stops with "zero or negative denominator df" when any domain lies in one cluster."""
    _, estimate, _ = limits(case)
    nothing = estimate.df <= 0
    assert nothing.any()
    assert (estimate.ci_low[nothing] == 0).all()
    assert (estimate.ci_high[nothing] == 1).all()
    assert ((estimate.ci_low < estimate.estimate) & (estimate.estimate < estimate.ci_high))[~nothing].all()
