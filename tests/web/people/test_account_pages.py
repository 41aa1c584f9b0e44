"""One's own account: data, language, sessions, tokens, export, erasing; a forgotten password."""

import json
import re

import pytest
from django.core import mail
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from hashar.people import queries
from hashar.people.contracts import CONSOLE
from hashar.people.models import AccessToken, Person
from hashar.people.services import accounts
from tests.people.cast import PASSWORD

NEW = "four quiet mountains"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def shown_again(client, address):
    """Answer the question “Is it still you?” that stands before an address, and go on."""
    asked = client.get(address)
    assert asked["Location"].startswith("/en/account/again/"), address
    return client.post(asked["Location"], {"password": PASSWORD, "next": address}, follow=True)


@pytest.mark.parametrize("name", ["account_change", "tokens", "account_erase"])
def test_what_matters_asks_for_the_password_once_more(client, cast, name):
    cast.sign_in(client, "reader")
    assert client.get(reverse(name))["Location"].startswith("/en/account/again/")
    wrong = client.post(reverse("account_reauthenticate"), {"password": "wrong"})
    assert "The password is wrong." in wrong.content.decode()
    assert client.get(reverse(name)).status_code == 302
    assert shown_again(client, reverse(name)).status_code == 200


def test_name_address_and_language_are_changed(client, cast):
    cast.sign_in(client, "reader")
    shown_again(client, reverse("account_change"))
    answer = client.post(reverse("account_change"), {"name": "Новое Имя", "email": "a@b.kz", "language": "ky"})
    assert answer["Location"] == "/ky/account/"
    assert "Новое Имя" in client.get("/ky/account/").content.decode()
    odd = client.post(reverse("account_change"), {"name": "", "email": "no", "language": "xx"})
    assert odd.status_code == 200
    assert 'aria-invalid="true"' in odd.content.decode()


def test_the_language_of_a_page_is_kept_as_ones_own(client, cast):
    cast.sign_in(client, "reader")
    client.post("/tg/account/language/")
    assert queries.own_account(cast.actor("reader")).language == "tg"


def test_a_token_is_shown_once_and_withdrawn(client, cast):
    cast.sign_in(client, "analyst")
    shown_again(client, reverse("tokens"))
    made = client.post(reverse("tokens"), {"name": "map <b>", "days": "30", "scope": "read"})
    secret = re.search(r"hashar_[0-9a-f]{64}", made.content.decode())[0]
    assert "map &lt;b&gt;" in made.content.decode()
    assert queries.actor_of_token(secret, timezone.now()).person == cast.people["analyst"]
    assert secret not in client.get(reverse("tokens")).content.decode()
    client.post(reverse("token_revoke", args=[AccessToken.objects.get().pk]))
    assert queries.actor_of_token(secret, timezone.now()).person is None
    assert client.post(reverse("token_revoke", args=[0])).status_code == 404


def test_the_export_is_a_file_and_continues_after_the_question(client, cast):
    cast.sign_in(client, "reader")
    asked = client.post(reverse("account_export"))
    answer = client.post(asked["Location"], {"password": PASSWORD, "next": reverse("account_export")})
    assert answer["Content-Type"].startswith("application/json")
    assert "attachment" in answer["Content-Disposition"]
    assert json.loads(answer.content)["person"]["username"] == "reader"
    assert client.get(reverse("account_export")).status_code == 405


def test_erasing_needs_the_login_name_and_ends_everything(client, cast):
    cast.sign_in(client, "reader")
    shown_again(client, reverse("account_erase"))
    wrong = client.post(reverse("account_erase"), {"login": "somebody"})
    assert "This is not your login name." in wrong.content.decode()
    assert Person.objects.get(pk=cast.people["reader"]).is_active
    done = client.post(reverse("account_erase"), {"login": "Reader"}, follow=True)
    assert "Your data are erased" in done.content.decode()
    assert "_auth_user_id" not in client.session
    again = client.post(reverse("account_login"), {"login": "reader", "password": PASSWORD})
    assert "The login name or the password is wrong." in again.content.decode()


def test_the_last_coordinator_is_told_what_to_do_first(client, cast):
    cast.sign_in(client, "coordinator")
    shown_again(client, reverse("account_erase"))
    answer = client.post(reverse("account_erase"), {"login": "coordinator"})
    assert "Make another member its coordinator first" in answer.content.decode()


def test_one_signs_out_of_the_other_devices(cast):
    here, there = Client(), Client()
    for client in (here, there):
        client.post(reverse("account_login"), {"login": "reader", "password": PASSWORD})
    page = here.get(reverse("usersessions_list")).content.decode()
    assert "this device" in page
    assert "another device" in page
    here.post(reverse("usersessions_list"))
    assert here.get(reverse("account")).status_code == 200
    assert there.get(reverse("account")).status_code == 302


