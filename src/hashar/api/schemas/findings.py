"""Releases, their figures, and where a figure comes from."""

import datetime as dt
import math
from typing import Any

from ninja import Schema
from pydantic import Field

from hashar.assess.contracts.published import Figure
from hashar.assess.contracts.surveys import ReleaseSummary, Source, StoredFinding, Why
from hashar.i18n import Translator


def place_of(territory_path: str) -> str:
    """Code of the territory at the end of a path; empty for none."""
    return territory_path.rstrip("/").rpartition("/")[2]


class ReleaseOut(Schema):
    """A profile as it was released. Its numbers never change; a withdrawn one can no longer be read."""

    id: int
    survey: int
    number: int = Field(description="Counts within the survey, from 1.")
    title: str
    wave: str
    state: str = Field(description="draft, shared or withdrawn; only shared ones leave the organisation.")
    place: str = Field(description="Code of the territory; empty for none.")
    organisation: int
    organisation_name: str
    made_at: dt.datetime
    shared_at: dt.datetime | None
    sample: bool = Field(description="Made from sample data: not about any real place.")

    @classmethod
    def of(cls, found: ReleaseSummary, translator: Translator) -> "ReleaseOut":
        """The release in one language."""
        return cls(
            id=found.id,
            survey=found.survey,
            number=found.number,
            title=translator.pick(found.title),
            wave=found.wave,
            state=found.state.value,
            place=place_of(found.territory_path),
            organisation=found.organisation,
            organisation_name=found.organisation_name,
            made_at=found.made_at,
            shared_at=found.shared_at,
            sample=found.sample,
        )


class FindingOut(Schema):
    """One published figure, or the reason why it is not shown. Shares are 0–1."""

    id: int
    release: int
    place: str = Field(description="Code of the territory; empty for none.")
    organisation_name: str
    about: str = Field(description="indicator, answer, factor or score.")
    indicator: str = Field(description="Name of the indicator in the codebook, or code of the factor.")
    label: str
    kind: str = Field(
        description="prevalence, attitude, availability, detection or process; risk or protective for a factor."
    )
    substance: str
    statistic: str = Field(description="proportion or mean.")
    unit: str
    higher_is: str = Field(description="worse, better or neutral.")
    wave: str
    group: str = Field(description="Name of the breakdown; empty for everybody.")
    group_label: str
    level: str
    level_label: str
    n: int | None = Field(description="Pupils who answered.")
    weighted_n: float | None
    estimate: float | None
    se: float | None
    ci_low: float | None
    ci_high: float | None
    df: float | None
    deff: float | None
    n_effective: float | None
    reliability: str = Field(description="reliable, review, unreliable or not_rated (NCHS standards); empty if hidden.")
    suppressed: str = Field(description="Why the figure is not shown; empty when it is.")

    @classmethod
    def of(cls, found: StoredFinding, translator: Translator) -> "FindingOut":
        """The figure in one language."""
        return cls(
            id=found.id,
            release=found.release,
            place=place_of(found.territory_path),
            organisation_name=found.organisation_name,
            about=found.about.value,
            indicator=found.indicator,
            label=translator.pick(found.label),
            kind=found.kind,
            substance=found.substance,
            statistic=found.statistic,
            unit=translator.pick(found.unit),
            higher_is=found.higher_is,
            wave=found.wave,
            group=found.group,
            group_label=translator.pick(found.group_label),
            level=found.level,
            level_label=translator.pick(found.level_label),
            suppressed=found.figure.suppressed.value if found.figure.suppressed else "",
            **_numbers(found.figure.value),
        )


NUMBERS = ("weighted_n", "estimate", "se", "ci_low", "ci_high", "df", "deff", "n_effective")


def _numbers(figure: Figure | None) -> dict[str, Any]:
    if figure is None:
        return {"n": None, "reliability": "", **dict.fromkeys(NUMBERS)}
    numbers = {name: finite(getattr(figure, name)) for name in NUMBERS}
    return {"n": figure.n, "reliability": figure.reliability.value, **numbers}


def finite(value: float | None) -> float | None:
    """JSON has no NaN and no infinity: both mean that the number is not defined."""
    return value if value is not None and math.isfinite(value) else None


class SourceOut(Schema):
    """A file behind figures; the file itself is never given out."""

    name: str
    sha256: str
    size: int
    rows: int
    columns: int
    wave: str

    @classmethod
    def of(cls, found: Source) -> "SourceOut":
        """What anyone who may read the figure may know of its file."""
        return cls(**{name: getattr(found, name) for name in cls.model_fields})


class WhyOut(Schema):
    """Why this number: enough for another analyst to compute it again."""

    finding: FindingOut
    release: ReleaseOut
    sources: list[SourceOut]
    columns: list[str] = Field(description="Columns of the file.")
    codebook: int = Field(description="Number of the codebook's version.")
    codebook_sha256: str
    version: str = Field(description="Version of Hashar.")
    methods: dict[str, str] = Field(description="Method and the paper it follows.")
    parameters: dict[str, str]
    computed_at: dt.datetime

    @classmethod
    def of(cls, found: Why, translator: Translator) -> "WhyOut":
        """The origin; who made it stays inside the organisation."""
        return cls(
            finding=FindingOut.of(found.finding, translator),
            release=ReleaseOut.of(found.release, translator),
            sources=[SourceOut.of(source) for source in found.sources],
            columns=list(found.columns),
            codebook=found.codebook,
            codebook_sha256=found.codebook_sha256,
            version=found.version,
            methods=dict(found.methods),
            parameters=dict(found.parameters),
            computed_at=found.computed_at,
        )


class ProfileOut(Schema):
    """The whole profile, texts in all the languages their authors gave."""

    schema_: str = Field(alias="schema", description="hashar.profile/1")
    profile: dict[str, object] = Field(
        description="Fields as in the profile's JSON file; a number is {value: …} or {suppressed: reason}."
    )


class DataValueOut(Schema):
    """One data value of DHIS2."""

    dataElement: str  # noqa: N815  (the name in DHIS2)
    period: str
    orgUnit: str  # noqa: N815  (the name in DHIS2)
    categoryOptionCombo: str | None = None  # noqa: N815  (the name in DHIS2)
    value: str


class Dhis2Out(Schema):
    """A data value set, as DHIS2 imports it (POST /api/dataValueSets)."""

    dataElementIdScheme: str  # noqa: N815  (the name in DHIS2)
    orgUnitIdScheme: str  # noqa: N815  (the name in DHIS2)
    categoryOptionComboIdScheme: str  # noqa: N815  (the name in DHIS2)
    dataValues: list[DataValueOut]  # noqa: N815  (the name in DHIS2)
