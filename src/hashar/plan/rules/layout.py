"""A logic model laid out from left to right: problems, factors, conditions, strategies, activities.

After Sugiyama, Tagawa & Toda (1981), *IEEE Trans. SMC* 11:109: layers by kind, few crossings by barycentres, then
heights that draw linked boxes level (pool adjacent violators). The same model gives the same picture. Time is linear in
parts and links, but for sorting.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hashar.plan.contracts.drawing import Drawing, DrawnColumn, DrawnEdge, DrawnNode, DrawnTag
from hashar.plan.contracts.logic_model import Activity, AnyElement, Indicator, LogicModel, Source
from hashar.plan.rules.graph import Link, links_of_model
from hashar.plan.rules.layout_order import Layers, levelled, ordered
from hashar.plan.rules.model_text import PARTS, kind_of

CHAIN = ("problem", "factor", "condition", "strategy", "activity")
HEAD = 34.0
"""Height of the heads of the columns."""
MOST_LINES, LINE, PAD = 3, 16.0, 9.0
TAG, TAG_GAP = 20.0, 3.0
MOST_TAGS = 3
NARROW, WIDE = 0.6, 1.25
BROAD = "mwшщжмюыфҗң—…@%№→"
"""Letters that take more room than most."""


@dataclass(frozen=True)
class Sizes:
    """How wide everything is."""

    width: float = 192.0
    gap: float = 56.0
    """Between columns."""
    apart: float = 14.0
    """Between boxes of a column."""
    letters: int = 23
    """In a line of a box."""


Words = Callable[[AnyElement], str]


def draw(model: LogicModel, words: Words, tag: Words, sizes: Sizes = Sizes()) -> Drawing:
    """The picture of a model.

    Parameters
    ----------
    model
        Any model, also one with errors: names that lead nowhere are left out.
    words
        What stands in the box of a part.
    tag
        What stands on the tag of an indicator.
    sizes
        Widths.

    """
    plan = _Plan(model)
    layers = ordered(Layers(plan.columns, plan.across))
    boxes = {at: _Box(plan.elements[at], words, tag, plan.tags.get(at, ()), sizes, plan.elements) for at in plan.drawn}
    heights = {at: box.height for at, box in boxes.items()}
    tops = levelled(layers, heights, sizes.apart)
    steps = [(sizes.width + sizes.gap) * column for column in range(len(layers.columns))]
    places = {at: (steps[column], tops[at] + HEAD) for column, row in enumerate(layers.columns) for at in row}
    nodes = [boxes[at].node(at, *places[at]) for row in layers.columns for at in row]
    by_place = {node.at: node for node in nodes}
    bottom = max((tops[at] + heights[at] for at in boxes), default=0.0) + HEAD
    edges = [_edge(by_place[one], by_place[other], link, sizes) for one, other, link in plan.links]
    width = (steps[-1] + sizes.width if steps else 0.0) + (sizes.gap / 2 if plan.waits else 0.0)
    heads = [DrawnColumn(kind, x, sizes.width) for kind, x in zip(plan.kinds, steps, strict=True)]
    return Drawing(max(width, sizes.width), bottom + 2, heads, nodes, edges)


class _Plan:
    """Which parts are boxes, in which column, and what links them."""

    def __init__(self, model: LogicModel) -> None:
        self.elements = list(model.elements())
        first: dict[str, int] = {}
        for at, element in enumerate(self.elements):
            first.setdefault(element.code, at)
        numbers = {id(element): at for at, element in enumerate(self.elements)}
        found = [
            (numbers[id(link.source)], first[link.target], link)
            for link in links_of_model(model)
            if link.target in first
        ]
        self.tags = self._tags(found)
        loose = self._loose({at for tags in self.tags.values() for at in tags})
        rows = {kind: [at for at, e in enumerate(self.elements) if kind_of(e) == kind] for kind in CHAIN} | loose
        self.kinds = [kind for kind in PARTS if rows.get(kind)]
        self.columns = [rows[kind] for kind in self.kinds]
        self.drawn = {at for row in self.columns for at in row}
        pairs = {(one, other): link for one, other, link in found if {one, other} <= self.drawn and one != other}
        self.links = [(one, other, link) for (one, other), link in pairs.items()]
        self.across = [(one, other) for one, other, link in self.links if not _waits(link)]
        self.waits = len(self.across) < len(self.links)

    def _tags(self, found: Sequence[tuple[int, int, Link]]) -> Mapping[int, Sequence[int]]:
        """Part → the indicators that hang on it."""
        tags: dict[int, list[int]] = {}
        for one, other, _ in found:
            if isinstance(self.elements[one], Indicator) and kind_of(self.elements[other]) in CHAIN:
                tags.setdefault(other, [])
                if one not in tags[other]:
                    tags[other].append(one)
        return tags

    def _loose(self, hanging: set[int]) -> dict[str, list[int]]:
        """Indicators that hang on nothing, and sources that no indicator names, in columns of their own."""
        named = {element.source for element in self.elements if isinstance(element, Indicator)}
        rest = [
            at
            for at, element in enumerate(self.elements)
            if (isinstance(element, Indicator) and at not in hanging)
            or (isinstance(element, Source) and element.code not in named)
        ]
        return {kind: [at for at in rest if kind_of(self.elements[at]) == kind] for kind in ("indicator", "source")}


def _waits(link: Link) -> bool:
    return link.wanted == (Activity,)


class _Box:
    """A part with its text broken into lines."""

    def __init__(
        self,
        element: AnyElement,
        words: Words,
        tag: Words,
        tags: Sequence[int],
        sizes: Sizes,
        elements: Sequence[AnyElement],
    ) -> None:
        self._element, self._width = element, sizes.width
        self._lines = broken(words(element), sizes.letters, MOST_LINES) or ["–"]
        shown = [(at, (broken(tag(elements[at]), sizes.letters, 1) or ["–"])[0]) for at in tags[:MOST_TAGS]]
        self._tags = [*shown, *([(tags[MOST_TAGS], f"+ {len(tags) - MOST_TAGS}")] if len(tags) > MOST_TAGS else [])]
        self._text_height = LINE * len(self._lines) + 2 * PAD
        self.height = self._text_height + (TAG + TAG_GAP) * len(self._tags)

    def node(self, at: int, x: float, y: float) -> DrawnNode:
        """The box at its place."""
        tags = [
            DrawnTag(place, text, y + self._text_height + TAG_GAP + (TAG + TAG_GAP) * row, TAG)
            for row, (place, text) in enumerate(self._tags)
        ]
        element = self._element
        return DrawnNode(at, element.code, kind_of(element), self._lines, x, y, self._width, self._text_height, tags)


def broken(text: str, letters: int, most: int) -> list[str]:
    """``text`` in at most so many lines, none wider than so many letters of middling width."""
    lines: list[str] = []
    for word in text.split():
        parts = _parts(word, letters)
        if lines and wide(f"{lines[-1]} {parts[0]}") <= letters:
            lines[-1] += f" {parts.pop(0)}"
        lines += parts
    if len(lines) > most:
        last = lines[most - 1]
        while last and wide(last) > letters - 1:
            last = last[:-1]
        lines = [*lines[: most - 1], last.rstrip() + "…"]
    return lines


def _parts(word: str, letters: int) -> list[str]:
    """A word that is longer than a line, cut."""
    parts = [""]
    for letter in word:
        if wide(parts[-1] + letter) > letters:
            parts.append("")
        parts[-1] += letter
    return parts


def wide(text: str) -> float:
    """How many letters of middling width a text is wide."""
    return sum(
        NARROW if letter in "ijltfrІі.,:;'!|()[] " else WIDE if letter.isupper() or letter in BROAD else 1
        for letter in text
    )


def _edge(one: DrawnNode, other: DrawnNode, link: Link, sizes: Sizes) -> DrawnEdge:
    """A curve between the facing sides; an arc on the right where both stand in one column."""
    left, right = sorted((one, other), key=lambda node: (node.x, node.y))
    y1, y2 = left.y + left.height / 2, right.y + right.height / 2
    x1, x2 = left.x + left.width, right.x
    if left.x == right.x:
        x2, out = x1, x1 + sizes.gap / 2.2
        path = f"M{x1:.1f} {y1:.1f}C{out:.1f} {y1:.1f} {out:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        points: Sequence[tuple[float, float]] = ((x1, y1), (out, y1), (out, y2), (x2, y2))
    else:
        middle = (x1 + x2) / 2
        path = f"M{x1:.1f} {y1:.1f}C{middle:.1f} {y1:.1f} {middle:.1f} {y2:.1f} {x2:.1f} {y2:.1f}"
        points = ((x1, y1), (middle, y1), (middle, y2), (x2, y2))
    kind = "after" if _waits(link) else "chain" if isinstance_of(other, link) else "odd"
    return DrawnEdge(one.code, other.code, kind, path, points)


def isinstance_of(node: DrawnNode, link: Link) -> bool:
    """Whether a box is of a kind that the link may lead to."""
    return node.kind in {kind.__name__.lower() for kind in link.wanted}
