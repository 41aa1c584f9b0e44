"""Reach of a plan or an organisation: the page, the donor form as a file; entries that may be of one event."""

import datetime as dt
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET, require_POST

from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.implement.contracts.activities import Ages
from hashar.implement.contracts.reach import ReachReport
from hashar.implement.queries import reach as queries
from hashar.implement.queries.doubles import doubles as possible_doubles
from hashar.implement.services import doubles as services
from hashar.people.permissions import require_signed_in
from hashar.plan.queries.plans import plans as known_plans
from hashar.reports.content import activity_words as said
from hashar.reports.content.donor import DonorForm
from hashar.reports.donor import KINDS, donor_file
from hashar.reports.pages import TYPES
from hashar.web.activity_words import REASONS, TONES
from hashar.web.downloads import as_file
from hashar.web.forms.activities import ReachFilter
from hashar.web.request import Request
from hashar.web.texts import waiting

MOST_PLANS = 100


def _choices(request: Request) -> list[tuple[str, str]]:
    """Plans that the person sees, and organisations of theirs."""
    t = request.translator
    plans = [(f"plan-{one.id}", t.pick(one.titles)) for one in known_plans(request.actor, size=MOST_PLANS).items]
    own = [(f"organisation-{number}", name) for number, name in request.actor.organisations().items()]
    return [*own, *plans]


def _filter(request: Request) -> tuple[ReachFilter, dict[str, str]]:
    choices = _choices(request)
    today = localdate(request.now)
    usual = {
        "of": choices[0][0] if choices else "",
        "start": f"{today.year}-01-01",
        "end": today.isoformat(),
        "first": "12",
        "last": "17",
    }
    asked = usual | {name: value for name, value in request.GET.items() if name in usual and value}
    return ReachFilter(choices, asked), dict(choices)


def _asked(form: ReachFilter) -> dict[str, Any]:
    told = form.cleaned_data
    kind, number = told["of"].rsplit("-", 1)
    return {kind: int(number), "start": told["start"], "end": told["end"]}


def _report(request: Request, form: ReachFilter, *, outside: bool = False) -> ReachReport:
    ages = Ages(form.cleaned_data["first"], form.cleaned_data["last"])
    return queries.reach_of(request.actor, ages=ages, outside=outside, **_asked(form))


@require_GET
def reach(request: Request) -> HttpResponse:
    """How many people a plan's or an organisation's activities reached."""
    require_signed_in(request.actor)
    form, names = _filter(request)
    t = request.translator
    context: dict[str, Any] = {
        "form": form,
        "kinds": KINDS,
        "quarters": _quarters(localdate(request.now)),
        "said": said,
    }
    if names and form.is_valid():
        report = _report(request, form)
        context |= {
            "report": report,
            "name": names[form.cleaned_data["of"]],
            "people": said.people_word(t, report.whole.people),
            "share": said.share_word(t, report.whole),
            "there": said.there_word(t, report),
            "cautions": said.cautions(t, report.whole),
            "ages": said.ages_word(t, report.ages),
            "query": request.GET.urlencode(),
        }
    return render(request, "implement/reach.html", context, status=200 if form.is_valid() or not names else 422)


def _quarters(today: dt.date) -> list[tuple[int, int, dt.date, dt.date]]:
    """The last four quarters: year, number, first and last day; the present one last."""
    found = []
    year, number = today.year, (today.month - 1) // 3 + 1
    for _ in range(4):
        first = dt.date(year, 3 * number - 2, 1)
        after = dt.date(year + number // 4, 3 * number % 12 + 1, 1)
        found.append((year, number, first, after - dt.timedelta(days=1)))
        year, number = (year, number - 1) if number > 1 else (year - 1, 4)
    return found[::-1]


@require_GET
def donor_form(request: Request, kind: str) -> HttpResponse:
    """The same as a file for a donor: small numbers left out, as for somebody outside."""
    require_signed_in(request.actor)
    form, names = _filter(request)
    if kind not in KINDS or not names or not form.is_valid():
        raise NotFound(N_("There is no such report. Go back and choose again."))
    asked = _asked(form)
    report = _report(request, form, outside=True)
    made = DonorForm(
        title=names[form.cleaned_data["of"]],
        start=asked["start"],
        end=asked["end"],
        report=report,
        activities=queries.counted_activities(request.actor, ages=report.ages, **asked),
        made_at=request.now,
        made_by=request.actor.name,
    )
    name = f"activities-{asked['start']}-{asked['end']}.{request.translator.language}.{kind}"
    return as_file(donor_file(made, request.translator, kind), TYPES[kind], name)


@require_GET
def doubles(request: Request) -> HttpResponse:
    """Pairs of entries that may be of one event, for those who decide."""
    require_signed_in(request.actor)
    found = possible_doubles(request.actor, localdate(request.now))
    return render(request, "implement/doubles.html", {"found": found, "reasons": REASONS, "tones": TONES})


@require_POST
def decide(request: Request, activity: int, other: int) -> HttpResponse:
    """Say that both are one event, of which the first counts, or that they are two."""
    same = request.POST.get("same") == "yes"
    services.decide(actor=request.actor, kept=activity, other=other, same=same, now=request.now)
    word = N_("One event: it counts once.") if same else N_("Two events: both count.")
    messages.success(request, waiting(word))
    return redirect("activity_doubles")


@require_POST
def part(request: Request, activity: int) -> HttpResponse:
    """Take back that an entry is of the same event as another."""
    services.part(actor=request.actor, activity=activity, now=request.now)
    messages.success(request, waiting(N_("Two events: both count.")))
    return redirect("activity", activity)
