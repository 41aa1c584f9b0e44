"""Practices: the registry with search, a practice, and what fits the priorities of a profile."""

from functools import partial

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hashar.assess.queries import releases
from hashar.exchange import permissions
from hashar.exchange.queries import practices as queries
from hashar.flows.matching import match
from hashar.i18n import LANGUAGE_NAMES
from hashar.reference.queries import factors
from hashar.web import practice_words
from hashar.web.forms.exchange import MatchFilter, PracticeFilter
from hashar.web.request import Request, page_number

LONGEST_QUERY = 120
WORDS = {
    "settings_words": practice_words.SETTINGS,
    "levels_words": practice_words.LEVELS,
    "costs": practice_words.COSTS,
    "lanes": practice_words.LANES,
    "evidence_words": practice_words.EVIDENCE,
}


@require_GET
def practices(request: Request) -> HttpResponse:
    """The registry; what fits the search, while one types it too."""
    wanted = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    form = PracticeFilter(request.GET)
    asked = form.cleaned_data if form.is_valid() else {}
    filters = {name: asked.get(name) or "" for name in ("lane", "setting")}
    found = queries.practices(
        request.actor, wanted, **filters, age=asked.get("age"), page=page_number(request), size=30
    )
    context: dict[str, object] = {"wanted": wanted, "found": found, **WORDS}
    if request.headers.get("HX-Request") == "true" and request.headers.get("HX-Target") == "results":
        return _varied(render(request, "exchange/results.html", context))
    context |= {"form": form, "may_enter": bool(permissions.entering_organisations(request.actor))}
    return _varied(render(request, "exchange/practices.html", context))


def _varied(response: HttpResponse) -> HttpResponse:
    """The same address answers a page and a part of it."""
    response["Vary"] = "HX-Request, HX-Target"
    return response


@require_GET
def practice(request: Request, code: str) -> HttpResponse:
    """Everything about one practice: ratings side by side, factors with their basis, sources."""
    context = {
        "it": queries.practice(request.actor, code),
        "factors": factors(),
        "facts": practice_words.FACTS,
        "mine": permissions.confirming_organisations(request.actor),
        "languages_of_names": LANGUAGE_NAMES,
        **WORDS,
    }
    return render(request, "exchange/practice.html", context)


@require_GET
def choose(request: Request) -> HttpResponse:
    """For which profile practices are sought."""
    found = releases.releases(request.actor, page=page_number(request), size=30)
    return render(request, "exchange/choose.html", {"releases": found})


@require_GET
def matching(request: Request, release: int) -> HttpResponse:
    """Practices for the priorities of a profile, each with its reasons."""
    form = MatchFilter(request.GET or None)
    context = {
        "it": match(request.actor, release, form.wanted()),
        "form": form,
        "reason": partial(practice_words.reason, t=request.translator),
        **WORDS,
    }
    return render(request, "exchange/match.html", context, status=422 if form.errors else 200)
