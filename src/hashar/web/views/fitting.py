"""Who can fulfil a measure, and the measures that one's own work could serve."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from hashar.flows.fulfilment import candidates, measures_for
from hashar.people.permissions import require_signed_in
from hashar.plan.queries.commitments import measure_page
from hashar.web.commitment_words import SIDES
from hashar.web.fitting_words import FittingWords
from hashar.web.request import Request


@require_GET
def organisations(request: Request, plan: int, measure: int) -> HttpResponse:
    """Organisations that could take part in a measure, each with its reasons."""
    today = localdate(request.now)
    it = measure_page(request.actor, plan, measure, today=today)
    found = candidates(request.actor, it, today=today)
    content = {"it": it, "found": found, "fitting": FittingWords(request.translator), "sides": SIDES}
    return render(request, "plan/fitting.html", content)


@require_GET
def measures(request: Request) -> HttpResponse:
    """Measures that the work of one's organisations could serve."""
    require_signed_in(request.actor)
    content = {
        "found": measures_for(request.actor, today=localdate(request.now)),
        "fitting": FittingWords(request.translator),
    }
    return render(request, "plan/fitting_measures.html", content)
