"""Logic models as the site keeps them: lists, versions, and one with everything that the compiler says of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hashar.errors import Conflict, HasharError
from hashar.i18n import Text
from hashar.plan.contracts.logic_model import Diagnostic, LogicModel

MOST_LETTERS = 400_000
"""Letters that the site keeps of one model."""
MOST_DRAWN = 400
"""Parts that a picture shows; more are told by the table alone."""


class ModelState(StrEnum):
    """Who may see a model."""

    DRAFT = "draft"
    """Those of the owning organisation who write it."""
    SHARED = "shared"
    """Every member of the organisation, and everyone whose mandate's territory holds the model's."""


@dataclass(frozen=True)
class ModelSummary:
    """A logic model in a list."""

    id: int
    title: str
    state: ModelState
    organisation: int
    organisation_name: str
    territory: int | None
    territory_path: str
    territory_names: Text
    number: int
    """The latest version."""
    errors: int
    warnings: int
    """As counted when the latest version was saved."""
    changed_at: dt.datetime


@dataclass(frozen=True)
class ModelVersion:
    """One version; every version is kept."""

    model: int
    number: int
    based_on: int
    text: str
    """YAML."""
    sha256: str
    made_by: str
    made_at: dt.datetime


@dataclass(frozen=True)
class Origin:
    """Where the baseline of an indicator was taken from."""

    indicator: str
    """Code of the part."""
    source: str
    """Code of the source that was filled in."""
    finding: int
    """The figure of the site: its page says why it is this number."""
    baseline: float
    n: int
    deff: float
    population: int | None
    population_year: int | None
    population_source: str
    taken_at: dt.datetime


class NewerModel(Conflict):
    """Somebody saved the model in between. ``newer`` is their version; what was sent is not stored."""

    def __init__(self, message: str, /, *, newer: ModelVersion) -> None:
        super().__init__(message, number=newer.number, by=newer.made_by)
        self.newer = newer


@dataclass(frozen=True)
class ModelDetail:
    """A model with everything that is wrong with it."""

    summary: ModelSummary
    version: ModelVersion
    model: LogicModel | None
    """None where the text is no logic model; ``problems`` say why."""
    problems: tuple[HasharError, ...]
    findings: tuple[Diagnostic, ...]
    origins: Mapping[str, Origin]
    """Indicator → where its baseline comes from, while it is still that number."""
    may_write: bool
    may_share: bool


@dataclass(frozen=True)
class Baseline:
    """A published share that a target can start from."""

    finding: int
    release: int
    name: str
    """Name of the indicator, or code of the factor."""
    label: Text
    wave: str
    kind: str
    """prevalence, attitude, availability; ``factor`` for the share of pupils with an elevated factor."""
    substance: str
    share: float
    n: int
    deff: float
    better: str
    """``lower`` or ``higher``."""
    made_at: dt.date
    release_title: Text
    territory: int | None
