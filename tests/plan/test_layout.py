"""The picture of a logic model: nothing overlaps, every link is drawn, the same model gives the same picture."""

import dataclasses

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hashar.plan.contracts.logic_model import (
    Activity,
    Condition,
    Factor,
    Indicator,
    LogicModel,
    Problem,
    Source,
    Strategy,
)
from hashar.plan.contracts.stored_models import MOST_DRAWN
from hashar.plan.queries.pictures import Words, drawn
from hashar.plan.rules.graph import links_of_model
from hashar.plan.rules.layout import Sizes, broken, draw, wide
from hashar.plan.rules.layout_order import Layers, crossings, ordered
from tests.plan.model_samples import sample

CODES = st.sampled_from([f"{letter}{number}" for letter in "pfcsai" for number in range(6)] + ["nobody"])
NAMES = st.lists(CODES, max_size=4, unique=True).map(tuple)
TEXTS = st.text("абвш, WiОч№…", max_size=90)


def parts(kind, letter, **fields):
    one = st.builds(kind, code=st.sampled_from([f"{letter}{number}" for number in range(6)]), text=TEXTS, **fields)
    return st.lists(one, max_size=6).map(tuple)


MODELS = st.builds(
    LogicModel,
    problems=parts(Problem, "p", because=NAMES),
    factors=parts(Factor, "f", because=NAMES),
    conditions=parts(Condition, "c"),
    strategies=parts(Strategy, "s", addresses=NAMES),
    activities=parts(Activity, "a", strategy=CODES, after=NAMES),
    indicators=parts(Indicator, "i", measures=NAMES, source=CODES),
    sources=parts(Source, "q"),
)


def text_of(element):
    return element.text


def picture(model, sizes=Sizes()):  # noqa: B008  (frozen)
    return draw(model, text_of, text_of, sizes)


def boxes(drawing):
    """Left, top, right, bottom of each box with its tags."""
    for node in drawing.nodes:
        bottom = max([node.y + node.height, *(tag.y + tag.height for tag in node.tags)])
        yield node.x, node.y, node.x + node.width, bottom


def overlap(one, other):
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def first_of(model):
    found = {}
    for at, element in enumerate(model.elements()):
        found.setdefault(element.code, at)
    return found


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MODELS)
def test_nothing_overlaps_and_all_lies_within_the_picture(model):
    drawing = picture(model)
    found = list(boxes(drawing))
    assert not [1 for at, one in enumerate(found) for other in found[:at] if overlap(one, other)]
    assert all(
        x >= 0 and y > 0 and right <= drawing.width and bottom <= drawing.height for x, y, right, bottom in found
    )


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MODELS)
def test_every_link_between_boxes_is_drawn_once(model):
    drawing = picture(model)
    elements, first = list(model.elements()), first_of(model)
    at_of = {id(element): at for at, element in enumerate(elements)}
    boxed = {node.at for node in drawing.nodes}
    wanted = {(at_of[id(link.source)], first[link.target]) for link in links_of_model(model) if link.target in first}
    wanted = {(one, other) for one, other in wanted if {one, other} <= boxed and one != other}
    assert len(drawing.edges) == len(wanted)
    assert {(edge.source, edge.target) for edge in drawing.edges} == {
        (elements[one].code, elements[other].code) for one, other in wanted
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MODELS)
def test_every_part_is_a_box_a_tag_or_the_source_of_one(model):
    drawing = picture(model)
    named = {one.source for one in model.indicators}
    shown = {node.at for node in drawing.nodes}
    hidden = 0
    for at, element in enumerate(model.elements()):
        if isinstance(element, Indicator):
            hidden += at not in shown
        elif not (isinstance(element, Source) and element.code in named):
            assert at in shown
    tags = {tag.at for node in drawing.nodes for tag in node.tags}
    more = any(tag.text.startswith("+ ") for node in drawing.nodes for tag in node.tags)
    assert more or len(tags) == hidden


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(MODELS)
def test_the_same_model_gives_the_same_picture(model):
    assert picture(model) == picture(dataclasses.replace(model, title="another"))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(6, 11)), max_size=20, unique=True), st.permutations(range(6)))
def test_sweeping_never_adds_crossings(links, order):
    layers = Layers([order, list(range(6, 12))], links)
    swept = ordered(layers)
    assert crossings(swept.columns, links) <= crossings(layers.columns, links)
    assert [sorted(row) for row in swept.columns] == [sorted(row) for row in layers.columns]


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.lists(st.tuples(st.integers(0, 5), st.integers(6, 11)), max_size=20, unique=True))
def test_crossings_are_counted_as_by_hand(links):
    by_hand = sum(one[0] < other[0] and one[1] > other[1] for one in links for other in links)
    assert crossings([list(range(6)), list(range(6, 12))], links) == by_hand


def test_two_crossed_lines_are_uncrossed():
    layers = Layers([[0, 1], [2, 3]], [(0, 3), (1, 2)])
    assert crossings(layers.columns, layers.links) == 1
    assert crossings(ordered(layers).columns, layers.links) == 0


def test_a_model_of_sixty_parts_has_few_crossings_and_level_chains():
    drawing = picture(sample(64))
    assert len(drawing.nodes) > 45
    assert drawing.height < 2200


def test_an_empty_model_and_a_huge_one_have_no_picture():
    words = Words(text_of, text_of)
    assert drawn(LogicModel(), words) is None
    assert drawn(sample(MOST_DRAWN + 5), words) is None
    assert drawn(sample(MOST_DRAWN - 5), words) is not None
    assert drawn(sample(60), words, narrow=True).width < drawn(sample(60), words).width


def test_many_indicators_of_one_part_are_counted():
    indicators = tuple(Indicator(code=f"i{n}", text="x", measures=("p",)) for n in range(7))
    drawing = picture(LogicModel(problems=(Problem(code="p"),), indicators=indicators))
    assert [tag.text for tag in drawing.nodes[0].tags] == ["x", "x", "x", "+ 4"]


@given(st.text("абвшW iО№", max_size=200), st.integers(4, 30), st.integers(1, 4))
def test_lines_are_as_narrow_and_as_few_as_asked(text, letters, most):
    lines = broken(text, letters, most)
    assert len(lines) <= most
    assert all(wide(line) <= letters + 1 for line in lines)
