"""Official plans: the list, a plan with its measures, its form as Word and Excel."""

from dataclasses import replace

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.implement.queries.collections import latest
from hashar.implement.queries.forms import invitations
from hashar.people.permissions import require_signed_in
from hashar.plan.contracts.commitments import Participants
from hashar.plan.queries import plans as queries
from hashar.plan.queries.commitments import participants_by_measure
from hashar.plan.services.plan_imports import may_begin
from hashar.reports.official import KINDS, plan_document
from hashar.reports.pages import TYPES
from hashar.web.downloads import as_file, safe_name
from hashar.web.forms.plans import MeasuresForm
from hashar.web.plan_words import PlanWords
from hashar.web.progress_words import ProgressWords
from hashar.web.request import Request, page_number


@require_GET
def plans(request: Request) -> HttpResponse:
    """Plans that the person may see."""
    require_signed_in(request.actor)
    found = queries.plans(request.actor, page=page_number(request))
    content = {
        "found": found,
        "may_begin": may_begin(request.actor),
        "waiting": invitations(request.actor, request.now.date()),
        "progress_words": ProgressWords(request.translator),
    }
    return render(request, "plan/plans.html", content)


@require_GET
def plan(request: Request, plan: int) -> HttpResponse:
    """A plan: its measures by section, for one body or until a day."""
    whole = queries.plan(request.actor, plan, today=request.now.date())
    t = request.translator
    joined = participants_by_measure(request.actor, plan)
    form = MeasuresForm(whole.bodies, t.gettext("everybody"), request.GET or None)
    it = whole
    if form.is_bound and form.is_valid():
        said = form.cleaned_data
        it = queries.narrowed(whole, body=said["body"], before=said["before"])
        it = replace(it, measures=tuple(one for one in it.measures if _lacks(joined[one.id], said["missing"])))
    parts = [
        (t.pick(title), [one for one in it.measures if one.section == at])
        for at, title in ((None, {}), *enumerate(it.sections))
    ]
    content = {
        "it": it,
        "form": form,
        "parts_of": [(title, measures) for title, measures in parts if measures],
        "total": whole.summary.measures,
        "joined": joined,
        "words": PlanWords(t),
        "kinds": KINDS,
        "progress": latest(request.actor, plan, today=request.now.date()),
        "progress_words": ProgressWords(t),
    }
    return render(request, "plan/plan.html", content)


def _lacks(joined: Participants, missing: str) -> bool:
    """Whether a measure lacks what was asked for; everything lacks nothing."""
    return not missing or (joined.lead is None if missing == "lead" else not joined.has_civil)


@require_GET
def document(request: Request, plan: int, edition: str, kind: str) -> HttpResponse:
    """The plan as its official form."""
    if kind not in KINDS:
        raise NotFound(N_("There is no such format. Go back and choose another."))
    found = queries.edition(request.actor, plan, edition)
    return as_file(plan_document(found, kind), TYPES[kind], f"{safe_name(found.title, 'plan')}.{edition}.{kind}")
