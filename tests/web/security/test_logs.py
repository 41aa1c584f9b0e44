"""What is logged: what failed and where in the program, never who, what they typed, or the secrets in addresses."""

import io
import logging
import logging.config

import pytest
from django.conf import settings as configured
from django.test import Client

from tests.people.cast import PASSWORD
from tests.web.security.addresses import all_addresses
from tests.web.security.world import MARK

pytestmark = pytest.mark.django_db
TYPED = "Gulnara-Unmistakable"


@pytest.fixture
def lines():
    """All that the site would log, however unimportant, as its own configuration writes it."""
    written = io.StringIO()
    wanted = {**configured.LOGGING, "root": {**configured.LOGGING["root"], "level": "DEBUG"}}
    wanted["handlers"] = {"console": {**configured.LOGGING["handlers"]["console"], "stream": written}}
    logging.config.dictConfig(wanted)
    yield written
    logging.config.dictConfig(configured.LOGGING)


def journey(world):
    """Sign in (wrongly too), read, send forms with personal words, open addresses that are not there."""
    client = Client(raise_request_exception=False, headers={"user-agent": TYPED, "x-forwarded-for": "203.0.113.77"})
    client.post("/en/account/login/", {"login": TYPED, "password": PASSWORD})
    client.post("/en/account/login/", {"login": "coordinator", "password": TYPED})
    client.post("/en/account/login/", {"login": "coordinator", "password": PASSWORD})
    client.get(f"/en/account/join/{world['code']}/")
    client.get(f"/en/account/join/{world['code']}x/")
    client.post(f"/en/account/join/{world['code']}/", {"login": TYPED, "name": TYPED, "password": TYPED})
    client.get(f"/en/people/?text={TYPED}")
    client.get(f"/en/nothing-here/?text={TYPED}")
    client.get("/api/v1/places", headers={"Authorization": f"Bearer hashar_{TYPED}"})
    client.get(f"/api/v1/places?{TYPED}=1")
    for each in all_addresses():
        if each.name != "account_logout":
            client.get(each.filled(world))
            client.post(
                each.filled(world), {"name": TYPED, "title": TYPED, "note": TYPED, "text": TYPED, "login": TYPED}
            )


def test_a_journey_leaves_nothing_personal_in_the_log(world, lines):
    journey(world)
    log = lines.getvalue()
    assert "django.request" in log
    secrets = [TYPED, PASSWORD, MARK, "203.0.113.77", world["code"], "hashar_", "sessionid", "Coordinator"]
    assert [each for each in secrets if each in log] == []


def test_a_fault_is_logged_by_its_place_and_without_its_words(world, lines):
    try:
        int(f"{TYPED} answered yes")
    except ValueError:
        logging.getLogger("hashar.test").exception("something failed")
    log = lines.getvalue()
    assert "something failed" in log
    assert "ValueError" in log
    assert TYPED not in log
