"""The claim guard: a sentence and its numbers in, a verdict out. Nothing is stored; the address can be passed on."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hashar.errors import HasharError, NotFound
from hashar.evaluate.contracts import Direction, Judgement, TrendClaim
from hashar.evaluate.queries import PublishedTrend, published_trend, published_trends
from hashar.evaluate.services import judge_claim
from hashar.i18n import N_
from hashar.web.forms.claims import FORMS
from hashar.web.request import Request

SENTENCES = (Direction.FELL, Direction.ROSE)


@require_GET
def release_claims(request: Request, release: int) -> HttpResponse:
    """Everything a profile compares with an earlier wave: which sentences may be written."""
    trends = published_trends(request.actor, release)
    context = {"trends": [(trend, _judged(trend)) for trend in trends], "release": release}
    return render(request, "evaluate/release.html", context)


@require_GET
def trend_claims(request: Request, release: int, name: str) -> HttpResponse:
    """The sentences about one indicator, each with its verdict and the reasons."""
    trend = published_trend(request.actor, release, name)
    return render(request, "evaluate/trend.html", {"trend": trend, "judged": _judged(trend)})


def _judged(trend: PublishedTrend) -> list[tuple[Direction, Judgement]]:
    return [(one, judge_claim(claim=TrendClaim(direction=one), evidence=trend.evidence)) for one in SENTENCES]


@require_GET
def claim(request: Request, kind: str = "trend") -> HttpResponse:
    """The form of one type of claim and, once it is filled in, the judgement."""
    if kind not in FORMS:
        raise NotFound(N_("There is no such type of claim."))
    asked = bool(request.GET)
    form = FORMS[kind](request.GET if asked else None)
    judgement, problem = None, ""
    if asked and form.is_valid():
        try:
            sentence, evidence = form.pair()
            judgement = judge_claim(claim=sentence, evidence=evidence)
        except HasharError as error:
            problem = request.translator.error(error)
    status = 422 if problem or form.errors else 200
    context = {"kind": kind, "kinds": list(FORMS), "form": form, "judgement": judgement, "problem": problem}
    return render(request, "evaluate/claim.html", context, status=status)
