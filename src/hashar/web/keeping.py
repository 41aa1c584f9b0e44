"""One page for every claim: judge it as it is asked, and keep it with its sentence in a report."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from django.contrib import messages
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import redirect, render

from hashar.errors import Forbidden, HasharError
from hashar.evaluate.contracts.claims import Claim, Evidence, Judgement
from hashar.evaluate.contracts.kept import Source, SourceKind
from hashar.evaluate.permissions import writing_organisations
from hashar.evaluate.queries import reports
from hashar.evaluate.services import kept
from hashar.evaluate.services.guard import judge_claim
from hashar.evaluate.services.reports import keep_in_new
from hashar.http_status import status_of
from hashar.i18n import N_
from hashar.web.forms.kept_claims import NEW, KeepForm
from hashar.web.request import Request
from hashar.web.texts import waiting

MOST_OFFERED = 100


class Asked(NamedTuple):
    """A claim with its evidence as the page shows it; it is read from its source once more when it is kept."""

    claim: Claim
    source: Source
    evidence: Evidence


class Page(NamedTuple):
    """What a page of judging is made of."""

    template: str
    context: Mapping[str, object]
    form: Form
    ask: Callable[[], Asked]
    """Called when the form is valid."""
    sentence: str = ""
    """What the sentence may say."""
    release: int | None = None
    """The profile that a new report is about."""


def asked(request: Request, form: Form) -> bool:
    """Whether the address says anything of a form."""
    return any(name in request.GET for name in form.fields)


def judge_and_keep(request: Request, page: Page) -> HttpResponse:
    """Judge what the address asks; keep it when the sentence is posted."""
    organisations = writing_organisations(request.actor)
    if request.method == "POST" and not organisations:
        raise Forbidden(
            N_("Only coordinators, officials and analysts of this organisation keep claims. Ask one of them.")
        )
    judgement: Judgement | None = None
    problem, status, keeping = "", 200, None
    found: Asked | None = None
    if page.form.is_bound and page.form.is_valid():
        try:
            found = page.ask()
            judgement = judge_claim(claim=found.claim, evidence=found.evidence)
        except HasharError as error:
            problem, status = request.translator.error(error), status_of(error)
    if page.form.errors or (request.method == "POST" and judgement is None):
        status = status if problem else 422
    if found is not None and judgement is not None and organisations:
        keeping = _form(request, page, found, organisations)
        if keeping.is_bound:
            status = 422
            if keeping.is_valid() and (done := _keep(request, page, keeping, found)) is not None:
                return done
    context: dict[str, object] = {
        "form": page.form,
        "judgement": judgement,
        "problem": problem,
        "keeping": keeping,
        "asked": found,
    }
    context |= {"report": request.GET.get("report", "")[:20], **page.context}
    return render(request, page.template, context, status=status)


def _form(request: Request, page: Page, found: Asked, organisations: Mapping[int, str]) -> KeepForm:
    own = reports(request.actor, size=MOST_OFFERED).items
    return KeepForm(
        [(str(each.id), each.title) for each in own if each.organisation in organisations],
        organisations,
        typed=found.source.kind is SourceKind.TYPED,
        new_word=request.translator.gettext("a new report of {organisation}"),
        initial={"sentence": page.sentence, "report": request.GET.get("report", "")[:20]},
        data=request.POST if request.method == "POST" else None,
    )


def _keep(request: Request, page: Page, form: KeepForm, found: Asked) -> HttpResponse | None:
    said = form.cleaned_data
    source = found.source
    if source.kind is SourceKind.TYPED:
        source = Source(kind=SourceKind.TYPED, stated=said["stated"])
    sentence = {request.translator.language: said["sentence"]}
    typed = found.evidence if source.kind is SourceKind.TYPED else None
    home: str = said["report"]
    try:
        if home.startswith(NEW):
            claim = keep_in_new(
                actor=request.actor,
                organisation=int(home.removeprefix(NEW)),
                title=said["title"],
                release=page.release,
                sentence=sentence,
                claim=found.claim,
                source=source,
                typed=typed,
                now=request.now,
            )
        else:
            claim = kept.keep(
                actor=request.actor,
                report=int(home),
                sentence=sentence,
                claim=found.claim,
                source=source,
                typed=typed,
                now=request.now,
            )
    except HasharError as error:
        form.add_error(None, request.translator.error(error))
        return None
    messages.success(request, waiting(N_("The claim is kept with its verdict.")))
    return redirect("kept_claim", claim)
