"""The compiler does what docs/reference/logic-model.md says, row by row."""

import copy
import datetime as dt
import random
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from hashar.errors import InputError
from hashar.plan.contracts.logic_model import Activity, LogicModel, PracticeFacts, Severity
from hashar.plan.rules import doing, structure, targets
from hashar.plan.rules.graph import circles
from hashar.plan.services.logic_models import compile_file, compile_model
from hashar.plan.sources.logic_model import parse_logic_model
from tests.consistency.source import ROOT

PAGE = (ROOT / "docs" / "reference" / "logic-model.md").read_text(encoding="utf-8")
TEXT = re.search(r"```yaml\n(.*?)```", PAGE, re.DOTALL)[1]
BASE = YAML(typ="safe", pure=True).load(TEXT)
TODAY = dt.date(2026, 11, 22)
ALL_RULES = [*structure.RULES, *targets.RULES, *doing.RULES]
PRACTICES = {
    code: PracticeFacts(code, frozenset([factor]), ineffective=ineffective, evidence=evidence)
    for code, factor, ineffective, evidence in [
        ("X01", "F-R1", False, True),
        ("X02", "F-R1", True, True),
        ("X03", "F-R1", False, False),
        ("X04", "S-R1", False, True),
    ]
}
MANY = {"because", "addresses", "measures", "after", "partners"}


def written(model):
    """The model as a file again, one value a line."""
    lines = []
    for key, value in model.items():
        if isinstance(value, list):
            lines.append(f"{key}:")
            for part in value:
                for at, (name, content) in enumerate(part.items()):
                    lines.append(("  - " if not at else "    ") + f"{name}: {plain(content)}")
        else:
            lines.append(f"{key}: {value}")
    return "\n".join(lines) + "\n"


def plain(value):
    if isinstance(value, list):
        return "[" + ", ".join(plain(item) for item in value) + "]"
    return {True: "yes", False: "no"}.get(value, str(value)) if isinstance(value, bool) else str(value)


def changed(words):
    model = copy.deepcopy(BASE)
    for word in words.split():
        if word == "empty":
            return {"title": "Empty"}
        if word[0] in "+-":
            part, code = word[1:].split(".")
            kept = [e for e in model[part] if e["code"] != code]
            model[part] = [*model[part], {"code": code}] if word[0] == "+" else kept
        else:
            path, value = word.split("=")
            part, code, key = path.split(".")
            element = next(e for e in model[part] if e["code"] == code)
            element[key] = [v for v in value.split(",") if v] if key in MANY else value
    return model


def found(words):
    model = parse_logic_model(written(changed(words)), file="model.yaml", today=TODAY)
    return compile_model(model=model, practices=PRACTICES)


def rows():
    for line in PAGE.splitlines():
        if re.match(r"\| [A-Z]\d\d ", line):
            rule, severity, fires, silent = [cell.strip() for cell in line.strip("|").split("|")]
            yield rule.split()[0], severity, fires.strip("`"), silent.strip("`")


ROWS = list(rows())


def test_the_model_of_the_page_has_no_findings():
    model = parse_logic_model(TEXT, file="model.yaml", today=TODAY)
    assert list(compile_model(model=model, practices=PRACTICES)) == []


@pytest.mark.parametrize(("rule", "severity", "fires", "silent"), ROWS)
def test_the_rule_fires(rule, severity, fires, silent):
    severities = {one.rule: one.severity for one in found(fires)}
    assert severities.get(rule, "silent") == Severity(severity)


@pytest.mark.parametrize(("rule", "severity", "fires", "silent"), ROWS)
def test_the_rule_is_silent(rule, severity, fires, silent):
    assert rule not in {one.rule for one in found(silent)}


@pytest.mark.parametrize(("rule", "severity", "fires", "silent"), ROWS)
def test_every_sentence_fills_its_places(rule, severity, fires, silent):
    for one in found(fires):
        assert "{" not in one.sentence.format(**one.values) + one.remedy.format(**one.values)


def test_every_rule_has_a_row():
    assert {rule.code for rule in ALL_RULES} == {row[0] for row in ROWS}


def test_rule_codes_are_unique():
    codes = [rule.code for rule in ALL_RULES]
    assert len(codes) == len(set(codes))


