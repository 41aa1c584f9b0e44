"""What every answer carries, and what the browser is told about cookies."""

import re

import pytest
from django.test import Client

from hashar.reports.pages import TYPES
from tests.people.cast import PASSWORD
from tests.web.security.addresses import all_addresses
from tests.web.security.expectations import EXPECTED, PEOPLE

pytestmark = pytest.mark.django_db
ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
DOCUMENTS = {TYPES["docx"], TYPES["xlsx"], "application/zip"}
ELSEWHERE = re.compile(r"""(?:src|href|action|poster|data)\s*=\s*["']?(?:https?:)?//""", re.IGNORECASE)
INLINE = re.compile(r"<script(?![^>]*\bsrc=)[^>]*>|<style|\sstyle\s*=|\son[a-z]+\s*=", re.IGNORECASE)


@pytest.fixture(scope="module")
def answers(world):
    """Address → answer and text, for all that the coordinator can open and for what nobody is given."""
    found = {}
    for person in ("coordinator", "nobody"):
        client = Client(raise_request_exception=False)
        if person != "nobody":
            world.cast.sign_in(client, person)
        for each in all_addresses():
            if EXPECTED[each.name]["get"][PEOPLE.index(person)] in "+->" and each.name != "account_logout":
                answer = client.get(each.filled(world))
                found[person, each.filled(world)] = answer, b"".join(answer).decode("utf-8", "replace")
    return found


def test_every_answer_tells_the_browser_what_not_to_do(answers):
    without = {
        (address, name): answer.headers.get(name)
        for (_, address), (answer, _) in answers.items()
        for name, value in ALWAYS.items()
        if answer.headers.get(name) != value
    }
    assert without == {}


def test_every_answer_has_a_policy_that_allows_no_inline_code_and_no_other_host(answers):
    for (_, address), (answer, _) in answers.items():
        policy = answer.headers.get("Content-Security-Policy", "")
        assert "default-src 'none'" in policy, address
        assert "unsafe" not in policy, address
        assert "http" not in policy, address
        assert "frame-ancestors 'none'" in policy, address
        assert "base-uri 'none'" in policy, address
        assert "form-action 'self'" in policy, address


def test_no_page_carries_inline_code_or_reaches_for_another_host(answers):
    for (_, address), (answer, text) in answers.items():
        if "html" in answer["Content-Type"] and "attachment" not in answer.get("Content-Disposition", ""):
            page = re.sub(r"<(pre|code|title|textarea)[^>]*>.*?</\1>", "", text, flags=re.DOTALL)
            assert INLINE.search(page) is None, (address, INLINE.search(page))
            loaded = re.findall(r"<(?:script|link|img|iframe|source|video|audio|object|embed)[^>]*>", page)
            assert [tag for tag in loaded if ELSEWHERE.search(tag)] == [], address


def test_what_a_person_sees_is_kept_by_no_cache(answers):
    kept = {}
    for (person, address), (answer, _) in answers.items():
        told = answer.headers.get("Cache-Control", "")
        if person == "coordinator" and not ("no-store" in told or "private" in told):
            kept[address] = told
    openly = {"/healthz", "/robots.txt", "/worker.js"}
    assert {address: told for address, told in kept.items() if address not in openly} == {}


def test_pages_of_the_account_are_not_stored_at_all(answers):
    for (person, address), (answer, _) in answers.items():
        if person == "coordinator" and address.startswith(("/en/account/", "/en/people/")):
            assert "no-store" in answer.headers["Cache-Control"], address


def test_files_are_handed_out_as_files(answers):
    for (_, address), (answer, _) in answers.items():
        kind = answer["Content-Type"].partition(";")[0] if answer.status_code == 200 else "text/html"
        assert kind in {
            *("text/html", "application/json", "text/plain", "text/javascript", "image/svg+xml", "image/png"),
            *("text/csv", "text/yaml", "text/calendar", "application/yaml", "application/x-yaml"),
            "application/vnd.sdmx.data+csv",
            *DOCUMENTS,
        }, (address, kind)
        assert ("attachment" in answer.get("Content-Disposition", "")) or kind not in DOCUMENTS


def test_pictures_hold_no_code(answers):
    for (_, address), (answer, text) in answers.items():
        if answer.headers.get("Content-Type", "").startswith("image/svg"):
            assert "<script" not in text, address
            assert re.search(r"\son\w+=", text) is None, address


def test_cookies_are_out_of_reach_of_scripts_and_other_sites(world):
    client = Client()
    client.get("/en/account/login/")
    client.post("/en/account/login/", {"login": "reader", "password": PASSWORD})
    client.post("/en/look/", {"look": "dark", "next": "/en/"})
    assert {"sessionid", "csrftoken"} <= set(client.cookies)
    for name, morsel in client.cookies.items():
        assert morsel["samesite"] in ("Lax", "Strict"), name
        assert morsel["httponly"], name
        assert not morsel["domain"], name


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:80", "localhost.evil.example", "localhost@evil.example", ""]
)
def test_a_host_that_is_not_ours_gets_nothing(host, db):
    answer = Client(raise_request_exception=False, headers={"Host": host}).get("/en/account/login/")
    assert answer.status_code == 400
    assert "evil.example" not in answer.content.decode()


def test_a_forwarded_host_is_not_believed(client, db):
    answer = client.get("/en/api/", headers={"X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in answer.content.decode()


@pytest.mark.parametrize("path", ["//evil.example/%2e%2e", "/en//evil.example", "//evil.example"])
def test_no_address_leads_to_another_site(client, db, path):
    answer = client.get(path)
    assert not answer.headers.get("Location", "").startswith(("//", "http"))
