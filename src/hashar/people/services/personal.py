"""One's own personal data: changed, exported, erased."""

import datetime as dt
from collections.abc import Iterator, Mapping

from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.db import models, transaction

from hashar.errors import NotFound, UsageError
from hashar.i18n import N_
from hashar.people import permissions
from hashar.people.contracts import Actor
from hashar.people.models import AccessToken, Invitation, Person, ResetCode
from hashar.people.services import audit
from hashar.people.services.accounts import checked_language, checked_name, end_sessions
from hashar.people.services.memberships import end_all
from hashar.privacy import Privacy


def change(*, actor: Actor, name: str, email: str, language: str, now: dt.datetime) -> None:
    """Change one's own name, address and language.

    Raises
    ------
    Forbidden
        Nobody is signed in.
    UsageError
        The name or the language will not do.

    """
    person = permissions.require_in_person(actor)
    values = {"name": checked_name(name), "email": email.strip(), "language": checked_language(language)}
    if len(values["email"]) > 254:
        raise UsageError(N_("This mail address is too long."))
    with transaction.atomic():
        row = Person.objects.select_for_update().get(pk=person)
        changed = sorted(field for field, value in values.items() if getattr(row, field) != value)
        if changed:
            Person.objects.filter(pk=person).update(**values)
            _record(actor, "person.change", person, now, fields=changed)


def choose_language(*, actor: Actor, language: str) -> None:
    """Remember the language in which somebody reads; it is a preference, not worth a row in the trail.

    Raises
    ------
    Forbidden
        Nobody is signed in.
    UsageError
        It is none of the site's.

    """
    person = permissions.require_in_person(actor)
    Person.objects.filter(pk=person).update(language=checked_language(language))


def note_change(*, person: int, action: str, now: dt.datetime, details: Mapping[str, object]) -> None:
    """Write down what the sign-in component changed in somebody's own account: password, second factor."""
    _record(Actor(person=person), action, person, now, **details)


def export(*, actor: Actor, now: dt.datetime) -> Mapping[str, object]:
    """All that the site keeps about one's own person, ready for JSON; secrets are named but not shown.

    Every table that points to people is walked, so that a new one cannot be forgotten.

    Raises
    ------
    Forbidden
        Nobody is signed in.

    """
    person = permissions.require_in_person(actor)
    row = Person.objects.get(pk=person)
    with transaction.atomic():
        _record(actor, "person.export", person, now)
    return {
        "made_at": now.isoformat(),
        "person": _own_fields(row),
        "sessions": [_session(session) for session in UserSession.objects.filter(user=person).order_by("pk")],
        "second_factors": [_factor(factor) for factor in Authenticator.objects.filter(user=person).order_by("pk")],
        "sign_ins_elsewhere": [
            {"provider": account.provider, "uid": account.uid}
            for account in SocialAccount.objects.filter(user=person).order_by("pk")
        ],
        "mail_addresses": list(EmailAddress.objects.filter(user=person).values_list("email", flat=True)),
        "elsewhere": {name: list(rows) for name, rows in _pointing_here(person)},
    }


def erase(*, actor: Actor, now: dt.datetime) -> None:
    """Erase one's own personal data. There is no way back.

    The row is emptied, roles end, sessions, second factors, tokens and codes are deleted; the audit trail stays whole
    and points to an emptied person.

    Raises
    ------
    Forbidden
        Nobody is signed in.
    Conflict
        They are the last coordinator of an organisation that has other members.

    """
    person = permissions.require_in_person(actor)
    erase_person(actor=actor, person=person, now=now)


def erase_person(*, actor: Actor, person: int, now: dt.datetime) -> None:
    """Erase a person's data; for this app's services (:func:`erase`, retention).

    Raises
    ------
    NotFound
        There is no such person, or they were erased already.
    Conflict
        They are the last coordinator of an organisation that has other members.

    """
    with transaction.atomic():
        row = Person.objects.select_for_update().filter(pk=person, erased_at__isnull=True).first()
        if row is None:
            raise NotFound(N_("There is no such account."))
        end_all(actor=actor, person=person, now=now)
        _record(actor, "person.erase", person, now)
        end_sessions(person=person)
        for model in (Authenticator, SocialAccount, EmailAddress):
            model.objects.filter(user=person).delete()
        AccessToken.objects.filter(person=person).delete()
        ResetCode.objects.filter(person=person).delete()
        Invitation.objects.filter(accepted_by=person).update(note="")
        Invitation.objects.filter(made_by=person).update(note="")
        _empty(row, now)


def _empty(row: Person, now: dt.datetime) -> None:
    row.username = f"erased-{row.pk}"
    row.name = ""
    row.email = ""
    row.language = "en"
    row.set_unusable_password()
    row.is_active = False
    row.is_operator = False
    row.joined_at = None
    row.last_login = None
    row.erased_at = now
    row.save()


def _own_fields(row: models.Model) -> dict[str, object]:
    """What a row holds, by its fields' privacy classes: all but secrets, which are only named."""
    classes: Mapping[str, Privacy] = row.PRIVACY  # type: ignore[attr-defined]  # every model has it; a test checks
    return {name: "…" if kind is Privacy.SECRET else _plain(row, name) for name, kind in classes.items()}


def _plain(row: models.Model, name: str) -> object:
    field = row._meta.get_field(name)
    value = getattr(row, field.attname) if isinstance(field, models.ForeignKey) else getattr(row, name)
    return value.isoformat() if isinstance(value, (dt.datetime, dt.date)) else value


def _pointing_here(person: int) -> Iterator[tuple[str, Iterator[dict[str, object]]]]:
    """Every table of ours with a key to people, and its rows that point to this one."""
    for model in apps.get_models():
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model is Person and hasattr(model, "PRIVACY"):
                rows = model._base_manager.filter(**{field.name: person}).order_by("pk")
                yield f"{model._meta.label_lower}.{field.name}", (_own_fields(row) for row in rows.iterator())


def _session(row: UserSession) -> dict[str, object]:
    return {
        "begun": row.created_at.isoformat(),
        "last_seen": row.last_seen_at.isoformat(),
        "address": row.ip,
        "browser": row.user_agent,
    }


def _factor(row: Authenticator) -> dict[str, object]:
    used = row.last_used_at.isoformat() if row.last_used_at else None
    return {"kind": row.type, "made_at": row.created_at.isoformat(), "last_used": used}


def _record(actor: Actor, action: str, person: int, now: dt.datetime, **details: object) -> None:
    subject = f"person:{person}"
    audit.record(actor=actor, action=action, subject=subject, organisation=None, now=now, details=details)
