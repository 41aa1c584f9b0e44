"""Accounts, for those who run the site."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from hashar.errors import HasharError
from hashar.i18n import N_
from hashar.people import queries
from hashar.people.permissions import require_operator
from hashar.people.services import accounts as services
from hashar.web.forms.people import AccountForm
from hashar.web.request import Request, page_number
from hashar.web.texts import sentence, waiting


@require_http_methods(["GET", "POST"])
@never_cache
def accounts(request: Request) -> HttpResponse:
    """All accounts; a new one gets a code with which its owner sets the password."""
    require_operator(request.actor)
    form = AccountForm(request.POST or None, initial={"language": request.translator.language})
    if form.is_valid():
        try:
            person = services.make_account(actor=request.actor, password=None, now=request.now, **form.cleaned_data)
        except HasharError as error:
            form.add_error(None, sentence(error))
        else:
            return _code(request, person, form.cleaned_data["name"], form.cleaned_data["login"])
    text = request.GET.get("q", "")[:100]
    found = queries.accounts(request.actor, text=text, closed=True, page=page_number(request))
    return render(request, "people/accounts.html", {"form": form, "found": found, "text": text})


@require_POST
@never_cache
def account_reset(request: Request, person: int) -> HttpResponse:
    """A code for a new password; on wish without the second factor, for somebody who lost the device."""
    require_operator(request.actor)
    name, login = request.POST.get("name", "")[:120], request.POST.get("login", "")[:60]
    return _code(request, person, name, login, lost="lost" in request.POST)


@require_POST
def account_close(request: Request, person: int) -> HttpResponse:
    """Close an account, or open it again."""
    change = services.reopen_account if "reopen" in request.POST else services.close_account
    change(actor=request.actor, person=person, now=request.now)
    messages.success(request, waiting(N_("The account is changed.")))
    return redirect("accounts")


def _code(request: Request, person: int, name: str, login: str, *, lost: bool = False) -> HttpResponse:
    code = services.issue_reset(actor=request.actor, person=person, remove_second_factor=lost, now=request.now)
    return render(request, "people/reset_code.html", {"body": None, "name": name, "login": login, "code": code})
