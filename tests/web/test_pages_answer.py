"""Every page answers in every language."""

import pytest

from hashar.i18n import LANGUAGES


@pytest.mark.django_db
@pytest.mark.parametrize("language", LANGUAGES)
def test_whoever_is_not_signed_in_is_asked_to(client, language):
    answer = client.get(f"/{language}/", follow=True)
    assert answer.redirect_chain == [(f"/{language}/account/login/", 302)]
    assert answer.status_code == 200
    assert f'<html lang="{language}">' in answer.content.decode()


@pytest.mark.django_db
def test_an_unknown_address_is_refused_plainly(client):
    answer = client.get("/en/nothing-here")
    assert answer.status_code == 404
    assert "There is no page at this address." in answer.content.decode()
