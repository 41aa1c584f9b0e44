"""The pages of second factors, for somebody who has all of them."""

import pytest
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.urls import reverse

from tests.people.cast import PASSWORD
from tests.web.people.test_signing_in import equip, totp

PASSKEY = {"name": "Old phone", "credential": {"clientExtensionResults": {"credProps": {"rk": True}}}}


@pytest.fixture
def equipped(client, cast):
    """The analyst with app, recovery codes and a passkey, shown to be themselves a moment ago."""
    from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes

    cache.clear()
    equip(cast, "analyst")
    user = get_user_model().objects.get(pk=cast.people["analyst"])
    RecoveryCodes.activate(user)
    Authenticator.objects.create(user=user, type=Authenticator.Type.WEBAUTHN, data=PASSKEY)
    cast.sign_in(client, "analyst")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_every_page_answers(equipped):
    key = Authenticator.objects.get(type="webauthn").pk
    names = ["mfa_index", "mfa_view_recovery_codes", "mfa_generate_recovery_codes", "mfa_list_webauthn"]
    names += ["mfa_deactivate_totp", "mfa_reauthenticate"]
    addresses = [reverse(name) for name in names]
    addresses += [reverse(name, kwargs={"pk": key}) for name in ("mfa_edit_webauthn", "mfa_remove_webauthn")]
    for address in addresses:
        text = equipped.get(address).content.decode()
        assert text.count("<h1>") == 1, address
        assert "style=" not in text, address


def test_a_passkey_is_renamed_and_removed(equipped):
    key = {"pk": Authenticator.objects.get(type="webauthn").pk}
    assert "Old phone" in equipped.get(reverse("mfa_list_webauthn")).content.decode()
    equipped.post(reverse("mfa_edit_webauthn", kwargs=key), {"name": "New <b> phone"})
    assert "New &lt;b&gt; phone" in equipped.get(reverse("mfa_list_webauthn")).content.decode()
    equipped.post(reverse("mfa_remove_webauthn", kwargs=key))
    assert "No passkeys yet" in equipped.get(reverse("mfa_list_webauthn")).content.decode()


def test_the_page_of_a_new_passkey_carries_its_question_without_a_script_in_it(equipped):
    Authenticator.objects.filter(type="webauthn").delete()  # the one above is no real key
    text = equipped.get(reverse("mfa_add_webauthn")).content.decode()
    assert 'data-passkey="make"' in text
    assert "&#34;challenge&#34;" in text
    assert "<script>" not in text
    odd = equipped.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": ""})
    assert odd.status_code == 200


def test_recovery_codes_are_downloaded_and_made_anew(equipped):
    before = equipped.get(reverse("mfa_download_recovery_codes")).content.decode().split()
    assert len(before) == 10
    equipped.post(reverse("mfa_generate_recovery_codes"))
    after = equipped.get(reverse("mfa_download_recovery_codes")).content.decode().split()
    assert not set(before) & set(after)


def test_a_code_serves_instead_of_the_password_where_one_is_asked_again(client, cast):
    cache.clear()
    secret = equip(cast, "analyst")
    cast.sign_in(client, "analyst")
    wanted = reverse("tokens")
    client.get(wanted)
    page = client.get(reverse("mfa_reauthenticate")).content.decode()
    assert "Use my password" in page
    client.post(reverse("mfa_reauthenticate"), {"code": totp(secret), "next": wanted})
    assert client.get(wanted).status_code == 200


def test_whoever_has_no_password_sets_a_first_one(client, cast):
    user = get_user_model().objects.get(pk=cast.people["reader"])
    user.set_unusable_password()
    user.save()
    cast.sign_in(client, "reader")
    assert client.get(reverse("account_change_password"))["Location"] == reverse("account_set_password")
    differ = client.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": "x"})
    assert "The two passwords differ." in differ.content.decode()
    client.post(reverse("account_set_password"), {"password1": PASSWORD, "password2": PASSWORD})
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


ODD = [
    *("", "x", "[]", "1", "null", '"x"', "{}", '{"id": 1}', '{"rawId": "AA", "response": []}'),
    '{"id": "###", "rawId": "###", "type": "public-key", "response": {"clientDataJSON": "AA", "userHandle": "AA"}}',
    '{"id": "AA", "rawId": "AA", "type": "public-key", "response": {"clientDataJSON": "e30", "signature": "AA"}}',
]


@pytest.mark.parametrize("sent", ODD)
def test_no_made_up_passkey_signs_in_or_breaks_anything(client, cast, sent):
    cache.clear()
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": sent})
    assert (answer.status_code, answer["Location"]) == (302, reverse("account_login"))
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("sent", ODD)
def test_no_made_up_passkey_is_added(equipped, sent):
    Authenticator.objects.filter(type="webauthn").delete()
    equipped.get(reverse("mfa_add_webauthn"))
    answer = equipped.post(reverse("mfa_add_webauthn"), {"name": "x", "credential": sent})
    assert answer.status_code == 200
    assert not Authenticator.objects.filter(type="webauthn").exists()
