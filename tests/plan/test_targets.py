"""Targets: the verdicts, the numbers behind them, and what can be shown instead."""

import dataclasses
import datetime as dt

import pytest

from hashar.errors import UsageError
from hashar.methods.survey.power import TwoWaves, detectable_change, needed_n
from hashar.plan.contracts.logic_model import Condition, Factor, Indicator, LogicModel, Problem, Source
from hashar.plan.contracts.stored_models import Baseline
from hashar.plan.contracts.targets import Reach, TargetQuestion
from hashar.plan.rules.chains import chain_of
from hashar.plan.rules.target_words import read_target
from hashar.plan.services.targets import answer_target, understand

ROWS = [
    # baseline, target, n, deff, population, verdict, smallest change in points, needed
    (0.05, 0.01, 600, 2.0, None, Reach.SHOWN, 3.9, 569),
    (0.05, 0.02, 600, 2.0, None, Reach.LARGER, 3.9, 1177),
    (0.10, 0.04, 600, 2.0, None, Reach.SHOWN, 5.9, 566),
    (0.10, 0.08, 600, 2.0, None, Reach.LARGER, 5.9, 6426),
    (0.02, 0.01, 1200, 2.0, 9000, Reach.LARGER, 1.6, 3060),
    (0.02, 0.01, 200, 2.0, 400, Reach.NEVER, None, 369),
    (0.30, 0.40, 600, 2.0, None, Reach.LARGER, 10.9, 712),
    (0.20, 0.12, 1200, 2.0, 9000, Reach.SHOWN, None, None),
]


def question(baseline, target, n, deff, population):
    return TargetQuestion(baseline=baseline, target=target, n=n, deff=deff, population=population)


@pytest.mark.parametrize(("baseline", "target", "n", "deff", "population", "reach", "points", "needed"), ROWS)
def test_a_target_gets_its_verdict(baseline, target, n, deff, population, reach, points, needed):
    answer = answer_target(question=question(baseline, target, n, deff, population)).answer
    assert answer.reach is reach
    if points is not None:
        assert round(100 * answer.least, 1) == points
    if needed is not None:
        assert abs(answer.needed - needed) <= 1


@pytest.mark.parametrize("row", ROWS)
def test_the_numbers_are_those_of_the_methods(row):
    baseline, target, n, deff, population = row[:5]
    answer = answer_target(question=question(*row[:5])).answer
    waves = TwoWaves(n=n, deff=deff, population=population)
    least = float(detectable_change(waves, baseline, rise=target > baseline))
    assert (answer.least is None) if least != least else abs(answer.least - least) < 1e-8
    unrounded = float(needed_n(waves, baseline, target - baseline))
    assert 0 <= answer.needed - unrounded < 1


def test_everybody_is_never_more_than_there_are():
    answer = answer_target(question=question(0.02, 0.01, 100, 2.0, 5000)).answer
    assert answer.needed <= 5000
    assert answer.reachable == 4500


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"baseline": 0.0}, "baseline"),
        ({"baseline": 1.0}, "baseline"),
        ({"baseline": float("nan")}, "baseline"),
        ({"target": 0.05}, "differs from the baseline"),
        ({"target": 1.5}, "between 0 and 100"),
        ({"n": 0}, "how many pupils answer"),
        ({"n": 10**12}, "how many pupils answer"),
        ({"deff": 0.0}, "design effect"),
        ({"deff": float("inf")}, "design effect"),
        ({"population": 0}, "how many pupils there are"),
    ],
)
def test_numbers_out_of_range_get_a_sentence(changes, message):
    asked = dataclasses.replace(question(0.05, 0.02, 600, 2.0, 9000), **changes)
    with pytest.raises(UsageError, match=message):
        answer_target(question=asked)


def survey(**more):
    return Source(code="survey", n=1200, deff=2.0, **more)


def indicator(code, measures, baseline, **more):
    return Indicator(code=code, measures=(measures,), source="survey", baseline=baseline, **more)


