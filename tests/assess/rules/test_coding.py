"""From cells to coded answers."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.assess.contracts.codebook import (
    Codebook,
    DesignSpec,
    Group,
    Indicator,
    ItemType,
    Level,
    MissingRule,
    QualityRule,
    Scale,
    ScaleItem,
    Wave,
)
from hashar.assess.contracts.table import Column, Fingerprint, MissingKind, SurveyTable
from hashar.assess.rules.coding import (
    Coded,
    answer_index,
    code_indicator,
    code_survey,
    columns_needed,
    derive,
    scale_points,
)

NAN = float("nan")
BY_WAVE = {"1": "q"}


def table(**columns):
    made = {
        name: Column(name, np.array(values, dtype=object if any(isinstance(v, str) for v in values) else float))
        for name, values in columns.items()
    }
    rows = len(next(iter(made.values())).values)
    return SurveyTable(made, rows, Fingerprint("f.csv", "", 0, rows, len(made)))


def item(name="i", **more):
    given = {"label": {"en": name}, "item_type": ItemType.YES_NO, "variables": BY_WAVE, "yes": (1.0,), "no": (2.0,)}
    return Indicator(name=name, **(given | more))


def same(found, expected):
    return np.array_equal(found, expected, equal_nan=True)


def test_yes_is_one_and_no_is_zero_and_anything_else_is_invalid():
    coded = code_indicator(item(), table(q=[1, 2, 7, NAN]), "1")
    assert same(coded.values, [1, 0, NAN, NAN])
    assert coded.kinds.tolist() == [0, 0, MissingKind.INVALID, MissingKind.NO_ANSWER]


def test_a_question_that_the_wave_lacks_was_not_asked():
    coded = code_indicator(item(), table(q=[1, 2]), "2")
    assert not coded.asked
    assert coded.kinds.tolist() == [MissingKind.NOT_ASKED] * 2
    assert same(coded.values, [NAN, NAN])


@pytest.mark.parametrize(("meaning", "value"), [("missing", NAN), ("yes", 1.0), ("no", 0.0)])
def test_what_a_missing_kind_counts_as_is_a_setting(meaning, value):
    rule = MissingRule(codes={8.0: MissingKind.DONT_KNOW}, counts_as={MissingKind.DONT_KNOW: meaning})
    coded = code_indicator(item(missing=rule), table(q=[1, 8, NAN]), "1")
    assert same(coded.values, [1, value, NAN])
    assert coded.kinds[1] == MissingKind.DONT_KNOW
    assert coded.counted_as[MissingKind.DONT_KNOW] == meaning


def test_missing_answers_are_counted_by_kind():
    rule = MissingRule(codes={8.0: MissingKind.DONT_KNOW})
    coded = code_indicator(item(missing=rule), table(q=[1, 8, 8, NAN, 5]), "1")
    assert coded.missing_counts() == {MissingKind.DONT_KNOW: 2, MissingKind.NO_ANSWER: 1, MissingKind.INVALID: 1}


def test_a_mean_takes_the_numbers_answered():
    coded = code_indicator(item(statistic="mean", yes=(), no=()), table(q=[0, 3.5, NAN]), "1")
    assert same(coded.values, [0, 3.5, NAN])


def test_a_mean_with_listed_answers_refuses_other_codes():
    listed = item(statistic="mean", yes=(), no=(), answers=((1.0, {}), (2.0, {})))
    coded = code_indicator(listed, table(q=[1, 2, 6]), "1")
    assert same(coded.values, [1, 2, NAN])
    assert coded.kinds[2] == MissingKind.INVALID


def test_a_mean_of_words_is_invalid():
    coded = code_indicator(item(statistic="mean", yes=(), no=()), table(q=["x", ""]), "1")
    assert coded.kinds.tolist() == [MissingKind.INVALID, MissingKind.NO_ANSWER]


def test_a_wave_with_other_codes_is_recoded():
    recoded = item(recode={"1": {5.0: 1.0, 6.0: 2.0}})
    assert same(code_indicator(recoded, table(q=[5, 6]), "1").values, [1, 0])
    words = item(yes=("да",), no=("нет",), recode={"1": {"иә": "да"}})
    assert same(code_indicator(words, table(q=["иә", "нет"]), "1").values, [1, 0])


def parts(*columns):
    return [
        Coded(str(n), np.array(c, float), np.where(np.isnan(c), 1, 0).astype(np.int8), {})
        for n, c in enumerate(columns)
    ]


def test_any_of_several_is_known_when_one_is_yes_or_all_are_answered():
    found = derive(item(of=("0", "1"), at_least=1), parts([1, 0, NAN, 0, NAN], [NAN, 0, 0, 1, NAN]))
    assert same(found.values, [1, 0, NAN, 1, NAN])
    assert found.kinds.tolist() == [0, 0, MissingKind.NO_ANSWER, 0, MissingKind.NO_ANSWER]


def test_a_missing_part_counts_as_no_where_the_codebook_says_so():
    rule = item(of=("0", "1"), at_least=2, missing_as_no=True)
    found = derive(rule, parts([1, 1, NAN, NAN], [1, NAN, 0, NAN]))
    assert same(found.values, [1, 0, 0, NAN])
    assert set(found.counted_as.values()) == {"no"}


def test_parts_missing_for_different_reasons_leave_no_answer():
    one, two = parts([NAN, NAN], [NAN, NAN])
    two.kinds[:] = [MissingKind.NOT_ASKED, MissingKind.NO_ANSWER]
    one.kinds[:] = [MissingKind.NOT_ASKED, MissingKind.REFUSED]
    assert derive(item(of=("0", "1")), [one, two]).kinds.tolist() == [MissingKind.NOT_ASKED, MissingKind.NO_ANSWER]


@settings(max_examples=40, deadline=None)
@given(st.lists(st.tuples(*[st.sampled_from([0.0, 1.0, NAN])] * 3), min_size=1, max_size=12), st.integers(1, 3))
def test_a_derived_answer_never_contradicts_its_parts(rows, at_least):
    columns = np.array(rows).T
    found = derive(item(of=("0", "1", "2"), at_least=at_least), parts(*columns)).values
    for row, value in zip(rows, found, strict=True):
        yes, missing = row.count(1.0), sum(np.isnan(row))
        assert (value == 1) == (yes >= at_least)
        assert np.isnan(value) == (yes < at_least and missing > 0)


def scale(**more):
    items = (ScaleItem({"1": "q"}, {1.0: 0, 2.0: 3}), ScaleItem({"2": "z"}, {1.0: 1}))
    return Scale(**({"factor": "C-R5", "items": items} | more))


def test_points_are_given_to_answers_only():
    rule = MissingRule(codes={9.0: MissingKind.REFUSED})
    asked = ScaleItem({"1": "q"}, {1.0: 0, 2.0: 3}, missing=rule)
    found = scale_points(table(q=[1, 2, 9, 5]), scale(items=(asked,)), "1")
    assert same(found[:, 0], [0, 3, NAN, NAN])


def test_an_item_that_the_wave_lacks_has_no_points():
    assert same(scale_points(table(q=[1, 2]), scale(), "1"), [[0, NAN], [3, NAN]])


def test_a_scale_without_items_has_no_columns():
    assert scale_points(table(q=[1, 2]), scale(items=()), "1").shape == (2, 0)


def test_the_answer_index_leaves_out_missing_codes():
    rule = MissingRule(codes={9.0: MissingKind.REFUSED})
    listed = item(answers=((1.0, {}), (2.0, {}), (9.0, {})), missing=rule)
    assert answer_index(listed, table(q=[2, 9, 1, NAN]), "1").tolist() == [1, -1, 0, -1]
    assert answer_index(listed, table(q=[2]), "2").tolist() == [-1]


def book():
    sex = Group("sex", {}, {"1": "s"}, (Level("f", (1.0,), {}), Level("m", (2.0, 3.0), {})))
    return Codebook(
        title={},
        source={},
        place={},
        waves=(Wave("1", {}, ("*",)), Wave("2", {}, ("*",))),
        design=DesignSpec(weight="w", strata=("st",), clusters=("cl",)),
        groups=(sex,),
        indicators=(item("both", of=("i",), variables={}), item("i")),
        scales=(scale(),),
        quality=(QualityRule("half", "half_empty", {}, ({"1": "q"}, {"1": "extra"})),),
    )


def test_only_the_columns_that_the_codebook_speaks_of_are_needed():
    assert columns_needed(book(), "1") == ("w", "st", "cl", "s", "q", "extra")
    assert columns_needed(book(), "2") == ("w", "st", "cl", "z")


def test_the_whole_codebook_is_coded_in_its_own_order():
    coded = code_survey(book(), table(q=[1, 2, NAN], s=[1, 3, 8]), "1")
    assert list(coded.indicators) == ["both", "i"]
    assert same(coded.indicators["both"].values, [1, 0, NAN])
    assert coded.groups["sex"].index.tolist() == [0, 1, -1]
    assert coded.groups["sex"].kinds.tolist() == [0, 0, MissingKind.INVALID]
    assert coded.scales["C-R5"].shape == (3, 2)


def test_a_group_that_the_wave_lacks_has_no_levels():
    coded = code_survey(book(), table(z=[1, 2]), "2")
    assert coded.groups["sex"].index.tolist() == [-1, -1]
    assert coded.groups["sex"].kinds.tolist() == [MissingKind.NOT_ASKED] * 2
