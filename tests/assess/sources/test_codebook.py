# ruff: noqa: E501  (tables of cases: one case a line)
"""Codebooks: read with the line and column of every problem, all problems in one go."""

from importlib import resources
from pathlib import Path

import pytest

from hashar.assess.contracts.codebook import ItemType
from hashar.assess.contracts.table import MissingKind
from hashar.assess.sources import codebook_fingerprint, load_codebook
from hashar.assess.sources.codebook import parse_codebook
from hashar.errors import CodebookError
from hashar.i18n import LANGUAGES
from hashar.reference import queries

YRBS = Path(str(resources.files("hashar.flows") / "data" / "yrbs" / "codebook.yaml"))
HEAD = """\
codebook: 1
title: {en: School survey, ru: Опрос}
waves:
  - {name: "2015", files: "*2015*"}
  - {name: "2019", files: ["*2019*", "*19.sav"], label: {en: Wave two}, language: kk}
"""
ITEM = "  - {name: a, label: A, variable: q1, yes: 1, no: 2}\n"


def parsed(body, head=HEAD):
    return parse_codebook(head + body, "book.yaml")


def problems(body, head=HEAD):
    with pytest.raises(CodebookError) as caught:
        parsed(body, head)
    return [str(each) for each in caught.value.problems or [caught.value]]


def test_a_full_codebook_is_read():
    book = parsed(
        """\
machine_translated: [kk]
source: Ministry
place: {ru: Город}
design: {weight: w, strata: s, clusters: [school, class], fpc: [f1, f2], nest: true, single_psu: centre, df: domain, interval: beta, level: 0.9}
missing: {codes: {98: dont_know, 99: refused, system: not_asked}, counts_as: {dont_know: no}}
groups:
  - {name: sex, label: Sex, variable: q2, role: class, levels: [{name: girls, codes: 1, label: Girls}, {name: boys, codes: [2, 3]}]}
indicators:
  - name: a
    label: {en: Smoked, kk: Шеккен}
    question: Did you smoke?
    variables: {2015: q1, "2019": q7}
    type: frequency_of_use
    yes: 2..4
    no: [1]
    answers: {1: Never, 2..4: {en: Some, ru: Иногда}}
    missing: {codes: {97: not_asked}, counts_as: {refused: yes}}
    kind: prevalence
    substance: tobacco
    recode: {2015: {9: 1}}
  - {name: b, label: B, variable: q3, statistic: mean, unit: {en: days}, higher_is: better, type: number}
  - {name: c, label: C, of: [a], at_least: 1, missing_as_no: true}
scales:
  - {factor: C-R5, items: [{variable: q9, points: {1..2: 0, 3: 1.5}}], cut: first_wave, cut_quantile: 0.75, changeability: 0.7}
  - {factor: F-R1, items: [{variable: q8, points: {1: 0}}], cut: norm, cut_value: 2, cut_source: CTC, reference: 0.3, reference_source: CTC, inferred: false}
quality:
  - {name: dummy, kind: dummy_drug, items: [{variable: q70}], used: [2..7], action: exclude}
  - {name: never, kind: inconsistent, items: [{variable: q1}, {variable: q3}], never: [[1], []], use: [[], [2..4]]}
  - {name: many, kind: impossible, items: [{variable: q1}], used: 6, at_least: 3}
  - {name: beyond, kind: impossible, items: [{variable: q1}], low: 0, high: 9}
  - {name: line, kind: straight_line, items: [{variable: q1}], minimum_items: 6}
  - {name: half, kind: half_empty, items: [{variable: q1}], minimum_share: 0.4}
participation:
  - {stage: schools, sampled: {2015: 100}, participating: {2015: 80}}
disclosure: {minimum_n: 20, minimum_count: 3, minimum_clusters: 3, hide_unreliable: true}
priorities: {top: 5, firm_at: 0.9, draws: 500, level: 2, gap: 0, trend: 1.5, changeability: 1}
"""
    )
    a, b, c = book.indicators
    assert [wave.name for wave in book.waves] == ["2015", "2019"]
    assert book.waves[1].files == ("*2019*", "*19.sav")
    assert book.design.clusters == ("school", "class")
    assert (book.design.nest, book.design.df, book.design.level) == (True, "domain", 0.9)
    assert a.variables == {"2015": "q1", "2019": "q7"}
    assert (a.yes, a.no, a.item_type) == ((2.0, 3.0, 4.0), (1.0,), ItemType.FREQUENCY_OF_USE)
    assert a.answers[1] == (2.0, {"en": "Some", "ru": "Иногда"})
    assert a.missing.codes == {
        98.0: MissingKind.DONT_KNOW,
        99.0: MissingKind.REFUSED,
        "system": MissingKind.NOT_ASKED,
        97.0: MissingKind.NOT_ASKED,
    }
    assert a.missing.counts_as == {MissingKind.DONT_KNOW: "no", MissingKind.REFUSED: "yes"}
    assert a.recode == {"2015": {9.0: 1.0}}
    assert b.variables == {"2015": "q3", "2019": "q3"}
    assert (c.of, c.missing_as_no, c.variables) == (("a",), True, {})
    assert book.groups[0].missing.codes[98.0] is MissingKind.DONT_KNOW
    assert book.groups[0].levels[1].label == {"en": "boys"}
    assert book.scales[0].items[0].points == {1.0: 0.0, 2.0: 0.0, 3.0: 1.5}
    assert (book.scales[1].cut_value, book.scales[1].inferred, book.scales[1].reference) == (2.0, False, 0.3)
    assert [rule.parameters for rule in book.quality] == [
        {"used": (2.0, 3.0, 4.0, 5.0, 6.0, 7.0)},
        {"never": ((1.0,), ()), "use": ((), (2.0, 3.0, 4.0))},
        {"used": (6.0,), "at_least": 3},
        {"low": 0.0, "high": 9.0},
        {"minimum_items": 6},
        {"minimum_share": 0.4},
    ]
    assert book.participation[0].sampled == {"2015": 100}
    assert book.disclosure.hide_unreliable
    assert book.priorities.draws == 500
    assert book.machine_translated == ("kk",)


