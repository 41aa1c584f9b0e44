"""A sentence of a report as a typed claim, the evidence offered for it, and the guard's answer.

Numbers are plain: a claim is judged on what was published. Shares are 0–1, differences are later minus earlier.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias


class Verdict(StrEnum):
    """What the guard says of a claim."""

    SUPPORTED = "supported"
    NOT_SHOWN = "not_shown"
    """The data could have shown it and do not; that is not the opposite."""
    CANNOT_BE_KNOWN = "cannot_be_known"
    """No result of these data could show it."""


class Relation(StrEnum):
    """How a level is claimed."""

    ABOUT = "about"
    AT_LEAST = "at_least"
    AT_MOST = "at_most"


class Direction(StrEnum):
    """How a change is claimed."""

    FELL = "fell"
    ROSE = "rose"
    UNCHANGED = "unchanged"


class Reading(StrEnum):
    """What a register's number is said to mean."""

    DETECTION = "detection"
    """More (or fewer) were detected."""
    USE = "use"
    """More (or fewer) use."""
    SUCCESS = "success"
    """The work succeeded or failed."""


class Comparison(StrEnum):
    """Whom those who took part are compared with."""

    NOBODY = "nobody"
    UNEQUAL = "unequal"
    """Another group, whose difference at the start is not taken into account."""
    ADJUSTED = "adjusted"
    """Another group, compared change with change, or matched and adjusted for the start."""
    RANDOM = "random"
    """Drawn by lot."""


@dataclass(frozen=True, kw_only=True)
class PrevalenceClaim:
    """A level: “at most 5 % of the city's pupils smoke”."""

    value: float
    relation: Relation = Relation.ABOUT
    population: str
    """Whom the sentence speaks of, in the words of the evidence's ``population`` if it is the same."""


@dataclass(frozen=True, kw_only=True)
class PrevalenceEvidence:
    """A level as it was published."""

    estimate: float | None
    """None: suppressed."""
    ci_low: float = 0.0
    ci_high: float = 1.0
    df: float = 0.0
    reliable: bool = True
    kind: str = "prevalence"
    """Kind of the indicator; ``detection`` for a register."""
    population: str
    participation: float | None = None
    """Share of the sampled who took part; None: not reported."""
    weighted: bool = True
    validated: bool = True
    """Whether the questionnaire was checked in the language it was asked in."""


@dataclass(frozen=True, kw_only=True)
class TrendClaim:
    """A change of a survey's number: “use fell (by at least ``amount``) between the two waves”."""

    direction: Direction
    amount: float = 0.0
    """Smallest change claimed (shares: 0.02 is two points); for ``unchanged`` the margin within which it stayed."""


@dataclass(frozen=True, kw_only=True)
class TrendEvidence:
    """Two waves as they were published."""

    earlier: float | None
    later: float | None
    """None: suppressed."""
    se: float = 0.0
    """Standard error of the difference."""
    df: float = 0.0
    comparisons: int = 1
    """How many changes were looked at together, this one among them."""
    p_adjusted: float | None = None
    """The p-value as it was published, already adjusted for ``comparisons``; None: adjusted here."""
    share: bool = True
    """Whether the numbers are shares; for a mean nothing is said of how many answers would be needed."""
    n: float = 0.0
    """Answers in the smaller wave, for what would be needed."""
    deff: float = 1.0
    kind: str = "prevalence"
    same_definition: bool = True
    """Same question, recall period, answer codes and mode."""
    same_population: bool = True
    """Same places, grades and ages."""
    reliable: bool = True
    waves: int = 2
    """Waves there are; the claim takes two of them."""
    shared_clusters: bool = False
    """Schools took part in both waves and their covariance was not taken into account."""


@dataclass(frozen=True, kw_only=True)
class CoverageClaim:
    """A reach: “at least ``share`` of the target group was reached”, or “executed to ``share``”."""

    share: float
    of: str = "target_group"
    """``target_group`` or ``events``."""


@dataclass(frozen=True, kw_only=True)
class CoverageEvidence:
    """What was done and whom it met."""

    population: float | None = None
    """People in the target group; None: unknown."""
    population_matches: bool = True
    """The population is of the same year, ages and territory as the reach."""
    unique: float | None = None
    """Different people reached; None: only contacts were counted."""
    contacts: float | None = None
    largest_event: float = 0.0
    """Most people at one event: at least so many different people were reached."""
    events_done: int | None = None
    events_planned: int | None = None
    reporters: int = 1
    """Organisations whose counts were added; people may stand in several."""
    outside_target: bool = False
    """People outside the target group were counted too."""


@dataclass(frozen=True, kw_only=True)
class EffectClaim:
    """An effect: “the programme lowered (raised) the outcome”, months after its end."""

    direction: Direction
    outcome: str
    months_after: float = 0.0


@dataclass(frozen=True, kw_only=True)
class EffectEvidence:
    """How those who took part differ from the comparison."""

    comparison: Comparison
    outcome: str
    kind: str = "prevalence"
    difference: float | None = None
    """Those who took part minus the comparison (change minus change); None: suppressed."""
    se: float = 0.0
    df: float = 0.0
    comparisons: int = 1
    clusters: int = 2
    """Schools (classes, places) in the smaller arm."""
    clustering_counted: bool = True
    """The standard error knows that pupils of a school resemble each other."""
    attrition: float = 0.0
    """Share lost between first and last measurement."""
    attrition_gap: float = 0.0
    """Difference of that share between the arms."""
    months_after: float = 0.0
    harmful_elsewhere: bool = False
    """A registry rates the practice ineffective or harmful."""


@dataclass(frozen=True, kw_only=True)
class DetectionClaim:
    """A change of a register's number: “registrations rose (by at least ``amount`` as a share)”."""

    direction: Direction
    amount: float = 0.0
    reading: Reading = Reading.DETECTION
    per_person: bool = False
    """Claimed as a rate, not as a count."""


@dataclass(frozen=True, kw_only=True)
class DetectionEvidence:
    """Counts of a register in two periods."""

    earlier: float | None
    later: float | None
    """None: suppressed."""
    population_earlier: float | None = None
    population_later: float | None = None
    same_rules: bool = True
    """Law, recording rules and the offences or diagnoses counted did not change."""
    same_territory: bool = True
    whole_periods: bool = True
    comparisons: int = 1


Claim: TypeAlias = PrevalenceClaim | TrendClaim | CoverageClaim | EffectClaim | DetectionClaim
Evidence: TypeAlias = PrevalenceEvidence | TrendEvidence | CoverageEvidence | EffectEvidence | DetectionEvidence


@dataclass(frozen=True)
class Reason:
    """Why the guard says so: the rule that fired, its sentence and what would be needed (msgids with places)."""

    rule: str
    verdict: Verdict | None
    """What this rule alone makes of the claim; None for a caution, which leaves the verdict as it is."""
    sentence: str
    needed: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Judgement:
    """The guard's answer."""

    verdict: Verdict
    reasons: Sequence[Reason]
    """Reasons that decided, then all others, in the order of the rules."""
    explanations: Sequence[str] = ()
    """Other things that would make the same numbers (msgids), where the claim reads more into them."""


@dataclass(frozen=True)
class Override:
    """A person prints the claim against the verdict; the reason is printed with it."""

    judgement: Judgement
    reason: str
    by: str
