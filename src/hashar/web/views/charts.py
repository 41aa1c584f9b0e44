"""Pictures of charts, drawn when a page asks for them first, and their specifications."""

import hashlib

from django.http import HttpResponse
from django.views.decorators.http import require_GET

from hashar.assess.queries import releases as queries
from hashar.reports import pages
from hashar.web.pictures import kept
from hashar.web.profiles import Wanted, part_of, pictures_folder
from hashar.web.request import Request


@require_GET
def chart(request: Request, release: int, part: str, subject: str, at: int, key: str, look: str) -> HttpResponse:
    """A chart as SVG. The address holds the key of its content: the browser's copy is good as long as it fits."""
    summary = queries.release(request.actor, release)
    folder = pictures_folder(summary)

    def drawn() -> tuple[bytes, str]:
        file = pages.kept_picture(folder, key, look)
        if not file.exists():
            page = part_of(request.actor, summary, _wanted(request, part, subject))
            file = pages.draw(page, language=request.translator.language, at=at, look=look, folder=folder)
        return file.read_bytes(), file.stem

    return kept(request, f"{key}-{look}", drawn)


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
    tag = hashlib.sha256(content).hexdigest()[:32]
    return kept(request, tag, lambda: (content, tag), "application/json")


def _wanted(request: Request, part: str, subject: str) -> Wanted:
    return Wanted(request.translator.language, part, "" if subject == "-" else subject)
