"""A model as a graph: who is who, which links exist, which go round in a circle."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from hashar.plan.contracts.logic_model import (
    Activity,
    AnyElement,
    Condition,
    Factor,
    Indicator,
    LogicModel,
    PracticeFacts,
    Problem,
    Source,
    Strategy,
)


@dataclass(frozen=True)
class Link:
    """A name in one element that should be the code of another."""

    source: AnyElement
    target: str
    wanted: tuple[type, ...]
    """Kinds the target may be of."""


@dataclass(frozen=True)
class Context:
    """A model with everything looked up once, so that each rule is a glance."""

    model: LogicModel
    known_factors: frozenset[str]
    """Codes of the reference list."""
    practices: Mapping[str, PracticeFacts]
    detectable: Mapping[str, float]
    """Indicator code → smallest change its survey can show; absent where it cannot be said."""
    looked_up: bool = False
    """Whether practices were looked up, so that one that is not there is none."""

    @cached_property
    def by_code(self) -> Mapping[str, AnyElement]:
        """Code → element; the first where a code stands twice."""
        found: dict[str, AnyElement] = {}
        for element in self.model.elements():
            found.setdefault(element.code, element)
        return found

    @cached_property
    def doubles(self) -> frozenset[str]:
        """Codes that stand more than once."""
        return frozenset(code for code, n in Counter(e.code for e in self.model.elements()).items() if n > 1)

    @cached_property
    def links(self) -> Sequence[Link]:
        """All links of the model."""
        return links_of_model(self.model)

    @cached_property
    def _links_of(self) -> Mapping[int, Sequence[Link]]:
        found: dict[int, list[Link]] = defaultdict(list)
        for link in self.links:
            found[id(link.source)].append(link)
        return found

    def links_of(self, element: AnyElement) -> Sequence[Link]:
        """The links that a part makes."""
        return self._links_of.get(id(element), ())

    @cached_property
    def named_by(self) -> Mapping[str, Sequence[AnyElement]]:
        """Code → elements that name it."""
        found: dict[str, list[AnyElement]] = defaultdict(list)
        for link in self.links:
            found[link.target].append(link.source)
        return found

    @cached_property
    def kinds_naming(self) -> Mapping[str, frozenset[type]]:
        """Code → kinds of the parts that name it."""
        return {code: frozenset(map(type, elements)) for code, elements in self.named_by.items()}

    @cached_property
    def dates_of(self) -> Mapping[str, Sequence[dt.date]]:
        """Code of a source → when it delivers, in order."""
        return {source.code: sorted(source.dates) for source in reversed(self.model.sources)}

    @cached_property
    def factors_of(self) -> Mapping[str, frozenset[str]]:
        """Code of a condition → the factors it stands behind."""
        return {
            code: frozenset(element.code for element in self.named_by[code] if isinstance(element, Factor))
            for code in self.named_by
            if isinstance(self.by_code.get(code), Condition)
        }

    @cached_property
    def measured_by(self) -> Mapping[str, Sequence[Indicator]]:
        """Code → its indicators."""
        found: dict[str, list[Indicator]] = defaultdict(list)
        for indicator in self.model.indicators:
            for code in indicator.measures:
                found[code].append(indicator)
        return found

    @cached_property
    def outcomes(self) -> Sequence[Indicator]:
        """Indicators that measure a problem or a factor."""
        return [
            indicator
            for indicator in self.model.indicators
            if any(isinstance(self.by_code.get(code), Problem | Factor) for code in indicator.measures)
        ]

    @cached_property
    def last_outcome(self) -> dt.date | None:
        """When the last of them is measured."""
        return max((each.target_date for each in self.outcomes if each.target_date is not None), default=None)

    @cached_property
    def first_of(self) -> Mapping[str, Activity]:
        """Responsible → their first activity with hours and a deadline."""
        found: dict[str, Activity] = {}
        for activity in self.model.activities:
            if activity.hours and activity.deadline:
                found.setdefault(activity.responsible, activity)
        return found

    @cached_property
    def circles(self) -> Mapping[str, Sequence[str]]:
        """First code of each circle of preconditions → the codes of the circle."""
        arrows = {a.code: [code for code in a.after if code != a.code] for a in self.model.activities}
        return {circle[0]: circle for circle in circles(arrows)}

    @cached_property
    def load(self) -> Mapping[str, float]:
        """Responsible person → most hours a week that overlap in time."""
        return {who: _peak(activities) for who, activities in _by_responsible(self.model.activities).items()}


def links_of_model(model: LogicModel) -> list[Link]:
    """All links, in the order of the parts."""
    return [Link(element, target, wanted) for element in model.elements() for target, wanted in _named(element)]


def _named(element: AnyElement) -> Iterable[tuple[str, tuple[type, ...]]]:
    match element:
        case Problem():
            yield from ((code, (Factor,)) for code in element.because)
        case Factor():
            yield from ((code, (Condition,)) for code in element.because)
        case Strategy():
            yield from ((code, (Condition,)) for code in element.addresses)
        case Activity():
            yield from ((code, (Strategy,)) for code in (element.strategy,) if code)
            yield from ((code, (Activity,)) for code in element.after)
        case Indicator():
            yield from ((code, (Problem, Factor, Condition, Activity)) for code in element.measures)
            yield from ((code, (Source,)) for code in (element.source,) if code)


def circles(arrows: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """Groups of nodes that can all be reached from each other, each in the order of ``arrows``; a node alone is none.

    Tarjan (1972), *SIAM J. Comput.* 1:146, without recursion: time and memory are linear in nodes and arrows.
    """
    search = _Search(arrows)
    for root in arrows:
        search.visit(root)
    order = {code: at for at, code in enumerate(arrows)}
    return sorted((sorted(group, key=order.__getitem__) for group in search.groups), key=lambda g: order[g[0]])


class _Search:
    """One depth-first walk over everything."""

    def __init__(self, arrows: Mapping[str, Sequence[str]]) -> None:
        self._arrows = arrows
        self._number: dict[str, int] = {}
        self._low: dict[str, int] = {}
        self._open: list[str] = []
        self._is_open: set[str] = set()
        self.groups: list[list[str]] = []

    def visit(self, root: str) -> None:
        """Walk from ``root`` where nobody walked yet."""
        if root in self._number:
            return
        path = [(root, self._enter(root))]
        while path:
            node, ahead = path[-1]
            step = next(ahead, None)
            if step is None:
                path.pop()
                self._leave(node)
                if path:
                    self._low[path[-1][0]] = min(self._low[path[-1][0]], self._low[node])
            elif step not in self._number:
                path.append((step, self._enter(step)))
            elif step in self._is_open:
                self._low[node] = min(self._low[node], self._number[step])

    def _enter(self, node: str) -> Iterator[str]:
        self._number[node] = self._low[node] = len(self._number)
        self._open.append(node)
        self._is_open.add(node)
        return (code for code in self._arrows[node] if code in self._arrows)

    def _leave(self, node: str) -> None:
        if self._low[node] != self._number[node]:
            return
        group: list[str] = []
        while not group or group[-1] != node:
            group.append(self._open.pop())
        self._is_open.difference_update(group)
        if len(group) > 1:
            self.groups.append(group)


def _by_responsible(activities: Sequence[Activity]) -> Mapping[str, Sequence[Activity]]:
    found: dict[str, list[Activity]] = defaultdict(list)
    for activity in activities:
        if activity.responsible and activity.hours:
            found[activity.responsible].append(activity)
    return found


def _peak(activities: Sequence[Activity]) -> float:
    """Most hours a week at one time; without a start an activity begins with its deadline, without both never."""
    moments: list[tuple[int, int, float]] = []
    for activity in activities:
        if activity.deadline is not None:
            start = min(activity.start or activity.deadline, activity.deadline)
            moments += [(start.toordinal(), 1, activity.hours), (activity.deadline.toordinal() + 1, 0, -activity.hours)]
    peak = now = 0.0
    for _, _, hours in sorted(moments):
        now += hours
        peak = max(peak, now)
    return peak