def test_there_are_at_least_forty_cases_each_way():
    assert len(ROWS) >= 40


def test_a_finding_stands_at_its_line():
    one = next(one for one in found("activities.order.responsible=") if one.rule == "D01")
    lines = written(changed("activities.order.responsible=")).splitlines()
    assert lines[one.place[0] - 1].strip() == "- code: order"


def test_a_circle_of_ten_thousand_is_told_once():
    size = 10_000
    activities = [Activity(code=f"a{n}", after=(f"a{(n + 1) % size}",)) for n in range(size)]
    told = [one for one in compile_model(model=LogicModel(activities=activities)) if one.rule == "S05"]
    assert [one.values["size"] for one in told] == [size]


def reachable(arrows, start):
    seen, ahead = set(), [start]
    while ahead:
        for code in arrows.get(ahead.pop(), ()):
            if code not in seen:
                seen.add(code)
                ahead.append(code)
    return seen


@given(st.dictionaries(st.sampled_from("abcdefg"), st.lists(st.sampled_from("abcdefg"), max_size=4), max_size=7))
def test_circles_are_the_groups_that_reach_each_other(arrows):
    arrows = {code: [c for c in after if c != code] for code, after in arrows.items()}
    known = {code: [c for c in after if c in arrows] for code, after in arrows.items()}
    groups = {frozenset(group) for group in circles(arrows)}
    expected = {
        frozenset(c for c in arrows if c in reachable(known, code) and code in reachable(known, c))
        for code in arrows
        if code in reachable(known, code)
    }
    assert groups == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("problems: [", "not YAML"),
        ("- a\n- b\n", "not a logic model"),
        ("problems:\n  - code: a\n    becuase: [b]\n", "line 3, column 5: there is no setting “becuase”"),
        ("problems: alcohol\n", "write a list of entries"),
        ("problems:\n  - text: nameless\n", "no “code”"),
        ("indicators:\n  - code: a\n    baseline: many\n", "“many” is not what is wanted here (0.12, 12 %)"),
        ("indicators:\n  - code: a\n    share: perhaps\n", "yes, no"),
        ("activities:\n  - code: a\n    deadline: soon\n", "2027-05-31"),
        ("strategies:\n  - code: a\n    approach: hope\n", "information, skills"),
        ("sources:\n  - code: a\n    n: six hundred\n", "600"),
        ("sources:\n  - code: a\n    n: [1, 2]\n", "one value is wanted"),
    ],
)
def test_bad_input_is_one_sentence_with_its_place(text, message):
    with pytest.raises(InputError) as caught:
        parse_logic_model(text, file="model.yaml", today=TODAY)
    assert message in str(caught.value)


def test_all_problems_of_a_file_are_told_at_once():
    with pytest.raises(InputError, match="2 problems") as caught:
        parse_logic_model("problems:\n  - text: a\n  - text: b\n", file="model.yaml", today=TODAY)
    assert len(caught.value.problems) == 2


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b"\x00" * 10, b"a: &a [*a]\n", b"[" * 3000])
def test_hostile_files_are_refused_plainly(tmp_path, content):
    path = tmp_path / "model.yaml"
    path.write_bytes(content)
    with pytest.raises(InputError):
        compile_file(file=path, today=TODAY)


def test_a_file_that_is_not_there_or_too_large_is_refused(tmp_path):
    with pytest.raises(InputError, match="cannot be read"):
        compile_file(file=tmp_path / "none.yaml", today=TODAY)
    large = tmp_path / "large.yaml"
    large.write_text("#" * 5_000_001)
    with pytest.raises(InputError, match="too large"):
        compile_file(file=large, today=TODAY)


def test_the_order_of_parts_does_not_change_what_is_found():
    model = changed("activities.order.responsible= indicators.drank.target=18%")
    first = sorted(one.rule for one in compile_model(model=parse_logic_model(written(model), file="m", today=TODAY)))
    shuffler = random.Random(1)
    for part in model.values():
        if isinstance(part, list):
            shuffler.shuffle(part)
    again = sorted(one.rule for one in compile_model(model=parse_logic_model(written(model), file="m", today=TODAY)))
    assert again == first
