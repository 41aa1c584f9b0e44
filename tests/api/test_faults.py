"""What goes wrong inside: a problem document with its status, and never a word of the fault."""

import json

import pytest
from django.apps import apps
from django.db import OperationalError
from django.test import RequestFactory
from django.utils import timezone
from ninja.errors import HttpError

from hashar.api.gate import guarded
from hashar.api.site import api as site


@pytest.fixture
def call():
    request = RequestFactory().get("/api/v1/places?lang=ru")
    request.now = timezone.now()
    return request


@pytest.mark.django_db
@pytest.mark.parametrize(("fault", "status"), [(RuntimeError, 500), (OperationalError, 503)])
def test_a_fault_before_an_operation_is_a_problem_document(call, fault, status):
    def broken(request):
        raise fault("secret details")

    answer = guarded(broken)(call)
    assert answer.status_code == json.loads(answer.content)["status"] == status
    assert "secret" not in answer.content.decode()
    assert answer.has_header("Retry-After") == (status == 503)


@pytest.mark.parametrize(
    ("fault", "status"),
    [(RuntimeError("secret"), 500), (OperationalError("secret"), 503), (HttpError(400, "Bad"), 400)],
)
def test_a_fault_inside_an_operation_is_a_problem_document(call, fault, status):
    answer = site.on_exception(call, fault)
    assert answer.status_code == status
    assert answer["Content-Type"] == "application/problem+json"
    assert "secret" not in answer.content.decode()


def test_a_token_that_may_not_read_reads_nothing(api):
    headers = api.headers("reader")
    apps.get_model("people", "AccessToken").objects.update(scopes=[])
    assert api.get("places", None, headers=headers).status_code == 403


def test_a_part_of_a_page_does_not_become_the_sign_in_page(client, db):
    answer = client.get("/en/people/", headers={"HX-Request": "true"})
    assert answer["HX-Redirect"].startswith("/en/account/login/?next=/en/people/")
    assert not client.get("/en/people/").has_header("HX-Redirect")
