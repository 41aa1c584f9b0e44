"""Who may call: whoever holds a token that still holds, or is signed in; everyone else learns nothing."""

import datetime as dt

import pytest

from hashar.people.contracts import CONSOLE, Scope
from hashar.people.queries import own_tokens
from hashar.people.services import tokens


def test_a_token_opens_the_api(api):
    assert api.get("places", "reader").status_code == 200


def test_whoever_is_signed_in_reads_with_the_browser(api):
    api.cast.sign_in(api.client, "reader")
    assert api.get("places", None).status_code == 200


@pytest.mark.parametrize("address", ["places", "places/KZ", "organisations", "factors", "releases", "findings/1"])
def test_without_a_token_nothing_is_answered(api, address):
    answer = api.get(address, None)
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"].startswith("Bearer")
    assert answer["Content-Type"] == "application/problem+json"


@pytest.mark.parametrize(
    "header", ["Bearer", "Bearer ", "Bearer nothing", "Bearer hashar_" + "0" * 64, "Basic cmVhZGVyOng=", "Bearer a b"]
)
def test_a_wrong_header_is_refused_even_beside_a_session(api, header):
    api.cast.sign_in(api.client, "reader")
    assert api.get("places", None, headers={"Authorization": header}).status_code == 401


def test_a_revoked_token_opens_nothing(api):
    now = dt.datetime.now(dt.UTC)
    actor = api.cast.actor("reader")
    secret = api.token("reader")
    tokens.revoke(actor=actor, token=own_tokens(actor, now=now)[0].id, now=now)
    assert api.get("places", None, headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_an_expired_token_opens_nothing(api):
    long_ago = dt.datetime.now(dt.UTC) - dt.timedelta(days=3)
    made = tokens.make(actor=api.cast.actor("reader"), name="old", scopes=[Scope.READ], days=1, now=long_ago)
    assert api.get("places", None, headers={"Authorization": f"Bearer {made.code}"}).status_code == 401


def test_the_token_of_a_closed_account_opens_nothing(api):
    from hashar.people.services import accounts

    secret = api.token("reader")
    accounts.close_account(actor=CONSOLE, person=api.cast.people["reader"], now=dt.datetime.now(dt.UTC))
    assert api.get("places", None, headers={"Authorization": f"Bearer {secret}"}).status_code == 401


def test_a_token_in_the_address_is_no_token(api):
    assert api.get("places", None, token=api.token("reader")).status_code == 401


def test_the_day_of_use_is_noted_and_nothing_more(api):
    api.get("places", "reader")
    used = own_tokens(api.cast.actor("reader"), now=dt.datetime.now(dt.UTC))[0].last_used_on
    assert used == dt.datetime.now(dt.UTC).date()


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "options", "trace"])
def test_the_api_only_reads(api, method):
    answer = getattr(api.client, method)("/api/v1/places", headers=api.headers("coordinator"))
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert answer["Content-Type"] == "application/problem+json"


def test_the_head_of_an_answer_is_told_without_its_body(api):
    answer = api.client.head("/api/v1/places", headers=api.headers("reader"))
    assert answer.status_code == 200
    assert answer.content == b""


def test_the_description_of_the_api_is_open(client, db):
    answer = client.get("/api/v1/openapi.json")
    assert answer.status_code == 200
    assert answer.json()["openapi"].startswith("3.")


def test_an_unknown_operation_is_a_problem_document(api):
    answer = api.get("nothing/here")
    assert answer.status_code == 404
    assert answer.json()["title"] == "Not Found"
