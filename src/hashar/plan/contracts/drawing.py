"""A logic model as a picture, before anyone paints it: boxes, lines and what hangs on a box. Units are pixels."""

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class DrawnTag:
    """An indicator that hangs on what it measures."""

    at: int
    """Position of the indicator among the parts of the model."""
    text: str
    y: float
    """Top, within the picture."""
    height: float


@dataclass(frozen=True)
class DrawnNode:
    """A box."""

    at: int
    """Position among the parts of the model."""
    code: str
    kind: str
    """problem, factor, condition, strategy, activity, indicator or source."""
    lines: Sequence[str]
    x: float
    y: float
    width: float
    height: float
    tags: Sequence[DrawnTag]


@dataclass(frozen=True)
class DrawnEdge:
    """A line from one box to another; ``path`` is SVG."""

    source: str
    target: str
    kind: str
    """``chain``, ``after`` (an activity waits for another), or ``odd`` (no step of the chain)."""
    path: str
    points: Sequence[tuple[float, float]]
    """The same as corners, for painters without curves."""


@dataclass(frozen=True)
class DrawnColumn:
    """The head of a column."""

    kind: str
    x: float
    width: float


@dataclass(frozen=True)
class Drawing:
    """The whole picture."""

    width: float
    height: float
    columns: Sequence[DrawnColumn]
    nodes: Sequence[DrawnNode]
    edges: Sequence[DrawnEdge]
