"""Deadlines of plans: what is missed, close or to come, for all bodies or one; the same as a calendar file."""

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from hashar.flows.deadlines import due
from hashar.i18n import N_, Translator
from hashar.people.contracts import Page
from hashar.people.permissions import require_signed_in
from hashar.plan.contracts.deadlines import DueList
from hashar.reports.render.calendar import TYPE, calendar
from hashar.web.deadline_words import URGENCIES, DeadlineWords
from hashar.web.downloads import as_file, safe_name
from hashar.web.forms.choices import offer
from hashar.web.request import Request, page_number
from hashar.web.texts import waiting

SIZE = 50


class BodyForm(forms.Form):
    """Whose deadlines are shown."""

    body = forms.ChoiceField(label=waiting(N_("Responsible")), required=False)

    def __init__(self, found: DueList, t: Translator, *args: object) -> None:
        super().__init__(*args)  # type: ignore[arg-type]  # Django's own arguments
        offer(self, "body", [("", t.gettext("everybody")), *((each.key, each.name) for each in found.bodies)])


@require_GET
def deadlines(request: Request) -> HttpResponse:
    """The list."""
    require_signed_in(request.actor)
    body, today = request.GET.get("body", ""), localdate(request.now)
    found = due(request.actor, today=today, body=body)
    page = page_number(request)
    part = found.lines[(page - 1) * SIZE : page * SIZE]
    content = {
        "found": Page(part, page, SIZE, len(found.lines)),
        "form": BodyForm(found, request.translator, request.GET or None),
        "body": body if body in {each.key for each in found.bodies} else "",
        "urgencies": URGENCIES,
    }
    return render(request, "plan/deadlines.html", content)


@require_GET
def calendar_file(request: Request) -> HttpResponse:
    """The deadlines of a body to come, and the missed ones, for any calendar program."""
    require_signed_in(request.actor)
    body, t = request.GET.get("body", ""), request.translator
    found = due(request.actor, today=localdate(request.now), body=body, every=True)
    name = next((each.name for each in found.bodies if each.key == body), "")
    title = " – ".join(filter(None, [t.gettext("Deadlines"), name]))
    site = f"{request.scheme}://{request.get_host()}"
    made = calendar(title, DeadlineWords(t).days(found.lines, site), made=request.now)
    return as_file(made, TYPE, f"{safe_name(title, 'deadlines')}.ics")
