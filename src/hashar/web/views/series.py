"""Registers and monitoring series: the list, a series, its numbers and where they come from."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hashar.assess.contracts.series import SeriesTable
from hashar.assess.permissions import require_import_series, require_share_series
from hashar.assess.queries import series as queries
from hashar.assess.queries import series_sources
from hashar.assess.services import series as services
from hashar.assess.services.series_pages import series_table
from hashar.errors import Forbidden, HasharError, NotFound
from hashar.http_status import status_of
from hashar.i18n import N_
from hashar.people.contracts import PREPARING
from hashar.reports import pages
from hashar.web import pictures, series_pages
from hashar.web.forms.series import SeriesForm
from hashar.web.request import Request, page_number, sent
from hashar.web.series_pages import Words
from hashar.web.series_words import EXPLANATIONS
from hashar.web.views.look import look_of


@require_GET
def all_series(request: Request) -> HttpResponse:
    """Series that the person may know of."""
    found = queries.series_list(request.actor, page=page_number(request), size=30)
    content = {
        "found": found,
        "may_begin": bool(request.actor.organisations(PREPARING)),
        "words": Words(request.translator),
    }
    return render(request, "series/list.html", content)


@require_http_methods(["GET", "POST"])
def new(request: Request) -> HttpResponse:
    """Begin a series."""
    if not request.actor.organisations(PREPARING):
        raise Forbidden(N_("Coordinators, officials and analysts bring in registers. Ask one of your organisation."))
    form = SeriesForm(request.actor, request.translator, sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            made = services.create_series(
                actor=request.actor,
                organisation=form.cleaned_data["organisation"],
                draft=form.draft(),
                now=request.now,
            )
        except HasharError as error:
            return _refused(request, form, error, {})
        return redirect("series_upload", made)
    return render(request, "series/form.html", {"form": form, "it": None}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def edit(request: Request, series: int) -> HttpResponse:
    """Correct what a series says of itself."""
    it = queries.series(request.actor, series)
    require_import_series(request.actor, it.summary.organisation, it.summary.territory_path)
    initial = SeriesForm.initial_of(it)
    form = SeriesForm(request.actor, request.translator, sent(request), initial=initial, edited=True)
    if request.method == "POST" and form.is_valid():
        try:
            services.describe_series(actor=request.actor, series=series, draft=form.draft(), now=request.now)
        except HasharError as error:
            return _refused(request, form, error, {"it": it})
        messages.success(request, request.translator.gettext("The description is corrected."))
        return redirect("series", series)
    return render(request, "series/form.html", {"form": form, "it": it}, status=422 if form.is_bound else 200)


def _refused(request: Request, form: SeriesForm, error: HasharError, content: dict[str, object]) -> HttpResponse:
    for problem in error.problems or [error]:
        form.add_error(None, request.translator.error(problem))
    return render(request, "series/form.html", {"it": None, **content, "form": form}, status=status_of(error))


@require_GET
def series(request: Request, series: int) -> HttpResponse:
    """A series: its numbers at one time, over time and on the map, and how they came here."""
    table = _table(request, series)
    period = series_pages.chosen_period(table, request.GET.get("period", ""))
    t = request.translator
    content = {
        "it": table.description,
        "table": table,
        "period": period,
        "rows": series_pages.rows(t, table, period),
        "grid": series_pages.grid(t, table),
        "pictures": series_pages.pictures(request, table, period, look_of(request)),
        "choices": series_pages.choices(request, table, period),
        "explanations": [t.gettext(each) for each in EXPLANATIONS],
        "words": Words(request.translator),
    }
    return render(request, "series/series.html", content)


@require_GET
def picture(request: Request, series: int, name: str, key: str, look: str) -> HttpResponse:
    """A chart or map of a series as SVG; the address holds the key of its content."""
    table = _table(request, series)

    def drawn() -> tuple[bytes, str]:
        """The chart as it is now, whatever key the address holds: others may see other numbers."""
        period = series_pages.chosen_period(table, request.GET.get("period", ""))
        chart = series_pages.charts(request.translator, table, period).get(name)
        if chart is None:
            raise NotFound(pages.NO_CHART)
        file = pages.draw_chart(chart, request.translator, look=look, folder=series_pages.pictures_folder(series))
        return file.read_bytes(), file.stem

    return pictures.kept(request, f"{key}-{look}", drawn)


@require_GET
def numbers(request: Request, series: int) -> HttpResponse:
    """The numbers of a series as CSV, as the person sees them."""
    it = queries.series(request.actor, series)
    return series_pages.csv_file(series_pages.number_lines(request, it), name=f"series-{it.summary.id}.csv")


@require_http_methods(["GET", "POST"])
def share(request: Request, series: int) -> HttpResponse:
    """Ask once more; then let others see the series."""
    it = queries.series(request.actor, series)
    require_share_series(request.actor, it.summary.organisation, it.summary.territory_path)
    if request.method == "POST":
        services.share_series(actor=request.actor, series=series, now=request.now)
        messages.success(request, request.translator.gettext("The series is shared. Small numbers stay hidden."))
        return redirect("series", series)
    return render(request, "series/share.html", {"it": it})


@require_http_methods(["GET", "POST"])
def unshare(request: Request, series: int) -> HttpResponse:
    """Ask once more; then show the series to its makers only."""
    it = queries.series(request.actor, series)
    require_share_series(request.actor, it.summary.organisation, it.summary.territory_path)
    if request.method == "POST":
        services.unshare_series(actor=request.actor, series=series, now=request.now)
        messages.success(request, request.translator.gettext("The series is no longer shared."))
        return redirect("series", series)
    return render(request, "series/share.html", {"it": it})


@require_GET
def why(request: Request, number: int) -> HttpResponse:
    """Why this number: file, row, who, when, and what stood there before."""
    found = series_sources.why(request.actor, number)
    content = {
        "why": found,
        "it": found.series,
        "each": found.observation,
        "words": Words(request.translator),
    }
    return render(request, "series/why.html", content)


@require_GET
def source(request: Request, sha256: str) -> HttpResponse:
    """The way back: all numbers that stand and come from one file."""
    found = series_sources.observations_of_file(request.actor, sha256, page=page_number(request))
    if not found.total:
        raise NotFound(N_("No number that you may see comes from a file with this fingerprint."))
    content = {"found": found, "sha256": sha256, "words": Words(request.translator)}
    return render(request, "series/source.html", content)


def _table(request: Request, series: int) -> SeriesTable:
    """The numbers of the breakdown that the address asks for."""
    row = queries.the_combination(request.actor, series, request.GET.get("of"))
    return series_table(request.actor, series, row)
