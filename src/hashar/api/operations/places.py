"""Territories: one, the parts of one, search as one types, population."""

from typing import Literal

from django.http import HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from hashar.api.answers import Asked, AskedList, Code, Listed, Number, Word, listed, one, part
from hashar.api.describe import CSV_TOO
from hashar.api.request import ApiRequest, translator_of
from hashar.api.schemas.places import PlaceOut, PopulationOut, WholePlaceOut
from hashar.i18n import N_
from hashar.places import queries

router = Router(tags=["places"])
MOST_HITS = 50


class AskedPlaces(AskedList):
    """Which places."""

    parent: Code | None = Field(None, description=N_("The parts of this territory; without it the countries."))
    text: Word | None = Field(None, description=N_("Search in names and codes, in any language; the best 50."))


class AskedPopulation(AskedList):
    """Which counts."""

    year: Number | None = Field(None, description=N_("Only of this year."))
    sex: Literal["all", "female", "male"] | None = Field(None, description=N_("Only of this sex."))


@router.get("/places", response=Listed[PlaceOut], summary=N_("Places"), openapi_extra=CSV_TOO)
def places(request: ApiRequest, asked: Query[AskedPlaces]) -> HttpResponse:
    """The parts of a territory by code, or what fits a text, best first."""
    if asked.text:
        found = queries.search(asked.text, asked.lang, MOST_HITS)
    else:
        found = queries.children(queries.territory(asked.parent).code if asked.parent else None)
    translator = translator_of(request)
    items = [PlaceOut.of(each, translator) for each in part(asked, found)]
    return listed(request, asked, PlaceOut, items, len(found))


@router.get("/places/{code}", response=WholePlaceOut, summary=N_("One place"))
def place(request: ApiRequest, code: Path[Code], asked: Query[Asked]) -> HttpResponse:  # noqa: ARG001  (checked by ninja)
    """A place by its code, present or former, with its names in all languages."""
    return one(WholePlaceOut.of(queries.territory(code), translator_of(request)))


@router.get(
    "/places/{code}/population", response=Listed[PopulationOut], summary=N_("Population"), openapi_extra=CSV_TOO
)
def population(request: ApiRequest, code: Path[Code], asked: Query[AskedPopulation]) -> HttpResponse:
    """All counts of a place, each with its source; sources are never merged."""
    found = [
        each
        for each in queries.populations(queries.territory(code).code)
        if asked.year in (None, each.year) and asked.sex in (None, each.sex)
    ]
    items = [PopulationOut.of(each) for each in part(asked, found)]
    return listed(request, asked, PopulationOut, items, len(found))
