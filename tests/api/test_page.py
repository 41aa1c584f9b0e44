"""The page for people says what the OpenAPI document says."""

import pytest

from hashar.api.site import document
from hashar.i18n import LANGUAGES


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_lists_every_operation_in_every_language(client, language):
    answer = client.get(f"/{language}/api/")
    page = answer.content.decode()
    assert answer.status_code == 200
    for address, methods in document()["paths"].items():
        assert f"GET {address}" in page
        for parameter in methods["get"]["parameters"]:
            assert f"<code>{parameter['name']}</code>" in page


@pytest.mark.django_db
def test_the_page_never_shows_a_token_in_an_address(client):
    page = client.get("/en/api/").content.decode()
    assert "token=" not in page
    assert "Authorization: Bearer" in page


def test_every_operation_says_what_it_answers_and_how_it_refuses():
    for methods in document()["paths"].values():
        assert set(methods) == {"get"}
        operation = methods["get"]
        assert operation["summary"]
        assert operation["description"]
        assert {200, 401, 403, 404, 406, 422, 429} <= set(operation["responses"])
        assert [set(one) for one in operation["security"]] == [{"PersonalToken"}, {"OwnSession"}]


def test_no_parameter_is_ever_null():
    for methods in document()["paths"].values():
        for parameter in methods["get"]["parameters"]:
            assert "anyOf" not in parameter["schema"], parameter
