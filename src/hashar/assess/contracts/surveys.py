"""What is kept of surveys, codebooks and releases, as it leaves this step."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hashar.assess.contracts.published import Figure, Published
from hashar.assess.contracts.table import Note
from hashar.errors import Conflict, HasharError

Text = Mapping[str, str]


class ReleaseState(StrEnum):
    """Who may see a release."""

    DRAFT = "draft"
    """Those of the owning organisation who prepare it."""
    SHARED = "shared"
    """Every member of the owning organisation, and everyone whose mandate's territory holds the survey's."""
    WITHDRAWN = "withdrawn"
    """Again only those who prepared it: it was shared, and is no longer."""


class FindingKind(StrEnum):
    """What a stored figure is about."""

    INDICATOR = "indicator"
    ANSWER = "answer"
    """Share of one answer to an ordered question; ``level`` is the answer."""
    FACTOR = "factor"
    """Share of pupils with a risk or protective factor elevated."""
    SCORE = "score"
    """Mean score of a factor's scale."""


@dataclass(frozen=True)
class SurveySummary:
    """A survey in a list."""

    id: int
    title: str
    organisation: int
    organisation_name: str
    territory: int | None
    territory_path: str
    territory_names: Text
    made_at: dt.datetime
    files: int
    releases: int


@dataclass(frozen=True)
class SurveyFile:
    """An uploaded survey file. ``rows`` and ``columns`` are None until a large file was looked through."""

    id: int
    name: str
    wave: str
    """By the present codebook's patterns of file names; empty while none fits."""
    sha256: str
    size: int
    rows: int | None
    columns: int | None
    uploaded_at: dt.datetime
    uploaded_by: str
    removed_at: dt.datetime | None = None
    """When its bytes were deleted; the row stays, since figures point to it."""
    notes: tuple[Note, ...] = ()
    """What the reader had to decide (an encoding guessed, an empty sheet passed over)."""
    problem: Note | None = None
    """Why it cannot be read, found when a large file was looked through."""


@dataclass(frozen=True)
class CodebookVersion:
    """One version of a survey's codebook; every version is kept."""

    survey: int
    number: int
    text: str
    """YAML."""
    made_by: str
    made_at: dt.datetime
    problems: int
    """How many problems the check found when it was saved; a profile needs none."""
    sha256: str = ""
    based_on: int = 0


@dataclass(frozen=True)
class CodebookVersionSummary:
    """A version in the list of versions."""

    number: int
    made_by: str
    made_at: dt.datetime
    problems: int
    size: int
    """Characters."""


class NewerCodebook(Conflict):
    """Somebody saved the codebook in between. ``newer`` is their version; what was sent is not stored."""

    def __init__(self, message: str, /, *, newer: CodebookVersion) -> None:
        super().__init__(message, number=newer.number, by=newer.made_by)
        self.newer = newer


@dataclass(frozen=True)
class CodebookCheck:
    """What a check found: each error has ``line``, ``column`` and ``path`` in its ``values``.

    ``path`` is the innermost setting that it stands at (``indicators.alcohol.yes``), empty where unknown.
    """

    problems: tuple[HasharError, ...]
    """These have to be corrected."""
    remarks: tuple[HasharError, ...] = ()
    """These are things to know, and stop nothing."""


@dataclass(frozen=True)
class ReleaseSummary:
    """A release in a list."""

    id: int
    survey: int
    number: int
    """Counts within the survey, from 1."""
    title: Text
    wave: str
    state: ReleaseState
    made_at: dt.datetime
    made_by: str
    """The person's name, for members of the owning organisation; empty for others."""
    territory_path: str
    territory_names: Text
    organisation: int
    organisation_name: str
    shared_at: dt.datetime | None = None
    withdrawn_at: dt.datetime | None = None
    codebook: int = 0
    """Number of the codebook version."""
    run: int | None = None
    territory: int | None = None
    sample: bool = False
    """Made by the demonstration from sample data."""
    may_share: bool = False


@dataclass(frozen=True)
class SurveyDetail:
    """All about one survey, for those who prepare it."""

    summary: SurveySummary
    files: tuple[SurveyFile, ...]
    removed_files: tuple[SurveyFile, ...]
    codebook: CodebookVersion | None
    versions: tuple[CodebookVersionSummary, ...]
    """Newest first."""
    releases: tuple[ReleaseSummary, ...]
    may_work: bool
    """Upload, edit the codebook, make profiles."""
    may_share: bool


@dataclass(frozen=True)
class Source:
    """A file behind figures."""

    name: str
    sha256: str
    size: int
    rows: int
    columns: int
    wave: str
    file: int | None = None
    """The uploaded file, while the person may see it."""
    removed_at: dt.datetime | None = None


@dataclass(frozen=True)
class StoredFinding:
    """One published figure, as kept."""

    id: int
    release: int
    indicator: str
    """Name of the indicator or code of the factor."""
    label: Text
    about: FindingKind
    kind: str
    """prevalence, attitude, availability, detection or process; risk or protective for a factor."""
    substance: str
    statistic: str
    unit: Text
    wave: str
    group: str
    """Empty for everybody; ``sex*grade`` for crossed groups."""
    group_label: Text
    level: str
    level_label: Text
    figure: Published[Figure]
    higher_is: str = "neutral"
    release_number: int = 0
    organisation_name: str = ""
    territory_path: str = ""
    place: Text | None = None
    made_at: dt.datetime | None = None


@dataclass(frozen=True)
class Why:
    """The answer to “why this number?”."""

    finding: StoredFinding
    release: ReleaseSummary
    sources: tuple[Source, ...]
    """The files this figure was computed from."""
    columns: tuple[str, ...]
    """Columns of the file."""
    codebook: int
    codebook_sha256: str
    version: str
    """Version of Hashar."""
    methods: Mapping[str, str]
    """Methods that had a part in it, with the papers they follow."""
    parameters: Mapping[str, str]
    computed_at: dt.datetime
    made_by: str


@dataclass(frozen=True)
class MicrodataAccess:
    """One look at microdata, from the audit trail."""

    at: dt.datetime
    by: str
    """Empty for a person whose data were erased."""
    file: int
    file_name: str
    purpose: str
    """inspect, draft, check or profile."""


class HomeKind(StrEnum):
    """What a line of the home page tells."""

    RUN_FAILED = "run_failed"
    RUN_WAITING = "run_waiting"
    DRAFT_TO_SHARE = "draft_to_share"
    NO_FILE = "no_file"
    NO_CODEBOOK = "no_codebook"
    CODEBOOK_PROBLEMS = "codebook_problems"
    NO_PROFILE = "no_profile"
    NEW_RELEASE = "new_release"
    WITHDRAWN = "withdrawn"


class HomePart(StrEnum):
    """Where on the home page it belongs."""

    DUE = "due"
    CHANGED = "changed"
    LOOK = "look"


@dataclass(frozen=True)
class HomeItem:
    """One line of the home page: what it is about, and since when."""

    kind: HomeKind
    part: HomePart
    at: dt.datetime
    survey: int
    title: str
    release: int | None = None
    release_title: Text | None = None
    run: int | None = None
    organisation_name: str = ""
    message: Note | None = None
    count: int = 0


@dataclass(frozen=True)
class DamagedFile:
    """Microdata that the database knows and the data folder has not, or not as they were uploaded."""

    survey: int
    file: int
    name: str
    missing: bool
    """Not there; else changed."""
