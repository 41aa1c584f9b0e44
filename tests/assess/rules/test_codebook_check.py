# ruff: noqa: E501  (tables of cases: one case a line)
"""A codebook against its file: every problem at once, each with its place and remedy."""

import numpy as np
import pytest

from hashar.assess.contracts.table import Column, Fingerprint, SurveyTable
from hashar.assess.rules.codebook_check import check
from hashar.assess.sources.codebook import parse_codebook

NAN = float("nan")
BOOK = """\
title: T
waves: [{name: "1", files: "*"}, {name: "2", files: "*"}]
design: {weight: w, strata: st, clusters: cl}
groups:
  - {name: sex, variables: {1: s}, levels: [{name: f, codes: 1}, {name: m, codes: 2}]}
indicators:
  - {name: a, label: A, variables: {1: q}, yes: 1, no: 2, missing: {codes: {9: refused}}}
  - {name: b, label: B, variables: {1: n, 2: n}, statistic: mean}
  - {name: c, label: C, of: [a]}
scales:
  - {factor: C-R5, items: [{variables: {1: q}, points: {1: 0, 2: 1}}], cut: codebook, cut_value: 0}
quality:
  - {name: half, kind: half_empty, items: [{variables: {1: q}}]}
"""
GOOD = {
    "w": [1.5, 2, 1, 1],
    "st": [1, 1, 1, 1],
    "cl": [1, 1, 2, 2],
    "s": [1, 2, 1, 2],
    "q": [1, 2, 9, NAN],
    "n": [0, 3, 5, NAN],
}


def found(book=BOOK, wave="1", remarks=False, drop=(), **columns):
    values = {name: given for name, given in (GOOD | columns).items() if name not in drop}
    made = {
        n: Column(n, np.array(v, dtype=object if any(isinstance(x, str) for x in v) else float))
        for n, v in values.items()
    }
    table = SurveyTable(made, 4, Fingerprint("data.sav", "", 0, 4, len(made)))
    checked = check(parse_codebook(book, "book.yaml"), table, wave)
    return [str(each) for each in (checked.remarks if remarks else checked.problems)]


def test_a_codebook_that_fits_has_no_problems_and_no_remarks():
    assert found() == []
    assert found(remarks=True) == []


def test_a_wave_is_checked_for_its_own_columns_only():
    assert found(wave="2", drop=("s", "q")) == []


def test_every_missing_column_is_named_where_it_is_used():
    problems = found(drop=("q", "w"), Q=[1, 2, 1, 2])
    assert problems == [
        'book.yaml, line 3, column 10: data.sav has no column "w"; correct the name.',
        'book.yaml, line 7, column 37: data.sav has no column "q"; is it "Q"?',
        'book.yaml, line 11, column 41: data.sav has no column "q"; is it "Q"?',
        'book.yaml, line 13, column 57: data.sav has no column "q"; is it "Q"?',
    ]


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"w": [1, NAN, NAN, 1]}, 'the weight "w" is empty in 2 rows of data.sav, first in row 2'),
        ({"w": [1, 1, 0, -1]}, 'the weight "w" is 0 or less in 2 rows of data.sav, first in row 3; leave these rows out'),
        ({"w": ["a", "b", "c", "d"]}, 'the weight "w" holds words in data.sav; name a column of numbers'),
        ({"st": [1, NAN, 1, 1]}, '"st" is empty in 1 rows of data.sav, first in row 2'),
        ({"cl": ["x", "x", "", "y"]}, '"cl" is empty in 1 rows of data.sav, first in row 3'),
        ({"st": [1, 2, 1, 1], "cl": [1, 1, 2, 3]}, 'cluster 1 lies in 2 strata of data.sav; if codes begin anew in each stratum, add "nest: true"'),
        ({"st": [1, 1, 2, 2]}, '2 strata of data.sav have a single cluster (1, 2); join them with others, or set "single_psu"'),
        ({"q": [1, 2, 5, 7]}, 'the codes 5, 7 of "a" in data.sav are explained nowhere (2 rows); add them to'),
        ({"q": ["1", "2", "x", ""]}, 'the codes x of "a" in data.sav are explained nowhere (1 rows)'),
        ({"q": [9, 9, 9, NAN]}, 'no row of data.sav has any of the codes of "a"; check the codes'),
        ({"q": [9, 9, 9, NAN]}, 'no row of data.sav has a code of "q" that gets points'),
        ({"n": ["x", "1", "2", "3"]}, '"b" is to be a mean, but holds words in data.sav'),
    ],
)  # fmt: skip
def test_what_does_not_fit_is_named(columns, expected):
    problems = found(**columns)
    assert any(expected in each for each in problems), problems


def test_clusters_nested_by_the_codebook_may_repeat():
    nested = BOOK.replace("clusters: cl}", "clusters: cl, nest: true, single_psu: centre}")
    assert found(nested, st=[1, 2, 1, 2], cl=[1, 1, 2, 2]) == []


def test_a_design_without_strata_is_one_stratum():
    single = BOOK.replace("strata: st, ", "")
    assert any("1 strata of data.sav have a single cluster (0)" in each for each in found(single, cl=[1, 1, 1, 1]))
    assert found(BOOK.replace(", strata: st, clusters: cl", "").replace("weight: w", 'weight: ""')) == []


def test_many_codes_are_shortened():
    rows = list(range(10, 22))
    made = {
        name: Column(name, np.array(([*values, 1, 1, 1, 1, 1, 1, 1, 1])[:12], dtype=float))
        for name, values in GOOD.items()
    }
    made["q"] = Column("q", np.array([float(row) for row in rows]))
    made["cl"] = Column("cl", np.array([1.0, 2] * 6))
    table = SurveyTable(made, 12, Fingerprint("data.sav", "", 0, 12, 6))
    problems = [str(each) for each in check(parse_codebook(BOOK, "b"), table, "1").problems]
    assert any("10, 11, 12, 13, 14, 15, 16, 17, …" in each for each in problems)


def test_a_mean_with_listed_answers_is_checked_for_its_codes():
    listed = BOOK.replace("statistic: mean}", "statistic: mean, answers: {0: x, 3: y}}")
    assert any('the codes 5 of "b"' in each for each in found(listed))


def test_codes_and_levels_that_nobody_has_are_remarks():
    assert any('nobody in data.sav has the codes 2 of "a"' in each for each in found(remarks=True, q=[1, 1, 9, 9]))
    assert any('nobody in data.sav is in the levels m of "sex"' in each for each in found(remarks=True, s=[1, 1, 1, 1]))


def test_codes_in_no_level_are_a_remark():
    remarks = found(remarks=True, s=[1, 2, 8, 8])
    assert any(
        'the codes 8 of data.sav are in no level of "sex"; these 2 rows are in the totals only' in each
        for each in remarks
    )


def test_a_recoded_wave_is_checked_after_recoding():
    recoded = BOOK.replace("yes: 1, no: 2, missing", "yes: 1, no: 2, recode: {1: {5: 1, 6: 2}}, missing")
    assert [each for each in found(recoded, q=[5, 6, 9, 5]) if '"a"' in each] == []
