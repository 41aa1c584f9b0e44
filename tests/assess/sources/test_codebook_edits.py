"""A codebook is changed in places; comments, order, anchors and unknown settings stay."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.assess.sources.codebook import parse_codebook
from hashar.assess.sources.codebook_edits import CodebookEdit
from hashar.errors import CodebookError
from hashar.flows.demonstration import survey

YRBS = survey().codebook.read_text("utf-8")
SMALL = """\
# head
title: "A"   # of the survey
waves:
  - {name: "2024", files: ["*"]}

indicators:
  # the first
  - name: one
    label: {en: "One", ru: "Раз"}  # check: the label
    variable: q1
    yes: [1..3]
    no: 4
    answers: &scale
      1: {en: "low"}  # rarely
      2: {en: "high"}
    ours: {kept: true}
  # the second
  - name: two
    label: Two
    variable: q2
    yes: [1]
    no: [2]
    answers: *scale
    # after the second

# tail
quality: []
"""


def comments(text):
    return sorted(line.partition("#")[2].strip() for line in text.splitlines() if "#" in line)


def test_opened_and_written_it_is_the_same():
    assert CodebookEdit(YRBS).text() == YRBS
    edit = CodebookEdit(SMALL)
    edit.change(("indicators", 0), {"yes": ["1..3"], "no": 4})
    assert edit.text() == SMALL


def test_a_setting_changes_its_line_alone():
    edit = CodebookEdit(SMALL)
    edit.change(("indicators", 0), {"no": [4, 5]})
    assert edit.text() == SMALL.replace("    no: 4\n", "    no: [4, 5]\n")


def test_comments_survive_whatever_is_taken_away():
    edit = CodebookEdit(SMALL)
    edit.change(("indicators", 0), {"answers": None, "yes": None, "label": "Uno"})
    edit.change(("indicators", 1), {"answers": None})
    assert set(comments(SMALL)) - {"check: the label"} <= set(comments(edit.text()))
    assert "kept: true" in edit.text()


def test_a_shared_value_changes_for_one_only():
    edit = CodebookEdit(SMALL)
    edit.change(("indicators", 0), {"answers": {1: "little", 2: "much"}})
    found = CodebookEdit(edit.text()).values()["indicators"]
    assert found[0]["answers"] == {1: "little", 2: "much"}
    assert found[1]["answers"] == {1: {"en": "low"}, 2: {"en": "high"}}


def test_the_number_and_the_word_are_two():
    edit = CodebookEdit(SMALL)
    edit.change(("indicators", 0), {"no": "4"})
    assert CodebookEdit(edit.text()).values()["indicators"][0]["no"] == "4"


def test_an_entry_is_added_before_the_comments_that_follow_the_list():
    edit = CodebookEdit(SMALL)
    assert edit.add("indicators", {"name": "three", "label": "Three", "variable": "q3", "yes": [1], "no": [2]}) == 2
    text = edit.text()
    assert text.index("three") < text.index("# tail")
    assert CodebookEdit(text).values()["indicators"][2]["name"] == "three"


def test_the_first_entry_of_a_list_that_was_empty_or_missing():
    edit = CodebookEdit(SMALL)
    edit.add("quality", {"name": "r", "kind": "half_empty"})
    edit.add("groups", {"name": "g"})
    found = CodebookEdit(edit.text()).values()
    assert found["quality"] == [{"name": "r", "kind": "half_empty"}]
    assert found["groups"] == [{"name": "g"}]


def test_an_entry_taken_out_leaves_its_neighbours_comments():
    edit = CodebookEdit(SMALL)
    edit.remove("indicators", 1)
    text = edit.text()
    assert "name: two" not in text
    assert {"head", "tail", "the first", "after the second"} <= set(comments(text))


def test_marks_to_check_go_when_somebody_looked():
    edit = CodebookEdit(SMALL)
    edit.settle(("indicators", 0))
    assert "# check:" not in edit.text()
    assert "# rarely" in edit.text()


def test_a_missing_part_is_made():
    edit = CodebookEdit(SMALL)
    edit.change(("disclosure",), {"minimum_n": 20})
    assert CodebookEdit(edit.text()).values()["disclosure"] == {"minimum_n": 20}


@pytest.mark.parametrize("text", ["", "- a\n", "a: [", "just words", "a: *nowhere", "? [1]\n: 2\n- b"])
def test_what_is_no_form_is_refused_in_words(text):
    with pytest.raises(CodebookError, match="as text"):
        CodebookEdit(text)


@pytest.mark.parametrize(("section", "at"), [("indicators", 9), ("title", 0), ("nothing", 0)])
def test_what_is_not_there_cannot_be_taken_out(section, at):
    with pytest.raises(CodebookError, match="cannot be shown as a form"):
        CodebookEdit(SMALL).remove(section, at)


def test_a_path_that_leads_nowhere_is_refused():
    for path in (("indicators", 9), ("waves",), ("title", 0)):
        with pytest.raises(CodebookError, match="cannot be shown as a form"):
            CodebookEdit(SMALL).change(path, {"a": 1})
    with pytest.raises(CodebookError, match="cannot be shown as a form"):
        CodebookEdit("indicators: five\n").add("indicators", {"name": "x"})


printable = st.text(st.characters(exclude_categories=("Cs", "Cc")), min_size=1, max_size=30)
values = st.one_of(
    printable, st.integers(-9, 99), st.lists(st.one_of(st.integers(0, 9), printable), min_size=1, max_size=4)
)


@settings(max_examples=40, deadline=None)
@given(key=st.sampled_from(["label", "yes", "unit", "variable", "question", "no"]), value=values)
def test_what_is_set_is_read_back(key, value):
    edit = CodebookEdit(SMALL)
    edit.change(("indicators", 0), {key: value})
    assert CodebookEdit(edit.text()).values()["indicators"][0][key] == value


@pytest.mark.no_cover  # measuring would take longer than trying
@settings(max_examples=3, deadline=None)
@given(at=st.integers(0, 37), text=printable)
def test_a_real_codebook_stays_a_codebook(at, text):
    edit = CodebookEdit(YRBS)
    edit.change(("indicators", at), {"label": {"en": text}})
    assert len(parse_codebook(edit.text(), "x").indicators) == 38
    assert [c for c in comments(YRBS) if not c.startswith("check:")] == comments(edit.text())
