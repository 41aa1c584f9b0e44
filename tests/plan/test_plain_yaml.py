"""The quick reader of plain YAML gives what the whole of YAML gives, or steps back."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashar.errors import InputError
from hashar.plan.contracts.logic_model import LogicModel
from hashar.plan.rules.model_text import write_model
from hashar.plan.sources.logic_model import _compose, parse_logic_model
from hashar.plan.sources.plain_yaml import plain_nodes
from tests.plan.model_samples import circle, sample
from tests.plan.test_logic_models import TEXT, TODAY


def flat(node):
    """A node with all below it and their places; an empty value has none that matters."""
    if isinstance(node, tuple):
        return tuple(map(flat, node))
    if isinstance(node.value, list):
        place = (node.start_mark.line, node.start_mark.column) if type(node).__name__ == "SequenceNode" else None
        return (type(node).__name__, place, [flat(one) for one in node.value])
    return (node.value, (node.start_mark.line, node.start_mark.column) if node.value else None)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        write_model(sample(40)),
        circle(5),
        "title: x\nproblems:\n# nothing yet\n\nfactors:\n- code: a\n  text:\n  because: []\n",
        'title: "two: words"\nsources:\n    - code: a\n      deff: 1.5\n      dates: [2026-05-01,2027-05-01]\n',
    ],
)
def test_plain_texts_are_read_the_same(text):
    assert flat(plain_nodes(text)) == flat(_compose(text, "model.yaml"))


@pytest.mark.parametrize(
    "text",
    [
        "",
        "- a\n",
        "title: 'x'\n",
        "title: a\n  b\n",
        "title: a: b\n",
        "title: &a x\n",
        "title: x\r\n",
        "title: x\n  - code: a\n",
        "problems:\n  - code: a\n   text: b\n",
        "problems:\n  - code: a\n    - code: b\n",
        "  text: b\n",
        "problems: {a: b}\n",
        "title: |\n  x\n",
        'title: "a\\n"\n',
        "title: x # why\n",
        "\ttitle: x\n",
    ],
)
def test_anything_else_is_left_to_the_whole_of_yaml(text):
    assert plain_nodes(text) is None


PIECES = st.sampled_from(
    [
        *(
            "title: x",
            "problems:",
            "factors:",
            "  - code: a",
            "  - code: b c",
            "- code: d",
            "    text: Добрый день, 5 %",
        ),
        *("  text: y", "    because: [a, b]", "    because: []", "", "# note", '    text: "a: b"', "    text:", "  x"),
        *(
            "    text: a, b",
            "    text: a ,b",
            "    n: 5",
            "    text: -",
            "    text: a - b",
            "    text: a:b",
            "    text: [a]",
        ),
        *("    text: a?", "    text: no!", "    text: 5 %", "    text: a #b", "    text: a  b", "    text: (a)", "---"),
    ]
)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(PIECES, max_size=9).map("\n".join))
def test_whatever_it_reads_it_reads_as_the_whole_of_yaml_does(text):
    found = plain_nodes(text)
    if found is not None:
        assert flat(found) == flat(_compose(text, "model.yaml"))


@pytest.mark.parametrize("text", ["? [a, b]\n: c\n", "title: a\ntitle: b\n", "problems:\n- {code: a, ? [x] : 1}\n"])
def test_odd_keys_get_a_sentence(text):
    with pytest.raises(InputError, match=r"line [12]"):
        parse_logic_model(text, file="model.yaml", today=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "[" * 200_000,
        "a: " + "-" * 200_000,
        "x" * 1_000_001,
        "factors:\n- code: a\n  because: &b [" + "x, " * 5_000 + "x]\n" + "- {code: c, because: *b}\n" * 50,
    ],
)
def test_what_is_too_large_is_refused_at_once(text):
    with pytest.raises(InputError, match="too large"):
        parse_logic_model(text, file="model.yaml", today=TODAY)


def test_letters_that_yaml_would_take_for_its_own_and_hours_are_read_back():
    model = LogicModel(title='Said: "no"\\\nand gone\x07', weekly_hours=12.5, today=TODAY)
    read = parse_logic_model(write_model(model), file="model.yaml", today=TODAY)
    assert (read.title, read.weekly_hours) == (model.title, 12.5)
