"""The audit trail: of one organisation, or of the whole site."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hashar.people import queries
from hashar.web import words
from hashar.web.forms.people import AuditFilter
from hashar.web.request import Request, page_number


@require_GET
def organisation_audit(request: Request, organisation_id: int) -> HttpResponse:
    """What was done in an organisation."""
    return _trail(request, organisation_id)


@require_GET
def site_audit(request: Request) -> HttpResponse:
    """What was done on the whole site."""
    return _trail(request, None)


def _trail(request: Request, organisation_id: int | None) -> HttpResponse:
    actions = queries.audit_actions(request.actor, organisation=organisation_id)
    form = AuditFilter(request.GET, actions=actions, translator=request.translator)
    valid = form.is_valid()
    found = queries.audit_trail(
        request.actor,
        organisation=organisation_id,
        action=form.cleaned_data["action"] if valid else "",
        since=form.moment("since") if valid else None,
        until=form.moment("until", end=True) if valid else None,
        page=page_number(request),
    )
    body = queries.organisation(organisation_id, request.actor) if organisation_id is not None else None
    return render(request, "people/audit.html", {"body": body, "form": form, "found": found, "words": words})