def test_what_is_left_out_has_its_default():
    book = parsed("indicators:\n" + ITEM)
    assert (book.design.weight, book.design.interval, book.disclosure.minimum_n) == ("", "logit", 30)


def test_texts_without_a_language_are_in_the_codebooks_own():
    assert parsed("language: ru\nindicators:\n" + ITEM).indicators[0].label == {"ru": "A"}


def test_numbers_in_quotes_are_words():
    book = parsed('indicators:\n  - {name: a, label: A, variable: q, yes: "1", no: ["2..3"]}\n')
    assert (book.indicators[0].yes, book.indicators[0].no) == (("1",), ("2..3",))


def test_a_list_may_be_shared_by_anchor():
    book = parsed(
        "indicators:\n  - {name: a, label: A, variable: q, yes: &y [1], no: 2}\n  - {name: b, label: B, variable: q, yes: *y, no: 2}\n"
    )
    assert book.indicators[1].yes == (1.0,)


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("indicatros: []\nindicators: []\n", 'line 6, column 1: "indicatros" is not a setting here; did you mean "indicators"?'),
        ("indicators: []\nxyzzy: 1\n", 'line 7, column 1: "xyzzy" is not a setting here; allowed are'),
        ("indicators: []\nindicators: []\n", 'line 7, column 1: "indicators" is given twice'),
        ("title: x\n", '"title" is given twice'),
        ("codebook: 9\nindicators: []\n", "is given twice"),
        ("indicators: 7\n", '"indicators" takes a list whose parts begin with "- "'),
        ("indicators: [7]\n", 'line 6, column 14: here "key: value" lines are expected'),
        ("indicators:\n  - {label: A, variable: q, yes: 1, no: 2}\n", 'line 7, column 5: "name" is missing; add it'),
        ("indicators:\n  - {name: a, label: A, variable: q}\n", '"yes" is missing'),
        ("indicators:\n  - {name: a, label: A, yes: 1, no: 2}\n", '"variable" is missing'),
        ("indicators:\n  - {name: a, label: A, variable: q, variables: {2015: z}, yes: 1, no: 2}\n", 'either "variable" or "variables", not both'),
        ("indicators:\n  - {name: a, label: A, variables: {2031: q}, yes: 1, no: 2}\n", '"2031" is not a setting here'),
        ("indicators:\n  - {name: [a], label: A, variable: q, yes: 1, no: 2}\n", '"name" takes one word'),
        ("indicators:\n  - {name: a, label: A, variable: q, yes: {x: 1}, no: 2}\n", '"yes" takes a list such as [1, 2]'),
        ("indicators:\n  - {name: a, label: A, variable: q, yes: 9..3, no: 2}\n", '"9..3" is no range; write it as 1..40'),
        ("indicators:\n  - {name: a, label: A, variable: q, yes: 1, no: 2, type: yesno}\n", '"yesno" is not known for "type"; use yes_no'),
        ("indicators:\n  - {name: a, label: {fr: A}, variable: q, yes: 1, no: 2}\n", '"fr" is not a setting here'),
        ("indicators:\n  - {name: a, label: A, variable: q, yes: 1, no: 2, answers: [x]}\n", '"answers" takes lines such as "1: …"'),
        ("indicators:\n  - {name: a, label: A, variable: q, yes: 1, no: 2, answers: {1: x, 1..2: y}}\n", "code 1..2 is given twice"),
        ("indicators:\n  - {name: a, label: A, variable: q, yes: 1, no: 2, missing: {codes: {9: lost}}}\n", "a missing code is one of no_answer, not_asked, dont_know, refused, invalid"),
        ("indicators:\n  - {name: a, label: A, variable: q, yes: 1, no: 2, at_least: 1.5}\n", '"at_least" must be a whole number'),
        ("indicators: []\ndesign: {level: 95}\n", '"level" must be a number from 0.5 to 0.999'),
        ("indicators: []\ndesign: {level: x}\n", '"level" must be a number'),
        ("indicators: []\nscales:\n  - {factor: C-R99, items: [], cut: codebook, cut_value: 1}\n", '"C-R99" is not known for "factor"'),
        ("indicators: []\nscales:\n  - {factor: C-R5, items: [{variable: q, points: {1: x}}], cut: codebook, cut_value: 1}\n", "points are numbers, such as 1: 0"),
        ("indicators: []\nquality:\n  - {name: r, kind: half_empty, items: [{variable: q}], used: 1}\n", '"used" has no meaning for kind "half_empty"'),
        ("indicators: []\nparticipation:\n  - {stage: schools, sampled: {2015: 10}, participating: {2015: 12}}\n", "more schools took part in 2015 than were sampled"),
    ],
)  # fmt: skip
def test_a_problem_is_named_with_its_place_and_remedy(body, expected):
    found = problems(body)
    assert any(expected in each for each in found), found
    assert all(each.startswith("book.yaml, line ") for each in found)


