"""Published figures, and where they come from."""

from typing import Annotated, Literal

from django.http import HttpResponse
from ninja import Path, Query, Router
from pydantic import Field

from hashar.api.answers import Asked, AskedList, Code, Listed, Number, Word, listed, one
from hashar.api.describe import CSV_TOO
from hashar.api.request import ApiRequest, translator_of
from hashar.api.schemas.findings import FindingOut, WhyOut
from hashar.assess.contracts.surveys import FindingKind
from hashar.assess.queries import releases
from hashar.i18n import N_
from hashar.places.queries import territory

router = Router(tags=["findings"])
Sha256 = Annotated[str, Field(pattern=r"^[0-9a-f]{64}$")]


class AskedFindings(AskedList):
    """Which figures."""

    release: Number | None = Field(None, description=N_("Only of this release."))
    indicator: Word | None = Field(None, description=N_("Only of this indicator, or factor."))
    place: Code | None = Field(None, description=N_("Only about this territory and its parts."))
    wave: Word | None = Field(None, description=N_("Only of this wave."))
    group: Word | None = Field(None, description=N_("Only of this breakdown; “total” for everybody."))
    about: Literal["indicator", "answer", "factor", "score"] | None = Field(None, description=N_("Only of this sort."))


@router.get("/findings", response=Listed[FindingOut], summary=N_("Published figures"), openapi_extra=CSV_TOO)
def findings(request: ApiRequest, asked: Query[AskedFindings]) -> HttpResponse:
    """Figures of the releases you may read, the newest release first."""
    found = releases.findings(
        request.actor,
        release=asked.release,
        indicator=asked.indicator,
        territory=territory(asked.place).path if asked.place else None,
        about=FindingKind(asked.about) if asked.about else None,
        group="" if asked.group == "total" else asked.group,
        wave=asked.wave,
        page=asked.page,
        size=asked.size,
    )
    translator = translator_of(request)
    return listed(request, asked, FindingOut, [FindingOut.of(each, translator) for each in found.items], found.total)


@router.get(
    "/sources/{sha256}/findings", response=Listed[FindingOut], summary=N_("Back from a file"), openapi_extra=CSV_TOO
)
def from_source(request: ApiRequest, sha256: Path[Sha256], asked: Query[AskedList]) -> HttpResponse:
    """Figures you may read that were computed from the file with this fingerprint (SHA-256)."""
    found = releases.figures_from_source(request.actor, sha256, page=asked.page, size=asked.size)
    translator = translator_of(request)
    return listed(request, asked, FindingOut, [FindingOut.of(each, translator) for each in found.items], found.total)


@router.get("/findings/{int:finding}", response=FindingOut, summary=N_("One figure"))
def finding(request: ApiRequest, finding: Path[Number], asked: Query[Asked]) -> HttpResponse:  # noqa: ARG001  (checked by ninja)
    """One figure by its number."""
    return one(FindingOut.of(releases.finding(request.actor, finding), translator_of(request)))


@router.get("/findings/{int:finding}/why", response=WhyOut, summary=N_("Why this number"))
def why(request: ApiRequest, finding: Path[Number], asked: Query[Asked]) -> HttpResponse:  # noqa: ARG001  (checked by ninja)
    """Files with their fingerprints, codebook, methods and parameters behind a figure."""
    return one(WhyOut.of(releases.why(request.actor, finding), translator_of(request)))
