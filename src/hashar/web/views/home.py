"""What is due, what changed, what needs a look."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from hashar.assess.queries.home import home_items
from hashar.runs.queries import queue
from hashar.web import home_page
from hashar.web.request import Request


@require_GET
def home(request: Request) -> HttpResponse:
    """The first page after signing in."""
    if request.actor.person is None:
        return redirect("account_login")
    items = home_items(request.actor, request.now)
    shown = {
        "today": localdate(request.now),
        "parts_of_home": home_page.parts(items, request.translator),
        "steps": home_page.steps(request.actor),
        "queue": queue(request.now) if request.actor.operator else None,
    }
    return render(request, "web/home.html", shown)
