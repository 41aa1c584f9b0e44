"""Accounts: made, closed, opened again, given a new password by those who run the site; reset codes."""

import datetime as dt
import secrets
from collections.abc import Callable

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.contrib.sessions.models import Session
from django.core.mail import EmailMessage
from django.db import IntegrityError, transaction

from hashar.errors import Conflict, Forbidden, NotFound, UsageError
from hashar.i18n import LANGUAGES, N_, Translator
from hashar.people import permissions, rules
from hashar.people.contracts import Actor, OneTimeCode
from hashar.people.models import Membership, Person, ResetCode
from hashar.people.services import audit
from hashar.people.services.passwords import check_password

_NO_ACCOUNT = N_("There is no such account.")


def make_account(
    *,
    actor: Actor,
    login: str,
    name: str,
    password: str | None,
    operator: bool = False,
    language: str = "en",
    now: dt.datetime,
) -> int:
    """Make an account without an invitation; the person's id. Without a password nobody can sign in until one is set.

    Raises
    ------
    Forbidden
        The actor does not run this site.
    Conflict
        The login name is taken.
    UsageError
        The login name, the name, the language or the password will not do.

    """
    permissions.require_operator(actor)
    with transaction.atomic():
        person = made_person(login=login, name=name, password=password, language=language, operator=operator, now=now)
        _record(actor, "account.make", person, now, operator=operator)
    return person


def made_person(*, login: str, name: str, password: str | None, language: str, operator: bool, now: dt.datetime) -> int:
    """Write a person inside the caller's transaction; for this app's services.

    Raises
    ------
    Conflict
        The login name is taken.
    UsageError
        The login name, the name, the language or the password will not do.

    """
    login, name = rules.login_of(login), checked_name(name)
    if not rules.login_is_good(login):
        raise UsageError(
            N_("A login name has 3 to 60 letters, digits, dots, hyphens or underscores, and begins with a letter.")
        )
    checked_language(language)
    person = Person(username=login, name=name, language=language, is_operator=operator, joined_at=now)
    if password is None:
        person.set_unusable_password()
    else:
        check_password(password=password, login=login, name=name)
        person.set_password(password)
    try:
        with transaction.atomic():
            person.save(force_insert=True)
    except IntegrityError:
        raise Conflict(N_("The login name “{login}” is taken. Take another one."), login=login) from None
    return person.pk


def set_password(
    *, actor: Actor, person: int, password: str, remove_second_factor: bool = False, now: dt.datetime
) -> None:
    """Set another's password; all their sessions end.

    ``remove_second_factor`` also forgets their one-time codes and passkeys, for somebody who lost the device.

    Raises
    ------
    Forbidden
        The actor does not run this site.
    NotFound
        There is no such account.
    UsageError
        The password will not do.

    """
    permissions.require_operator(actor)
    with transaction.atomic():
        row = _open(person)
        _change_password(row, password, remove_second_factor=remove_second_factor)
        _record(actor, "account.password", person, now, second_factor_removed=remove_second_factor)


def set_operator(*, actor: Actor, person: int, operator: bool, now: dt.datetime) -> None:
    """Let somebody run the site, or end that.

    Raises
    ------
    Forbidden
        The actor does not run this site.
    NotFound
        There is no such account.

    """
    permissions.require_operator(actor)
    with transaction.atomic():
        row = _open(person)
        row.is_operator = operator
        row.save(update_fields=["is_operator"])
        _record(actor, "account.operator", person, now, operator=operator)


def close_account(*, actor: Actor, person: int, now: dt.datetime) -> None:
    """Close an account: nobody can sign in with it, its sessions end; its roles and data stay.

    Raises
    ------
    Forbidden
        The actor does not run this site.
    NotFound
        There is no such account.
    Conflict
        It is the actor's own.

    """
    permissions.require_operator(actor)
    if actor.person == person:
        raise Conflict(N_("This is your own account. Another operator can close it, or erase your data yourself."))
    with transaction.atomic():
        row = _open(person)
        row.is_active = False
        row.save(update_fields=["is_active"])
        end_sessions(person=person)
        _record(actor, "account.close", person, now)


def reopen_account(*, actor: Actor, person: int, now: dt.datetime) -> None:
    """Open a closed account again.

    Raises
    ------
    Forbidden
        The actor does not run this site.
    NotFound
        There is no such account, or its data were erased.

    """
    permissions.require_operator(actor)
    with transaction.atomic():
        row = Person.objects.select_for_update().filter(pk=person, erased_at__isnull=True).first()
        if row is None:
            raise NotFound(_NO_ACCOUNT)
        row.is_active = True
        row.save(update_fields=["is_active"])
        _record(actor, "account.reopen", person, now)


def issue_reset(
    *,
    actor: Actor,
    person: int,
    remove_second_factor: bool = False,
    now: dt.datetime,
    draw: Callable[[int], bytes] = secrets.token_bytes,
) -> OneTimeCode:
    """Make a code with which a person sets a new password; it is shown once and lasts a day. Earlier ones end.

    A coordinator issues it for those who are members of their organisations only: nobody may come by a code into an
    organisation that is not theirs.

    Raises
    ------
    Forbidden
        The actor neither runs this site nor coordinates all organisations of this person; or the person runs the site;
        or it is to remove a second factor, which only those who run the site may do.
    NotFound
        There is no such account.

    """
    if actor.scopes is not None:
        permissions.require_operator(actor)
    with transaction.atomic():
        row = _open(person)
        _require_reset(actor, row, remove_second_factor=remove_second_factor)
        code = _issue(actor.person, row, second_factor=remove_second_factor, now=now, draw=draw)
        _record(actor, "account.reset-code", person, now, second_factor=remove_second_factor)
    return code


