"""Signing in: nothing tells whether a name is known, guessing is cut short, the session is a new one."""

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.hashers import MD5PasswordHasher
from django.test import Client

from tests.people.cast import PASSWORD

LOGIN = "/en/account/login/"


class CountingHasher(MD5PasswordHasher):
    """Counts how often a password was hashed: the structure of the work, not the clock."""

    algorithm = "counting"
    calls = 0

    def encode(self, password, salt):
        type(self).calls += 1
        return super().encode(password, salt)


@pytest.fixture
def counting(settings, db):
    settings.PASSWORD_HASHERS = ["tests.web.security.test_sign_in.CountingHasher"]
    settings.ACCOUNT_RATE_LIMITS = {"login": "1000/m/ip", "login_failed": "1000/m/ip"}
    from tests.people.cast import make_cast

    return make_cast()


def tried(login, password="wrong password"):
    CountingHasher.calls = 0
    answer = Client().post(LOGIN, {"login": login, "password": password})
    return answer, CountingHasher.calls


def test_an_unknown_name_costs_as_much_work_as_a_wrong_password(counting):
    known, work = tried("analyst")
    unknown, as_much = tried("nobody-here")
    closed = get_user_model().objects.get(username="reader")
    closed.is_active = False
    closed.save()
    shut, no_less = tried("reader")
    assert work == as_much == no_less == 1
    assert known.status_code == unknown.status_code == shut.status_code


def words_of(answer):
    """The page without what differs in every page."""
    import re

    return re.sub(r'value="[^"]*"', "", answer.content.decode())


def test_an_unknown_name_gets_the_same_page_as_a_wrong_password(counting):
    assert words_of(tried("analyst")[0]) == words_of(tried("nobody-here")[0])


def test_asking_for_a_new_password_tells_nothing_of_names(counting):
    forgotten = "/en/account/password/forgotten/mail/"
    answers = [
        Client().post(forgotten, {"login": login, "email": login}, follow=True) for login in ("analyst", "nobody-here")
    ]
    assert words_of(answers[0]) == words_of(answers[1])


def test_guessing_is_cut_short(cast):
    for _ in range(6):
        Client().post(LOGIN, {"login": "analyst", "password": "wrong password"})
    right = Client().post(LOGIN, {"login": "analyst", "password": PASSWORD})
    assert right.status_code != 302
    assert "Too many" in right.content.decode()


def test_the_session_before_signing_in_is_not_the_one_after(cast):
    client = Client()
    planted = "attacker0123456789abcdefghijklmn"
    client.cookies["sessionid"] = planted
    client.get(LOGIN)
    answer = client.post(LOGIN, {"login": "reader", "password": PASSWORD})
    assert answer.status_code == 302
    assert client.cookies["sessionid"].value not in ("", planted)
    thief = Client()
    thief.cookies["sessionid"] = planted
    assert thief.get("/en/account/").status_code == 302


def test_signing_out_ends_the_session_on_the_server(cast):
    client = Client()
    client.post(LOGIN, {"login": "reader", "password": PASSWORD})
    kept = client.cookies["sessionid"].value
    client.post("/en/account/logout/")
    thief = Client()
    thief.cookies["sessionid"] = kept
    assert thief.get("/en/account/").status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_to_no_other_site(cast, target):
    answer = Client().post(f"{LOGIN}?next={target}", {"login": "reader", "password": PASSWORD, "next": target})
    assert answer.status_code == 302
    assert "evil" not in answer["Location"]
    assert answer["Location"].startswith("/")


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "/\\evil.example", "javascript:alert(1)"]
)
def test_choosing_a_look_leads_to_no_other_site(client, db, target):
    answer = client.post("/en/look/", {"look": "dark", "next": target})
    assert "evil" not in answer.headers.get("Location", "")
    assert "javascript" not in answer.headers.get("Location", "")


def test_nobody_registers_by_themselves(client, db):
    before = get_user_model().objects.count()
    client.post(
        "/en/account/join/",
        {"username": "new", "login": "new", "name": "N", "password1": PASSWORD, "password2": PASSWORD},
    )
    client.post("/en/account/elsewhere/signup/", {"username": "new"})
    assert get_user_model().objects.count() == before
