"""Forms of the responsible bodies: as files to send, as pages to answer on, and the files that came back."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hashar.errors import Conflict, Forbidden, HasharError, NotFound
from hashar.http_status import status_of
from hashar.i18n import N_
from hashar.implement.contracts.collections import FormMeasure, FormPage
from hashar.implement.permissions import require_manage
from hashar.implement.queries import collections as collection_queries
from hashar.implement.queries import forms as queries
from hashar.implement.services import answers as answer_services
from hashar.implement.services import returned_files as services
from hashar.plan.queries import plans as plan_queries
from hashar.reports.pages import TYPES
from hashar.reports.progress_archive import archive_name, form_archive
from hashar.reports.progress_forms import KINDS, form_file, form_name
from hashar.web.downloads import as_file
from hashar.web.forms.progress import AnswerForm, ReturnedForm, kinds_of
from hashar.web.progress_words import ProgressWords
from hashar.web.request import Request
from hashar.web.request import sent as posted

MEGABYTE = 1_000_000
NO_FORMAT = N_("There is no such format. Go back and choose another.")


@require_GET
def archive(request: Request, collection: int, edition: str, kind: str) -> HttpResponse:
    """The forms of all bodies in one file."""
    if kind not in KINDS:
        raise NotFound(NO_FORMAT)
    found = queries.forms(request.actor, collection, edition)
    return as_file(form_archive(found, kind), "application/zip", archive_name(found))


@require_GET
def file(request: Request, form: int, edition: str, kind: str) -> HttpResponse:
    """The form of one body."""
    if kind not in KINDS:
        raise NotFound(NO_FORMAT)
    found = queries.form(request.actor, form, edition)
    return as_file(form_file(found, kind), TYPES[kind], form_name(found, kind))


@require_http_methods(["GET", "POST"])
def upload(request: Request, collection: int) -> HttpResponse:
    """Take in forms that came back; each is told what became of it."""
    it = collection_queries.collection(request.actor, collection, today=request.now.date())
    plan = plan_queries.summary(request.actor, it.summary.plan)
    require_manage(request.actor, plan.organisation, plan.territory_path)
    form = ReturnedForm(posted(request), request.FILES or None)
    content = {"it": it, "plan": plan, "form": form, "outcomes": (), "words": ProgressWords(request.translator)}
    status = 200
    if request.method == "POST":
        if form.is_valid():
            sent = [(each.name or "", each.open()) for each in form.cleaned_data["returned"]]
            try:
                content["outcomes"] = services.upload(
                    actor=request.actor, collection=collection, files=sent, now=request.now
                )
            except (Forbidden, NotFound):
                raise
            except HasharError as error:
                form.add_error("returned", request.translator.error(error))
                status = status_of(error)
        else:
            status = 422
    return render(request, "progress/upload.html", content, status=status)


@require_http_methods(["GET", "POST"])
def undo(request: Request, returned: int) -> HttpResponse:
    """Ask once more; then take a whole file back."""
    if request.method == "POST":
        made = services.undo(actor=request.actor, file=returned, now=request.now)
        messages.success(
            request, request.translator.gettext("The file is taken back. What stood without it stands again.")
        )
        return redirect("progress_collection", made)
    found = services.require_undo(actor=request.actor, file=returned)
    return render(request, "progress/undo.html", {"found": found})


@require_GET
def form(request: Request, form: int) -> HttpResponse:
    """What a body is asked, and how far it has answered."""
    it = queries.form_page(request.actor, form)
    content = {
        "it": it,
        "words": ProgressWords(request.translator),
        "kinds": kinds_of(KINDS, request.translator),
        "left": sum(one.status is None for one in it.measures),
    }
    return render(request, "progress/form.html", content)


@require_http_methods(["GET", "POST"])
def answer(request: Request, form: int, measure: int) -> HttpResponse:
    """Answer on one measure, then go on to the next that has no answer."""
    it = queries.form_page(request.actor, form)
    one = next((each for each in it.measures if each.measure == measure), None)
    if one is None:
        raise NotFound(answer_services.NOT_ASKED)
    entry = AnswerForm(one.answers, request.translator.pick(it.cost_units), posted(request))
    status = 200
    if entry.is_bound and entry.is_valid():
        try:
            answer_services.answer(
                actor=request.actor,
                form=form,
                measure=measure,
                values=entry.values,
                seen=entry.seen,
                now=request.now,
            )
        except (Forbidden, NotFound):
            raise
        except HasharError as error:
            entry.add_error(None, request.translator.error(error))
            status = status_of(error)
            it, one, entry = _looked_again(request, it, one, entry, error)
        else:
            messages.success(request, request.translator.gettext("Your answer on {number} is kept.", number=one.number))
            following = _following(it, one)
            return (
                redirect("progress_answer", form, following.measure) if following else redirect("progress_form", form)
            )
    elif entry.is_bound:
        answer_services.require_form(actor=request.actor, form=form)
        status = 422
    content = {"it": it, "one": one, "form": entry, "words": ProgressWords(request.translator)}
    return render(request, "progress/answer.html", content, status=status)


def _looked_again(
    request: Request, it: FormPage, one: FormMeasure, entry: AnswerForm, error: HasharError
) -> tuple[FormPage, FormMeasure, AnswerForm]:
    """Where somebody answered in between, what was typed stays, and what stands now is shown beside it."""
    if not isinstance(error, Conflict):
        return it, one, entry
    fresh = queries.form_page(request.actor, it.id)
    found = next((each for each in fresh.measures if each.measure == one.measure), one)
    entry.see(found.answers)
    return fresh, found, entry


def _following(it: FormPage, one: FormMeasure) -> FormMeasure | None:
    """The next measure without an answer, round the list; None: all have one."""
    at = it.measures.index(one)
    others = [*it.measures[at + 1 :], *it.measures[:at]]
    return next((each for each in others if each.status is None), None)
