import datetime as dt

import pytest
from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth import authenticate
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.core import mail

from hashar.errors import Conflict, Forbidden, NotFound, UsageError
from hashar.i18n import Translator
from hashar.people import queries
from hashar.people.contracts import ANONYMOUS, CONSOLE, Actor, Role, Scope
from hashar.people.services import accounts, memberships
from tests.people.cast import NOW, PASSWORD

NEW = "four quiet mountains"
DAY = dt.timedelta(days=1)


def signed_in_elsewhere(person):
    store = SessionStore()
    store.create()
    UserSession.objects.create(user_id=person, session_key=store.session_key, ip="127.0.0.1", user_agent="x")
    return store.session_key


def can_sign_in(login, password):
    return authenticate(None, username=login, password=password) is not None


def test_the_console_and_operators_make_accounts_and_others_do_not(cast):
    values = {"login": "new", "name": "New", "password": PASSWORD, "now": NOW}
    for name in ("coordinator", "analyst", "manager"):
        with pytest.raises(Forbidden):
            accounts.make_account(actor=cast.actor(name), **values)
    accounts.make_account(actor=cast.actor("operator"), **values)
    with pytest.raises(Conflict):
        accounts.make_account(actor=CONSOLE, **(values | {"login": " NEW "}))


def test_nobody_signs_in_to_an_account_without_a_password(cast):
    person = accounts.make_account(actor=CONSOLE, login="new", name="New", password=None, now=NOW)
    assert not can_sign_in("new", "")
    code = accounts.issue_reset(actor=CONSOLE, person=person, now=NOW).code
    accounts.reset_password(code=code, password=NEW, now=NOW)
    assert can_sign_in("new", NEW)


def test_a_new_password_ends_all_sessions(cast):
    person = cast.people["reader"]
    key = signed_in_elsewhere(person)
    accounts.set_password(actor=CONSOLE, person=person, password=NEW, now=NOW)
    assert can_sign_in("reader", NEW)
    assert not can_sign_in("reader", PASSWORD)
    assert not Session.objects.filter(session_key=key).exists()


def test_a_weak_password_is_refused_with_all_its_faults(cast):
    with pytest.raises(UsageError) as caught:
        accounts.set_password(actor=CONSOLE, person=cast.people["reader"], password="12345", now=NOW)
    assert [str(problem) for problem in caught.value.problems] == [
        "The password is too short: take at least 10 letters, best several words.",
        "This password is among the first that are tried. Take several words of your own.",
        "The password is only digits. Mix in words.",
    ]
    assert can_sign_in("reader", PASSWORD)


def test_a_closed_account_has_no_rights_and_no_sessions(cast):
    person, key = cast.people["analyst"], signed_in_elsewhere(cast.people["analyst"])
    accounts.close_account(actor=cast.actor("operator"), person=person, now=NOW)
    assert cast.actor("analyst") == ANONYMOUS
    assert not can_sign_in("analyst", PASSWORD)
    assert not Session.objects.filter(session_key=key).exists()
    with pytest.raises(NotFound):
        accounts.close_account(actor=CONSOLE, person=person, now=NOW)
    accounts.reopen_account(actor=CONSOLE, person=person, now=NOW)
    assert cast.actor("analyst").roles_in(cast.centre) == {Role.ANALYST}
    with pytest.raises(NotFound):
        accounts.reopen_account(actor=CONSOLE, person=0, now=NOW)


def test_nobody_closes_their_own_account_by_mistake(cast):
    with pytest.raises(Conflict):
        accounts.close_account(actor=cast.actor("operator"), person=cast.people["operator"], now=NOW)


def test_running_the_site_is_given_and_taken(cast):
    accounts.set_operator(actor=CONSOLE, person=cast.people["reader"], operator=True, now=NOW)
    assert cast.actor("reader").operator
    accounts.set_operator(actor=CONSOLE, person=cast.people["reader"], operator=False, now=NOW)
    assert not cast.actor("reader").operator
    with pytest.raises(Forbidden):
        accounts.set_operator(
            actor=cast.actor("coordinator"), person=cast.people["coordinator"], operator=True, now=NOW
        )


def test_a_coordinator_issues_a_code_to_a_member_and_it_works_once(cast):
    made = accounts.issue_reset(actor=cast.actor("coordinator"), person=cast.people["reader"], now=NOW)
    with pytest.raises(UsageError):
        accounts.reset_password(code=made.code, password="short", now=NOW)
    accounts.reset_password(code=made.code.lower().replace("-", " "), password=NEW, now=NOW)
    assert can_sign_in("reader", NEW)
    with pytest.raises(NotFound):
        accounts.reset_password(code=made.code, password=PASSWORD, now=NOW)


