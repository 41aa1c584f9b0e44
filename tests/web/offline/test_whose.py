"""Whose an entry is: names and keys of people on devices, the address that tells them, and what another person gets."""

import pytest
from django.test import Client

from hashar.web.offline import keys_of, names_of
from tests.web.offline.form import ENTRIES

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.offline.form")]
STATE, FORM = "/en/implement/waiting/state.json", "/en/implement/word/"


@pytest.fixture(autouse=True)
def nothing_yet():
    ENTRIES.clear()


def send(client, name, key="k", **more):
    """An entry as the script sends it."""
    headers = {"X-Requested-With": "queue", "Hashar-Person": name, **more}
    return client.post(FORM, {"key": key, "word": "football"}, headers=headers)


def test_each_person_has_a_name_and_a_key_of_their_own_that_tell_nothing():
    names = [name for person in (1, 2, 12) for name in keys_of(person)]
    keys = [key for person in (1, 2, 12) for key in keys_of(person).values()]
    assert len(set(names)) == len(set(keys)) == 3
    assert not set(names) & set(keys)
    assert names_of(None) == ""
    assert names_of(1) == names[0]


def test_after_a_change_of_the_sites_key_entries_made_before_are_still_theirs(settings):
    before = keys_of(7)
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another key of the site, quite long"
    after = keys_of(7)
    assert next(iter(after)) not in before
    assert before.items() <= after.items()


def test_the_state_tells_the_keys_of_who_is_signed_in_alone_and_is_kept_by_no_cache(client, cast):
    answer = cast.sign_in(client, "reader").get(STATE)
    assert answer.json()["keys"] == keys_of(cast.people["reader"])
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Access-Control-Allow-Origin" not in answer.headers


def test_the_token_of_the_state_opens_the_form_and_without_it_the_form_is_closed(cast):
    client = cast.sign_in(Client(enforce_csrf_checks=True), "reader")
    name = names_of(cast.people["reader"])
    assert send(client, name).status_code == 403
    token = client.get(STATE).json()["token"]
    assert send(client, name, **{"X-CSRFToken": token}).status_code == 201
    other = cast.sign_in(Client(enforce_csrf_checks=True), "reader")
    assert send(other, name, **{"X-CSRFToken": token}).status_code == 403  # a token is good in its own browser alone
    assert len(ENTRIES["k"]) == 1


def test_the_script_is_told_where_to_go_and_a_browser_is_led_there(client, cast):
    cast.sign_in(client, "reader")
    answer = send(client, names_of(cast.people["reader"]))
    assert (answer.status_code, answer.headers["Location"]) == (201, "/en/")
    answer = client.post(FORM, {"key": "k", "word": "football"})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/en/")


@pytest.mark.parametrize("name", ["", "nobody at all"])
def test_an_entry_of_nobody_known_is_not_taken(client, cast, name):
    assert send(cast.sign_in(client, "reader"), name).status_code == 401
    assert ENTRIES == {}


def test_an_entry_of_another_person_is_not_taken(client, cast):
    cast.sign_in(client, "reader")
    assert send(client, names_of(cast.people["analyst"])).status_code == 401
    assert ENTRIES == {}


def test_without_a_session_the_script_hears_so_and_a_browser_is_led_to_the_sign_in_page(client, cast):
    assert send(client, names_of(cast.people["reader"])).status_code == 401
    assert client.get(STATE, headers={"X-Requested-With": "queue"}).status_code == 401
    assert client.get(STATE).status_code == 302
    assert client.post(FORM, {"key": "k", "word": "football"}).headers["Location"].startswith("/en/account/login/")


def test_a_refusal_stays_a_refusal(client, cast):
    cast.sign_in(client, "reader")
    headers = {"X-Requested-With": "queue", "Hashar-Person": names_of(cast.people["reader"])}
    answer = client.post(FORM, {"key": "k", "word": "refused word"}, headers=headers)
    assert answer.status_code == 409
    assert "Choose another one." in answer.content.decode()
