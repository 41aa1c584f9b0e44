"""Imports of territories and populations: upload, look at what it would do, confirm, undo."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hashar.errors import Forbidden, HasharError
from hashar.http_status import status_of
from hashar.i18n import N_
from hashar.places import permissions
from hashar.places.queries import imports as queries
from hashar.places.services import import_runs
from hashar.places.services import imports as services
from hashar.web.forms.places import PlaceImportForm
from hashar.web.request import Request
from hashar.web.texts import waiting

PAGE = 30


@require_GET
def imports(request: Request) -> HttpResponse:
    """What was imported for the person's organisations."""
    organisations = _organisations(request)
    context = {"imports": queries.imports(request.actor, size=PAGE), "organisations": organisations}
    return render(request, "places/imports.html", context)


@require_http_methods(["GET", "POST"])
def upload(request: Request) -> HttpResponse:
    """Choose a file and say what it is."""
    organisations = _organisations(request)
    initial = {"language": request.translator.language, "parent": request.GET.get("parent", "")[:20]}
    form = PlaceImportForm(organisations, request.POST or None, request.FILES or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        sent = form.cleaned_data.pop("file")
        try:
            made = services.check(
                actor=request.actor, name=sent.name, content=sent.file, now=request.now, **form.cleaned_data
            )
        except HasharError as error:
            form.add_error("file", request.translator.error(error))
            return render(request, "places/import_new.html", {"form": form}, status=status_of(error))
        return redirect("place_import", made.summary.id)
    return render(request, "places/import_new.html", {"form": form}, status=422 if form.is_bound else 200)


@require_GET
def preview(request: Request, number: int) -> HttpResponse:
    """What an import would do, or did."""
    found = queries.import_preview(request.actor, number)
    return render(request, "places/import.html", {"preview": found, "it": found.summary})


@require_POST
def confirm(request: Request, number: int) -> HttpResponse:
    """Write it."""
    run = import_runs.confirm(actor=request.actor, import_id=number, now=request.now)
    if run is not None:
        return redirect("run", run.id)
    messages.success(request, waiting(N_("The import is written.")))
    return redirect("place_import", number)


@require_POST
def undo(request: Request, number: int) -> HttpResponse:
    """Put everything back."""
    run = import_runs.undo(actor=request.actor, import_id=number, now=request.now)
    if run is not None:
        return redirect("run", run.id)
    messages.success(request, waiting(N_("The import is undone: everything is as it was before.")))
    return redirect("place_import", number)


def _organisations(request: Request) -> dict[int, str]:
    found = permissions.import_organisations(request.actor)
    if not found:
        raise Forbidden(N_("Coordinators, officials and analysts import places. Ask one of your organisation."))
    return found
