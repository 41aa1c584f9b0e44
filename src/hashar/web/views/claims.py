"""The claim guard: a sentence and its numbers in, a verdict out; whoever may keeps it with its sentence in a report."""

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from hashar.assess.contracts.surveys import FindingKind
from hashar.assess.queries import releases as release_queries
from hashar.assess.queries import series as series_queries
from hashar.errors import NotFound
from hashar.evaluate.contracts.claims import Direction, Judgement, TrendClaim
from hashar.evaluate.contracts.kept import Source, SourceKind
from hashar.evaluate.queries.levels import levels
from hashar.evaluate.queries.registers import register
from hashar.evaluate.queries.sources import Sources
from hashar.evaluate.queries.trends import PublishedTrend, published_trend, published_trends
from hashar.evaluate.services.guard import judge_claim
from hashar.i18n import N_
from hashar.people.permissions import require_signed_in
from hashar.web.forms.claims import FORMS
from hashar.web.forms.kept_claims import LevelPick, PickForm, RegisterPick, TrendPick
from hashar.web.keeping import Asked, Page, asked, judge_and_keep
from hashar.web.request import Request

MOVES = (Direction.FELL, Direction.ROSE)
SENTENCES = {
    "fell": N_("“{indicator}” fell from {earlier} to {later}."),
    "rose": N_("“{indicator}” rose from {earlier} to {later}."),
}
LATEST = 20


@require_GET
def choose(request: Request) -> HttpResponse:
    """What the sentence is about, and where its numbers stand."""
    require_signed_in(request.actor)
    series = series_queries.series_list(request.actor, size=LATEST).items
    context = {
        "releases": release_queries.releases(request.actor, size=LATEST).items,
        "series": series,
        "kinds": list(FORMS),
        "report": request.GET.get("report", "")[:20],
    }
    return render(request, "evaluate/choose.html", context)


@require_GET
def release_claims(request: Request, release: int) -> HttpResponse:
    """Everything a profile compares with an earlier wave: which sentences may be written; and its levels."""
    trends = published_trends(request.actor, release)
    named: dict[str, object] = {}
    for each in levels(request.actor, release):
        named.setdefault(each.name, each.label)
    context = {
        "trends": [(trend, _judged(trend)) for trend in trends],
        "levels": named,
        "release": release,
        "report": request.GET.get("report", "")[:20],
    }
    return render(request, "evaluate/release.html", context)


@require_http_methods(["GET", "POST"])
def level_claims(request: Request, release: int, name: str) -> HttpResponse:
    """A sentence about a level of one indicator or factor."""
    figures = levels(request.actor, release, name)
    t = request.translator
    data = request.GET if _picks(request, "figure", "value") else None
    form = LevelPick(t, figures, data)
    about = {"figures": figures, "label": t.pick(figures[0].label), "release": release}
    about["factor"] = figures[0].about is FindingKind.FACTOR
    page = Page("evaluate/level.html", about, form, lambda: _picked(request, form, SourceKind.RELEASE, release))
    return judge_and_keep(request, page._replace(release=release))


@require_http_methods(["GET", "POST"])
def trend_claims(request: Request, release: int, name: str) -> HttpResponse:
    """The sentences about one indicator, each with its verdict and the reasons; or the one that is asked about."""
    trend = published_trend(request.actor, release, name)
    data = request.GET if _picks(request, "direction") else None
    form = TrendPick(name, shares=trend.evidence.share, data=data)
    t = request.translator
    text = SENTENCES.get(request.GET.get("direction", ""), "")
    values = {"indicator": t.pick(trend.label), "earlier": trend.earlier, "later": trend.later}
    context = {"trend": trend, "judged": [] if form.is_bound else _judged(trend)}
    return judge_and_keep(
        request,
        Page(
            "evaluate/trend.html",
            context,
            form,
            lambda: _picked(request, form, SourceKind.RELEASE, release),
            sentence=t.gettext(text, **values) if text else "",
            release=release,
        ),
    )


@require_http_methods(["GET", "POST"])
def series_claims(request: Request, series: int) -> HttpResponse:
    """A sentence about two counts of a register."""
    found, observations = register(request.actor, series)
    data = request.GET if _picks(request, "territory", "earlier") else None
    form = RegisterPick(request.translator, observations, data)
    context = {"series": found.summary, "periods": len({each.period for each in observations})}
    page = Page("evaluate/register.html", context, form, lambda: _picked(request, form, SourceKind.SERIES, series))
    return judge_and_keep(request, page)


def _picks(request: Request, *names: str) -> bool:
    return any(name in request.GET for name in names)


def _picked(request: Request, form: PickForm, kind: SourceKind, known: int) -> Asked:
    """The evidence as its source publishes it, with what the person notes against it."""
    source = Source(
        kind=kind,
        release=known if kind is SourceKind.RELEASE else None,
        series=known if kind is SourceKind.SERIES else None,
        place=form.place,
        noted=form.noted(),
    )
    offer = Sources(request.actor).offer(source)
    return Asked(form.claim(), offer.source, offer.evidence)


def _judged(trend: PublishedTrend) -> list[tuple[Direction, Judgement]]:
    return [(one, judge_claim(claim=TrendClaim(direction=one), evidence=trend.evidence)) for one in MOVES]


@require_http_methods(["GET", "POST"])
def claim(request: Request, kind: str = "trend") -> HttpResponse:
    """The form of one type of claim and, once it is filled in, the judgement; evidence is typed by hand."""
    if kind not in FORMS:
        raise NotFound(N_("There is no such type of claim."))
    form = FORMS[kind]()
    if asked(request, form):
        form = FORMS[kind](request.GET)

    def ask() -> Asked:
        sentence, evidence = form.pair()
        return Asked(sentence, Source(kind=SourceKind.TYPED), evidence)

    context = {"kind": kind, "kinds": [(each, reverse("claim", args=[each])) for each in FORMS]}
    return judge_and_keep(request, Page("evaluate/claim.html", context, form, ask))
