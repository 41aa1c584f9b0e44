"""Which pages a browser may keep to open them without a connection, and the worker that does it."""

import gzip
import re
from pathlib import Path

import pytest
from django.contrib.messages import constants
from django.contrib.messages.storage.fallback import FallbackStorage
from django.templatetags.static import static
from django.test import RequestFactory
from django.urls import reverse

from hashar.people.contracts import ANONYMOUS
from hashar.web import middleware
from hashar.web.offline import names_of
from hashar.web.request import prepare
from hashar.web.views.waiting import SHELL, waiting
from tests.web.security.addresses import all_addresses
from tests.web.security.expectations import EXPECTED

pytestmark = pytest.mark.django_db
STATIC = Path(middleware.__file__).parent / "static" / "web"
MOST = 12_000
"""Bytes of the two scripts together as they travel."""
KEPT = {"waiting", "implement_new"}
"""Names of the only pages that a browser keeps."""


def test_the_page_says_whose_it_is(client, cast):
    answer = cast.sign_in(client, "reader").get(reverse("waiting"))
    name = names_of(cast.people["reader"])
    assert answer.headers["Hashar-Person"] == name
    assert f'<body data-person="{name}">' in answer.content.decode()
    assert answer.headers["Cache-Control"] == "no-store"  # kept by the worker alone, which forgets at signing out


def test_no_other_page_may_be_kept(client, cast):
    cast.sign_in(client, "coordinator")
    plain = [each for each in all_addresses() if EXPECTED[each.name]["get"][4] == "+" and "<" not in each.pattern]
    assert len(plain) > 30
    seen = {each.name: client.get("/" + each.pattern).headers for each in plain if each.name != "account_logout"}
    assert {name for name, headers in seen.items() if "Hashar-Person" in headers} == KEPT


def test_a_page_that_tells_news_or_answers_a_question_is_not_kept(cast):
    def headers(path, news=()):
        request = prepare(RequestFactory().get(path))
        request.actor, request.session, request.user = cast.actor("reader"), {}, None
        request._messages = FallbackStorage(request)
        for text in news:
            request._messages.add(constants.SUCCESS, text)
        return waiting(request).headers

    assert "Hashar-Person" in headers("/en/implement/waiting/")
    assert "Hashar-Person" not in headers("/en/implement/waiting/", ["The password is changed."])
    assert "Hashar-Person" not in headers("/en/implement/waiting/?measure=3")


def test_nobodys_page_is_not_kept():
    request = prepare(RequestFactory().get("/en/implement/waiting/"))
    request.actor, request.session, request.user = ANONYMOUS, {}, None
    request._messages = FallbackStorage(request)
    assert "Hashar-Person" not in waiting(request).headers


def test_the_worker_is_asked_for_afresh_and_may_answer_for_the_whole_site(client):
    answer = client.get("/worker.js")
    assert answer.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-cache"
    assert "worker-src 'self'" in answer.headers["Content-Security-Policy"]
    assert "connect-src 'self'" in answer.headers["Content-Security-Policy"]
    assert all(static(name) in answer.content.decode() for name in SHELL)


def test_another_static_file_makes_another_worker(client, monkeypatch):
    def release():
        return re.search(r'RELEASE = "(\w{16})"', client.get("/worker.js").content.decode())[1]

    first = release()
    assert release() == first
    monkeypatch.setattr("hashar.web.views.waiting.static", lambda name: f"/static/{name}?2")
    assert release() != first


def test_the_two_scripts_are_light():
    scripts = [gzip.compress((STATIC / name).read_bytes()) for name in ("queue.js", "worker.js")]
    assert sum(map(len, scripts)) < MOST


def test_no_word_of_the_scripts_is_shown_to_people():
    for name in ("queue.js", "worker.js"):
        code = re.sub(r"/\*.*?\*/|//[^\n]*", "", (STATIC / name).read_text("utf-8"), flags=re.DOTALL)
        texts = re.findall(r'"([^"\n]*)"', code)
        assert [text for text in texts if re.search(r"[a-z]{2,} [a-z]{2,} [a-z]{2,}", text)] == []
