"""A target as a question, and the answer: whether a survey can show it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from hashar.i18n import Text

ANSWERING = 0.9
"""Share of a population that answers when everybody is asked: absent and unwilling pupils are never nobody."""
POWER, LEVEL = 0.8, 0.05


class Reach(StrEnum):
    """Whether a target can be shown."""

    SHOWN = "shown"
    """Two waves of this survey show it."""
    LARGER = "larger"
    """Not this survey, but a larger one of the same population."""
    NEVER = "never"
    """Not even if everybody is asked."""


@dataclass(frozen=True, kw_only=True)
class TargetQuestion:
    """Shares are 0–1; ``n`` is the answers in each of two waves."""

    baseline: float
    target: float
    n: int
    deff: float = 2.0
    population: int | None = None


@dataclass(frozen=True, kw_only=True)
class TargetAnswer:
    """What two waves can show, at a power of 80 % and a two-sided level of 5 %."""

    question: TargetQuestion
    reach: Reach
    wanted: float
    """Size of the change, positive."""
    rise: bool
    least: float | None
    """The smallest change in this direction that ``n`` answers a wave show; None: not even the largest there is."""
    needed: int
    """Answers in each wave that show the target; of a finite population where it is known."""
    reachable: int | None
    """Answers if everybody is asked; None where the population is not known."""


@dataclass(frozen=True, kw_only=True)
class Alternative:
    """Another indicator, with what the same two waves would show of it."""

    code: str
    """Of the indicator in the model; empty for one that only the profile has."""
    name: str
    """In the profile; empty for one that only the model has."""
    label: Text
    kind: str
    finding: int | None
    baseline: float
    n: int
    deff: float
    rise: bool
    least: float
    """The smallest change that shows."""
    relative: float
    """The same as a share of the level."""
    on_chain: bool
    """It stands on the chain of the model; else it is only in the same profile."""


@dataclass(frozen=True)
class Answered:
    """An answer with what can be shown instead."""

    answer: TargetAnswer
    alternatives: Sequence[Alternative]
