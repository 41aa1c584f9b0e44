# ruff: noqa: E501  (tables of cases: one case a line)
"""What a codebook contradicts in itself."""

import pytest

from hashar.assess.rules.codebook_consistency import problem
from hashar.assess.sources.codebook import parse_codebook
from hashar.errors import CodebookError

ITEM = "{name: a, label: A, variable: q, yes: 1, no: 2}"


def problems(*, waves='[{name: "1", files: "*"}]', indicators=f"[{ITEM}]", rest=""):
    text = f"title: T\nwaves: {waves}\nindicators: {indicators}\n{rest}"
    try:
        parse_codebook(text, "b.yaml")
    except CodebookError as error:
        return [str(each) for each in error.problems or [error]]
    return []


def test_a_consistent_codebook_has_no_problems():
    assert problems() == []


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"waves": '[{name: "1", files: "*"}, {name: "1", files: "*"}]'}, '"1" is used twice in "waves"'),
        ({"waves": "[]"}, "there is no wave; add one"),
        ({"indicators": f"[{ITEM}, {ITEM}]"}, '"a" is used twice in "indicators"'),
        ({"indicators": "[{name: a, label: A, variable: q, yes: [1, 2], no: 2}]"}, 'code 2 of "a" counts as "yes" and as "no"'),
        ({"indicators": '[{name: a, label: A, variable: q, yes: x, no: ["x"]}]'}, 'code "x" of "a" counts as'),
        ({"indicators": "[{name: a, label: A, variable: q, yes: 1, no: 9, missing: {codes: {9: refused}}}]"}, 'code 9 of "a" is an answer and missing'),
        ({"indicators": f"[{ITEM}, {{name: b, label: B, of: [a, z]}}]"}, '"b" is derived from "z", which is not asked itself'),
        ({"indicators": f"[{ITEM}, {{name: b, label: B, of: [a]}}, {{name: c, label: C, of: [b]}}]"}, '"c" is derived from "b"'),
        ({"indicators": "[{name: a, label: A, variable: q, statistic: mean}, {name: b, label: B, of: [a]}]"}, '"b" is derived from "a"'),
        ({"indicators": f"[{ITEM}, {{name: b, label: B, of: [a], at_least: 2}}]"}, '"b" wants 2 of 1 parts; lower "at_least"'),
        ({"rest": "scales: [{factor: C-R5, items: [{variable: q, points: {1: 0}}], cut: codebook}]"}, 'scale C-R5 has no cut-point; add "cut_value"'),
        ({"rest": "scales: [{factor: C-R5, items: [{variable: q, points: {1: 0}}], cut: first_wave}]"}, 'scale C-R5 has no cut-point; add "cut_quantile"'),
        ({"rest": "scales: [{factor: C-R5, items: [{variable: q, points: {1: 0}}], cut: norm, cut_value: 1}]"}, 'the norm of scale C-R5 has no source; add "cut_source"'),
        ({"rest": "scales: [{factor: C-R5, items: [], cut: codebook, cut_value: 1}]"}, "scale C-R5 has no items; add them"),
        ({"rest": "groups: [{name: g, variable: q, levels: [{name: x, codes: 1}, {name: x, codes: 2}]}]"}, '"x" is used twice in "g"'),
        ({"rest": "groups: [{name: g, variable: q, levels: [{name: x, codes: 1}, {name: y, codes: [1, 2]}]}]"}, 'code 1 belongs to two levels of "g"'),
        ({"rest": "groups: [{name: g, variable: q, levels: [{name: x, codes: 1, territory: KZ-75}]}]"}, 'levels of "g" are territories; give it the role "place"'),
        ({"rest": "groups: [{name: g, role: place, variable: q, levels: [{name: x, codes: 1, territory: KZ-75}, {name: y, codes: 2, territory: KZ-75}]}]"}, 'code KZ-75 belongs to two levels of "g"'),
        ({"rest": "participation: [{stage: pupils, sampled: {1: 5}, participating: {1: 6}}]"}, "more pupils took part in 1 than were sampled"),
    ],
)  # fmt: skip
def test_a_contradiction_is_named(given, expected):
    found = problems(**given)
    assert any(expected in each for each in found), found


def test_places_may_be_territories_each_its_own_or_none():
    levels = "[{name: x, codes: 1, territory: KZ-75}, {name: y, codes: 2, territory: KZ-71}, {name: z, codes: 3}]"
    assert problems(rest=f"groups: [{{name: g, role: place, variable: q, levels: {levels}}}]") == []


def test_taking_part_without_a_number_sampled_is_no_contradiction():
    assert problems(rest="participation: [{stage: pupils, sampled: {1: 9}, participating: {1: 6}}]") == []


def test_a_setting_without_a_place_of_its_own_has_that_of_its_section():
    book = parse_codebook(f'title: T\nwaves: [{{name: "1", files: "*"}}]\nindicators: [{ITEM}]', "b.yaml")
    assert problem(book, "indicators.a.nothing.here", "x").values["line"] == 3
    assert problem(book, "nowhere", "x").values["line"] == 1
