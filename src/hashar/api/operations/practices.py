"""Practices: search, one practice."""

from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Path, Query, Router
from pydantic import BeforeValidator, Field

from hashar.api.answers import Asked, AskedList, Code, Listed, Word, digits, listed, one
from hashar.api.describe import CSV_TOO
from hashar.api.request import ApiRequest, translator_of
from hashar.api.schemas.practices import PracticeOut, WholePracticeOut
from hashar.exchange.queries import practices as queries
from hashar.i18n import N_

router = Router(tags=["practices"])


class AskedPractices(AskedList):
    """Which practices."""

    text: Word | None = Field(None, description=N_("Search in your own words, in any of the seven languages."))
    lane: Literal["tested", "community"] | None = Field(None, description=N_("Only tested programmes, or own ones."))
    setting: Code | None = Field(None, description=N_("Only in this setting: school, family, community …"))
    factor: Code | None = Field(None, description=N_("Only with a link to this factor."))
    age: Annotated[int, Field(ge=0, le=120), BeforeValidator(digits)] | None = Field(
        None, description=N_("Only for this age.")
    )


@router.get("/practices", response=Listed[PracticeOut], summary=N_("Practices"), openapi_extra=CSV_TOO)
def practices(request: ApiRequest, asked: Query[AskedPractices]) -> HttpResponse:
    """Practices that you may read; what fits a text best first."""
    found = queries.practices(
        request.actor,
        asked.text or "",
        lane=asked.lane or "",
        setting=asked.setting or "",
        factor=asked.factor or "",
        age=asked.age,
        page=asked.page,
        size=asked.size,
    )
    items = [PracticeOut.of(each, translator_of(request)) for each in found.items]
    return listed(request, asked, PracticeOut, items, found.total)


@router.get("/practices/{practice}", response=WholePracticeOut, summary=N_("One practice"))
def one_practice(request: ApiRequest, practice: Path[Code], asked: Query[Asked]) -> HttpResponse:  # noqa: ARG001  (checked by ninja)
    """A practice with its ratings side by side, its factors with their basis, and its sources."""
    return one(WholePracticeOut.of_whole(queries.practice(request.actor, practice), translator_of(request)))