def test_a_code_ends_after_a_day_and_with_the_next_one(cast):
    actor, person = cast.actor("coordinator"), cast.people["reader"]
    first = accounts.issue_reset(actor=actor, person=person, now=NOW)
    second = accounts.issue_reset(actor=actor, person=person, now=NOW)
    with pytest.raises(NotFound):
        accounts.reset_password(code=first.code, password=NEW, now=NOW)
    with pytest.raises(NotFound):
        accounts.reset_password(code=second.code, password=NEW, now=NOW + DAY)
    with pytest.raises(NotFound):
        accounts.reset_password(code="0000", password=NEW, now=NOW)


def test_a_code_does_not_open_a_closed_account(cast):
    made = accounts.issue_reset(actor=CONSOLE, person=cast.people["reader"], now=NOW)
    accounts.close_account(actor=CONSOLE, person=cast.people["reader"], now=NOW)
    with pytest.raises(NotFound):
        accounts.reset_password(code=made.code, password=NEW, now=NOW)


def test_no_code_leads_into_an_organisation_that_is_not_ones_own(cast):
    """Else a coordinator would come by the rights of a member who also works elsewhere, or of an operator."""
    coordinator = cast.actor("coordinator")
    for name in ("stranger", "colleague", "manager", "operator"):
        with pytest.raises(Forbidden):
            accounts.issue_reset(actor=coordinator, person=cast.people[name], now=NOW)
    for name in ("colleague", "operator"):
        memberships.add_member(
            actor=CONSOLE, organisation=cast.centre, person=cast.people[name], role=Role.READER, now=NOW
        )
        with pytest.raises(Forbidden):
            accounts.issue_reset(actor=coordinator, person=cast.people[name], now=NOW)
    with pytest.raises(Forbidden):
        accounts.issue_reset(actor=cast.actor("analyst"), person=cast.people["reader"], now=NOW)
    token = Actor(person=coordinator.person, mandates=coordinator.mandates, scopes=frozenset({Scope.READ}))
    with pytest.raises(Forbidden):
        accounts.issue_reset(actor=token, person=cast.people["reader"], now=NOW)


def test_only_an_operator_helps_after_a_lost_second_factor(cast):
    person = cast.people["reader"]
    Authenticator.objects.create(user_id=person, type=Authenticator.Type.TOTP, data={"secret": "x"})
    with pytest.raises(Forbidden):
        accounts.issue_reset(actor=cast.actor("coordinator"), person=person, remove_second_factor=True, now=NOW)
    plain = accounts.issue_reset(actor=cast.actor("coordinator"), person=person, now=NOW)
    accounts.reset_password(code=plain.code, password=NEW, now=NOW)
    assert Authenticator.objects.filter(user=person).exists()
    lost = accounts.issue_reset(actor=cast.actor("operator"), person=person, remove_second_factor=True, now=NOW)
    accounts.reset_password(code=lost.code, password=NEW, now=NOW)
    assert not Authenticator.objects.filter(user=person).exists()


def test_a_code_by_mail_goes_to_the_address_of_the_account_alone(cast, settings, django_capture_on_commit_callbacks):
    from hashar.people.services import personal

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert accounts.mail_is_on()
    reader = cast.actor("reader")
    personal.change(actor=reader, name="Reader", email="reader@example.org", language="en", now=NOW)
    with django_capture_on_commit_callbacks(execute=True):
        for login in ("READER", "analyst", "nobody"):
            accounts.mail_reset(login=login, translator=Translator("en"), now=NOW)
    (message,) = mail.outbox
    assert message.to == ["reader@example.org"]
    code = message.body.split("The code is ")[1].split(".")[0]
    accounts.reset_password(code=code, password=NEW, now=NOW)
    assert can_sign_in("reader", NEW)


def test_mail_is_off_unless_it_is_set_up(settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert not accounts.mail_is_on()


def test_operators_list_accounts_and_others_do_not(cast):
    operator = cast.actor("operator")
    assert [a.login for a in queries.accounts(operator).items] == sorted(cast.people)
    assert [a.login for a in queries.accounts(operator, text="MANAG").items] == ["manager"]
    accounts.close_account(actor=CONSOLE, person=cast.people["reader"], now=NOW)
    assert "reader" not in [a.login for a in queries.accounts(operator).items]
    assert "reader" in [a.login for a in queries.accounts(operator, closed=True).items]
    assert queries.account_named(operator, " Manager ").id == cast.people["manager"]
    with pytest.raises(NotFound):
        queries.account_named(operator, "nobody")
    for name in ("coordinator", "reader"):
        with pytest.raises(Forbidden):
            queries.accounts(cast.actor(name))
        with pytest.raises(Forbidden):
            queries.account_named(cast.actor(name), "manager")


def test_a_site_waits_for_its_first_operator(db):
    assert queries.waiting_setup()
    accounts.make_account(actor=CONSOLE, login="first", name="First", password=None, operator=True, now=NOW)
    assert not queries.waiting_setup()
