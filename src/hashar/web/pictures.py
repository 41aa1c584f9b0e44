"""Charts on pages: where their pictures are, and how these are sent."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, HttpResponseNotModified

from hashar.reports.content.document import Chart
from hashar.reports.render.fragments import Source, sources_of

SVG = "image/svg+xml"


@dataclass(frozen=True)
class Picture:
    """A chart with the addresses of its files."""

    title: str
    alternative: str
    fallback: Source
    sources: Sequence[Source]


def shown(chart: Chart, look: str, address: Callable[[str], str]) -> Picture:
    """A chart for a page in a look; ``address`` says where the picture of a look is."""
    return Picture(chart.title, chart.alternative, *sources_of(chart, look, address))


def kept(request: HttpRequest, tag: str, make: Callable[[], tuple[bytes, str]], kind: str = SVG) -> HttpResponse:
    """Send what ``make`` gives (content and its tag), unless the browser has what ``tag`` stands for.

    The browser keeps it, and asks each time whether the person may still see it.
    """
    response: HttpResponse = HttpResponseNotModified()
    if request.headers.get("If-None-Match") != f'"{tag}"':
        content, tag = make()
        if request.headers.get("If-None-Match") != f'"{tag}"':
            response = HttpResponse(content, content_type=kind)
    response["ETag"] = f'"{tag}"'
    response["Cache-Control"] = "private, no-cache"
    return response
