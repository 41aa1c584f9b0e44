"""Indicators that an organisation defines for itself."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hashar.errors import Forbidden, HasharError
from hashar.http_status import status_of
from hashar.i18n import N_
from hashar.reference import permissions
from hashar.reference.queries import own
from hashar.reference.services import own_indicators as services
from hashar.web.forms.reference import OwnIndicatorForm
from hashar.web.request import Request
from hashar.web.texts import waiting


@require_http_methods(["GET", "POST"])
def define(request: Request) -> HttpResponse:
    """Define an indicator."""
    organisations = permissions.defining_organisations(request.actor)
    if not organisations:
        raise Forbidden(N_("Coordinators, officials and analysts define indicators. Ask one of your organisation."))
    form = OwnIndicatorForm(request.translator, organisations, request.POST or None)
    status = 422 if form.is_bound else 200
    if request.method == "POST" and form.is_valid():
        told = dict(form.cleaned_data)
        language = request.translator.language
        name, definition = {language: told.pop("name")}, {language: told.pop("definition")}
        try:
            code = services.define_indicator(
                actor=request.actor, now=request.now, name=name, definition=definition, **told
            )
        except HasharError as error:
            form.add_error(None, request.translator.error(error))
            status = status_of(error)
        else:
            messages.success(request, waiting(N_("The indicator is defined.")))
            return redirect("reference_indicator", code)
    return render(request, "reference/indicator_define.html", {"form": form}, status=status)


@require_POST
def withdraw(request: Request, code: str) -> HttpResponse:
    """Take an own indicator out of the lists."""
    found = own.indicator(code, request.actor)
    if found.organisation is None:
        raise Forbidden(N_("Indicators that come with the program stay."))
    services.withdraw_indicator(actor=request.actor, organisation=found.organisation, code=code, now=request.now)
    messages.success(request, waiting(N_("The indicator is withdrawn.")))
    return redirect("reference")