MODEL = LogicModel(
    problems=(Problem(code="cannabis", because=("P-R1",)), Problem(code="other", because=("F-R1",))),
    factors=(Factor(code="P-R1", because=("shops",)), Factor(code="F-R1")),
    conditions=(Condition(code="shops"), Condition(code="alone")),
    indicators=(
        indicator("use", "cannabis", 0.02),
        indicator("risk", "P-R1", 0.4),
        indicator("sales", "shops", 0.3, kind="availability"),
        indicator("elsewhere", "F-R1", 0.5),
        indicator("few", "P-R1", 0.021),
        indicator("register", "cannabis", 0.3, kind="detection"),
        indicator("count", "cannabis", 30.0, share=False),
        dataclasses.replace(indicator("lost", "P-R1", 0.3), source="nowhere"),
    ),
    sources=(survey(),),
)
ASKED = question(0.02, 0.01, 1200, 2.0, 9000)


def told(**more):
    found = answer_target(question=ASKED, model=MODEL, indicator=MODEL.indicators[0], **more)
    return [one.code or one.name for one in found.alternatives]


def test_other_indicators_of_the_chain_that_can_show_it_are_named():
    assert told() == ["risk", "sales"]


def test_without_an_indicator_the_whole_model_is_the_chain():
    found = answer_target(question=ASKED, model=MODEL)
    assert {one.code for one in found.alternatives} == {"risk", "sales", "elsewhere"}


def base(finding, name, share, kind="factor", substance="", **more):
    values = {
        "release": 1,
        "label": {"en": name, "ru": "Каннабис за 30 дней" if name == "cannabis_30d" else name},
        "wave": "2026",
        "n": 1200,
        "deff": 2.0,
        "better": "lower",
        "made_at": dt.date(2026, 5, 1),
        "release_title": {"en": "Survey"},
        "territory": None,
    }
    return Baseline(finding=finding, name=name, share=share, kind=kind, substance=substance, **{**values, **more})


PROFILE = (
    base(1, "cannabis_30d", 0.02, "prevalence", "cannabis"),
    base(2, "P-R1", 0.4),
    base(3, "F-R1", 0.35),
    base(4, "cannabis_risk", 0.6, "attitude", "cannabis", better="higher"),
    base(5, "alcohol_30d", 0.3, "prevalence", "alcohol"),
    base(6, "S-R1", 0.0),
)


def test_the_profile_adds_factors_of_the_chain_and_attitudes_to_the_same_substance():
    assert told(profile=PROFILE, base=PROFILE[0]) == ["cannabis_risk", "risk", "sales", "F-R1"]


def test_what_stands_off_the_chain_says_so():
    found = answer_target(question=ASKED, profile=PROFILE, base=PROFILE[0]).alternatives
    assert {one.name: one.on_chain for one in found} == {"cannabis_risk": True, "P-R1": False, "F-R1": False}
    assert next(one for one in found if one.name == "cannabis_risk").rise


@pytest.mark.parametrize(
    ("text", "baseline", "target"),
    [
        ("30-day cannabis 2 % → 1 %", 0.02, 0.01),
        ("30-day cannabis 2% -> 1%", 0.02, 0.01),
        ("каннабис за 30 дней 2,5 % до 1,5 %", 0.025, 0.015),
        ("from 10 to 8", 0.10, 0.08),
        ("вейпы 12–9", 0.12, 0.09),
        ("cannabis 2 %", None, None),
        ("", None, None),
        ("→→→ 5", None, None),
    ],
)
def test_a_line_of_words_is_read(text, baseline, target):
    found = read_target(text)
    assert (found.baseline, found.target) == (pytest.approx(baseline), pytest.approx(target))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("30-day cannabis 2 % → 1 %", "cannabis_30d"),
        ("каннабис за 30 дней 2 % → 1 %", "cannabis_30d"),
        ("alcohol 30 → 20", "alcohol_30d"),
        ("30 → 20", None),
        ("snus 3 → 2", None),
    ],
)
def test_the_words_name_an_indicator_of_the_profile(text, name):
    found = understand(text=text, profile=PROFILE)
    assert (found.base.name if found.base else None) == name


def test_a_cause_that_the_model_does_not_hold_leads_nowhere():
    model = LogicModel(problems=(Problem(code="p", because=("f", "gone")),), factors=(Factor(code="f"),))
    assert chain_of(model, ["f"]) == {"p", "f"}
    assert chain_of(model, ["gone"]) == frozenset()
