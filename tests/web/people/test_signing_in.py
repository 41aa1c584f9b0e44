"""Signing in: what outsiders can find out (nothing), how often they may try, what a second factor asks."""

import hashlib
import hmac
import re
import struct
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import TOTP, generate_totp_secret
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.urls import reverse
from django.utils import translation

from hashar.people.models import AuditRow, Person
from tests.people.cast import PASSWORD

WRONG = "The login name or the password is wrong."
PATIENCE = "Too many wrong attempts. Wait five minutes, then try again."


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


def sign_in(client, login="reader", password=PASSWORD, follow=False, **extra):
    given = {"login": login, "password": password} | extra
    return client.post(reverse("account_login"), given, follow=follow)


def signed_in(client):
    return "_auth_user_id" in client.session


def totp(secret, at=None):
    """The code an authenticator app shows, from RFC 6238 itself."""
    import base64

    counter = int((at or time.time()) // 30)
    digest = hmac.new(base64.b32decode(secret), struct.pack(">Q", counter), hashlib.sha1).digest()
    start = digest[-1] & 15
    return f"{(struct.unpack('>I', digest[start : start + 4])[0] & 0x7FFFFFFF) % 1_000_000:06d}"


def equip(cast, name):
    secret = generate_totp_secret()
    TOTP.activate(get_user_model().objects.get(pk=cast.people[name]), secret)
    return secret


def test_login_name_and_password_lead_home(client, cast):
    answer = sign_in(client)
    assert (answer.status_code, answer["Location"]) == (302, "/en/")
    assert signed_in(client)
    assert Person.objects.get(pk=cast.people["reader"]).last_login is not None


def test_the_case_of_a_login_name_does_not_matter(client, cast):
    sign_in(client, " READER ")
    assert signed_in(client)


def test_one_comes_home_in_ones_own_language(client, cast):
    Person.objects.filter(pk=cast.people["reader"]).update(language="kk")
    assert sign_in(client)["Location"] == "/kk/"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "https:evil.example", "\\\\evil"])
def test_nobody_is_sent_to_another_site_after_signing_in(client, cast, elsewhere):
    assert sign_in(client, next=elsewhere)["Location"] == "/en/"


def test_one_is_sent_where_one_wanted_to_go(client, cast):
    wanted = client.get(reverse("people"))["Location"]
    assert wanted == "/en/account/login/?next=/en/people/"
    assert sign_in(client, next="/en/people/")["Location"] == "/en/people/"


def test_the_session_gets_a_new_key_so_that_nobody_can_plant_one(client, cast):
    client.get(reverse("account_login"))
    session = client.session
    session["planted"] = 1
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client)
    assert client.session.session_key != before


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(client, cast):
    def answered(login):
        answer = sign_in(client, login, "not the password")
        return answer.status_code, answer.content.decode().replace(f'value="{login}"', "")

    (status, known), (other_status, unknown) = answered("reader"), answered("nobody")
    assert status == other_status == 200
    assert WRONG in known
    token = re.compile(r'name="csrfmiddlewaretoken" value="[^"]+"')
    assert token.sub("", known) == token.sub("", unknown)


def test_an_unknown_name_costs_as_much_hashing_as_a_known_one(client, cast, monkeypatch):
    hashed = []
    real = Person.set_password
    monkeypatch.setattr(Person, "set_password", lambda self, raw: (hashed.append(1), real(self, raw)))
    sign_in(client, "nobody", "not the password")
    assert hashed == [1]


@pytest.mark.parametrize("login", ["reader", "nobody"])
def test_after_five_wrong_attempts_a_login_name_is_locked_known_or_not(client, cast, login):
    for _ in range(5):
        assert WRONG in sign_in(client, login, "wrong").content.decode()
    answer = sign_in(client, login)
    assert PATIENCE in answer.content.decode()
    assert not signed_in(client)
    sign_in(client, "analyst")
    assert signed_in(client)


def test_after_thirty_wrong_attempts_an_address_is_locked(client, cast):
    for number in range(30):
        sign_in(client, f"guess{number}", "wrong")
    assert PATIENCE in sign_in(client, "reader").content.decode()
    from django.test import Client

    other = Client(REMOTE_ADDR="192.0.2.7")
    sign_in(other, "reader")
    assert signed_in(other)


def test_whoever_claims_another_address_is_not_believed(client, cast):
    for number in range(30):
        client.post(
            reverse("account_login"),
            {"login": f"guess{number}", "password": "wrong"},
            headers={"X-Forwarded-For": f"192.0.2.{number}"},
        )
    assert PATIENCE in sign_in(client, "reader").content.decode()


def test_a_closed_account_says_so_only_to_whoever_knows_the_password(client, cast):
    Person.objects.filter(pk=cast.people["reader"]).update(is_active=False)
    assert WRONG in sign_in(client, password="wrong").content.decode()
    assert "This account is closed" in sign_in(client, follow=True).content.decode()
    assert not signed_in(client)


