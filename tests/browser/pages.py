"""Every page of the site, and a person who sees it: taken from the table of addresses, so that none is forgotten.

A new address has its line in ``tests/web/security/expectations.py``. If that says that somebody sees a page there, the
page is walked as the first of ``EYES`` who does; what is no page stands in ``NO_PAGES``.
"""

from dataclasses import dataclass

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from cryptography.hazmat.primitives.asymmetric import ec
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.translation import override
from fido2.cose import ES256
from fido2.utils import websafe_encode
from fido2.webauthn import Aaguid, AttestationObject, AttestedCredentialData, AuthenticatorData, CollectedClientData

from hashar.places.services.loading import load_shipped
from hashar.runs.models import Run
from tests.assess.site import make_survey
from tests.people.cast import NOW, PASSWORD
from tests.web.people.test_signing_in import equip
from tests.web.security import world as worlds
from tests.web.security.addresses import all_addresses
from tests.web.security.expectations import EXPECTED, PEOPLE

EYES = ("nobody", "coordinator", "analyst", "official", "operator")
NO_PAGES = {
    *[
        "favicon",
        "health",
        "robots",
        "worker",
        "waiting_state",
        "style-picture",
        "style-specification",
        "chart",
        "chart_specification",
        "places_map",
    ],
    *["place_map", "survey_microdata", "codebook_file", "series_rejected", "series_numbers", "release_document"],
    *[
        "plan_document",
        "deadlines_calendar",
        "logic_model_document",
        "logic_model_yaml",
        "logic_model_answer",
        "report_document",
    ],
    "progress_archive",
    "progress_file",
    "progress_report",
    *["plan_document", "deadlines_calendar"],
    "activity_photo",
    "donor_form",
}
"""Files and pictures."""
LED_ON = {"account_language", "account_export", "account_signup", "mfa_login_webauthn"}
"""Addresses that take a form or lead on, and another name of a page."""
TWO_FACTORS = {
    *["mfa_index", "mfa_list_webauthn", "mfa_deactivate_totp", "mfa_view_recovery_codes"],
    *["mfa_generate_recovery_codes", "mfa_remove_webauthn", "mfa_edit_webauthn", "mfa_reauthenticate"],
    *["mfa_reauthenticate_webauthn"],
}
"""Walked by somebody who has an app, recovery codes and a passkey."""
ELSEWHERE = {"account_set_password": "no password", "mfa_authenticate": "half signed in"}
MORE = [
    *[("home", who) for who in ("analyst", "official", "operator", "manager", "reader")],
    *[("survey", "analyst"), ("release", "reader"), ("series", "official"), ("people", "operator")],
    *[("mfa_index", "coordinator"), ("mfa_list_webauthn", "coordinator"), ("place_import", "official")],
    *[("release_why", "analyst"), ("trend_claims", "analyst")],
]
"""Pages that are another to somebody else."""


def walked():
    """Name of an address and who looks at it, ordered so that each person signs in once."""
    found = [*MORE]
    for name, who in EXPECTED.items():
        if name in NO_PAGES | LED_ON or name.startswith(("api:", "openid", "socialaccount_login_error")):
            continue
        signs = dict(zip(PEOPLE, who["get"], strict=True))
        own = ELSEWHERE.get(name) or ("two factors" if name in TWO_FACTORS else None)
        seen = own or next((eye for sign in "+~" for eye in EYES if signs[eye] == sign), None)
        found += [(name, seen)] if seen else []
    return sorted(set(found), key=lambda each: each[1])


CLAIM = "direction=fell&earlier=25&later=15&n_earlier=900&n_later=950&clusters=40&deff=2&comparisons=1"
ASKED = {"release_why": "?change=1&of=alcohol", "claim": f"?{CLAIM}", "trend_claims": "?direction=fell"}
"""Pages that show something only when they are asked for it."""


@dataclass
class Site:
    """The world of the pages, and the sessions of those who look at them."""

    world: worlds.World
    sessions: dict[str, str]
    passkey: str

    def address(self, name, language):
        """The path of a page in a language."""
        with override(language):
            reverse("home")
            found = next(each for each in all_addresses() if each.name == name)
        return found.filled(self.world, pk=self.passkey) + ASKED.get(name, "")


def passkey():
    """What a security key answers when it is made, with a key pair that nobody keeps."""
    public = ES256.from_cryptography_key(ec.generate_private_key(ec.SECP256R1()).public_key())
    credential = AttestedCredentialData.create(Aaguid.NONE, b"made up", public)
    flags = AuthenticatorData.FLAG.UP | AuthenticatorData.FLAG.AT
    made = AuthenticatorData.create(b"\0" * 32, flags, 1, credential)
    answer = {
        "clientDataJSON": websafe_encode(CollectedClientData.create("webauthn.create", b"asked", "http://127.0.0.1")),
        "attestationObject": websafe_encode(AttestationObject.create("none", made, {})),
    }
    name = websafe_encode(b"made up")
    return {"id": name, "rawId": name, "type": "public-key", "response": answer, "clientExtensionResults": {}}


def sessions_of(cast):
    """A session each; everybody has just confirmed who they are."""
    equip(cast, "colleague")
    guarded = get_user_model().objects.get(pk=cast.people["colleague"])
    RecoveryCodes.activate(guarded)
    key = {"name": "Phone", "credential": passkey()}
    Authenticator.objects.create(user=guarded, type=Authenticator.Type.WEBAUTHN, data=key)
    played = {name: name for name in (*EYES[1:], "manager", "reader")} | {"two factors": "colleague"}
    found = {}
    for name, who in played.items():
        client = cast.sign_in(Client(), who)
        client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
        found[name] = client.cookies["sessionid"].value
    half = Client()
    half.post(reverse("account_login"), {"login": "colleague", "password": PASSWORD})
    found["half signed in"] = half.cookies["sessionid"].value
    newcomer = get_user_model().objects.get(pk=cast.people["stranger"])
    newcomer.set_unusable_password()
    newcomer.save()
    found["no password"] = cast.sign_in(Client(), "stranger").cookies["sessionid"].value
    return found


@pytest.fixture
def site(cast, settings, tmp_path):
    """Places, a survey with a shared release, a register with numbers, an import that waits, and who looks."""
    settings.DATA = tmp_path / "data"
    settings.DATA.mkdir()
    cache.clear()
    load_shipped(now=NOW)
    made = worlds.World(cast)
    survey = make_survey(cast, settings.DATA)
    release = survey.release(now=worlds.clock())
    survey.share(release)
    file = survey.detail().files[0]
    found = worlds.release_queries.findings(cast.actor("analyst"), release=release).items[0]
    made.arguments |= {"survey": survey.id, "file": file.id, "sha256": file.sha256, "finding": found.id}
    made.arguments |= {"shared": release, "number": 1}
    for add in (
        "people",
        "series",
        "place_imports",
        "reference",
        "practice",
        "plan",
        "logic_model",
        "claims",
        "progress",
        "activity",
    ):
        getattr(worlds, f"add_{add}")(made, worlds.clock())
    made.arguments["run"] = Run.objects.get(kind="profile").pk
    sessions = sessions_of(cast)
    return Site(made, sessions, str(Authenticator.objects.get(type="webauthn").pk))
