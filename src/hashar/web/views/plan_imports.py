"""Bringing the file of a plan in: upload, look and answer, store; and taking it back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hashar.errors import Forbidden, HasharError, NotFound, UsageError
from hashar.http_status import status_of
from hashar.plan.contracts.plans import ImportState, PlanPreview
from hashar.plan.permissions import require_import
from hashar.plan.queries import plans as plan_queries
from hashar.plan.queries.previews import preview, shown_changes
from hashar.plan.services import plan_imports as services
from hashar.plan.services.official_plans import MOST_BYTES
from hashar.web.forms.plans import Answers, PlanFileForm
from hashar.web.plan_words import PlanWords
from hashar.web.request import Request

MEGABYTE = 1_000_000
SHOWN = 60
"""Measures of a file that the page shows."""


@require_http_methods(["GET", "POST"])
def upload(request: Request, plan: int | None = None) -> HttpResponse:
    """Take in a file; nothing is stored yet."""
    it = None
    if plan is not None:
        it = plan_queries.summary(request.actor, plan)
        require_import(request.actor, it.organisation, it.territory_path)
        organisations = {it.organisation: it.organisation_name}
    else:
        organisations = dict(services.importing_organisations(request.actor))
    form = PlanFileForm(organisations, request.POST or None, request.FILES or None)
    content = {"form": form, "it": it, "limit": MOST_BYTES // MEGABYTE}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        try:
            made = services.upload(
                actor=request.actor,
                organisation=form.cleaned_data["organisation"],
                plan=plan,
                name=file.name,
                content=file.file,
                now=request.now,
            )
        except (Forbidden, NotFound):
            raise
        except HasharError as error:
            form.add_error("file", request.translator.error(error))
            return render(request, "plan/upload.html", content, status=status_of(error))
        return redirect("plan_import", made)
    bad = request.method == "POST"
    return render(request, "plan/upload.html", content, status=422 if bad else 200)


@require_http_methods(["GET", "POST"])
def detail(request: Request, plan_import: int) -> HttpResponse:
    """What a file holds, what was unsure, what it changes; a post keeps answers."""
    found = preview(request.actor, plan_import)
    if request.method == "POST":
        said = Answers(request.POST, found)
        services.answer(
            actor=request.actor,
            import_id=plan_import,
            bodies=said.bodies,
            deadlines=said.deadlines,
            same=said.same,
            now=request.now,
        )
        messages.success(request, request.translator.gettext("Your answers are kept."))
        return redirect("plan_import", plan_import)
    return _page(request, found, None)


def _page(request: Request, found: PlanPreview, refused: HasharError | None) -> HttpResponse:
    t = request.translator
    content = {
        "found": found,
        "waits": found.state is ImportState.PREVIEWED,
        "changes": shown_changes(found),
        "shown": found.edition.measures[:SHOWN],
        "words": PlanWords(t),
        "refused": t.error(refused) if refused else "",
    }
    return render(request, "plan/import.html", content, status=status_of(refused) if refused else 200)


@require_POST
def store(request: Request, plan_import: int) -> HttpResponse:
    """Make it the edition that stands."""
    try:
        made = services.store(actor=request.actor, import_id=plan_import, now=request.now)
    except UsageError as error:
        return _page(request, preview(request.actor, plan_import), error)
    messages.success(request, request.translator.gettext("The plan is stored. The import can be undone below."))
    return redirect("plan", made)


@require_POST
def discard(request: Request, plan_import: int) -> HttpResponse:
    """Throw a waiting file away."""
    services.discard(actor=request.actor, import_id=plan_import, now=request.now)
    messages.success(request, request.translator.gettext("The file is thrown away. Nothing was stored."))
    return redirect("plans")


@require_http_methods(["GET", "POST"])
def undo(request: Request, plan_import: int) -> HttpResponse:
    """Ask once more; then take a whole import back."""
    found = preview(request.actor, plan_import)
    if request.method == "POST":
        plan = services.undo(actor=request.actor, import_id=plan_import, now=request.now)
        messages.success(request, request.translator.gettext("The import is undone. What stood before stands again."))
        return redirect("plan", plan)
    services.require_undo(actor=request.actor, import_id=plan_import)
    return render(request, "plan/undo.html", {"found": found})