def test_a_changed_password_signs_out_of_the_other_devices(cast):
    here, there = Client(), Client()
    for client in (here, there):
        client.post(reverse("account_login"), {"login": "reader", "password": PASSWORD})
    weak = {"oldpassword": PASSWORD, "password1": "12345", "password2": "12345"}
    assert "The password is too short" in here.post(reverse("account_change_password"), weak).content.decode()
    good = {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}
    assert here.post(reverse("account_change_password"), good)["Location"] == "/en/account/"
    assert here.get(reverse("account")).status_code == 200
    assert there.get(reverse("account")).status_code == 302


def test_a_forgotten_password_is_set_with_a_code_from_the_coordinator(client, cast):
    coordinator = cast.sign_in(Client(), "coordinator")
    answer = coordinator.post(reverse("member_reset", args=[cast.centre, cast.memberships["reader"]]))
    code = re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", answer.content.decode())[0]
    assert "no-store" in answer["Cache-Control"]
    sent = {"code": code, "password1": "short", "password2": "short"}
    assert "The password is too short" in client.post(reverse("account_reset_password"), sent).content.decode()
    sent = {"code": code, "password1": NEW, "password2": NEW}
    assert client.post(reverse("account_reset_password"), sent)["Location"] == "/en/account/login/"
    used = client.post(reverse("account_reset_password"), sent)
    assert "This code is unknown, used or too old." in used.content.decode()
    client.post(reverse("account_login"), {"login": "reader", "password": NEW})
    assert "_auth_user_id" in client.session


def test_reset_codes_cannot_be_guessed_for_long(client, cast):
    sent = {"code": "GUESS", "password1": NEW, "password2": NEW}
    answers = [client.post(reverse("account_reset_password"), sent).status_code for _ in range(21)]
    assert answers[-1] == 429


def test_without_mail_no_mail_is_offered(client, db, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
    assert "by mail" not in client.get(reverse("account_reset_password")).content.decode()
    client.post(reverse("password_reset_mail"), {"login": "reader"})
    assert mail.outbox == []


def test_an_operator_makes_closes_and_rescues_accounts(client, cast):
    cast.sign_in(client, "operator")
    made = client.post(reverse("accounts"), {"name": "Timur", "login": "timur", "language": "kk"})
    assert re.search(r"[0-9A-Z]{4}(?:-[0-9A-Z]{4}){3}", made.content.decode())
    person = Person.objects.get(username="timur")
    assert (person.language, person.has_usable_password()) == ("kk", False)
    taken = client.post(reverse("accounts"), {"name": "Timur", "login": "TIMUR", "language": "kk"})
    assert "is taken" in taken.content.decode()
    client.post(reverse("account_close", args=[person.pk]))
    assert not Person.objects.get(pk=person.pk).is_active
    client.post(reverse("account_close", args=[person.pk]), {"reopen": "1"})
    assert Person.objects.get(pk=person.pk).is_active
    lost = client.post(reverse("account_reset", args=[person.pk]), {"name": "T", "login": "timur", "lost": "1"})
    assert lost.status_code == 200
    assert client.post(reverse("account_close", args=[cast.people["operator"]])).status_code == 409


@pytest.mark.parametrize("who", ["coordinator", "reader", "stranger"])
def test_others_do_not_reach_the_operators_pages(client, cast, who):
    cast.sign_in(client, who)
    person = cast.people["analyst"]
    assert client.get(reverse("accounts")).status_code == 403
    assert client.get(reverse("site_audit")).status_code == 403
    assert client.get(reverse("organisation_new")).status_code == 403
    assert client.post(reverse("account_close", args=[person])).status_code == 403
    assert client.post(reverse("account_reset", args=[person])).status_code == 403
    assert Person.objects.get(pk=person).is_active


def test_nothing_personal_is_logged(client, cast, caplog):
    caplog.set_level("DEBUG")
    client.post(reverse("account_login"), {"login": "reader", "password": "wrong-secret"})
    client.post(reverse("account_login"), {"login": "reader", "password": PASSWORD})
    made = accounts.issue_reset(actor=CONSOLE, person=cast.people["analyst"], now=timezone.now())
    client.post(reverse("account_reset_password"), {"code": made.code, "password1": NEW, "password2": NEW})
    lines = [record.getMessage() for record in caplog.records if not record.name.startswith("django.db")]
    assert [
        line for line in lines if any(word in line for word in ("reader", "wrong-secret", PASSWORD, made.code))
    ] == []
