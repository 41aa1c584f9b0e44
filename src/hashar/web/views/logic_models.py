"""Logic models: the list, one as a picture and as a table with its findings, its text, sharing, files."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hashar.errors import Forbidden, HasharError, InputError, NotFound
from hashar.http_status import status_of
from hashar.i18n import LANGUAGE_NAMES, N_
from hashar.people.permissions import require_signed_in
from hashar.plan.contracts.stored_models import MOST_LETTERS, ModelVersion, NewerModel
from hashar.plan.permissions import require_write_model
from hashar.plan.queries import logic_models as queries
from hashar.plan.services import stored_models as services
from hashar.reports.content.model_words import HEADS, ModelWords
from hashar.reports.logic_model import KINDS, model_document
from hashar.reports.pages import TYPES
from hashar.web.codebooks import differences
from hashar.web.downloads import as_file, safe_name
from hashar.web.forms.logic_models import NewModelForm
from hashar.web.model_pages import page_of
from hashar.web.request import Request, page_number

MEGABYTE = 1_000_000
MOST_BYTES = 4 * MOST_LETTERS + 4


@require_GET
def models(request: Request) -> HttpResponse:
    """Logic models that the person may see."""
    require_signed_in(request.actor)
    found = queries.models(request.actor, page=page_number(request))
    may_begin = bool(services.writing_organisations(request.actor))
    return render(request, "plan/logic_models.html", {"found": found, "may_begin": may_begin})


@require_http_methods(["GET", "POST"])
def begin(request: Request) -> HttpResponse:
    """A new model, empty or from a file."""
    organisations = services.writing_organisations(request.actor)
    if not organisations:
        raise Forbidden(
            N_("Only coordinators, officials and analysts of the organisation write its logic models. Ask one of them.")
        )
    form = NewModelForm(organisations, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            made = services.create_model(
                actor=request.actor,
                organisation=said["organisation"],
                territory=None,
                title=said["title"],
                text=_content(said["file"].read(MOST_BYTES), said["file"].name) if said["file"] else "",
                now=request.now,
            )
        except (Forbidden, NotFound):
            raise
        except HasharError as error:
            form.add_error("file", request.translator.error(error))
        else:
            return redirect("logic_model", made)
    bad = request.method == "POST"
    content = {"form": form, "limit": MEGABYTE // MEGABYTE}
    return render(request, "plan/logic_model_new.html", content, status=422 if bad else 200)


def _content(content: bytes, name: str) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(N_("{file} is not plain text; save it in UTF-8."), file=name) from None


@require_GET
def model(request: Request, model: int) -> HttpResponse:
    """The picture, the findings, the table."""
    it = services.look(actor=request.actor, model=model, now=request.now)
    t = request.translator
    content = {
        "it": it,
        "page": page_of(it, it.model, t, page_number(request)) if it.model is not None else None,
        "problems": [t.error(one) for one in it.problems[:100]],
        "words": ModelWords(t),
        "kinds": KINDS,
        "heads": list(HEADS),
        "editions": LANGUAGE_NAMES,
    }
    return render(request, "plan/logic_model.html", content)


@require_http_methods(["GET", "POST"])
def text(request: Request, model: int) -> HttpResponse:
    """The text for experts; saved also with mistakes."""
    it = services.look(actor=request.actor, model=model, now=request.now)
    require_write_model(request.actor, it.summary.organisation, it.summary.territory_path)
    t = request.translator
    content: dict[str, object] = {
        "it": it,
        "text": it.version.text,
        "based_on": it.version.number,
        "problems": [t.error(one) for one in it.problems[:100]],
        "problem": "",
        "rows": (),
    }
    if request.method == "GET":
        return render(request, "plan/logic_model_text.html", content)
    sent, base = request.POST.get("text", ""), number_in(request.POST.get("based_on", ""))
    try:
        version = services.save_text(actor=request.actor, model=model, text=sent, based_on=base, now=request.now)
    except NewerModel as conflict:
        rows = differences(conflict.newer.text, sent)
        content |= {"text": sent, "based_on": conflict.newer.number, "problem": t.error(conflict), "rows": rows}
        content |= {"problems": [], "theirs": conflict.newer}
        return render(request, "plan/logic_model_text.html", content, status=status_of(conflict))
    except InputError as error:
        content |= {"text": sent, "based_on": base, "problem": t.error(error), "problems": []}
        return render(request, "plan/logic_model_text.html", content, status=status_of(error))
    return saved(request, version)


def saved(request: Request, version: ModelVersion) -> HttpResponse:
    """Back to the model, which shows what is wrong with it."""
    messages.success(request, request.translator.gettext("Saved as version {number}.", number=version.number))
    return redirect("logic_model", version.model)


def number_in(sent: str) -> int:
    """A number of a hidden field; 0 for nonsense."""
    return int(sent) if sent.isascii() and sent.isdecimal() and len(sent) < 10 else 0


@require_POST
def share(request: Request, model: int) -> HttpResponse:
    """Share, or take back."""
    shared = request.POST.get("shared") == "yes"
    try:
        services.share(actor=request.actor, model=model, shared=shared, now=request.now)
    except (Forbidden, NotFound):
        raise
    except HasharError as error:
        messages.error(request, request.translator.error(error))
    return redirect("logic_model", model)


@require_GET
def export(request: Request, model: int) -> HttpResponse:
    """The text as a file."""
    version = queries.version(request.actor, model)
    return as_file(version.text.encode(), "text/plain; charset=utf-8", f"logic-model-{model}-{version.number}.yaml")


@require_GET
def document(request: Request, model: int, edition: str, kind: str) -> HttpResponse:
    """Picture, table and findings as a document."""
    if kind not in KINDS or edition not in LANGUAGE_NAMES:
        raise NotFound(N_("There is no such format. Go back and choose another."))
    it = services.look(actor=request.actor, model=model, now=request.now)
    content = model_document(it, services.model_of(it), language=edition, kind=kind)
    return as_file(content, TYPES[kind], f"{safe_name(it.summary.title, 'logic-model')}.{edition}.{kind}")
