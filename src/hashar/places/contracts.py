"""Places as frozen records: what leaves this app."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from hashar.errors import HasharError
from hashar.i18n import Text


@dataclass(frozen=True)
class Place:
    """A country, region, district or city."""

    id: int
    code: str
    names: Text
    level: str
    """country, region, district or city."""
    kind: str
    path: str
    """Codes from the country down, each with a slash: ``KZ/KZ-75/``."""
    parent_code: str | None
    former_codes: tuple[str, ...]
    lon: float | None
    lat: float | None
    unreviewed: frozenset[str] = frozenset()
    """Languages whose name is machine-made and was not checked by a native speaker."""
    other_names: tuple[str, ...] = ()
    """Former names and spellings, by which the place is found too."""
    other_codes: Mapping[str, str] = field(default_factory=dict)
    """Codes of national classifications, by their name (KATO)."""
    since: dt.date | None = None
    until: dt.date | None = None
    source: str = ""
    licence: str = ""


@dataclass(frozen=True)
class PlaceNode:
    """A place with its parts, to be shown as a tree."""

    place: Place
    parts: tuple["PlaceNode", ...] = ()


@dataclass(frozen=True)
class PopulationSource:
    """Where counts of people come from."""

    key: str
    title: str
    licence: str
    address: str
    moment: str
    """january (1 January), middle (mid-year) or other."""
    note: str = ""
    """What to mind: ``census_2021`` (figures from 2022 on follow a census), or words of whoever imported it."""


@dataclass(frozen=True)
class Population:
    """How many people lived in a place."""

    code: str
    year: int
    sex: str
    """all, female or male."""
    age_from: int
    age_to: int | None
    """Last age of the band; None without an end."""
    count: int
    source: PopulationSource
    includes: tuple[str, ...] = ()
    """Codes of places counted in here because they were a part of it that year."""

    @property
    def all_ages(self) -> bool:
        """Whether it counts everybody."""
        return self.age_from == 0 and self.age_to is None


@dataclass(frozen=True)
class Outline:
    """The boundary of a place as GeoJSON geometry (Polygon or MultiPolygon, degrees), light enough for a map."""

    code: str
    geometry: Mapping[str, object]
    version: str
    """Another one whenever the geometry is."""


@dataclass(frozen=True)
class Outlines:
    """Boundaries for one map, with the words their licences ask for."""

    outlines: tuple[Outline, ...]
    attributions: tuple[str, ...]


@dataclass(frozen=True)
class RowProblem:
    """What is wrong with one row of an import; the row is counted as a spreadsheet counts it."""

    row: int
    error: HasharError


@dataclass(frozen=True)
class ImportRow:
    """One readable row of an import, as it will be written."""

    row: int
    label: str
    """The code, or the code with year, sex and ages."""
    change: str
    """new, changed or same."""
    values: Mapping[str, object]


@dataclass(frozen=True)
class ImportSummary:
    """One import of this site."""

    id: int
    kind: str
    """territories or population."""
    state: str
    """checked, done or undone."""
    file_name: str
    sha256: str
    organisation: int
    made_by: str
    made_at: dt.datetime
    source: str
    licence: str
    new: int
    changed: int
    same: int
    undone_at: dt.datetime | None = None


@dataclass(frozen=True)
class ImportPreview:
    """What an import would do. It can be confirmed when there is no problem."""

    summary: ImportSummary
    rows: tuple[ImportRow, ...]
    """The first rows."""
    problems: tuple[RowProblem, ...]
    """The first problems."""
    problem_count: int

    @property
    def ready(self) -> bool:
        """Whether it can be confirmed."""
        return (
            self.summary.state == "checked" and self.problem_count == 0 and self.summary.new + self.summary.changed > 0
        )
