"""Schemathesis tries every operation of the OpenAPI document, as somebody and as nobody, and finds nothing."""

import json

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from hypothesis import HealthCheck, settings

from hashar.api.site import document
from hashar.people.contracts import Scope
from hashar.people.services import tokens
from tests.web.security.world import clock

pytestmark = pytest.mark.no_cover  # measuring would take longer than trying
FEW = settings(max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
"""The same tries every time: a failure can be repeated."""
PLAIN = {"Accept-Encoding": "identity"}
"""Schemathesis asks for packed answers but does not unpack those of an application in its own process."""
THERE = {
    "release": "shared",
    "finding": "finding",
    "series": "series",
    "observation": "observation",
    "organisation": "organisation",
    "sha256": "sha256",
}
"""Parameter of an address → what the world calls it."""
described = schemathesis.openapi.from_dict(json.loads(json.dumps(document())))
described.app = get_wsgi_application()


@pytest.fixture
def unlimited(settings):
    """No rate limits, and the test's own connection stays open between requests, as in Django's test client."""
    settings.API_REQUESTS_A_MINUTE = settings.API_REFUSALS_A_MINUTE = 10**9
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def bearer(world, unlimited, db):
    """The token of somebody who may see all of the world."""
    actor = world.cast.actor("coordinator")
    made = tokens.make(actor=actor, name="tries", scopes=[Scope.READ], days=1, now=clock())
    return {"Authorization": f"Bearer {made.code}"} | PLAIN


def led_to_what_is_there(case, world):
    """Half of the well-formed tries ask for things of the world instead of numbers that nobody has."""
    if case.meta.generation.mode.is_negative:
        return
    for name, value in (case.path_parameters or {}).items():
        if name in THERE and len(str(value)) % 2:
            case.path_parameters[name] = world[THERE[name]]


@described.parametrize()
@FEW
def test_nothing_is_found_with_a_token(case, world, bearer):
    led_to_what_is_there(case, world)
    case.call_and_validate(headers=bearer)


@described.parametrize()
@FEW
@pytest.mark.django_db
def test_nothing_is_given_without_one(case, unlimited):
    answer = case.call(headers=PLAIN)
    assert answer.status_code in (401, 404, 405)
    case.validate_response(answer)
