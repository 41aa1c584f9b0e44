"""Change between waves: R's svyby with covariance, and svycontrast."""

import numpy as np
import pytest
from scipy import stats

from hashar.methods.survey.contrasts import change, difference, linear_contrast, smooth_contrast
from hashar.methods.survey.design import Design, stack_designs
from hashar.methods.survey.estimation import mean
from tests.golden.comparing import by, check, found
from tests.golden.r_survey import RTOL, cases, dataset, design_of, parameters


def is_contrast(case):
    return case.r_call.startswith("svycontrast(")


def is_by(case):
    return case.r_call.startswith("svyby(")


CASES = cases("wave", where=lambda c: is_contrast(c) or is_by(c))


def wave_means(case):
    golden = design_of(case)
    names = case.formulas()[1]
    codes, labels = by(golden, names)
    return mean(golden.design, golden.data["q_common"], domains=codes), labels


@pytest.mark.parametrize("case", parameters(cases("wave", where=is_by)))
def test_waves_are_domains_of_the_pooled_design(case):
    estimate, labels = wave_means(case)
    check(case, found(estimate, ["q_common"], labels=labels, df=case.degf, svyby=True))


def found_change(contrast, z):
    half = stats.norm.ppf(0.975) * contrast.se
    numbers = {"estimate": contrast.estimate, "se": contrast.se, "lci_t": contrast.ci_low, "uci_t": contrast.ci_high}
    numbers |= {"lci_z": z.ci_low, "uci_z": z.ci_high}
    assert np.allclose(z.ci_high - z.ci_low, 2 * half)
    return {("", "contrast", name): values[0] for name, values in numbers.items()}


@pytest.mark.parametrize("case", parameters(cases("wave", where=is_contrast)))
def test_contrasts_of_waves_are_those_of_r(case):
    estimate, _ = wave_means(case)
    V = estimate.covariance

    def contrast(df):
        if "log(" in case.r_call:
            return smooth_contrast(estimate.estimate, V, lambda x: np.log(x[1] / x[0]), df=df)
        return linear_contrast(estimate.estimate, V, [-1, 1], df=df)

    check(case, found_change(contrast(case.degf), contrast(np.inf)))


def test_independent_waves_compared_apart_give_the_answer_of_the_pooled_design():
    """Each wave in its own design, then stacked: the same difference, error and df three ways."""
    data = dataset("school6")
    parts = {}
    for year in (2022, 2024):
        rows = data["year"] == year
        own = {name: data[name][rows] for name in ("weight", "ystr", "class", "q_common")}
        design = Design.build(weights=own["weight"], strata=own["ystr"], clusters=own["class"], nest=True)
        parts[year] = design, own["q_common"]
    apart = change(*(mean(design, y) for design, y in parts.values()))
    stacked = stack_designs([design for design, _ in parts.values()])
    y = np.concatenate([y for _, y in parts.values()])
    wave = np.repeat([0, 1], [y.size for _, y in parts.values()])
    together = difference(mean(stacked, y, domains=wave), 0, 1)
    (case,) = cases("wave", where=lambda c: c.case_id == "wave.diff")
    estimate, _ = wave_means(case)
    pooled = difference(estimate, 0, 1)
    for name in ("estimate", "se", "df", "p", "ci_low", "ci_high"):
        assert getattr(apart, name) == pytest.approx(getattr(pooled, name), rel=RTOL)
        assert getattr(together, name) == pytest.approx(getattr(pooled, name), rel=RTOL)
