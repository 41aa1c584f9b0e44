import numpy as np
import pytest

from hashar.assess.analysis.domains import Domains, crossed, everybody
from hashar.assess.analysis.figures import Options, Sample, Variable, by_rows, joint_covariance, register
from hashar.assess.analysis.release import Key, ReleaseDraft
from hashar.assess.contracts.codebook import DesignSpec, DisclosureSettings
from hashar.errors import CodebookError
from hashar.methods.survey import estimation
from hashar.methods.survey.design import Design

RNG = np.random.default_rng(3)
N = 400
SAMPLE = Sample(
    "w",
    Design.build(weights=RNG.uniform(1, 3, N), strata=np.arange(N) // 100, clusters=np.arange(N) // 10),
    np.arange(N) % 17 != 0,
)
OPTIONS = Options("logit", "design", 0.95)
SEX = Domains("sex", {"en": "Sex"}, "", [("g",), ("b",)], [{"en": "Girls"}, {"ru": "М"}], np.arange(N) % 2)
AGE = Domains("age", {"en": "Age"}, "", [("y",), ("o",)], [{"en": "Young"}, {}], np.where(np.arange(N) < 9, -1, 1))


def _variables():
    share = np.where(RNG.random(N) < 0.1, np.nan, RNG.integers(0, 2, N))
    return [Variable("share", share, share=True), Variable("mean", RNG.normal(5, 1, N), share=False)]


def test_estimates_from_cells_equal_those_from_rows():
    variables = _variables()
    draft = ReleaseDraft(DisclosureSettings())
    overall = register(draft, SAMPLE, variables, [everybody(N), SEX], OPTIONS)
    released = draft.release()
    for variable in variables:
        rows = by_rows(SAMPLE, variable, np.where(SAMPLE.used, SEX.codes, -1), 2, OPTIONS)
        whole = by_rows(SAMPLE, variable, np.where(SAMPLE.used, 0, -1), 1, OPTIONS)
        for name in ("n", "weighted_n", "estimate", "se", "ci_low", "ci_high", "df", "deff", "n_effective"):
            assert getattr(overall[variable.name], name) == pytest.approx(getattr(whole, name), rel=1e-9)
        boys = released.figure(Key.of(variable.name, "w", {"sex": "b"})).value
        assert boys.n == rows.n[1]
        assert boys.se == pytest.approx(rows.se[1], abs=1e-4)


def test_a_variable_that_nobody_answered_has_no_overall_estimate():
    draft = ReleaseDraft(DisclosureSettings())
    nothing = Variable("nothing", np.full(N, np.nan), share=True)
    assert register(draft, SAMPLE, [nothing], [everybody(N)], OPTIONS) == {}
    assert draft.release().figure(Key.of("nothing", "w")).value is None


def test_the_joint_covariance_is_that_of_the_design():
    share, mean = _variables()
    found = joint_covariance(SAMPLE, [share, mean, Variable("none", np.full(N, np.nan), share=True)])
    for at, variable in enumerate((share, mean)):
        kept = np.where(SAMPLE.used, variable.values, np.nan)
        assert found[at, at] == pytest.approx(estimation.mean(SAMPLE.design, kept).se[0] ** 2)
    assert found[2].tolist() == [0, 0, 0]
    assert found[0, 1] == found[1, 0] != 0


def test_crossed_domains_hold_every_combination_and_nobody_without_a_level():
    both = crossed([SEX, AGE], "sex*age")
    assert both.levels == [("g", "y"), ("g", "o"), ("b", "y"), ("b", "o")]
    assert both.codes[:9].tolist() == [-1] * 9
    assert both.codes[9:13].tolist() == [3, 1, 3, 1]
    assert both.label == {"en": "Sex × Age"}
    assert both.labels[0] == {"en": "Girls, Young"}
    assert both.labels[3] == {"ru": "М, "}
    assert both.key(2, "m", "w") == Key.of("m", "w", {"age": "y", "sex": "b"})


@pytest.mark.parametrize("wrong", [{"interval": "exact"}, {"df": "sample"}])
def test_words_that_the_numbers_do_not_know_are_refused(wrong):
    with pytest.raises(CodebookError, match="Known are logit"):
        Options.of(DesignSpec(**wrong))


def test_the_words_of_the_codebook_are_taken_over():
    assert Options.of(DesignSpec(interval="beta", df="domain", level=0.9)) == Options("beta", "domain", 0.9)
