"""Organisations: public fields only, no members."""

from django.http import HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from hashar.api.answers import Asked, AskedList, Code, Listed, Number, Word, listed, one
from hashar.api.describe import CSV_TOO
from hashar.api.request import ApiRequest, translator_of
from hashar.api.schemas.organisations import OrganisationOut
from hashar.i18n import N_
from hashar.people import queries
from hashar.places.queries import territory

router = Router(tags=["organisations"])


class AskedOrganisations(AskedList):
    """Which organisations."""

    text: Word | None = Field(None, description=N_("Part of the name, in any language."))
    place: Code | None = Field(None, description=N_("Only of this territory and its parts."))
    kind: Code | None = Field(None, description=N_("Only of this kind."))
    sector: Code | None = Field(None, description=N_("Only of this sector."))


@router.get("/organisations", response=Listed[OrganisationOut], summary=N_("Organisations"), openapi_extra=CSV_TOO)
def organisations(request: ApiRequest, asked: Query[AskedOrganisations]) -> HttpResponse:
    """Organisations of this site by name; closed ones are left out."""
    found = queries.organisations(
        request.actor,
        text=asked.text or "",
        kind=asked.kind or "",
        sector=asked.sector or "",
        territory_path=territory(asked.place).path if asked.place else "",
        page=asked.page,
        size=asked.size,
    )
    translator = translator_of(request)
    items = [OrganisationOut.of(each, translator) for each in found.items]
    return listed(request, asked, OrganisationOut, items, found.total)


@router.get("/organisations/{int:organisation}", response=OrganisationOut, summary=N_("One organisation"))
def organisation(request: ApiRequest, organisation: Path[Number], asked: Query[Asked]) -> HttpResponse:  # noqa: ARG001  (checked by ninja)
    """One organisation by its number."""
    return one(OrganisationOut.of(queries.organisation(organisation, request.actor), translator_of(request)))
