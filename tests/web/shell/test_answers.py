"""What every answer carries, refusals among them."""

from http import HTTPStatus
from importlib import import_module

import pytest
from django.conf import settings as configured
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.db import OperationalError
from django.test import Client
from django.urls import path

from hashar.errors import Conflict, Forbidden, NotFound, UsageError
from hashar.web.middleware import POLICY

urls = import_module(configured.ROOT_URLCONF)

RAISED = {
    "forbidden": (Forbidden("Ask a coordinator."), 403),
    "missing": (NotFound("There is no such thing."), 404),
    "conflict": (Conflict("Somebody else changed it. Load it again."), 409),
    "wrong": (UsageError("That is no number."), 422),
    "bug": (RuntimeError("secret details"), 500),
    "denied": (PermissionDenied("secret details"), 403),
    "suspicious": (SuspiciousOperation("secret details"), 400),
    "away": (OperationalError("secret details"), 503),
}


def _raise(request, kind):
    raise RAISED[kind][0]


urlpatterns = [path("en/raise/<kind>/", _raise, name="health"), *urls.urlpatterns]  # a name that is open to everyone
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500


@pytest.fixture
def answers(settings, db):
    """A client that gets the answer to a fault, as a browser would."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize("kind", RAISED)
def test_a_refusal_is_a_plain_page_with_its_status_and_a_way_back(answers, kind):
    error, status = RAISED[kind]
    answer = answers.get(f"/en/raise/{kind}/")
    page = answer.content.decode()
    assert answer.status_code == status
    assert "secret details" not in page
    assert "<h1>" in page
    assert 'href="/en/"' in page or 'href=""' in page
    if hasattr(error, "message"):
        assert error.message in page


@pytest.mark.parametrize("kind", RAISED)
def test_every_refusal_keeps_the_policy_and_is_not_kept(answers, kind):
    answer = answers.get(f"/en/raise/{kind}/")
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["Cache-Control"] in ("private, no-cache", "no-store")


@pytest.mark.parametrize("address", ["/", "/en/", "/en/style/", "/en/account/login/", "/en/nothing/", "/healthz"])
def test_every_answer_carries_the_policy(answers, address):
    answer = answers.get(address)
    assert answer.headers["Content-Security-Policy"] == POLICY
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Referrer-Policy"] == "same-origin"


def test_the_policy_allows_nothing_inline_and_nothing_from_elsewhere():
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert POLICY.startswith("default-src 'none'")
    assert "frame-ancestors 'none'" in POLICY


def test_a_page_for_a_person_is_never_stored(answers, cast):
    cast.sign_in(answers, "reader")
    answer = answers.get("/en/style/")
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Cookie" in answer.headers["Vary"]


def test_a_wrong_kind_of_request_is_refused_in_words(answers):
    answer = answers.get("/en/look/")
    assert answer.status_code == HTTPStatus.METHOD_NOT_ALLOWED
    assert answer.headers["Allow"] == "POST"
    assert "takes no request of that kind" in answer.content.decode()


def test_a_forged_form_is_refused_in_words(db):
    answer = Client(enforce_csrf_checks=True).post("/en/look/", {"look": "dark"})
    assert answer.status_code == 403
    assert "Load the page again" in answer.content.decode()


def test_an_unknown_host_is_refused_in_words(answers):
    answer = answers.get("/en/style/", headers={"Host": "elsewhere.example"})
    assert answer.status_code == 400


def test_a_body_that_is_too_large_is_refused_in_the_language_of_the_address(answers, settings):
    settings.UPLOAD_LIMIT = 1000
    answer = answers.post("/kk/look/", {"look": "x" * 2000})
    assert answer.status_code == 413
    assert '<html lang="kk"' in answer.content.decode()


def test_whoever_is_not_signed_in_is_offered_to_sign_in_and_come_back(answers):
    page = answers.get("/en/nothing/?q=1").content.decode()
    assert 'href="/en/account/login/?next=/en/nothing/%3Fq%3D1"' in page


def test_health_is_plain(answers):
    answer = answers.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert answer.headers["Content-Type"].startswith("text/plain")


def test_health_says_when_the_database_is_away(rf, monkeypatch):
    from hashar.web.views import machines

    class Away:
        def cursor(self):
            raise OperationalError

    monkeypatch.setattr(machines, "connection", Away())
    answer = machines.health(rf.get("/healthz"))
    assert (answer.status_code, answer.content) == (503, b"database: no answer\n")


def test_search_engines_are_kept_out(answers):
    assert answers.get("/robots.txt").content == b"User-agent: *\nDisallow: /\n"
    assert 'name="robots" content="noindex, nofollow"' in answers.get("/en/style/").content.decode()


def test_the_icon_is_found_at_its_old_address(answers):
    assert answers.get("/favicon.ico").headers["Location"].endswith("favicon.svg")
