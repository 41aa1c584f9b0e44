"""A logic model: problem → factor → local condition → strategy → activity, with indicators and their sources.

Codes are the author's own and unique over the whole model. Shares are 0–1.
"""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Approach(StrEnum):
    """The seven strategies for community change (CADCA, *Defining the Seven Strategies for Community Change*)."""

    INFORMATION = "information"
    SKILLS = "skills"
    SUPPORT = "support"
    ACCESS = "access"
    """Enhancing access, reducing barriers."""
    CONSEQUENCES = "consequences"
    """Changing consequences: incentives and disincentives."""
    DESIGN = "design"
    """Physical design."""
    POLICY = "policy"
    """Modifying policies."""


INDIVIDUAL = (Approach.INFORMATION, Approach.SKILLS, Approach.SUPPORT)
ENVIRONMENTAL = (Approach.ACCESS, Approach.CONSEQUENCES, Approach.DESIGN, Approach.POLICY)


class Side(StrEnum):
    """Who a responsible body belongs to."""

    STATE = "state"
    CIVIL_SOCIETY = "civil_society"


@dataclass(frozen=True, kw_only=True)
class Element:
    """What all parts of a model have; ``place`` is line and column in the file, from 1."""

    code: str
    text: str = ""
    place: tuple[int, int] = (0, 0)


@dataclass(frozen=True, kw_only=True)
class Problem(Element):
    """What is to become less, and the factors behind it."""

    because: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Factor(Element):
    """A risk or protective factor of the reference list (its code), and the local conditions behind it."""

    because: Sequence[str] = ()


@dataclass(frozen=True, kw_only=True)
class Condition(Element):
    """What is so in this place: “three kiosks beside school 5 sell to minors”."""


@dataclass(frozen=True, kw_only=True)
class Strategy(Element):
    """How conditions are to change."""

    addresses: Sequence[str] = ()
    approach: Approach | None = None


@dataclass(frozen=True, kw_only=True)
class Activity(Element):
    """What is done, by whom, until when, after what."""

    strategy: str = ""
    responsible: str = ""
    side: Side | None = None
    partners: Sequence[str] = ()
    start: dt.date | None = None
    deadline: dt.date | None = None
    after: Sequence[str] = ()
    practice: str = ""
    hours: float = 0.0
    """Hours a week of the responsible."""


@dataclass(frozen=True, kw_only=True)
class Indicator(Element):
    """How a problem, factor, condition or activity is measured, and what is aimed at."""

    measures: Sequence[str] = ()
    kind: str = "prevalence"
    """prevalence, attitude, availability, detection or process."""
    source: str = ""
    baseline: float | None = None
    baseline_date: dt.date | None = None
    target: float | None = None
    target_date: dt.date | None = None
    better: str = "lower"
    """``lower`` or ``higher``."""
    share: bool = True
    """Whether baseline and target are shares."""


@dataclass(frozen=True, kw_only=True)
class Source(Element):
    """Where an indicator's numbers come from."""

    kind: str = "survey"
    """survey, register, observation or report."""
    dates: Sequence[dt.date] = ()
    """When it delivers."""
    n: int | None = None
    """Answers in one wave."""
    deff: float = 2.0
    population: int | None = None


AnyElement: TypeAlias = Problem | Factor | Condition | Strategy | Activity | Indicator | Source


@dataclass(frozen=True, kw_only=True)
class LogicModel:
    """A whole model."""

    title: str = ""
    problems: Sequence[Problem] = ()
    factors: Sequence[Factor] = ()
    conditions: Sequence[Condition] = ()
    strategies: Sequence[Strategy] = ()
    activities: Sequence[Activity] = ()
    indicators: Sequence[Indicator] = ()
    sources: Sequence[Source] = ()
    weekly_hours: float = 20.0
    """Hours a week that one person has for the plan."""
    today: dt.date | None = None

    def elements(self) -> Iterator[AnyElement]:
        """All parts, in the order of the chain."""
        yield from self.problems
        yield from self.factors
        yield from self.conditions
        yield from self.strategies
        yield from self.activities
        yield from self.indicators
        yield from self.sources


class Severity(StrEnum):
    """How grave a finding of the compiler is."""

    ERROR = "error"
    """The plan cannot be signed like this."""
    WARNING = "warning"
    """Someone should look."""


@dataclass(frozen=True)
class Diagnostic:
    """One finding: code of the rule, where, what, and what to do (msgids with places)."""

    rule: str
    severity: Severity
    subject: str
    """Code of the element."""
    place: tuple[int, int]
    sentence: str
    remedy: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class PracticeFacts:
    """What the compiler asks about a practice."""

    code: str
    factors: frozenset[str]
    ineffective: bool
    """A registry rates it ineffective or harmful somewhere."""
    evidence: bool
    """Outcome evidence was seen."""