def test_all_problems_are_found_at_once_in_the_order_of_the_file():
    body = "indicators:\n  - {name: a, label: A, variable: q, yes: 1, no: 1, typ: x}\n  - {name: b, variable: q, yes: 1, no: 2}\ndesing: {}\n"
    found = problems(body)
    assert len(found) == 4
    assert [line.split(",")[1] for line in found] == [" line 7", " line 7", " line 8", " line 9"]


def test_several_problems_are_summed_up_in_one_sentence():
    with pytest.raises(CodebookError, match=r"book.yaml: the codebook has 2 problems"):
        parsed("indicators:\n  - {name: a, label: A, variable: q}\n")


def test_a_codebook_of_a_later_version_is_refused():
    assert "newer version of Hashar" in problems("indicators: []\n", HEAD.replace("codebook: 1", "codebook: 2"))[0]


def test_a_codebook_needs_a_title_waves_and_indicators():
    found = problems("codebook: 1\n", head="")
    assert [each.split('"')[1] for each in found if '"' in each] == ["title", "waves", "indicators"]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: [1\nb: 2", "line 2, column 2"),
        ("a: b: c", "line 1, column 5"),
        ("\t- x", "line 1, column 1"),
        ("a: *x", "line 1"),
    ],
)
def test_yaml_that_cannot_be_read_says_where(text, place):
    found = problems(text, head="")
    assert place in found[0]
    assert "this is not YAML" in found[0]


def test_characters_that_yaml_refuses_are_one_sentence():
    assert "is not valid YAML" in problems("a: \x07", head="")[0]


@pytest.mark.parametrize("text", ["", "just words", "- a\n- b"])
def test_a_text_without_settings_is_no_codebook(text):
    assert "is not a codebook" in problems(text, head="")[0]


def test_files_that_cannot_be_read(tmp_path):
    with pytest.raises(CodebookError, match="was not found"):
        load_codebook(tmp_path / "none.yaml")
    with pytest.raises(CodebookError, match="is a folder"):
        load_codebook(tmp_path)
    with pytest.raises(CodebookError, match="may not be read"):
        load_codebook("a\0b")


def test_a_codebook_that_is_not_utf8_says_the_line(tmp_path):
    path = tmp_path / "book.yaml"
    path.write_bytes("codebook: 1\ntitle: Опрос\n".encode("cp1251"))
    with pytest.raises(CodebookError, match="line 2: the text is not UTF-8"):
        load_codebook(path)


def test_a_survey_file_in_place_of_the_codebook_is_noticed(tmp_path):
    path = tmp_path / "book.yaml"
    with path.open("wb") as file:
        file.truncate(30_000_000)
    with pytest.raises(CodebookError, match="too large for a codebook"):
        load_codebook(path)


def test_the_fingerprint_counts_lines():
    found = codebook_fingerprint(YRBS)
    assert (found.name, found.rows) == ("codebook.yaml", YRBS.read_bytes().count(b"\n"))


def test_the_shipped_codebook_speaks_all_languages():
    book = load_codebook(YRBS)
    texts = [item.label for item in book.indicators] + [level.label for group in book.groups for level in group.levels]
    texts += [text for item in book.indicators for _, text in item.answers] + [rule.label for rule in book.quality]
    assert all(set(text) == set(LANGUAGES) for text in [book.title, book.source, book.place, *texts])


def test_the_shipped_codebook_marks_its_scales_as_judgements():
    book = load_codebook(YRBS)
    assert len(book.scales) >= 8
    assert all(scale.inferred and scale.factor in queries.factors() and scale.cut_source for scale in book.scales)


def test_a_codebook_nested_without_end_is_refused():
    with pytest.raises(CodebookError, match="nested"):
        parse_codebook("a: " + "[" * 3000, "book.yaml")
