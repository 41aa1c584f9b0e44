"""Releases: profiles as they were released, whole or for other statistical systems."""

from collections.abc import Mapping
from itertools import count
from typing import Annotated, Any, Literal

from django.http import HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from hashar.api.answers import CSV, JSON, Asked, AskedList, Code, Listed, Number, Word, listed, one, wanted
from hashar.api.describe import CSV_TOO, SDMX
from hashar.api.request import ApiRequest, translator_of
from hashar.api.schemas.findings import Dhis2Out, ProfileOut, ReleaseOut, place_of
from hashar.assess.contracts.surveys import FindingKind, StoredFinding
from hashar.assess.queries import releases as queries
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.places.queries import territory
from hashar.reports import exchange
from hashar.reports.content.exchange import Observation
from hashar.reports.services import profile_json

router = Router(tags=["releases"])
PERIOD = (
    r"^[0-9]{4}(-?Q[1-4]|-?S[12]|-?W(0?[1-9]|[1-4][0-9]|5[0-3])"
    r"|-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?$"
)
WHOLE = 1000
"""Figures read at once."""
DHIS2: Mapping[str, Any] = {"response": Dhis2Out, "openapi_extra": CSV_TOO}


class AskedReleases(AskedList):
    """Which releases."""

    place: Code | None = Field(None, description=N_("Only about this territory and its parts."))
    organisation: Number | None = Field(None, description=N_("Only of this organisation."))
    survey: Number | None = Field(None, description=N_("Only of this survey."))


class AskedExchange(Asked):
    """What a file for another system holds."""

    period: Annotated[str, Field(pattern=PERIOD)] | None = Field(
        None, description=N_("Instead of waves whose names are no periods: 2019, 2019-S1, 2019-Q3, 2019-04, 2019-W07.")
    )
    wave: Word | None = Field(None, description=N_("Only of this wave."))
    group: Word | None = Field(None, description=N_("Only of this breakdown; “total” for everybody."))


class AskedDhis2(AskedExchange):
    """What a data value set holds."""

    format: Literal["json", "csv"] | None = Field(
        None, description=N_("json or csv; without it the Accept header says.")
    )
    group: Word | None = Field(
        "total", description=N_("Everybody (“total”), or a breakdown: its rows name the combination “group:level”.")
    )
    org_unit: Code | None = Field(None, description=N_("Code of the organisation unit, instead of the territory's."))


@router.get("/releases", response=Listed[ReleaseOut], summary=N_("Releases"), openapi_extra=CSV_TOO)
def releases(request: ApiRequest, asked: Query[AskedReleases]) -> HttpResponse:
    """Releases you may read, the newest first."""
    found = queries.releases(
        request.actor,
        page=asked.page,
        size=asked.size,
        organisation=asked.organisation,
        territory=territory(asked.place).path if asked.place else None,
        survey=asked.survey,
    )
    translator = translator_of(request)
    return listed(request, asked, ReleaseOut, [ReleaseOut.of(each, translator) for each in found.items], found.total)


@router.get("/releases/{int:release}", response=ReleaseOut, summary=N_("One release"))
def release(request: ApiRequest, release: Path[Number], asked: Query[Asked]) -> HttpResponse:  # noqa: ARG001  (checked by ninja)
    """One release by its number."""
    return one(ReleaseOut.of(queries.release(request.actor, release), translator_of(request)))


@router.get("/releases/{int:release}/profile", response=ProfileOut, by_alias=True, summary=N_("The whole profile"))
def profile(request: ApiRequest, release: Path[Number], asked: Query[Asked]) -> HttpResponse:  # noqa: ARG001  (checked by ninja)
    """The profile as its JSON file has it, texts in all the languages their authors gave."""
    return HttpResponse(profile_json(queries.profile(request.actor, release)), content_type=JSON)


@router.get("/releases/{int:release}/sdmx", response=str, summary=N_("A release as SDMX-CSV 2.0"), openapi_extra=SDMX)
def sdmx(request: ApiRequest, release: Path[Number], asked: Query[AskedExchange]) -> HttpResponse:
    """All figures of a release for statistical systems.

    What is not shown has a status (OBS_STATUS, CONF_STATUS) and no value.
    """
    text = exchange.sdmx_csv(_observations(request.actor, release, asked), period=asked.period)
    return HttpResponse(text, content_type=exchange.SDMX_MEDIA_TYPE)


@router.get("/releases/{int:release}/dhis2", summary=N_("A release as a data value set of DHIS2"), **DHIS2)
def dhis2(request: ApiRequest, release: Path[Number], asked: Query[AskedDhis2]) -> HttpResponse:
    """Figures for the import of DHIS2 (“Data values”), with codes as identifiers.

    What is not shown is left out; the header Hashar-Left-Out counts it.
    """
    kind = wanted(request, asked.format, {"json": JSON, "csv": CSV})
    observations = _observations(request.actor, release, asked)
    write = exchange.dhis2_csv if kind == "csv" else exchange.dhis2_json
    text = write(observations, period=asked.period, org_unit=asked.org_unit)
    response = HttpResponse(text, content_type=CSV if kind == "csv" else JSON)
    response.headers["Hashar-Left-Out"] = str(sum(each.figure.value is None for each in observations))
    return response


def _observations(actor: Actor, release: Path[Number], asked: "AskedExchange") -> list[Observation]:
    """Figures of a release; of everybody, or of one breakdown where asked."""
    queries.release(actor, release)
    group = "" if asked.group == "total" else asked.group
    found: list[StoredFinding] = []
    for page in count(1):
        part = queries.findings(actor, release=release, group=group, wave=asked.wave, page=page, size=WHOLE)
        found += part.items
        if page * WHOLE >= part.total:
            break
    return [_observation(each) for each in found if each.about is not FindingKind.ANSWER]


def _observation(found: StoredFinding) -> Observation:
    return Observation(
        release=found.release,
        place=place_of(found.territory_path),
        indicator=found.indicator,
        kind=found.kind,
        statistic=found.statistic,
        wave=found.wave,
        group=found.group,
        level=found.level,
        figure=found.figure,
    )
