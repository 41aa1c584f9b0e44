"""Registers and monitoring series with their numbers, as published."""

import datetime as dt

from ninja import Schema
from pydantic import Field

from hashar.assess.contracts.series import Observation, Provenance, SeriesDescription, SeriesSummary
from hashar.i18n import N_, Translator


class SeriesOut(Schema):
    """What is counted over time, by territory. A register is of the kind “detection”: who was found, not how many."""

    id: int
    title: str
    indicator: str = Field(description=N_("Code of the reference list; empty for an indicator of one's own."))
    kind: str = Field(description=N_("prevalence, attitude, availability, detection or process."))
    organisation: int
    organisation_name: str
    place: str = Field(description=N_("Code of the territory that holds all of it."))
    place_name: str
    observations: int
    first_period: str
    last_period: str
    changed_at: dt.datetime

    @classmethod
    def of(cls, found: SeriesSummary, translator: Translator) -> "SeriesOut":
        """The series in one language."""
        return cls(
            id=found.id,
            title=found.title,
            indicator=found.indicator,
            kind=found.kind,
            organisation=found.organisation,
            organisation_name=found.organisation_name,
            place=found.territory_code,
            place_name=translator.pick(found.territory_names),
            observations=found.observations,
            first_period=found.first_period,
            last_period=found.last_period,
            changed_at=found.changed_at,
        )


class WholeSeriesOut(Schema):
    """A series with what has to be known before its numbers are used."""

    series: SeriesOut
    definition: str
    source: str
    licence: str
    caveats: str
    measure: str = Field(description=N_("people, events, amount or share."))
    unit: str
    period_kind: str = Field(description=N_("year, half_year, quarter or month."))
    breakdowns: list[str]
    sample: bool = Field(description=N_("Made from sample data: not about any real place."))

    @classmethod
    def of(cls, found: SeriesDescription, translator: Translator) -> "WholeSeriesOut":
        """The description in one language."""
        return cls(
            series=SeriesOut.of(found.summary, translator),
            definition=found.definition,
            source=found.source,
            licence=found.licence,
            caveats=found.caveats,
            measure=found.measure.value,
            unit=found.unit,
            period_kind=found.period_kind.value,
            breakdowns=list(found.breakdowns),
            sample=found.sample,
        )


class ObservationOut(Schema):
    """One number of a series as published, or the reason why it is not shown."""

    id: int
    place: str
    place_name: str
    place_level: str
    period: str
    breakdown: dict[str, str] = Field(description=N_("Key and level; empty for everybody, everything."))
    value: float | None
    suppressed: str = Field(description=N_("Why the number is not shown; empty when it is."))
    flag: str = Field(description=N_("partial, provisional, estimated, break, or empty."))
    note: str
    revision: int = Field(description=N_("1 for the first value, 2 after a changed edition, and so on."))

    @classmethod
    def of(cls, found: Observation, translator: Translator) -> "ObservationOut":
        """The published number, also for those who may see the stored one on the pages."""
        return cls(
            id=found.id,
            place=found.territory_code,
            place_name=translator.pick(found.territory_names),
            place_level=found.territory_level,
            period=found.period,
            breakdown=dict(found.breakdown),
            value=found.published.value,
            suppressed=found.published.suppressed.value if found.published.suppressed else "",
            flag=found.flag.value,
            note=found.note,
            revision=found.revision,
        )


class ObservationWhyOut(Schema):
    """Why this number: its series, and the file that it stands in."""

    observation: ObservationOut
    series: WholeSeriesOut
    file: str
    sha256: str
    sheet: str
    row: int
    imported_at: dt.datetime

    @classmethod
    def of(cls, found: Provenance, translator: Translator) -> "ObservationWhyOut":
        """The origin as others may know it; who imported it stays inside the organisation."""
        return cls(
            observation=ObservationOut.of(found.observation, translator),
            series=WholeSeriesOut.of(found.series, translator),
            file=found.edition.file,
            sha256=found.edition.sha256,
            sheet=found.edition.sheet,
            row=found.edition.row,
            imported_at=found.edition.imported_at,
        )
