"""Every page of people and of one's account answers, in every language, for those who may see it."""

import pytest
from django.urls import reverse
from django.utils import translation

from hashar.i18n import LANGUAGES


def addresses(cast):
    centre, membership = cast.centre, cast.memberships["analyst"]
    own = [
        *("people", "account", "mfa_index", "usersessions_list", "account_change_password", "join"),
        *("account_reset_password", "account_logout", "account_erased", "mfa_list_webauthn"),
        "socialaccount_connections",
    ]
    coordinators = [("organisation", centre), ("organisation_change", centre), ("invite", centre)]
    coordinators += [("member", centre, membership), ("member_end", centre, membership), ("organisation_audit", centre)]
    operators = [("organisation_new",), ("organisation_close", centre), ("site_audit",), ("accounts",)]
    return {
        "reader": [(name,) for name in own] + [("organisation", centre), ("organisation", cast.foreign)],
        "coordinator": coordinators,
        "operator": operators + coordinators,
    }


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("person", ["reader", "coordinator", "operator"])
def test_pages_answer(client, cast, person, language):
    cast.sign_in(client, person)
    for name, *values in addresses(cast)[person]:
        with translation.override(language):
            address = reverse(name, args=values)
        answer = client.get(address)
        assert answer.status_code == 200, address
        text = answer.content.decode()
        assert f'<html lang="{language}"' in text
        assert text.count("<h1>") == 1, address


@pytest.mark.parametrize("name", ["account_login", "join", "account_reset_password", "account_inactive"])
def test_pages_before_signing_in(client, db, name):
    assert client.get(reverse(name)).status_code == 200
