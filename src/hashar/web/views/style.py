"""The living style page: what a page is made of, in its states, for those who build and check pages."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from hashar.reports.content.document import Chart, Table
from hashar.reports.render import pictures
from hashar.web.forms.style import SampleFile, SampleFilters, SampleForm
from hashar.web.pictures import shown
from hashar.web.request import Request
from hashar.web.views.look import look_of

ROWS = (
    {"place": "Almaty", "pupils": 1204, "state": "shared", "share": 0.842},
    {"place": "Shymkent", "pupils": 987, "state": "draft", "share": 0.793},
    {"place": "West Kazakhstan Region", "pupils": 0, "state": "withdrawn", "share": 0.815},
)
STATES = ("draft", "shared", "withdrawn", "queued", "running", "done", "failed", "open", "closed", "expired", "undone")
COLOURS = (
    *("paper", "ground", "ink", "quiet", "line", "faint", "edge"),
    *("accent", "accent-soft", "mark", "warm", "warm-soft", "stop", "stop-soft"),
)
_PLACE = {"field": "label", "type": "nominal", "sort": None, "axis": {"title": None}}
_SHARE = {"field": "share", "type": "quantitative", "scale": {"domain": [0, 1]}, "axis": {"format": "%", "title": None}}
_SPEC = {
    "data": {
        "values": [{"label": row["place"], "value": f"{row['share']:.1%}", "share": row["share"]} for row in ROWS]
    },
    "mark": {"type": "bar", "style": "bar-firm"},
    "encoding": {"y": _PLACE, "x": _SHARE},
    "height": 110,
}
CHART = Chart(
    title="Never smoked, by place",
    alternative="Bars: Almaty 84 %, Shymkent 79 %, West Kazakhstan Region 82 %.",
    wide={**_SPEC, "width": 520},
    narrow={**_SPEC, "width": 200},
    table=Table("Never smoked, by place", (), ()),
)


@require_GET
def style(request: Request) -> HttpResponse:
    """Every part of the pages in its states."""
    wrong = SampleForm({"wrong-year": "1800", "wrong-sectors": ["youth", "farmers"]}, prefix="wrong")
    wrong.add_error(None, "This survey is in use. Withdraw its release first.")
    samples = {
        "form": SampleForm(prefix="plain"),
        "wrong": wrong,
        "filters": SampleFilters(prefix="filters"),
        "file": SampleFile(prefix="file"),
        "rows": ROWS,
        "states": STATES,
        "colours": COLOURS,
        "chart": CHART,
        "picture": shown(CHART, look_of(request), _address),
    }
    return render(request, "web/style.html", samples)


def _address(look: str) -> str:
    return f"{reverse('style-picture')}?{look.replace('-', '&')}"


@require_GET
def picture(request: Request) -> HttpResponse:
    """The sample chart as a picture; ``?narrow&dark`` for a telephone, in the colours of the dark page."""
    content = pictures.picture(CHART, request.translator, narrow="narrow" in request.GET, dark="dark" in request.GET)
    return HttpResponse(content, content_type="image/svg+xml")


@require_GET
def specification(request: Request) -> HttpResponse:
    """The sample chart as the page that draws it itself needs it."""
    content = pictures.specification(CHART, request.translator, narrow="narrow" in request.GET)
    return HttpResponse(content, content_type="application/json")
