"""Practices of one's own organisation, and confirmations by experts."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hashar.errors import Forbidden, HasharError, NotFound
from hashar.exchange import permissions
from hashar.exchange.queries import practices as queries
from hashar.exchange.services import confirmations, own
from hashar.http_status import status_of
from hashar.i18n import N_
from hashar.reference.queries import factors
from hashar.web.forms.exchange import ConfirmForm, PracticeForm, as_typed
from hashar.web.request import Request
from hashar.web.texts import waiting


@require_http_methods(["GET", "POST"])
def enter(request: Request) -> HttpResponse:
    """Enter a practice."""
    organisations = permissions.entering_organisations(request.actor)
    if not organisations:
        raise Forbidden(N_("Coordinators, officials, analysts and programme managers enter practices."))
    start = {"language": request.translator.language}
    form = PracticeForm(request.translator, organisations, request.POST or None, initial=start)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        home = form.cleaned_data["organisation"]
        try:
            code = own.enter(actor=request.actor, organisation=home, draft=form.draft(), now=request.now)
        except HasharError as error:
            form.add_error(None, request.translator.error(error))
            status = status_of(error)
        else:
            messages.success(
                request, waiting(N_("The practice is entered. Until it is shared only your organisation sees it."))
            )
            return redirect("practice", code)
    return render(request, "exchange/form.html", {"form": form, "code": ""}, status=status)


@require_http_methods(["GET", "POST"])
def change(request: Request, code: str) -> HttpResponse:
    """Change a practice of one's organisation."""
    found = queries.practice(request.actor, code)
    if not found.may_change:
        raise Forbidden(N_("Only the organisation that entered this practice changes it."))
    home = {found.about.organisation or 0: found.about.organisation_name}
    start = as_typed(found, request.translator.language)
    form = PracticeForm(request.translator, home, request.POST or None, initial=start)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            own.change(actor=request.actor, code=code, draft=form.draft(), now=request.now)
        except HasharError as error:
            form.add_error(None, request.translator.error(error))
            status = status_of(error)
        else:
            messages.success(request, waiting(N_("The practice is changed.")))
            return redirect("practice", code)
    return render(request, "exchange/form.html", {"form": form, "code": code}, status=status)


@require_POST
def share(request: Request, code: str) -> HttpResponse:
    """Show a practice to everyone on the site."""
    own.share(actor=request.actor, code=code, now=request.now)
    messages.success(request, waiting(N_("Everybody on this site sees the practice now.")))
    return redirect("practice", code)


@require_POST
def withdraw(request: Request, code: str) -> HttpResponse:
    """Take a practice out of the lists."""
    own.withdraw(actor=request.actor, code=code, now=request.now)
    messages.success(request, waiting(N_("The practice is withdrawn.")))
    return redirect("practice", code)


@require_http_methods(["GET", "POST"])
def confirm(request: Request, code: str, link: int) -> HttpResponse:
    """Confirm that a practice works on a factor."""
    found = queries.practice(request.actor, code)
    told = next((one for one in found.links if one.id == link), None)
    if told is None:
        raise NotFound(N_("There is no such link of a practice to a factor. Look at the page of the practice."))
    organisations = permissions.confirming_organisations(request.actor)
    if not organisations:
        raise Forbidden(N_("Only an analyst or a programme manager confirms that a practice works on a factor."))
    form = ConfirmForm(organisations, request.POST or None)
    status = 422 if request.method == "POST" else 200
    if request.method == "POST" and form.is_valid():
        try:
            confirmations.confirm(actor=request.actor, link=link, now=request.now, **form.cleaned_data)
        except HasharError as error:
            form.add_error(None, request.translator.error(error))
            status = status_of(error)
        else:
            messages.success(request, waiting(N_("The link is confirmed.")))
            return redirect("practice", code)
    context = {"form": form, "it": found, "factor": factors().get(told.factor)}
    return render(request, "exchange/confirm.html", context, status=status)


@require_POST
def take_back(request: Request, link: int) -> HttpResponse:
    """Take back a confirmation."""
    code = confirmations.take_back(actor=request.actor, link=link, now=request.now)
    messages.success(request, waiting(N_("The confirmation is taken back.")))
    return redirect("practice", code)
