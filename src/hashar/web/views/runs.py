"""Long work: how far it is, why it failed, where its result is."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET

from hashar.errors import HasharError
from hashar.runs.contracts import Run, RunState
from hashar.runs.queries import run_for
from hashar.web import documents
from hashar.web.request import Request


@require_GET
def run(request: Request, run: int) -> HttpResponse:
    """The page of a run; to htmx only the part that changes."""
    found = run_for(request.actor, run)
    t = request.translator
    content = {
        "run": found,
        "open": found.state in (RunState.QUEUED, RunState.RUNNING),
        "step": t.gettext(found.step) if found.step else "",
        "failure": t.error(HasharError(found.message, problems=(), **found.values)) if found.message else "",
        "back": back(found),
        "result": result(found),
    }
    inside = request.headers.get("HX-Request") == "true"
    response = render(request, "assess/run_state.html" if inside else "assess/run.html", content)
    response["Cache-Control"] = "no-store"
    return response


def back(found: Run) -> str:
    """Where the work was asked for."""
    what, _, number = found.subject.partition(":")
    names = {name: name for name in ("survey", "release", "place_import", "series_import")}
    return reverse(names[what], args=[int(number)]) if what in names and number.isdigit() else reverse("assess")


def result(found: Run) -> str:
    """Where the result is; empty while there is none."""
    if found.state is not RunState.DONE:
        return ""
    made = found.result
    if found.kind == documents.KIND:
        return reverse("release_document", args=[made["release"], made["language"], made["kind"]])
    return reverse("release", args=[made["release"]]) if "release" in made else ""
