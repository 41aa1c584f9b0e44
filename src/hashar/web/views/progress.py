"""Progress of a plan: its collections, one of them, what is to be decided, the report."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hashar.errors import Forbidden, HasharError, NotFound
from hashar.flows.period_report import period_report
from hashar.http_status import status_of
from hashar.i18n import LANGUAGES, N_, Translator
from hashar.implement.contracts.collections import CollectionState
from hashar.implement.permissions import may_manage, require_manage
from hashar.implement.queries import collections as queries
from hashar.implement.queries import troubles as trouble_queries
from hashar.implement.services import answers as answer_services
from hashar.implement.services import collections as services
from hashar.plan.queries import plans as plan_queries
from hashar.reports.official import KINDS, report_document
from hashar.reports.pages import TYPES
from hashar.reports.progress_forms import KINDS as FORM_KINDS
from hashar.web.downloads import as_file, safe_name
from hashar.web.forms.progress import DecideForm, OpenForm, kinds_of
from hashar.web.progress_words import ProgressWords
from hashar.web.request import Request
from hashar.web.request import sent as posted


@require_GET
def collections(request: Request, plan: int) -> HttpResponse:
    """All collections of a plan."""
    it = plan_queries.summary(request.actor, plan)
    content = {
        "it": it,
        "found": queries.collections(request.actor, plan),
        "may_manage": may_manage(request.actor, it.organisation, it.territory_path),
        "words": ProgressWords(request.translator),
    }
    return render(request, "progress/collections.html", content)


@require_http_methods(["GET", "POST"])
def begin(request: Request, plan: int) -> HttpResponse:
    """Open a collection."""
    it = plan_queries.summary(request.actor, plan)
    require_manage(request.actor, it.organisation, it.territory_path)
    form = OpenForm(it.years, request.translator, request.now.date(), posted(request))
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        try:
            made = services.open_collection(
                actor=request.actor,
                plan=plan,
                period=form.chosen,
                return_by=said["return_by"],
                whole=said["whole"],
                now=request.now,
            )
        except (Forbidden, NotFound):
            raise
        except HasharError as error:
            form.add_error(None, request.translator.error(error))
        else:
            return redirect("progress_collection", made)
    return render(request, "progress/new.html", {"it": it, "form": form}, status=422 if form.errors else 200)


@require_GET
def collection(request: Request, collection: int) -> HttpResponse:
    """Who answered, what is to be decided, how far each measure is."""
    it = queries.collection(request.actor, collection, today=request.now.date())
    plan = plan_queries.summary(request.actor, it.summary.plan)
    content = {
        "it": it,
        "plan": plan,
        "today": request.now.date(),
        "words": ProgressWords(request.translator),
        "kinds": kinds_of(KINDS, request.translator),
        "form_kinds": kinds_of(FORM_KINDS, request.translator),
    }
    return render(request, "progress/collection.html", content)


@require_GET
def measure(request: Request, collection: int, measure: int) -> HttpResponse:
    """All that was ever said on a measure."""
    it = queries.collection(request.actor, collection, today=request.now.date())
    found = trouble_queries.measure_history(request.actor, collection, measure)
    content = {"it": it, "found": found, "words": ProgressWords(request.translator)}
    return render(request, "progress/measure.html", content)


@require_POST
def state(request: Request, collection: int) -> HttpResponse:
    """Close a collection, or open it again."""
    wanted = CollectionState.OPEN if request.POST.get("state") == "open" else CollectionState.CLOSED
    services.set_state(actor=request.actor, collection=collection, state=wanted, now=request.now)
    return redirect("progress_collection", collection)


@require_POST
def anew(request: Request, collection: int) -> HttpResponse:
    """Make the forms anew after a new edition."""
    services.ask_anew(actor=request.actor, collection=collection, now=request.now)
    messages.success(request, request.translator.gettext("The forms are made anew. All answers stay."))
    return redirect("progress_collection", collection)


@require_POST
def sent(request: Request, collection: int) -> HttpResponse:
    """Note that the forms were sent."""
    services.mark_sent(actor=request.actor, collection=collection, now=request.now)
    return redirect("progress_collection", collection)


@require_http_methods(["GET", "POST"])
def trouble(request: Request, trouble: int) -> HttpResponse:
    """What several sources say, side by side; a post decides."""
    it = trouble_queries.trouble(request.actor, trouble)
    if request.method == "POST":
        answer_services.require_decide(actor=request.actor, trouble=trouble)
    form = DecideForm(it, request.translator, posted(request))
    if form.is_bound and form.is_valid():
        try:
            made = answer_services.decide(
                actor=request.actor,
                trouble=trouble,
                choice=form.chosen,
                value=form.value,
                reason=form.cleaned_data["reason"],
                now=request.now,
            )
        except (Forbidden, NotFound):
            raise
        except HasharError as error:
            form.add_error(None, request.translator.error(error))
            content = {"it": it, "form": form, "words": ProgressWords(request.translator)}
            return render(request, "progress/trouble.html", content, status=status_of(error))
        messages.success(request, request.translator.gettext("Your decision is kept, with its reason."))
        return redirect("progress_collection", made)
    content = {"it": it, "form": form, "words": ProgressWords(request.translator)}
    return render(request, "progress/trouble.html", content, status=422 if form.errors else 200)


@require_GET
def report(request: Request, collection: int, edition: str, kind: str) -> HttpResponse:
    """The report of a period in the official form."""
    if kind not in KINDS or edition not in LANGUAGES:
        raise NotFound(N_("There is no such format. Go back and choose another."))
    found = period_report(request.actor, collection, today=request.now.date())
    title = safe_name(Translator(edition).pick(found.progress.plan_titles), "plan")
    period = found.progress.period
    name = f"{title}.{period.start:%Y-%m}–{period.end:%Y-%m}.{edition}.{kind}"
    return as_file(report_document(found, edition, kind), TYPES[kind], name)
