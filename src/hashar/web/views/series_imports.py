"""Bringing a register file in, step by step: file, columns, look, store; and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hashar.assess.contracts.series import ImportState
from hashar.assess.contracts.series_import import Waiting
from hashar.assess.permissions import require_import_series
from hashar.assess.queries import series as queries
from hashar.assess.queries.series_sources import import_detail
from hashar.assess.services import series_imports as services
from hashar.assess.services import series_mappings, series_preview, series_runs
from hashar.errors import Conflict, Forbidden, HasharError, NotFound, UsageError
from hashar.http_status import status_of
from hashar.web import series_pages
from hashar.web.forms.choices import shown
from hashar.web.forms.series import HeadForm, MappingForm, RegisterForm, SheetForm, columns_of, names_of
from hashar.web.request import Request, page_number, sent
from hashar.web.series_pages import Words
from hashar.web.series_words import USES

MEGABYTE = 1_000_000
TOP_ROWS = 8


@require_http_methods(["GET", "POST"])
def upload(request: Request, series: int) -> HttpResponse:
    """Take in a register file; nothing is stored yet."""
    it = queries.series(request.actor, series)
    require_import_series(request.actor, it.summary.organisation, it.summary.territory_path)
    form = RegisterForm(sent(request), request.FILES or None)
    content = {"it": it, "form": form, "limit": services.MOST_BYTES // MEGABYTE}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = services.upload(
                actor=request.actor, series=series, name=file.name, content=file.file, now=request.now
            )
        except (Forbidden, NotFound):
            raise
        except HasharError as error:
            form.add_error("file", request.translator.error(error))
            return render(request, "series/upload.html", content, status=status_of(error))
        answer = redirect("series_columns", made)
        if request.headers.get("X-Requested-With") == "upload":
            answer.status_code = 201  # the script goes there itself
        return answer
    return render(request, "series/upload.html", content, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "POST"])
def columns(request: Request, import_id: int) -> HttpResponse:
    """What the columns are: guessed, for a person to correct."""
    waiting = series_preview.waiting(request.actor, import_id)
    if request.method != "POST":
        return _columns_page(request, waiting, None, [])
    it = queries.series(request.actor, waiting.series)
    form = MappingForm(request.translator, it.summary.territory_path, request.POST)
    if not form.is_valid():
        return _columns_page(request, waiting, form, [], status=422)
    said = form.mapping(columns_of(request.POST, len(waiting.mapping.columns)))
    series_mappings.set_mapping(actor=request.actor, import_id=import_id, mapping=said)
    try:
        series_preview.look(request.actor, import_id, today=request.now.date())
    except UsageError as error:
        waiting = series_preview.waiting(request.actor, import_id)
        return _columns_page(request, waiting, form, list(error.problems) or [error], status=422)
    return redirect("series_preview", import_id)


def _columns_page(
    request: Request, waiting: Waiting, form: MappingForm | None, problems: list[HasharError], status: int = 200
) -> HttpResponse:
    t = request.translator
    it = queries.series(request.actor, waiting.series)
    mapping = waiting.mapping
    path = it.summary.territory_path
    form = form or MappingForm(t, path, initial=MappingForm.initial_of(mapping))
    head = {name: getattr(mapping, name) for name in ("header_row", "header_rows", "first_row")}
    content = {
        "it": it,
        "waiting": waiting,
        "form": form,
        "head_form": HeadForm(initial=head),
        "sheet_form": SheetForm(waiting.grid.sheets, initial={"sheet": waiting.grid.sheet}),
        "uses": shown(USES),
        "top": [
            (at, series_preview.words(waiting.grid, at)) for at in range(1, min(TOP_ROWS, len(waiting.grid.rows)) + 1)
        ],
        "problems": [t.error(problem) for problem in problems],
        "words": Words(request.translator),
    }
    return render(request, "series/columns.html", content, status=status)


@require_POST
def sheet(request: Request, import_id: int) -> HttpResponse:
    """Read another sheet of the workbook."""
    series_mappings.choose_sheet(actor=request.actor, import_id=import_id, sheet=request.POST.get("sheet", ""))
    return redirect("series_columns", import_id)


@require_POST
def header(request: Request, import_id: int) -> HttpResponse:
    """Guess the columns anew below another header."""
    series_preview.waiting_row(request.actor, import_id)  # whoever may not bring in a file learns nothing by its form
    form = HeadForm(request.POST)
    if not form.is_valid():
        messages.error(request, request.translator.gettext("Write the numbers of the rows as the file counts them."))
        return redirect("series_columns", import_id)
    try:
        series_mappings.guess_again(actor=request.actor, import_id=import_id, **form.cleaned_data)
    except UsageError as error:
        messages.error(request, request.translator.error(error))
    return redirect("series_columns", import_id)


@require_GET
def preview(request: Request, import_id: int) -> HttpResponse:
    """What storing would do: problems with their rows, what is new, changed, the same."""
    return _preview_page(request, import_id, None)


def _preview_page(request: Request, import_id: int, refused: HasharError | None) -> HttpResponse:
    try:
        found = series_preview.preview(request.actor, import_id, now=request.now, language=request.translator.language)
    except UsageError:
        return redirect("series_columns", import_id)
    content = {
        "it": queries.series(request.actor, found.series),
        "found": found,
        "refused": request.translator.error(refused) if refused else "",
        "words": Words(request.translator),
    }
    return render(request, "series/preview.html", content, status=status_of(refused) if refused else 200)


@require_POST
def names(request: Request, import_id: int) -> HttpResponse:
    """Say which territories names of the file mean."""
    said = names_of(request.POST, series_preview.unknown_names(request.actor, import_id, now=request.now))
    series_mappings.name_territories(actor=request.actor, import_id=import_id, names=said)
    return redirect("series_preview", import_id)


@require_POST
def store(request: Request, import_id: int) -> HttpResponse:
    """Store what the preview showed."""
    digest = request.POST.get("digest", "")
    good_only = request.POST.get("good_only") == "1"
    try:
        run = series_runs.store(
            actor=request.actor, import_id=import_id, digest=digest, good_only=good_only, now=request.now
        )
    except (Conflict, UsageError) as error:
        if _is_waiting(request, import_id):
            return _preview_page(request, import_id, error)
        raise
    if run is not None:
        return redirect("run", run.id)
    messages.success(request, request.translator.gettext("The numbers are stored. They can be taken back below."))
    return redirect("series_import", import_id)


def _is_waiting(request: Request, import_id: int) -> bool:
    return import_detail(request.actor, import_id, size=1).summary.state is ImportState.PREVIEWED


@require_GET
def detail(request: Request, import_id: int) -> HttpResponse:
    """One import: the file, what it brought, what was not taken."""
    found = import_detail(request.actor, import_id, page=page_number(request))
    if found.summary.state is ImportState.PREVIEWED:
        return redirect("series_columns", import_id)
    content = {
        "found": found,
        "it": found.series,
        "one": found.summary,
        "words": Words(request.translator),
    }
    return render(request, "series/import.html", content)


@require_GET
def rejected(request: Request, import_id: int) -> HttpResponse:
    """The cells that are not taken, with their rows and reasons, as CSV to correct."""
    found = series_preview.rejections(request.actor, import_id, now=request.now)
    t = request.translator
    file: dict[str, list[object]] = {
        t.gettext("Row"): [each.row for each, _ in found.problems],
        t.gettext("Column"): [each.column for each, _ in found.problems],
        t.gettext("Content"): [each.content for each, _ in found.problems],
        t.gettext("What to do"): [t.gettext(each.message).format(**each.values) for each, _ in found.problems],
    }
    for at, header_text in enumerate(found.headers):
        name = header_text if header_text and header_text not in file else f"{header_text} ({at + 1})"
        file[name] = [cells[at] if at < len(cells) else "" for _, cells in found.problems]
    return series_pages.csv_file(file, name=f"not-taken-{import_id}.csv")


@require_POST
def discard(request: Request, import_id: int) -> HttpResponse:
    """Throw a waiting file away."""
    series = services.discard(actor=request.actor, import_id=import_id, now=request.now)
    messages.success(request, request.translator.gettext("The file is thrown away. Nothing was stored."))
    return redirect("series", series)


@require_http_methods(["GET", "POST"])
def undo(request: Request, import_id: int) -> HttpResponse:
    """Ask once more; then take a whole import back."""
    found = import_detail(request.actor, import_id, size=1)
    it = found.series
    require_import_series(request.actor, it.summary.organisation, it.summary.territory_path)
    if request.method == "POST":
        services.undo(actor=request.actor, import_id=import_id, now=request.now)
        messages.success(request, request.translator.gettext("The import is undone. What stood before stands again."))
        return redirect("series", it.summary.id)
    return render(request, "series/undo.html", {"found": found, "it": it, "one": found.summary})
