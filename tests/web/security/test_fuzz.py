"""Every form of the pages, filled with what nobody should send: no fault, nothing unescaped, nothing half done."""

import re
from itertools import cycle

import pytest
from django.apps import apps
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.urls import resolve

from hashar.places.rules.portions import portions
from tests.web.security import payloads
from tests.web.security.addresses import all_addresses
from tests.web.security.expectations import EXPECTED, PEOPLE
from tests.web.security.forms import forms_of

pytestmark = [pytest.mark.django_db, pytest.mark.slow, pytest.mark.no_cover]  # measuring would take longer than trying
OWNERS = ("coordinator", "analyst", "official", "operator")
RAW = ("<img src=x", "<script>zz", "onerror=alert(1)>")
"""Pieces that stand in a page only where a text was not escaped."""
MISSING = 3
"""So many fields of a form are left out at once."""
OF_THE_VISIT = {"sessions.Session", "usersessions.UserSession", "runs.Run"}
"""Tables that any visit may write; a run says itself who asked for it."""
LOOKS = {"people.AuditRow"}
"""A refused form may stand in the trail: somebody looked at microdata to check it."""


class Hand:
    """Fills forms and sends them, each in a transaction that is undone."""

    def __init__(self, world, name):
        client = Client()
        world.cast.sign_in(client, name)
        self.cookies = {key: morsel.value for key, morsel in client.cookies.items()}
        self.faults = []

    def client(self):
        client = Client(raise_request_exception=False)
        client.cookies.load(self.cookies)
        return client

    def page(self, address):
        """The text of a page; empty when it is no page."""
        answer = self.client().get(address)
        text = b"".join(answer).decode("utf-8", "replace")
        return text if answer.status_code == 200 and "html" in answer["Content-Type"] else ""

    def send(self, form, values, what):
        """Send a form and look at the answer, and at the page it leads to."""
        with transaction.atomic():
            before = rows()
            client = self.client()
            answer = getattr(client, form.method)(form.action, values)
            text = b"".join(answer).decode("utf-8", "replace")
            status = answer.status_code
            after = rows()
            if status >= 400 and set(changed(before, after)) - LOOKS:
                self.fault(form, what, f"{status}, and yet it wrote {changed(before, after)}")
            if after != before and after["people.AuditRow"] == before["people.AuditRow"]:
                self.fault(form, what, f"wrote {changed(before, after)}, and the trail does not say so")
            if status in (302, 303) and answer["Location"].startswith("/"):
                led = client.get(answer["Location"])
                status = max(status, led.status_code if led.status_code >= 500 else 0)
                text += b"".join(led).decode("utf-8", "replace")
            transaction.set_rollback(True)
        if status >= 500:
            self.fault(form, what, status)
        if "html" in answer["Content-Type"] and any(piece in text for piece in RAW):
            self.fault(form, what, "unescaped")

    def fault(self, form, what, how):
        self.faults.append(f"{resolve(form.action.partition('?')[0]).url_name} {what}: {how}")


TABLES = {
    model._meta.label: model._meta.db_table
    for model in apps.get_models()
    if model._meta.managed and model._meta.label not in OF_THE_VISIT
}


def rows():
    """How many rows each table has, in one question."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT " + ", ".join(f'(SELECT COUNT(*) FROM "{table}")' for table in TABLES.values()))
        return dict(zip(TABLES, cursor.fetchone(), strict=True))


def changed(before, after):
    """Which tables got rows or lost them."""
    return sorted(label for label in after if after[label] != before[label])


def forms(hand, world, person):
    """The forms of all pages that somebody can open, one of each shape."""
    found = {}
    for each in all_addresses():
        if EXPECTED[each.name]["get"][PEOPLE.index(person)] != "+" or each.name.startswith("api:"):
            continue
        page = each.filled(world)
        for form in forms_of(page, hand.page(page)):
            if form.action.startswith("/") and "/account/logout/" not in form.action:
                where = resolve(form.action.partition("?")[0]).url_name
                found.setdefault((where, form.shape), form)
    return found


@pytest.fixture(scope="module")
def hands(world):
    """The owners, each with the forms that nobody before them could reach."""
    seen, found = set(), []
    for name in OWNERS:
        hand = Hand(world, name)
        fresh = {key: form for key, form in forms(hand, world, name).items() if key not in seen}
        seen |= set(fresh)
        found.append((hand, list(fresh.values())))
    return found


def test_no_text_breaks_a_form(hands):
    rest = cycle(name for name in payloads.TEXTS if name not in payloads.EVERYWHERE)
    for hand, found in hands:
        for form in found:
            for name in payloads.EVERYWHERE:
                hand.send(form, dict.fromkeys(form.values, payloads.TEXTS[name]), f"all {name}")
            for field in form.values:
                name = next(rest)
                hand.send(form, {**form.values, field: payloads.TEXTS[name]}, f"{field} {name}")
            for some in portions(form.values, MISSING):
                hand.send(form, {key: form.values[key] for key in form.values if key not in some}, f"without {some}")
    assert faults_of(hands) == []


def test_no_file_breaks_an_upload(hands):
    uploads = 0
    for hand, found in hands:
        for form in found:
            for field in form.files:
                uploads += 1
                send_files(hand, form, field)
    assert uploads >= 3
    assert faults_of(hands) == []


@pytest.mark.parametrize("page", ["people/", "people/accounts/", "places/", "assess/findings/", "account/join/x%00/"])
def test_a_nul_in_an_address_is_refused(world, page):
    client = world.cast.sign_in(Client(raise_request_exception=False), "operator")
    for query in ("text", "q", "indicator", "page", "state"):
        assert client.get(f"/en/{page}?{query}=a%00b").status_code == 400


def send_files(hand, form, field):
    """Every file under its own name, and one good file under every bad name."""
    for name, content in payloads.files().items():
        hand.send(form, {**form.values, field: SimpleUploadedFile(name, content)}, name)
    for name in payloads.NAMES:
        upload = SimpleUploadedFile("x", b"code,year,count\nKZ-75,2024,5\n")
        upload._name = name
        hand.send(form, {**form.values, field: upload}, re.sub(r"[^\w.]", "?", name)[:40])
    hand.send(form, {**form.values, field: "a text where a file should be"}, "a text")


def faults_of(hands):
    """What was found since the last time, said once."""
    found = sorted({fault for hand, _ in hands for fault in hand.faults})
    for hand, _ in hands:
        hand.faults.clear()
    return found
