"""Targets while they are typed: the quick question, and the answer beside an indicator's form."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hashar.people.permissions import require_signed_in
from hashar.plan.contracts.stored_models import Baseline
from hashar.plan.contracts.targets import TargetQuestion
from hashar.plan.permissions import require_write_model
from hashar.plan.queries import grounds
from hashar.plan.services import stored_models
from hashar.plan.services.targets import understand
from hashar.reports.content.model_words import ModelWords
from hashar.web.forms.targets import TargetForm
from hashar.web.request import Request
from hashar.web.target_answers import Told, answer_of_form, answered
from hashar.web.views.logic_models import number_in


@require_GET
def targets(request: Request) -> HttpResponse:
    """One line of words, or numbers, and what a survey can show of it. Nothing is stored."""
    require_signed_in(request.actor)
    titles = grounds.release_titles(request.actor)
    form = TargetForm(titles, request.translator, request.GET or None)
    form.fields["release"].initial = next(iter(titles), "")
    told, base = _answer(request, form) if request.GET else (None, None)
    content = {"form": form, "answer": told, "base": base, "words": ModelWords(request.translator), "model": None}
    if request.headers.get("HX-Request") == "true":
        return render(request, "plan/target_answer.html", content)
    return render(request, "plan/targets.html", content)


def _answer(request: Request, form: TargetForm) -> tuple[Told | None, Baseline | None]:
    if not form.is_valid():
        return None, None
    said = form.cleaned_data
    profile = grounds.baselines(request.actor, said["release"]) if said["release"] else ()
    found = understand(text=said["q"], profile=profile)
    base = found.base
    one, other = found.read.baseline, found.read.target
    if one is None or other is None:
        sentence = request.translator.gettext("Write two levels, for example: 30-day cannabis 2 % → 1 %.")
        return (Told(None, sentence) if said["q"] else None), base
    n = said["n"] or (base.n if base else None)
    deff = said["deff"] or (base.deff if base else 2.0)
    if n is None:
        sentence = request.translator.gettext("Write how many pupils answer in one wave, or choose a profile.")
        return Told(None, sentence), base
    question = TargetQuestion(baseline=one, target=other, n=n, deff=deff, population=said["population"])
    return answered(request, question, profile=profile, base=base), base


@require_GET
def answer(request: Request, model: int) -> HttpResponse:
    """The answer beside an indicator's form, as one types."""
    it = stored_models.look(actor=request.actor, model=model, now=request.now)
    require_write_model(request.actor, it.summary.organisation, it.summary.territory_path)
    whole = stored_models.model_of(it)
    at = number_in(request.GET.get("at", ""))
    elements = list(whole.elements())
    element = elements[at] if request.GET.get("at") and at < len(elements) else None
    content = {
        "answer": answer_of_form(request, it, whole, element, request.GET),
        "base": None,
        "words": ModelWords(request.translator),
        "model": model,
    }
    return render(request, "plan/target_answer.html", content)
