"""The field's vocabulary: indicators by kind, factors, substances with their slang, strategies, sectors."""

from itertools import groupby

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hashar.errors import HasharError, NotFound
from hashar.http_status import status_of
from hashar.i18n import LANGUAGE_NAMES, N_
from hashar.reference import permissions, queries
from hashar.reference.queries import own
from hashar.reference.services import slang as slang_services
from hashar.web.forms.reference import DIRECTION_WORDS, KIND_WORDS, UNIT_WORDS, IndicatorFilter, SlangForm
from hashar.web.request import Request
from hashar.web.texts import waiting

DOMAIN_WORDS = {
    "community": N_("Community"),
    "family": N_("Family"),
    "school": N_("School"),
    "peer_individual": N_("Peers and the young person"),
    "all_domains": N_("All domains"),
}
WORDS = {"kinds": KIND_WORDS, "units": UNIT_WORDS, "directions": DIRECTION_WORDS, "domains": DOMAIN_WORDS}


@require_GET
def indicators(request: Request) -> HttpResponse:
    """Indicators by kind; filtered if asked."""
    form = IndicatorFilter(request.translator, request.GET or None)
    asked = form.cleaned_data if form.is_bound and form.is_valid() else {}
    found = own.indicators(request.actor, kind=asked.get("kind") or None, substance=asked.get("substance") or None)
    groups = [(kind, list(these)) for kind, these in groupby(found, key=lambda one: one.kind)]
    may_define = bool(permissions.defining_organisations(request.actor))
    content = {"form": form, "groups": groups, "may_define": may_define, "substances": queries.substances(), **WORDS}
    return render(request, "reference/indicators.html", content)


@require_GET
def indicator(request: Request, code: str) -> HttpResponse:
    """One indicator: what it is, and what others call it."""
    found = own.indicator(code, request.actor)
    may_withdraw = found.organisation in permissions.defining_organisations(request.actor)
    substance = queries.substances().get(found.substance or "")
    content = {"it": found, "may_withdraw": may_withdraw, "substance": substance, **WORDS}
    return render(request, "reference/indicator.html", content)


@require_GET
def factors(request: Request) -> HttpResponse:
    """Risk and protective factors by domain."""
    found = queries.factors().values()
    groups = [(domain, [one for one in found if one.domain == domain]) for domain in DOMAIN_WORDS]
    return render(request, "reference/factors.html", {"groups": groups, **WORDS})


@require_GET
def factor(request: Request, code: str) -> HttpResponse:
    """One factor."""
    found = queries.factors().get(code)
    if found is None:
        raise NotFound(N_("There is no factor with the code “{code}”. Look for it in the list."), code=code[:40])
    return render(request, "reference/factor.html", {"it": found, **WORDS})


@require_http_methods(["GET", "POST"])
def substances(request: Request) -> HttpResponse:
    """Substances with their slang names; members add what they hear."""
    organisations = permissions.member_organisations(request.actor)
    form = SlangForm(
        request.translator, organisations, request.POST or None, initial={"language": request.translator.language}
    )
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        try:
            slang_services.add_slang(actor=request.actor, now=request.now, **form.cleaned_data)
        except HasharError as error:
            form.add_error("name", request.translator.error(error))
            status = status_of(error)
        else:
            messages.success(request, waiting(N_("The name is in the list.")))
            return redirect("reference_substances")
    names = own.slang()
    content = {
        "substances": [
            (one, [name for name in names if name.substance == one.code]) for one in queries.substances().values()
        ],
        "form": form if organisations else None,
        "languages_of_names": LANGUAGE_NAMES,
        "removable": {
            name.id for name in names if permissions.may_remove_slang(request.actor, name.organisation, name.added_by)
        },
    }
    return render(request, "reference/substances.html", content, status=status)


@require_POST
def slang_remove(request: Request, slang: int) -> HttpResponse:
    """Take a slang name away."""
    slang_services.remove_slang(actor=request.actor, slang=slang, now=request.now)
    messages.success(request, waiting(N_("The name is removed.")))
    return redirect("reference_substances")


@require_GET
def strategies(request: Request) -> HttpResponse:
    """The seven strategies for community change."""
    return render(request, "reference/strategies.html", {"strategies": list(queries.strategies().values())})


@require_GET
def sectors(request: Request) -> HttpResponse:
    """The twelve sectors, and kinds of organisations."""
    content = {"sectors": list(queries.sectors().values()), "kinds": list(queries.organisation_kinds().values())}
    return render(request, "reference/sectors.html", content)
