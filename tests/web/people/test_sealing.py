"""Secrets of second factors: not in the database, good under a former key, useless and harmless without it."""

import json

import pytest
from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP
from django.contrib.auth import get_user_model

from hashar.operations.checkups import site
from hashar.operations.checkups.findings import Grade
from hashar.people.services.sealing import unreadable_factors
from tests.web.people.test_signing_in import equip, totp

pytestmark = pytest.mark.django_db
OTHER = "another key of a site, as long as a key has to be: " + "x" * 30


@pytest.fixture
def secret(cast):
    made = equip(cast, "analyst")
    RecoveryCodes.activate(get_user_model().objects.get(pk=cast.people["analyst"]))
    return made


def factor():
    return TOTP(Authenticator.objects.get(type=Authenticator.Type.TOTP))


def recovery():
    return RecoveryCodes(Authenticator.objects.get(type=Authenticator.Type.RECOVERY_CODES))


def test_the_database_holds_no_secret_in_the_clear(secret):
    stored = json.dumps([row.data for row in Authenticator.objects.all()])
    seed = get_adapter().decrypt(recovery().instance.data["seed"])
    assert secret not in stored
    assert seed not in stored
    assert not any(code in stored for code in recovery().generate_codes())


def test_codes_of_the_app_and_recovery_codes_work(secret):
    assert factor().validate_code(totp(secret))
    codes = recovery()
    assert codes.validate_code(codes.get_unused_codes()[0])


def test_the_same_secret_is_never_stored_alike_twice():
    assert get_adapter().encrypt("JBSWY3DPEHPK3PXP") != get_adapter().encrypt("JBSWY3DPEHPK3PXP")


def test_a_former_key_opens_what_it_sealed(secret, settings):
    settings.SECRET_KEY_FALLBACKS, settings.SECRET_KEY = [settings.SECRET_KEY], OTHER
    assert factor().validate_code(totp(secret))
    assert unreadable_factors() == 0
    assert list(site.second_factors()) == []


def test_without_the_key_every_code_is_wrong_and_the_doctor_says_why(secret, settings):
    settings.SECRET_KEY = OTHER
    assert not factor().validate_code(totp(secret))
    assert not factor().validate_code(totp(""))  # the code of no secret at all
    [finding] = site.second_factors()
    assert (finding.grade, finding.values["count"]) == (Grade.WRONG, 2)


def test_what_was_never_sealed_is_not_taken_for_a_secret(secret):
    Authenticator.objects.filter(type=Authenticator.Type.TOTP).update(data={"secret": secret})
    assert not factor().validate_code(totp(secret))
