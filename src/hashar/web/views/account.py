"""One's own account."""

import json

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hashar.errors import HasharError, NotFound
from hashar.i18n import N_
from hashar.people import queries
from hashar.people.contracts import Scope
from hashar.people.services import accounts, personal, tokens
from hashar.web import words
from hashar.web.downloads import as_file
from hashar.web.forms.account import EraseForm, MailResetForm, OwnDataForm, ResetForm, TokenForm
from hashar.web.guards import asked_again, too_many_codes
from hashar.web.later import later
from hashar.web.request import Request
from hashar.web.texts import sentence, waiting


@require_GET
def account(request: Request) -> HttpResponse:
    """One's own data, roles, ways of signing in, tokens."""
    context = {
        "account": queries.own_account(request.actor),
        "memberships": queries.own_memberships(request.actor),
        "tokens": queries.own_tokens(request.actor, now=request.now),
        "words": words,
    }
    return render(request, "account/account.html", context)


@require_http_methods(["GET", "POST"])
@asked_again
def account_change(request: Request) -> HttpResponse:
    """Change one's name, mail address and language."""
    own = queries.own_account(request.actor)
    initial = {"name": own.name, "email": own.email, "language": own.language}
    form = OwnDataForm(request.POST or None, initial=initial)
    if form.is_valid():
        try:
            personal.change(actor=request.actor, now=request.now, **form.cleaned_data)
        except HasharError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, waiting(N_("Your data are saved.")))
            with translation.override(form.cleaned_data["language"]):
                return redirect("account")
    return render(request, "account/change.html", {"form": form})


@require_POST
def account_language(request: Request) -> HttpResponse:
    """Remember the language of this page as one's own."""
    personal.choose_language(actor=request.actor, language=request.translator.language)
    messages.success(request, waiting(N_("From now on you sign in to this language.")))
    return redirect("account")


@require_http_methods(["GET", "POST"])
@never_cache
@asked_again
def tokens_page(request: Request) -> HttpResponse:
    """One's tokens. A new one stands in the answer to the POST alone: nothing that is kept holds it."""
    form = TokenForm(request.POST or None)
    made = None
    if form.is_valid():
        given = form.cleaned_data
        try:
            made = tokens.make(
                actor=request.actor,
                name=given["name"],
                scopes=[Scope(given["scope"])],
                days=given["days"],
                now=request.now,
            )
        except HasharError as error:
            form.add_error(None, sentence(error))
        else:
            form = TokenForm()
    held = queries.own_tokens(request.actor, now=request.now)
    return render(request, "account/tokens.html", {"form": form, "made": made, "held": held})


@require_POST
def token_revoke(request: Request, token: int) -> HttpResponse:
    """Withdraw one of one's own tokens."""
    tokens.revoke(actor=request.actor, token=token, now=request.now)
    messages.success(request, waiting(N_("The token is withdrawn.")))
    return redirect("tokens")


@require_POST
@never_cache
@asked_again
def account_export(request: Request) -> HttpResponse:
    """All that the site keeps about oneself, as a file."""
    text = json.dumps(personal.export(actor=request.actor, now=request.now), ensure_ascii=False, indent=1, default=str)
    return as_file(text, "application/json; charset=utf-8", "my-data.json", cache="")


@require_http_methods(["GET", "POST"])
@asked_again
def account_erase(request: Request) -> HttpResponse:
    """Erase one's own personal data, after the login name was typed."""
    own = queries.own_account(request.actor)
    form = EraseForm(request.POST or None, expected=own.login)
    if form.is_valid():
        try:
            personal.erase(actor=request.actor, now=request.now)
        except HasharError as error:
            form.add_error(None, sentence(error))
        else:
            logout(request)
            return redirect("account_erased")
    return render(request, "account/erase.html", {"form": form})


@require_GET
def account_erased(request: Request) -> HttpResponse:
    """What is left after erasing."""
    return render(request, "account/erased.html")


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("code", "password1", "password2")
def password_reset(request: Request) -> HttpResponse:
    """A new password with a code; and how to come by one."""
    form = ResetForm(request.POST or None)
    refused = too_many_codes(request) if request.method == "POST" else None
    if refused:
        return refused
    if form.is_valid():
        try:
            accounts.reset_password(
                code=form.cleaned_data["code"], password=form.cleaned_data["password1"], now=request.now
            )
        except NotFound as error:
            form.add_error("code", sentence(error))
        except HasharError as error:
            for problem in error.problems or (error,):
                form.add_error("password1", sentence(problem))
        else:
            messages.success(request, waiting(N_("The new password is set. Sign in with it.")))
            return redirect("account_login")
    mail = MailResetForm() if accounts.mail_is_on() else None
    return render(request, "account/password_reset.html", {"form": form, "mail": mail})


@require_POST
@never_cache
def password_reset_mail(request: Request) -> HttpResponse:
    """Send a code by mail, where mail is set up. The answer, and what it takes, are the same for every name."""
    form = MailResetForm(request.POST)
    refused = too_many_codes(request)
    if refused:
        return refused
    if form.is_valid() and accounts.mail_is_on():
        login, translator, now = form.cleaned_data["login"], request.translator, request.now
        later(lambda: accounts.mail_reset(login=login, translator=translator, now=now))
    messages.success(
        request, waiting(N_("If there is an account with a mail address, a code is on its way. It lasts a day."))
    )
    return redirect("account_reset_password")
