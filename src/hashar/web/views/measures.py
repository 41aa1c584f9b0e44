"""A measure of a plan, and the commitments of organisations for it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from hashar.errors import Forbidden, HasharError, NotFound
from hashar.http_status import status_of
from hashar.i18n import N_
from hashar.people.queries import organisations
from hashar.plan.contracts.commitments import Commitment, MeasurePage, Step
from hashar.plan.queries.commitments import measure_page
from hashar.plan.queries.finding import place_of_commitment
from hashar.plan.services import commitments as services
from hashar.web.commitment_words import AT_ONCE, BUTTONS, WORDS
from hashar.web.forms.commitments import AnswerForm, InviteForm, OfferForm, PostForm, ReasonForm
from hashar.web.plan_words import PlanWords
from hashar.web.request import Request, sent
from hashar.web.texts import waiting

MOST_ORGANISATIONS = 1_000


@require_GET
def measure(request: Request, plan: int, measure: int) -> HttpResponse:
    """The words of the plan, lead and partners, commitments, the thread."""
    every = request.GET.get("posts") == "all"
    found = measure_page(request.actor, plan, measure, today=request.now.date(), every_post=every)
    writing = PostForm(found.writing, member=found.member) if found.writing else None
    return shown(request, "plan/measure.html", found, {"post_form": writing})


def shown(request: Request, template: str, it: MeasurePage, more: dict[str, Any], status: int = 200) -> HttpResponse:
    """A page about a measure."""
    content = {"it": it, "words": PlanWords(request.translator), **WORDS, **more}
    return render(request, template, content, status=status)


def saved(request: Request, form: forms.Form, act: Callable[[], object], done: str) -> int:
    """Do what a form asks for; 0 when it is done, else the status of its page with what is to be mended."""
    if request.method != "POST":
        return 200
    if not form.is_valid():
        return 422
    try:
        act()
    except HasharError as error:
        form.add_error(None, request.translator.error(error))
        return status_of(error)
    messages.success(request, waiting(done))
    return 0


@require_http_methods(["GET", "POST"])
def offer(request: Request, plan: int, measure: int) -> HttpResponse:
    """Promise something for a measure."""
    it = measure_page(request.actor, plan, measure, today=request.now.date())
    if not it.offering:
        raise Forbidden(N_("Coordinators and officials promise something for their organisation. Ask one of yours."))
    form = OfferForm(it.offering, sent(request))

    def act() -> object:
        said = form.cleaned_data["organisation"]
        return services.offer(
            actor=request.actor, plan=plan, measure=measure, organisation=said, promise=form.promise(), now=request.now
        )

    status = saved(request, form, act, N_("The offer is made. The plan's organisation or the lead accepts it."))
    if not status:
        return redirect("measure", plan, measure)
    more = {"form": form, "title": N_("Promise something for this measure")}
    return shown(request, "plan/measure_form.html", it, more, status)


@require_http_methods(["GET", "POST"])
def invite(request: Request, plan: int, measure: int) -> HttpResponse:
    """Ask an organisation to take part."""
    it = measure_page(request.actor, plan, measure, today=request.now.date())
    if not it.may_invite:
        raise Forbidden(N_("Only coordinators and officials of the plan's organisation do this."))
    known = organisations(request.actor, size=MOST_ORGANISATIONS).items
    start = {"organisation": request.GET.get("organisation", "")}
    form = InviteForm(
        {each.id: request.translator.pick(each.names) or each.name for each in known}, sent(request), initial=start
    )

    def act() -> object:
        said = form.cleaned_data["organisation"]
        return services.invite(
            actor=request.actor, plan=plan, measure=measure, organisation=said, promise=form.promise(), now=request.now
        )

    status = saved(request, form, act, N_("The organisation is invited. It sees the plan and answers on this page."))
    if not status:
        return redirect("measure", plan, measure)
    return shown(request, "plan/measure_form.html", it, {"form": form, "title": N_("Invite an organisation")}, status)


@require_http_methods(["GET", "POST"])
def step(request: Request, commitment: int, commitment_step: str) -> HttpResponse:
    """Go one step on with a commitment: at once, or with a reason or a promise."""
    plan, measure = place_of_commitment(request.actor, commitment)
    it = measure_page(request.actor, plan, measure, today=request.now.date())
    one = next(each for each in it.commitments if each.id == commitment)
    asked = next((each for each in BUTTONS if each == commitment_step), None)
    if asked is None or asked not in one.steps:
        raise NotFound(N_("There is no such step for you here (any more). Look at the page of the measure."))
    form = _step_form(request, asked, one)

    def act() -> None:
        services.take(
            actor=request.actor,
            commitment=commitment,
            step=asked,
            reason=form.cleaned_data.get("reason", ""),
            promise=form.promise() if isinstance(form, AnswerForm) else None,
            now=request.now,
        )

    status = saved(request, form, act, N_("It is noted."))
    if not status:
        return redirect("measure", plan, measure)
    return shown(request, "plan/measure_form.html", it, {"form": form, "title": BUTTONS[asked], "one": one}, status)


def _step_form(request: Request, asked: Step, one: Commitment) -> forms.Form:
    if asked is Step.ANSWER:
        start = {"text": one.promise.text, "until": one.promise.until}
        return AnswerForm(sent(request), initial=start)
    return forms.Form(sent(request)) if asked in AT_ONCE else ReasonForm(sent(request))
