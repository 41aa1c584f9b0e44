"""Inviting, and what the invited person sees."""

from allauth.account.internal.flows.login import record_authentication
from django.contrib import messages
from django.contrib.auth import load_backend, login
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from hashar.errors import Conflict, HasharError, NotFound
from hashar.i18n import N_, Translator
from hashar.people import queries
from hashar.people.contracts import InvitationOffer, OneTimeCode, OrganisationSummary, Role
from hashar.people.permissions import require_manage
from hashar.people.services import invitations
from hashar.web import words
from hashar.web.forms.account import CodeForm, JoinForm
from hashar.web.forms.people import InviteForm, territory_choices
from hashar.web.guards import too_many_codes
from hashar.web.qr import qr_svg
from hashar.web.request import Request
from hashar.web.texts import sentence, waiting

BACKEND = "allauth.account.auth_backends.AuthenticationBackend"


@require_http_methods(["GET", "POST"])
@never_cache
def invite(request: Request, organisation_id: int) -> HttpResponse:
    """Make an invitation. The code stands in the answer to the POST alone: nothing that is kept holds it."""
    body = queries.organisation(organisation_id, request.actor)
    require_manage(request.actor, organisation_id)
    form = InviteForm(
        request.POST or None,
        territories=territory_choices(request.translator, body.territory_code or None),
        translator=request.translator,
        initial={"role": Role.READER.value, "language": request.translator.language, "days": 14},
    )
    if form.is_valid():
        given = form.cleaned_data
        try:
            code = invitations.invite(
                actor=request.actor,
                organisation=organisation_id,
                role=Role(given["role"]),
                territory=given["territory"],
                note=given["note"],
                days=given["days"],
                now=request.now,
            )
        except HasharError as error:
            form.add_error(None, sentence(error))
        else:
            return _letter(request, body, Role(given["role"]), code, given["language"])
    return render(request, "people/invite.html", {"body": body, "form": form})


def _letter(request: Request, body: OrganisationSummary, role: Role, code: OneTimeCode, language: str) -> HttpResponse:
    letter = Translator(language)
    with translation.override(language):
        address = request.build_absolute_uri(reverse("join_with", args=[code.code]))
        typed = request.build_absolute_uri(reverse("join"))
    picture = qr_svg(address, letter.gettext("QR code with the address of this invitation"))
    context = {"body": body, "role": role, "code": code, "letter": letter, "address": address, "typed": typed}
    return render(request, "people/letter.html", context | {"picture": picture, "words": words})


@require_POST
def invitation_revoke(request: Request, organisation_id: int, invitation: int) -> HttpResponse:
    """Withdraw an invitation."""
    invitations.revoke(actor=request.actor, invitation=invitation, now=request.now)
    messages.success(request, waiting(N_("The invitation is withdrawn.")))
    return redirect("organisation", organisation_id)


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters("code", "password1", "password2")
def join(request: Request, code: str = "") -> HttpResponse:
    """What an invited person sees: the code is asked for, then who they are; somebody signed in just says yes."""
    code = request.POST.get("code", code)[:60]
    if not code:
        return render(request, "account/join_code.html", {"form": CodeForm(), "problem": ""})
    refused = too_many_codes(request)
    if refused:
        return refused
    try:
        offered = queries.offer(code, request.now)
    except (NotFound, Conflict) as error:
        form = CodeForm(initial={"code": code})
        context = {"form": form, "problem": sentence(error)}
        return render(request, "account/join_code.html", context, status=404)
    if request.actor.person is not None:
        return _join_signed_in(request, code, offered)
    return _join_new(request, code, offered)


def _join_signed_in(request: Request, code: str, offered: InvitationOffer) -> HttpResponse:
    if request.method == "POST" and "yes" in request.POST:
        organisation = invitations.accept_as(actor=request.actor, code=code, now=request.now)
        messages.success(request, waiting(N_("You have joined. Welcome!")))
        return redirect("organisation", organisation)
    return render(request, "account/join_yes.html", {"code": code, "offered": offered, "words": words})


def _join_new(request: Request, code: str, offered: InvitationOffer) -> HttpResponse:
    sent = request.method == "POST" and "login" in request.POST
    form = JoinForm(request.POST if sent else None, initial={"code": code})
    if sent and form.is_valid():
        given = form.cleaned_data
        try:
            person = invitations.accept(
                code=code,
                login=given["login"],
                name=given["name"],
                password=given["password1"],
                language=request.translator.language,
                now=request.now,
            )
        except HasharError as error:
            for problem in error.problems or (error,):
                form.add_error(None, sentence(problem))
        else:
            return _welcome(request, person)
    return render(request, "account/join.html", {"form": form, "offered": offered, "words": words})


def _welcome(request: Request, person: int) -> HttpResponse:
    """Sign the new person in; Django gives the session a new key, so that nobody can have planted it."""
    user = load_backend(BACKEND).get_user(person)
    if user is None:
        return redirect("account_login")
    login(request, user, backend=BACKEND)
    record_authentication(request, user, "password", username=user.get_username())
    messages.success(request, waiting(N_("Your account is made, and you are signed in. Welcome!")))
    return redirect("account")