def test_signing_out_needs_a_form_not_a_link(client, cast):
    cast.sign_in(client, "reader")
    assert client.get(reverse("account_logout")).status_code == 200
    assert signed_in(client)
    assert client.post(reverse("account_logout"))["Location"] == "/en/account/login/"
    assert not signed_in(client)


def test_an_authenticator_app_is_set_up_and_asked_for(client, cast, django_capture_on_commit_callbacks):
    sign_in(client, "analyst")
    asked = client.get(reverse("mfa_activate_totp"))
    assert asked["Location"].startswith("/en/account/again/")
    client.post(asked["Location"], {"password": PASSWORD})
    page = client.get(reverse("mfa_activate_totp"))
    assert '<svg class="qr"' in page.content.decode()
    secret = re.search(r"<code>([A-Z2-7]{32})</code>", page.content.decode())[1]
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert "This code is wrong or too old." in wrong.content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        done = client.post(reverse("mfa_activate_totp"), {"code": totp(secret)}, follow=True)
    assert done.redirect_chain[-1][0] == reverse("mfa_view_recovery_codes")
    assert "10 codes are left." in done.content.decode()
    actions = set(AuditRow.objects.filter(person=cast.people["analyst"]).values_list("action", flat=True))
    assert "factor.add" in actions
    client.post(reverse("account_logout"))
    assert sign_in(client, "analyst")["Location"].startswith(reverse("mfa_authenticate"))
    assert not signed_in(client)


def test_with_a_second_factor_the_password_alone_is_not_enough(client, cast):
    secret = equip(cast, "analyst")
    sign_in(client, "analyst")
    assert client.get(reverse("people"))["Location"].startswith("/en/account/login/")
    page = client.get(reverse("mfa_authenticate")).content.decode()
    assert "Second factor" in page
    wrong = client.post(reverse("mfa_authenticate"), {"code": "000000"})
    assert "This code is wrong or too old." in wrong.content.decode()
    client.post(reverse("mfa_authenticate"), {"code": totp(secret)})
    assert signed_in(client)


def test_a_code_works_once(client, cast):
    from django.test import Client

    secret = equip(cast, "analyst")
    code = totp(secret)
    for attempt, expected in ((client, True), (Client(), False)):
        sign_in(attempt, "analyst")
        attempt.post(reverse("mfa_authenticate"), {"code": code})
        assert signed_in(attempt) is expected


def test_codes_cannot_be_guessed_for_long(client, cast):
    secret = equip(cast, "analyst")
    sign_in(client, "analyst")
    for number in range(5):
        client.post(reverse("mfa_authenticate"), {"code": f"00000{number}"})
    answer = client.post(reverse("mfa_authenticate"), {"code": totp(secret)})
    assert PATIENCE in answer.content.decode()
    assert not signed_in(client)


def test_a_recovery_code_replaces_the_app_once(client, cast):
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
    from django.test import Client

    equip(cast, "analyst")
    codes = RecoveryCodes.activate(get_user_model().objects.get(pk=cast.people["analyst"])).get_unused_codes()
    for attempt, expected in ((client, True), (Client(), False)):
        sign_in(attempt, "analyst")
        attempt.post(reverse("mfa_authenticate"), {"code": codes[0]})
        assert signed_in(attempt) is expected


def test_removing_the_app_is_written_down(client, cast):
    equip(cast, "analyst")
    cast.sign_in(client, "analyst")
    again = client.get(reverse("mfa_deactivate_totp"))["Location"]
    client.post(again, {"password": PASSWORD})
    client.post(reverse("mfa_deactivate_totp"))
    assert not Authenticator.objects.filter(user=cast.people["analyst"]).exists()
    assert AuditRow.objects.filter(person=cast.people["analyst"], action="factor.remove").exists()


def test_whoever_lacks_a_required_second_factor_is_taught_how(client, cast, settings):
    settings.HASHAR_REQUIRE_SECOND_FACTOR = True
    cast.sign_in(client, "coordinator")
    refused = client.get(reverse("invite", args=[cast.centre]))
    assert (refused.status_code, refused["Location"]) == (302, reverse("mfa_index"))
    assert "Part of your rights begins with this step" in client.get(reverse("mfa_index")).content.decode()
    assert client.get(reverse("organisation", args=[cast.centre])).status_code == 200
    equip(cast, "coordinator")
    assert client.get(reverse("invite", args=[cast.centre])).status_code == 200


def test_nobody_registers_by_themselves(client, db):
    answer = client.post(reverse("account_signup"), {"username": "x", "password1": PASSWORD, "password2": PASSWORD})
    assert answer.status_code == 200
    assert not Person.objects.exists()


@pytest.mark.parametrize("language", ["ru", "kk", "tk"])
def test_the_form_speaks_our_languages(client, db, language):
    with translation.override(language):
        page = client.get(reverse("account_login")).content.decode()
    assert "Username" not in page
    assert "Remember Me" not in page
