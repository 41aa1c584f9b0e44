"""What each kind of rule finds, in numbers and in words."""

import numpy as np
import pytest

from hashar.assess.analysis.quality import apply_rules
from hashar.assess.contracts.codebook import QualityRule
from hashar.assess.contracts.table import Column

NAN = np.nan


class _Table:
    def __init__(self, columns):
        self.columns = columns
        self.rows = len(next(iter(columns.values())).values)


class _Wave:
    """What the rules look at of a wave."""

    def __init__(self, **columns):
        self.name = "w"
        self.table = _Table({name: _column(name, values) for name, values in columns.items()})


def _column(name, values):
    words = any(isinstance(value, str) for value in values)
    return Column(name, np.array(values, dtype=object if words else float))


def _flags(kind, wave, *items, action="report", **parameters):
    rule = QualityRule("r", kind, {}, [{"w": item} if item else {"v": "x"} for item in items], parameters, action)
    return apply_rules([rule], wave).flags[:, 0].tolist()


def test_a_dummy_drug_is_found_in_numbers_and_in_words():
    wave = _Wave(a=[1, 2, NAN], b=["yes", "1", ""])
    assert _flags("dummy_drug", wave, "a", used=(1,)) == [True, False, False]
    assert _flags("dummy_drug", wave, "b", used=(1.0,)) == [False, True, False]
    assert _flags("dummy_drug", wave, "b", used=("yes",)) == [True, False, False]
    assert _flags("dummy_drug", wave, "a", used=("yes",)) == [False, False, False]


def test_codes_may_be_given_for_each_item():
    wave = _Wave(ever=[1, 1, 2], month=[1, 3, 3])
    assert _flags("inconsistent", wave, "ever", "month", never=((1,), ()), use=((), (2, 3))) == [False, True, False]
    assert _flags("inconsistent", wave, "ever", "month", never=((1,),), use=((), (2, 3))) == [False, True, False]


def test_an_item_that_the_wave_lacks_is_passed_over():
    wave = _Wave(ever=[1, 2])
    assert _flags("inconsistent", wave, "ever", "", never=((1,), ()), use=((), (2,))) == [False, False]
    assert _flags("half_empty", wave, "ever", "", minimum_share=0.5) == [False, False]


def test_impossible_is_out_of_bounds_or_too_much():
    wave = _Wave(age=[4, 12, 30], a=[6, 6, 1], b=[6, 1, 6])
    assert _flags("impossible", wave, "age", low=5, high=18) == [True, False, True]
    assert _flags("impossible", wave, "a", "b", used=(6,), at_least=2) == [True, False, False]
    assert _flags("impossible", wave, "a", "b", used=(6,)) == [True, True, True]


def test_a_straight_line_in_words_is_one_too():
    wave = _Wave(a=["no", "no", "yes"], b=["no", "yes", "yes"], c=["no", "no", ""])
    assert _flags("straight_line", wave, "a", "b", "c", minimum_items=2) == [True, False, True]
    assert _flags("straight_line", wave, "a", "b", "c", minimum_items=2, at=("yes",)) == [False, False, True]


def test_half_empty_counts_what_is_answered():
    wave = _Wave(a=[1, NAN, NAN], b=[1, 2, NAN], c=["x", "", ""])
    assert _flags("half_empty", wave, "a", "b", "c") == [False, True, True]


def test_only_rules_with_the_action_exclude_leave_out():
    wave = _Wave(a=[1, 2, 1], b=[2, 1, 2])
    rules = [
        QualityRule("keep", "dummy_drug", {}, [{"w": "a"}], {"used": (1,)}, "report"),
        QualityRule("drop", "dummy_drug", {}, [{"w": "b"}], {"used": (1,)}, "exclude"),
        QualityRule("other wave", "dummy_drug", {}, [{"v": "b"}], {"used": (1,)}, "exclude"),
    ]
    found = apply_rules(rules, wave)
    assert [rule.name for rule in found.rules] == ["keep", "drop"]
    assert found.excluded.tolist() == [False, True, False]
    assert apply_rules([], wave).excluded.tolist() == [False, False, False]


def test_a_missing_setting_falls_back_to_the_usual_one():
    wave = _Wave(a=[1, NAN], b=[1, NAN])
    assert _flags("half_empty", wave, "a", "b", minimum_share="x") == [False, True]
    assert _flags("dummy_drug", wave, "a", used=1) == [False, False]


@pytest.mark.parametrize("kind", ["dummy_drug", "inconsistent", "impossible", "straight_line", "half_empty"])
def test_every_kind_of_rule_takes_a_wave_without_answers(kind):
    wave = _Wave(a=[NAN, NAN], b=[NAN, NAN])
    assert _flags(kind, wave, "a", "b") == [kind == "half_empty"] * 2


def test_a_rule_that_would_leave_out_very_few_only_reports():
    """Otherwise the numbers of questionnaires before and after would say how few they are."""
    wave = _Wave(a=[1, 2, 2, 2], b=[1, 1, 1, 2])
    rules = [
        QualityRule("few", "dummy_drug", {}, [{"w": "a"}], {"used": (1,)}, "exclude"),
        QualityRule("enough", "dummy_drug", {}, [{"w": "b"}], {"used": (1,)}, "exclude"),
    ]
    found = apply_rules(rules, wave, fewest=3)
    assert [rule.action for rule in found.rules] == ["report", "exclude"]
    assert found.excluded.tolist() == [True, True, True, False]
    assert apply_rules(rules[:1], wave, fewest=3).excluded.tolist() == [False] * 4
    assert apply_rules(rules[:1], wave).excluded.tolist() == [True, False, False, False]
