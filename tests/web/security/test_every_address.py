"""Every address of the site, asked and posted to by everybody: they get what ``expectations`` says, and no more."""

import pytest
from django.db import transaction
from django.test import Client

from hashar.people.contracts import CONSOLE
from hashar.people.queries import audit_trail
from tests.web.security.addresses import all_addresses
from tests.web.security.expectations import EXPECTED, PEOPLE
from tests.web.security.world import MARK

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.no_cover]  # measuring would take longer than trying
ADDRESSES = {(each.name, each.pattern): each for each in all_addresses()}
WITHOUT_FORMS = {name for name, who in EXPECTED.items() if set(who["post"][1:]) == {"."}}


class Visitors:
    """Everybody of the cast, signed in, one request at a time and each undone."""

    def __init__(self, world):
        self.cookies = {}
        for name in PEOPLE:
            client = Client()
            if name != "nobody":
                world.cast.sign_in(client, name)
            self.cookies[name] = {key: morsel.value for key, morsel in client.cookies.items()}

    def client(self, name):
        client = Client(raise_request_exception=False)
        client.cookies.load(self.cookies[name])
        return client

    def ask(self, name, method, address):
        """The answer, and how many rows the audit trail got by it."""
        with transaction.atomic():
            before = rows_of_audit()
            answer = getattr(self.client(name), method)(address)
            answer.text_of_it = b"".join(answer).decode("utf-8", "replace")
            written = rows_of_audit() - before
            transaction.set_rollback(True)
        return answer, written


def rows_of_audit():
    return audit_trail(CONSOLE, organisation=None).total


@pytest.fixture(scope="module")
def visitors(world):
    return Visitors(world)


def outcome(answer):
    """One sign for an answer; ``expectations`` explains them."""
    code = answer.status_code
    if code in (301, 302, 303):
        return ">" if "/account/login/" in answer["Location"] else "~"
    signs = {200: "+", 401: ">", 403: "-", 404: "-", 405: ".", 409: "+", 422: "+"}
    return signs.get(code, str(code))


def test_every_address_has_its_line_and_every_line_its_address():
    assert set(EXPECTED) == {name for name, _ in ADDRESSES}


@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.parametrize("person", PEOPLE)
def test_everybody_gets_what_is_theirs_and_no_more(world, visitors, settings, person, method):
    settings.API_REFUSALS_A_MINUTE = 10**9
    wrong, leaks, writes = {}, [], []
    for each in ADDRESSES.values():
        if method == "post" and each.name in WITHOUT_FORMS:
            continue
        expected = EXPECTED[each.name][method][PEOPLE.index(person)]
        answer, written = visitors.ask(person, method, each.filled(world))
        sign = outcome(answer)
        if sign != expected:
            wrong[f"{each.name} {each.filled(world)}"] = f"{sign} ({answer.status_code}), not {expected}"
        if sign in "->." and MARK in answer.text_of_it:
            leaks.append(each.name)
        if sign in "->." and written:
            writes.append(each.name)
    assert wrong == {}
    assert leaks == []
    assert writes == []


@pytest.mark.parametrize("method", ["post", "put", "patch", "delete", "trace"])
def test_an_address_without_a_form_takes_none(world, visitors, method):
    taken = {}
    for each in ADDRESSES.values():
        if each.name in WITHOUT_FORMS and not each.name.startswith("socialaccount"):
            answer, written = visitors.ask("coordinator", method, each.filled(world))
            if answer.status_code != 405 or written:
                taken[each.name] = answer.status_code
    assert taken == {}


HIDDEN = ["release", "release_documents", "release_document", "release_indicator", "release_part", "release_claims"]
HIDDEN += ["api:release", "api:profile", "api:sdmx", "api:dhis2"]


@pytest.mark.parametrize("state", ["draft", "withdrawn"])
@pytest.mark.parametrize("person", ["reader", "colleague", "manager", "stranger", "operator"])
def test_what_is_not_shared_is_there_for_nobody_outside(world, visitors, person, state):
    for each in ADDRESSES.values():
        if each.name in HIDDEN:
            answer, _ = visitors.ask(person, "get", each.filled(world, release=world[state]))
            assert answer.status_code == 404, each.name
            assert MARK not in answer.text_of_it


@pytest.mark.parametrize("person", ["coordinator", "official", "analyst"])
def test_what_is_not_shared_is_there_for_those_who_prepare_it(world, visitors, person):
    for each in ADDRESSES.values():
        if each.name in HIDDEN:
            answer, _ = visitors.ask(person, "get", each.filled(world, release=world["draft"]))
            assert answer.status_code == 200, each.name


@pytest.mark.parametrize("person", ["reader", "colleague", "manager", "stranger", "operator"])
def test_the_figures_of_a_draft_are_there_for_nobody_outside(world, visitors, person):
    for address in ("/en/assess/findings/{}/", "/api/v1/findings/{}", "/api/v1/findings/{}/why"):
        answer, _ = visitors.ask(person, "get", address.format(world["draft_finding"]))
        assert answer.status_code == 404
    listed, _ = visitors.ask(person, "get", "/api/v1/findings?size=500")
    assert world["draft"] not in {item["release"] for item in listed.json()["items"]}


def test_forms_are_refused_without_their_protection(world, visitors):
    open_doors = []
    for each in ADDRESSES.values():
        for person in ("coordinator", "operator", "analyst"):
            if EXPECTED[each.name]["post"][PEOPLE.index(person)] in "+~":
                client = Client(enforce_csrf_checks=True, raise_request_exception=False)
                client.cookies.load(visitors.cookies[person])
                with transaction.atomic():
                    answer = client.post(each.filled(world))
                    transaction.set_rollback(True)
                if answer.status_code != 403 or "This form was open too long" not in answer.content.decode():
                    open_doors.append(f"{each.name} {answer.status_code}")
    assert open_doors == []
