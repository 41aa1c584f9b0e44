"""Released profiles as pages, and who may see them."""

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from hashar.assess.contracts.profile import Profile
from hashar.assess.contracts.surveys import ReleaseState, ReleaseSummary
from hashar.assess.permissions import require_share
from hashar.assess.queries import releases as queries
from hashar.assess.queries import surveys as survey_queries
from hashar.assess.services import releases as services
from hashar.i18n import N_
from hashar.reports.content.parts import part_names
from hashar.web.forms.surveys import ReleaseFilter, may_begin
from hashar.web.profiles import Wanted, part_of
from hashar.web.request import Request, page_number
from hashar.web.views.look import look_of

PART_WORDS = {
    "overview": N_("In short"),
    "priorities": N_("Priorities"),
    "factors": N_("Factors"),
    "use": N_("Substance use"),
    "other": N_("Attitudes and more"),
    "changes": N_("Changes"),
    "quality": N_("Data quality"),
    "method": N_("How it was computed"),
}
LATEST = 6


@require_GET
def assess(request: Request) -> HttpResponse:
    """The first page of the step: the latest profiles and surveys, and the ways on."""
    found = queries.releases(request.actor, size=LATEST)
    surveys = survey_queries.surveys(request.actor, size=LATEST)
    content = {"releases": found, "surveys": surveys, "may_create": may_begin(request.actor)}
    return render(request, "assess/assess.html", content)


@require_GET
def releases(request: Request) -> HttpResponse:
    """All releases that the person may see, by place and state, the newest first."""
    form = ReleaseFilter(request.translator, request.GET or None)
    asked = form.cleaned_data if form.is_valid() else {}
    found = queries.releases(
        request.actor,
        page=page_number(request),
        size=30,
        territory=asked.get("place") or None,
        state=ReleaseState(asked["state"]) if asked.get("state") else None,
    )
    return render(request, "assess/releases.html", {"releases": found, "form": form})


@require_GET
def release(request: Request, release: int) -> HttpResponse:
    """The place profile in short."""
    return _page(request, release, Wanted(request.translator.language, "overview", look=look_of(request)))


@require_GET
def part(request: Request, release: int, part: str) -> HttpResponse:
    """One part of a profile."""
    return _page(request, release, Wanted(request.translator.language, part, look=look_of(request)))


@require_GET
def indicator(request: Request, release: int, name: str) -> HttpResponse:
    """All about one indicator."""
    return _page(request, release, Wanted(request.translator.language, "indicator", name, look_of(request)))


@require_GET
def factor(request: Request, release: int, name: str) -> HttpResponse:
    """All about one factor."""
    return _page(request, release, Wanted(request.translator.language, "factor", name, look_of(request)))


def _page(request: Request, release: int, wanted: Wanted) -> HttpResponse:
    summary = queries.release(request.actor, release)
    page = part_of(request.actor, summary, wanted)
    profile = queries.profile(request.actor, release)
    content = {
        "release": summary,
        "profile": profile,
        "page": page,
        "tabs": tabs(request, summary, profile),
        "current": {"indicator": "use", "factor": "factors"}.get(wanted.name, wanted.name),
        "neighbours": neighbours(request, summary, profile, wanted),
    }
    return render(request, "assess/release.html", content)


def tabs(request: Request, release: ReleaseSummary, profile: Profile) -> list[tuple[str, str, str]]:
    """The parts of a profile, as links."""
    t = request.translator
    found = [
        (name, t.gettext(PART_WORDS[name]), reverse("release_part", args=[release.id, name]))
        for name in part_names(profile)
    ]
    found[0] = ("overview", found[0][1], reverse("release", args=[release.id]))
    return [*found, ("documents", t.gettext("Download"), reverse("release_documents", args=[release.id]))]


def neighbours(
    request: Request, release: ReleaseSummary, profile: Profile, wanted: Wanted
) -> Sequence[tuple[str, str, str, bool]]:
    """The other indicators (or factors) of the profile, in its own order: name, label, address, whether it is this."""
    t = request.translator
    if wanted.name == "indicator":
        items = [(item.name, t.pick(item.label)) for item in profile.indicators]
    elif wanted.name == "factor":
        items = [(item.code, t.pick(item.name)) for item in profile.factors]
    else:
        return []
    address = f"release_{wanted.name}"
    return [(name, label, reverse(address, args=[release.id, name]), name == wanted.subject) for name, label in items]


@require_http_methods(["GET", "POST"])
def share(request: Request, release: int) -> HttpResponse:
    """Ask once more, saying who will see it; then share."""
    summary = queries.release(request.actor, release)
    if request.method == "POST":
        services.share(actor=request.actor, release=release, now=request.now)
        messages.success(request, request.translator.gettext("The profile is shared."))
        return redirect("release", release)
    require_share(request.actor, summary.organisation, summary.territory_path)
    return render(
        request, "assess/share.html", {"release": summary, "profile": queries.profile(request.actor, release)}
    )


@require_http_methods(["GET", "POST"])
def withdraw(request: Request, release: int) -> HttpResponse:
    """Ask once more; then withdraw."""
    summary = queries.release(request.actor, release)
    if request.method == "POST":
        services.withdraw(actor=request.actor, release=release, now=request.now)
        messages.success(request, request.translator.gettext("The profile is withdrawn."))
        return redirect("release", release)
    require_share(request.actor, summary.organisation, summary.territory_path)
    return render(request, "assess/withdraw.html", {"release": summary})
