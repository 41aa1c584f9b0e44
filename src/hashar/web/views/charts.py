"""Pictures of charts, drawn when a page asks for them first, and their specifications."""

import hashlib
from http import HTTPStatus

from django.http import HttpResponse, HttpResponseNotModified
from django.views.decorators.http import require_GET

from hashar.assess.queries import releases as queries
from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.reports import pages
from hashar.web.profiles import Wanted, part_of, pictures_folder
from hashar.web.request import Request

NO_CHART = N_("There is no such chart (any more). Load the page again.")


@require_GET
def chart(request: Request, release: int, part: str, subject: str, at: int, key: str, look: str) -> HttpResponse:
    """A chart as SVG. The address holds the key of its content: the browser's copy is good as long as it fits."""
    summary = queries.release(request.actor, release)
    if look not in pages.LOOKS:
        raise NotFound(NO_CHART)
    tag = f'"{key}-{look}"'
    kept = pages.kept_picture(pictures_folder(summary), key, look)
    if not kept.exists():
        page = part_of(request.actor, summary, _wanted(request, part, subject))
        kept = pages.draw(page, language=request.translator.language, at=at, look=look, folder=pictures_folder(summary))
        tag = f'"{kept.stem}"'
    if request.headers.get("If-None-Match") == tag:
        return _kept(HttpResponseNotModified(), tag)
    return _kept(HttpResponse(kept.read_bytes(), content_type="image/svg+xml"), tag)


@require_GET
def specification(
    request: Request,
    release: int,
    part: str,
    subject: str,
    at: int,
    key: str,  # noqa: ARG001  (another content is another address)
) -> HttpResponse:
    """A chart as compiled Vega JSON, ``?narrow=1`` for a telephone."""
    summary = queries.release(request.actor, release)
    page = part_of(request.actor, summary, _wanted(request, part, subject))
    narrow = "narrow" in request.GET
    content = pages.specification(page, language=request.translator.language, at=at, narrow=narrow)
    tag = f'"{hashlib.sha256(content).hexdigest()[:32]}"'
    if request.headers.get("If-None-Match") == tag:
        return _kept(HttpResponseNotModified(), tag)
    return _kept(HttpResponse(content, content_type="application/json", status=HTTPStatus.OK), tag)


def _wanted(request: Request, part: str, subject: str) -> Wanted:
    return Wanted(request.translator.language, part, "" if subject == "-" else subject)


def _kept(response: HttpResponse, tag: str) -> HttpResponse:
    """The browser keeps it, and asks each time whether the person may still see it."""
    response["ETag"] = tag
    response["Cache-Control"] = "private, no-cache"
    return response
