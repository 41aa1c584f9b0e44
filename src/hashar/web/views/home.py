"""What is due, what changed, what needs a look."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localdate
from django.views.decorators.http import require_GET

from hashar.assess.contracts.surveys import HomePart
from hashar.assess.queries.home import home_items
from hashar.flows.deadlines import due_at_home
from hashar.implement.queries.forms import invitations
from hashar.runs.queries import queue
from hashar.web import home_page
from hashar.web.deadline_words import DeadlineWords
from hashar.web.progress_words import ProgressWords
from hashar.web.request import Request


@require_GET
def home(request: Request) -> HttpResponse:
    """The first page after signing in."""
    if request.actor.person is None:
        return redirect("account_login")
    items = home_items(request.actor, request.now)
    today = localdate(request.now)
    parts = {part: list(lines) for part, lines in home_page.parts(items, request.translator).items()}
    parts[HomePart.DUE] += ProgressWords(request.translator).waiting(invitations(request.actor, today))
    parts[HomePart.DUE] += DeadlineWords(request.translator).home(due_at_home(request.actor, today=today), request.now)
    shown = {
        "today": today,
        "parts_of_home": parts,
        "steps": home_page.steps(request.actor),
        "queue": queue(request.now) if request.actor.operator else None,
    }
    return render(request, "web/home.html", shown)
