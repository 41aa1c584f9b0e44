"""A codebook in memory: which column means which indicator, in which wave, with which codes.

The YAML form and its checks live in ``hashar.assess.sources.codebook``; docs/reference/codebook.md describes the form.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from hashar.assess.contracts.table import MissingKind

Text = Mapping[str, str]
Code = float | str
Recode = Mapping[str, Mapping[Code, Code]]
"""Wave → code in that wave's file → code that this codebook uses, where a wave was coded differently."""


class ItemType(StrEnum):
    """What kind of question an item is."""

    YES_NO = "yes_no"
    ORDERED = "ordered"
    FREQUENCY_OF_USE = "frequency_of_use"
    AGE_OF_FIRST_USE = "age_of_first_use"
    NUMBER = "number"


@dataclass(frozen=True)
class Wave:
    """One round of the survey. ``files`` are shell patterns of file names; ``language`` that of the questionnaire."""

    name: str
    label: Text
    files: Sequence[str]
    language: str = ""


@dataclass(frozen=True)
class DesignSpec:
    """Columns of the sampling design, the same in every wave."""

    weight: str = ""
    """Column of weights; empty for a survey in which every questionnaire counts once."""
    strata: Sequence[str] = ()
    clusters: Sequence[str] = ()
    fpc: Sequence[str] = ()
    nest: bool = False
    single_psu: str = "fail"
    df: str = "design"
    interval: str = "logit"
    level: float = 0.95


@dataclass(frozen=True)
class MissingRule:
    """Which codes are which kind of missing, and what each kind counts as (``missing``, ``yes``, ``no``)."""

    codes: Mapping[Code, MissingKind] = field(default_factory=dict)
    counts_as: Mapping[MissingKind, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Level:
    """One level of a group: the codes that make it, and its label."""

    name: str
    codes: Sequence[Code]
    label: Text
    territory: str = ""
    """Code of the territory that it is, for maps; only in a group of places."""


@dataclass(frozen=True)
class Group:
    """A variable to break down by."""

    name: str
    label: Text
    variables: Mapping[str, str]
    """Wave → column."""
    levels: Sequence[Level]
    role: str = ""
    """``place``, ``language``, ``school``, ``class`` or empty."""
    missing: MissingRule = field(default_factory=MissingRule)
    recode: Recode = field(default_factory=dict)


@dataclass(frozen=True)
class Indicator:
    """One indicator. ``variables`` is wave → column; empty for an indicator derived from others.

    ``yes`` lists the codes that count for a proportion; codes in ``no`` count against; any other is INVALID.
    A derived indicator counts ``at_least`` of the indicators in ``of`` that are "yes"; with ``missing_as_no`` a
    missing part counts as "no" as long as one part was answered, else any missing part makes it missing unless the
    count is reached already.
    """

    name: str
    label: Text
    item_type: ItemType
    variables: Mapping[str, str] = field(default_factory=dict)
    question: Text = field(default_factory=dict)
    statistic: str = "proportion"
    yes: Sequence[Code] = ()
    no: Sequence[Code] = ()
    answers: Sequence[tuple[Code, Text]] = ()
    missing: MissingRule = field(default_factory=MissingRule)
    kind: str = "prevalence"
    substance: str = ""
    unit: Text = field(default_factory=dict)
    higher_is: str = "worse"
    of: Sequence[str] = ()
    at_least: int = 1
    missing_as_no: bool = False
    recode: Recode = field(default_factory=dict)


@dataclass(frozen=True)
class ScaleItem:
    """One item of a scale: column by wave and points for each code."""

    variables: Mapping[str, str]
    points: Mapping[Code, float]
    missing: MissingRule = field(default_factory=MissingRule)
    recode: Recode = field(default_factory=dict)


@dataclass(frozen=True)
class Scale:
    """A risk- or protective-factor scale; ``factor`` is a code of the reference list."""

    factor: str
    items: Sequence[ScaleItem]
    minimum_answered: float = 0.5
    cut: str = "codebook"
    """``codebook`` or ``norm`` (``cut_value``, the latter with ``cut_source``), ``first_wave`` (weighted quantile)."""
    cut_value: float | None = None
    cut_quantile: float | None = None
    cut_source: Text = field(default_factory=dict)
    reference: float | None = None
    """Share elevated in the reference population, if known."""
    reference_source: Text = field(default_factory=dict)
    changeability: float = 0.5
    """0–1, how far local action can move the factor; a judgement, shown as such."""
    inferred: bool = True


@dataclass(frozen=True)
class QualityRule:
    """One data-quality rule; ``parameters`` depend on ``kind`` (docs/reference/codebook.md)."""

    name: str
    kind: str
    """dummy_drug, inconsistent, impossible, straight_line, half_empty."""
    label: Text
    variables: Sequence[Mapping[str, str]]
    parameters: Mapping[str, object] = field(default_factory=dict)
    action: str = "report"


@dataclass(frozen=True)
class DisclosureSettings:
    """Thresholds of the release step."""

    minimum_n: int = 30
    minimum_count: int = 5
    minimum_clusters: int = 2
    hide_unreliable: bool = False


@dataclass(frozen=True)
class PrioritySettings:
    """Weights of the four parts of a factor's score, how many are "the top", and when a place is firm."""

    top: int = 3
    firm_at: float = 0.8
    draws: int = 10_000
    level: float = 1.0
    gap: float = 1.0
    trend: float = 1.0
    changeability: float = 1.0


@dataclass(frozen=True)
class ParticipationSpec:
    """Numbers sampled at one stage (``schools``, ``classes``, ``pupils``), as the field work reported them, by wave."""

    stage: str
    sampled: Mapping[str, int]
    participating: Mapping[str, int]


@dataclass(frozen=True)
class Codebook:
    """One questionnaire over its waves and languages."""

    title: Text
    source: Text
    place: Text
    waves: Sequence[Wave]
    design: DesignSpec
    groups: Sequence[Group]
    indicators: Sequence[Indicator]
    scales: Sequence[Scale] = ()
    quality: Sequence[QualityRule] = ()
    participation: Sequence[ParticipationSpec] = ()
    disclosure: DisclosureSettings = field(default_factory=DisclosureSettings)
    priorities: PrioritySettings = field(default_factory=PrioritySettings)
    machine_translated: Sequence[str] = ()
    """Languages whose texts in this codebook no native speaker has checked yet."""
    file: str = ""
    """Name of the codebook's file, without its folder, for messages."""
    positions: Mapping[str, tuple[int, int]] = field(default_factory=dict, compare=False)
    """Path of a setting (``indicators.cur_alcohol.variables.2019``) → line and column in the file, from 1."""
