"""When the database is away, or the page for failures fails itself, somebody still gets a plain sentence."""

import pytest
from django.db import InterfaceError, OperationalError
from django.test import RequestFactory
from django.utils import translation

from hashar.web import outage
from hashar.web.views import refusals


def answered(error, language="en"):
    """What is answered while ``error`` is being handled, as Django does."""
    with translation.override(language):
        try:
            raise error
        except type(error):
            return outage.failure(RequestFactory().get("/en/"))


@pytest.mark.parametrize("kind", [OperationalError, InterfaceError])
def test_a_database_that_is_away_is_told_without_asking_it(kind):
    response = answered(kind("could not connect to 10.0.0.7"))
    assert response.status_code == 503
    assert response.headers["Retry-After"] == "30"
    assert "The database is away" in response.content.decode()
    assert "10.0.0.7" not in response.content.decode()


def test_it_is_told_in_the_language_of_the_page():
    assert 'lang="kk"' in answered(OperationalError(), "kk").content.decode()


def test_a_failing_page_for_failures_is_replaced(monkeypatch):
    def fail(request):
        raise ZeroDivisionError

    monkeypatch.setattr(refusals, "failure", fail)
    response = answered(ValueError("x"))
    assert response.status_code == 500
    assert "Something unexpected happened" in response.content.decode()


@pytest.mark.django_db
def test_other_failures_get_the_usual_page():
    response = answered(ValueError("x"))
    assert response.status_code == 500
    assert "Something unexpected happened" in response.content.decode()


def test_what_even_django_does_not_catch_is_one_sentence(monkeypatch):
    from hashar.config import wsgi

    def fail(environ, start_response):
        raise ZeroDivisionError

    monkeypatch.setattr(wsgi, "_site", fail)
    said = []
    body = wsgi.application({}, lambda status, headers: said.append(status))
    assert said == ["500 Internal Server Error"]
    assert b"Something unexpected happened" in b"".join(body)