def reset_password(*, code: str, password: str, now: dt.datetime) -> int:
    """Set a new password with a reset code; the person's id. All their sessions end; the second factor stays as it is.

    Raises
    ------
    NotFound
        There is no such code, or it was used or is too old: one answer for all three, as a code names an account.
    UsageError
        The password will not do; the code can be used again.

    """
    digest = rules.digest(rules.typed_code(code))
    with transaction.atomic():
        row = ResetCode.objects.select_related("person").filter(digest=digest).first()
        usable = ResetCode.objects.filter(
            digest=digest, used_at__isnull=True, expires_at__gt=now, person__is_active=True
        )
        if row is None or not rules.same(row.digest, digest) or not usable.update(used_at=now):
            raise NotFound(N_("This code is unknown, used or too old. Ask your coordinator for a new one."))
        _change_password(row.person, password, remove_second_factor=row.second_factor)
        _record(Actor(person=row.person_id), "account.reset", row.person_id, now)
    return row.person_id


def mail_is_on() -> bool:
    """Whether this site can send mail."""
    return settings.EMAIL_BACKEND != "django.core.mail.backends.dummy.EmailBackend"


def mail_reset(
    *,
    login: str,
    translator: Translator,
    now: dt.datetime,
    draw: Callable[[int], bytes] = secrets.token_bytes,
) -> None:
    """Send a reset code to an account's mail address. Whoever asks learns nothing about who has an account.

    Call it after the answer (``hashar.web.later``): it takes long for an account that there is.

    Raises
    ------
    OSError
        The mail server did not take it.

    """
    rows = Person.objects.filter(username=rules.login_of(login), is_active=True).exclude(email="")
    person = rows.first()
    if person is None:
        return
    with transaction.atomic():
        code = _issue(None, person, second_factor=False, now=now, draw=draw)
        _record(Actor(person=None), "account.reset-code", person.pk, now, by="mail")
        text = translator.gettext(
            N_(
                "Somebody asked for a new password for your account. The code is {code}. It lasts a day.\n\n"
                "If it was not you, do nothing: the code is worthless to others as long as they do not see this mail."
            ),
            code=code.code,
        )
        title = translator.gettext(N_("Code for a new password"))
        message = EmailMessage(title, text, to=[person.email])
        transaction.on_commit(message.send)


def _issue(
    maker: int | None, person: Person, *, second_factor: bool, now: dt.datetime, draw: Callable[[int], bytes]
) -> OneTimeCode:
    ResetCode.objects.filter(person=person, used_at__isnull=True, expires_at__gt=now).update(expires_at=now)
    code = rules.code_of(draw(rules.CODE_BYTES))
    made = ResetCode.objects.create(
        person=person,
        digest=rules.digest(code),
        second_factor=second_factor,
        made_by_id=maker,
        made_at=now,
        expires_at=now + dt.timedelta(hours=rules.RESET_HOURS),
    )
    return OneTimeCode(id=made.pk, code=rules.on_paper(code), expires_at=made.expires_at)


def end_sessions(*, person: int, but: str = "") -> None:
    """Sign a person out everywhere, except in the session with the key ``but``; for this app's services."""
    rows = UserSession.objects.filter(user=person).exclude(session_key=but)
    Session.objects.filter(session_key__in=list(rows.values_list("session_key", flat=True))).delete()
    rows.delete()


def checked_name(name: str) -> str:
    """A person's name as it is stored.

    Raises
    ------
    UsageError
        It is empty or too long.

    """
    name = " ".join(name.split())
    if not name or len(name) > 120:
        raise UsageError(N_("A name has 1 to 120 letters."))
    return name


def checked_language(language: str) -> str:
    """A language of the site.

    Raises
    ------
    UsageError
        It is none.

    """
    if language not in LANGUAGES:
        raise UsageError(N_("“{value}” is none of: {choices}."), value=language, choices=", ".join(LANGUAGES))
    return language


def _require_reset(actor: Actor, row: Person, *, remove_second_factor: bool) -> None:
    if rules.runs_site(actor):
        return
    if row.is_operator or remove_second_factor:
        raise Forbidden(rules.ONLY_OPERATORS)
    held = Membership.objects.filter(person=row, until__isnull=True, organisation__closed_at__isnull=True)
    organisations = set(held.values_list("organisation", flat=True))
    if not organisations or not all(rules.may_manage(actor, organisation) for organisation in organisations):
        raise Forbidden(
            N_("Only a coordinator of all this person's organisations, or those who run this site, may do this.")
        )


def _change_password(row: Person, password: str, *, remove_second_factor: bool) -> None:
    check_password(password=password, login=row.username, name=row.name)
    row.set_password(password)
    row.save(update_fields=["password"])
    if remove_second_factor:
        Authenticator.objects.filter(user=row).delete()
    end_sessions(person=row.pk)


def _open(person: int) -> Person:
    row = Person.objects.select_for_update().filter(pk=person, is_active=True).first()
    if row is None:
        raise NotFound(_NO_ACCOUNT)
    return row


def _record(actor: Actor, action: str, person: int, now: dt.datetime, **details: object) -> None:
    subject = f"person:{person}"
    audit.record(actor=actor, action=action, subject=subject, organisation=None, now=now, details=details)
