"""Calls of the API as somebody of the cast, with a token as a program would send it."""

import datetime as dt

import pytest

from hashar.people.contracts import Scope
from hashar.people.services import tokens
from tests.web.security.world import world

__all__ = ["world"]


class Caller:
    """Calls the API as somebody, or as nobody."""

    def __init__(self, client, cast):
        self.client = client
        self.cast = cast
        self.secrets = {}

    def token(self, name):
        if name not in self.secrets:
            now = dt.datetime.now(dt.UTC)
            made = tokens.make(actor=self.cast.actor(name), name="test", scopes=[Scope.READ], days=30, now=now)
            self.secrets[name] = made.code
        return self.secrets[name]

    def headers(self, name):
        return {"Authorization": f"Bearer {self.token(name)}"} if name else {}

    def get(self, address, name="reader", headers=None, **query):
        return self.client.get(f"/api/v1/{address}", query, headers={**self.headers(name), **(headers or {})})


@pytest.fixture
def api(client, cast):
    """Call it: ``api.get("places", "reader", parent="KZ")``."""
    return Caller(client, cast)
