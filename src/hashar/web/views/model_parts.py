"""One part of a logic model: add, change, take out, fill in from a profile."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from hashar.errors import Forbidden, HasharError, NotFound
from hashar.exchange.contracts import Wanted
from hashar.exchange.queries.matching import suggestions
from hashar.http_status import status_of
from hashar.i18n import N_
from hashar.plan.contracts.logic_model import Activity, AnyElement, Factor, LogicModel
from hashar.plan.contracts.stored_models import ModelDetail, ModelVersion, NewerModel
from hashar.plan.permissions import require_write_model
from hashar.plan.queries import grounds
from hashar.plan.services import model_parts, stored_models
from hashar.reference.queries import factors
from hashar.reports.content.model_words import ModelWords
from hashar.web.forms.logic_models import FORMS, BaselineForm, PartForm
from hashar.web.practice_words import EVIDENCE
from hashar.web.request import Request, sent
from hashar.web.target_answers import answer_of_form
from hashar.web.views.logic_models import number_in, saved


def _opened(request: Request, model: int) -> tuple[ModelDetail, LogicModel]:
    it = stored_models.look(actor=request.actor, model=model, now=request.now)
    require_write_model(request.actor, it.summary.organisation, it.summary.territory_path)
    return it, stored_models.model_of(it)


def _part(whole: LogicModel, at: int) -> AnyElement:
    elements = list(whole.elements())
    if not 0 <= at < len(elements):
        raise NotFound(N_("There is no such part in this logic model. Choose one from its table."))
    return elements[at]


@require_http_methods(["GET", "POST"])
def add(request: Request, model: int, element: str) -> HttpResponse:
    """A new part."""
    it, whole = _opened(request, model)
    if element not in FORMS:
        raise NotFound(N_("There is no such part in this logic model. Choose one from its table."))
    return _form(request, it, whole, element, None)


@require_http_methods(["GET", "POST"])
def change(request: Request, model: int, at: int) -> HttpResponse:
    """A part as it is, and as it is to be."""
    it, whole = _opened(request, model)
    return _form(request, it, whole, type(_part(whole, at)).__name__.lower(), at)


def _form(request: Request, it: ModelDetail, whole: LogicModel, kind: str, at: int | None) -> HttpResponse:
    t = request.translator
    element = None if at is None else _part(whole, at)
    form: PartForm = FORMS[kind](whole, element, t, sent(request))
    content: dict[str, object] = {
        "it": it,
        "at": at,
        "kind": kind,
        "element": element,
        "form": form,
        "words": ModelWords(t),
        "based_on": it.version.number,
        "problem": "",
        "told": _findings(it, whole, request, at),
        "suggested": suggestions(request.actor, _factors(whole, element)[:3], Wanted()),
        "evidence_words": EVIDENCE,
        "known_factors": factors(),
        "answer": None,
    }
    status = 200
    if request.method == "POST":
        status = 422
        content["based_on"] = number_in(request.POST.get("based_on", ""))
        if form.is_valid():
            try:
                version = _put(request, it, form, whole, at)
                return saved(request, version)
            except NewerModel as conflict:
                content |= {"problem": t.error(conflict), "based_on": conflict.newer.number}
                status = status_of(conflict)
            except (Forbidden, NotFound):
                raise
            except HasharError as error:
                content["problem"], status = t.error(error), status_of(error)
    if kind == "indicator":
        asked = request.POST if request.method == "POST" else None
        content["answer"] = answer_of_form(request, it, whole, element, asked)
    return render(request, "plan/logic_model_part.html", content, status=status)


def _put(request: Request, it: ModelDetail, form: PartForm, whole: LogicModel, at: int | None) -> ModelVersion:
    return model_parts.put(
        actor=request.actor,
        model=it.summary.id,
        at=at,
        element=form.element(whole),
        based_on=number_in(request.POST.get("based_on", "")),
        now=request.now,
    )


def _findings(it: ModelDetail, whole: LogicModel, request: Request, at: int | None) -> list[object]:
    """What the compiler says of this part."""
    if at is None:
        return []
    place = _part(whole, at).place
    here = [one for one in it.findings if one.place == place]
    t = request.translator
    return [
        (one.severity.value, one.rule, t.gettext(one.sentence, **one.values), t.gettext(one.remedy, **one.values))
        for one in here
    ]


def _factors(whole: LogicModel, element: AnyElement | None) -> list[str]:
    """Factors for which practices may be looked up."""
    if isinstance(element, Factor):
        return [element.code]
    if isinstance(element, Activity):
        strategy = next((one for one in whole.strategies if one.code == element.strategy), None)
        conditions = set(strategy.addresses) if strategy else set()
        return [factor.code for factor in whole.factors if conditions & set(factor.because)]
    return []


@require_http_methods(["GET", "POST"])
def remove(request: Request, model: int, at: int) -> HttpResponse:
    """Ask once more; then take a part out."""
    it, whole = _opened(request, model)
    element = _part(whole, at)
    if request.method == "POST":
        try:
            version = model_parts.remove(
                actor=request.actor,
                model=model,
                at=at,
                based_on=number_in(request.POST.get("based_on", "")),
                now=request.now,
            )
        except NewerModel as conflict:
            content = {"it": it, "at": at, "element": element, "words": ModelWords(request.translator)}
            content |= {"problem": request.translator.error(conflict)}
            return render(request, "plan/logic_model_remove.html", content, status=status_of(conflict))
        return saved(request, version)
    content = {"it": it, "at": at, "element": element, "words": ModelWords(request.translator), "problem": ""}
    return render(request, "plan/logic_model_remove.html", content)


@require_http_methods(["GET", "POST"])
def baseline(request: Request, model: int, at: int) -> HttpResponse:
    """Choose a figure of a profile; baseline, date, answers, design effect and population come with it."""
    it, whole = _opened(request, model)
    element = _part(whole, at)
    titles = grounds.release_titles(request.actor)
    asked = number_in(request.GET.get("release", ""))
    release = asked if asked in titles else next(iter(titles), 0)
    profile = grounds.baselines(request.actor, release) if release else ()
    bands = grounds.bands(it.summary.territory)
    form = BaselineForm(profile, bands, request.translator, sent(request))
    content = {"it": it, "at": at, "element": element, "titles": titles, "release": release, "form": form}
    content |= {"problem": "", "words": ModelWords(request.translator)}
    if request.method == "POST" and form.is_valid():
        try:
            version = model_parts.fill_in(
                actor=request.actor,
                model=model,
                at=at,
                finding=form.cleaned_data["finding"],
                band=form.cleaned_data["band"],
                based_on=number_in(request.POST.get("based_on", "")),
                now=request.now,
            )
            saved(request, version)
            return redirect("logic_model_part", model, at)
        except (Forbidden, NotFound):
            raise
        except HasharError as error:
            content["problem"] = request.translator.error(error)
            return render(request, "plan/logic_model_baseline.html", content, status=status_of(error))
    return render(request, "plan/logic_model_baseline.html", content, status=422 if request.method == "POST" else 200)
