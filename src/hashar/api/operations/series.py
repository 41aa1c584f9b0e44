"""Registers and monitoring series, as published."""

from django.http import HttpResponse
from ninja import Path, Query, Router

from hashar.api.answers import Asked, AskedList, Listed, Number, listed, one
from hashar.api.describe import CSV_TOO
from hashar.api.request import ApiRequest, translator_of
from hashar.api.schemas.series import ObservationOut, ObservationWhyOut, SeriesOut, WholeSeriesOut
from hashar.assess.queries import series as queries
from hashar.assess.queries import series_sources
from hashar.i18n import N_

router = Router(tags=["series"])


@router.get("/series", response=Listed[SeriesOut], summary=N_("Series"), openapi_extra=CSV_TOO)
def series(request: ApiRequest, asked: Query[AskedList]) -> HttpResponse:
    """Series you may read, the latest changed first."""
    found = queries.series_list(request.actor, page=asked.page, size=asked.size)
    translator = translator_of(request)
    return listed(request, asked, SeriesOut, [SeriesOut.of(each, translator) for each in found.items], found.total)


@router.get("/series/{int:series}", response=WholeSeriesOut, summary=N_("One series"))
def one_series(request: ApiRequest, series: Path[Number], asked: Query[Asked]) -> HttpResponse:  # noqa: ARG001  (checked by ninja)
    """What a series counts, and what has to be known before its numbers are used."""
    return one(WholeSeriesOut.of(queries.series(request.actor, series), translator_of(request)))


@router.get(
    "/series/{int:series}/observations",
    response=Listed[ObservationOut],
    summary=N_("Numbers of a series"),
    openapi_extra=CSV_TOO,
)
def observations(request: ApiRequest, series: Path[Number], asked: Query[AskedList]) -> HttpResponse:
    """All numbers of a series as published, by territory, breakdown and period; what is hidden says why."""
    found = queries.all_observations(request.actor, series, page=asked.page, size=asked.size)
    translator = translator_of(request)
    items = [ObservationOut.of(each, translator) for each in found.items]
    return listed(request, asked, ObservationOut, items, found.total)


@router.get(
    "/observations/{int:observation}/why", response=ObservationWhyOut, summary=N_("Why this number of a series")
)
def why(request: ApiRequest, observation: Path[Number], asked: Query[Asked]) -> HttpResponse:  # noqa: ARG001  (checked by ninja)
    """The file behind a number, with its fingerprint."""
    return one(ObservationWhyOut.of(series_sources.why(request.actor, observation), translator_of(request)))
