"""Organisations and their members."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hashar.errors import HasharError, NotFound
from hashar.i18n import N_
from hashar.people import queries
from hashar.people.contracts import Member, OrganisationSummary, Role
from hashar.people.permissions import require_manage, require_operator
from hashar.people.services import accounts, memberships, organisations
from hashar.web import words
from hashar.web.forms.people import OrganisationFilter, OrganisationForm, RoleForm, territory_choices
from hashar.web.request import Request, page_number
from hashar.web.texts import sentence, waiting


@require_GET
def people(request: Request) -> HttpResponse:
    """The organisations of this site; one's own first."""
    form = OrganisationFilter(request.GET)
    given = form.cleaned_data if form.is_valid() else {}
    found = queries.organisations(request.actor, page=page_number(request), **given)
    own = queries.organisations(request.actor, mine=True, size=200).items
    return render(request, "people/people.html", {"form": form, "found": found, "own": own, "words": words})


@require_GET
def organisation(request: Request, organisation_id: int) -> HttpResponse:
    """One organisation; its members for those who may know them."""
    body = queries.organisation(organisation_id, request.actor)
    known = body.mine or body.may_manage
    members = queries.members(request.actor, organisation_id) if known else ()
    found = queries.invitations(request.actor, organisation_id, now=request.now) if body.may_manage else None
    context = {"body": body, "members": members, "invitations": found, "words": words, "known": known}
    return render(request, "people/organisation.html", context)


@require_http_methods(["GET", "POST"])
def organisation_new(request: Request) -> HttpResponse:
    """Make an organisation."""
    require_operator(request.actor)
    form = OrganisationForm(request.POST or None, territories=territory_choices(request.translator, None))
    if form.is_valid():
        try:
            made = organisations.create_organisation(
                actor=request.actor, names=form.names, now=request.now, **_fields(form)
            )
        except HasharError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, waiting(N_("The organisation is made. Now invite its first coordinator.")))
            return redirect("invite", made)
    return render(request, "people/organisation_form.html", {"form": form, "body": None})


@require_http_methods(["GET", "POST"])
def organisation_change(request: Request, organisation_id: int) -> HttpResponse:
    """Change an organisation: its coordinators the names, those who run the site also what gives rights."""
    body = queries.organisation(organisation_id, request.actor)
    require_manage(request.actor, organisation_id)
    fixed = not request.actor.operator
    form = OrganisationForm(
        request.POST or None,
        territories=() if fixed else territory_choices(request.translator, None),
        fixed=fixed,
        initial=_initial(body),
    )
    if form.is_valid():
        kept = {"level": body.level, "territory": body.territory} if fixed else {}
        try:
            organisations.change_organisation(
                actor=request.actor,
                organisation=organisation_id,
                names=form.names,
                now=request.now,
                **(kept | _fields(form)),
            )
        except HasharError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, waiting(N_("The organisation is changed.")))
            return redirect("organisation", organisation_id)
    return render(request, "people/organisation_form.html", {"form": form, "body": body})


@require_http_methods(["GET", "POST"])
def organisation_close(request: Request, organisation_id: int) -> HttpResponse:
    """Close an organisation, or open it again."""
    require_operator(request.actor)
    body = queries.organisation(organisation_id, request.actor)
    if request.method == "GET":
        return render(request, "people/organisation_close.html", {"body": body})
    change = organisations.reopen_organisation if body.closed_at else organisations.close_organisation
    change(actor=request.actor, organisation=organisation_id, now=request.now)
    return redirect("organisation", organisation_id)


def _fields(form: OrganisationForm) -> dict[str, Any]:
    names = ("name", "kind", "sector", "level", "territory")
    return {name: form.cleaned_data[name] for name in names if name in form.cleaned_data}


def _initial(body: OrganisationSummary) -> dict[str, object]:
    fields = {name: getattr(body, name) for name in ("name", "kind", "sector", "level", "territory")}
    return fields | {f"name_{language}": text for language, text in body.names.items()}


@require_http_methods(["GET", "POST"])
def member(request: Request, organisation_id: int, membership: int) -> HttpResponse:
    """One member: another role, a part of the territory, a reset code, the end."""
    body, row = _found(request, organisation_id, membership)
    inside = territory_choices(request.translator, body.territory_code or None)
    form = RoleForm(
        request.POST or None,
        territories=inside,
        translator=request.translator,
        initial={"role": row.role.value, "territory": row.territory},
    )
    if form.is_valid():
        try:
            _change(request, membership, row.role, row.territory, form)
        except HasharError as error:
            form.add_error(None, sentence(error))
        else:
            messages.success(request, waiting(N_("The role is changed.")))
            return redirect("organisation", organisation_id)
    return render(request, "people/member.html", {"body": body, "row": row, "form": form, "words": words})


def _change(request: Request, membership: int, role: Role, territory: int | None, form: RoleForm) -> None:
    wanted, part = Role(form.cleaned_data["role"]), form.cleaned_data["territory"]
    now = membership
    if wanted != role:
        now = memberships.change_role(actor=request.actor, membership=now, role=wanted, now=request.now)
    if part != territory:
        memberships.narrow_territory(actor=request.actor, membership=now, territory=part, now=request.now)


@require_http_methods(["GET", "POST"])
def member_end(request: Request, organisation_id: int, membership: int) -> HttpResponse:
    """End a role: one's own, or as a coordinator another's."""
    body = queries.organisation(organisation_id, request.actor)
    row = next((m for m in queries.members(request.actor, organisation_id) if m.id == membership), None)
    if request.method == "GET" and row is not None:
        return render(request, "people/member_end.html", {"body": body, "row": row, "words": words})
    memberships.end(actor=request.actor, membership=membership, now=request.now)
    messages.success(request, waiting(N_("The role has ended.")))
    return redirect("organisation", organisation_id)


@require_POST
@never_cache
def member_reset(request: Request, organisation_id: int, membership: int) -> HttpResponse:
    """A code for a new password. It is shown in this answer alone: nothing that could be asked for again holds it."""
    body, row = _found(request, organisation_id, membership)
    code = accounts.issue_reset(actor=request.actor, person=row.person, now=request.now)
    return render(request, "people/reset_code.html", {"body": body, "name": row.name, "login": row.login, "code": code})


def _found(request: Request, organisation_id: int, membership: int) -> tuple[OrganisationSummary, Member]:
    body = queries.organisation(organisation_id, request.actor)
    require_manage(request.actor, organisation_id)
    for row in queries.members(request.actor, organisation_id):
        if row.id == membership:
            return body, row
    raise NotFound(N_("There is no such membership (any more)."))
