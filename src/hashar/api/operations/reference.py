"""The field's vocabulary: indicators, risk and protective factors, substances."""

from typing import Literal

from django.http import HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from hashar.api.answers import Asked, AskedList, Code, Listed, listed, one, part
from hashar.api.describe import CSV_TOO
from hashar.api.request import ApiRequest, translator_of
from hashar.api.schemas.reference import FactorOut, IndicatorOut, SubstanceOut, WholeIndicatorOut
from hashar.i18n import N_
from hashar.reference import queries
from hashar.reference.queries import own

router = Router(tags=["reference"])


class AskedIndicators(AskedList):
    """Which indicators."""

    kind: Literal["prevalence", "attitude", "availability", "detection", "process"] | None = Field(
        None, description=N_("Only of this kind.")
    )
    substance: Code | None = Field(None, description=N_("Only of this substance."))


@router.get("/indicators", response=Listed[IndicatorOut], summary=N_("Indicators"), openapi_extra=CSV_TOO)
def indicators(request: ApiRequest, asked: Query[AskedIndicators]) -> HttpResponse:
    """Shipped indicators and those of your organisations, kind by kind."""
    found = own.indicators(request.actor, kind=asked.kind, substance=asked.substance)
    translator = translator_of(request)
    items = [IndicatorOut.of(each, translator) for each in part(asked, found)]
    return listed(request, asked, IndicatorOut, items, len(found))


@router.get("/indicators/{code}", response=WholeIndicatorOut, summary=N_("One indicator"))
def indicator(request: ApiRequest, code: Path[Code], asked: Query[Asked]) -> HttpResponse:  # noqa: ARG001  (checked by ninja)
    """An indicator by its code, with what it is called in other systems (ESPAD, EUDA, SDG, UNODC ARQ, DFC)."""
    return one(WholeIndicatorOut.of(own.indicator(code, request.actor), translator_of(request)))


@router.get("/factors", response=Listed[FactorOut], summary=N_("Risk and protective factors"), openapi_extra=CSV_TOO)
def factors(request: ApiRequest, asked: Query[AskedList]) -> HttpResponse:
    """All factors in the order of the framework."""
    found = list(queries.factors().values())
    translator = translator_of(request)
    return listed(
        request, asked, FactorOut, [FactorOut.of(each, translator) for each in part(asked, found)], len(found)
    )


@router.get("/substances", response=Listed[SubstanceOut], summary=N_("Substances"), openapi_extra=CSV_TOO)
def substances(request: ApiRequest, asked: Query[AskedList]) -> HttpResponse:
    """All substance groups."""
    found = list(queries.substances().values())
    translator = translator_of(request)
    items = [SubstanceOut.of(each, translator) for each in part(asked, found)]
    return listed(request, asked, SubstanceOut, items, len(found))
