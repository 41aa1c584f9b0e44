"""A passkey is made and signs in, in a real browser with a made-up security key."""

from django.core.cache import cache
from django.urls import reverse

from tests.people.cast import PASSWORD

KEY = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}


def test_a_passkey_is_made_and_then_signs_in_alone(visit, server):
    cache.clear()
    site = server.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, never to a number
    page = visit(site + reverse("account_login"))
    page.get_by_label("Login name").fill("reader")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(site + reverse("mfa_add_webauthn"))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("button", name="Make the passkey").wait_for()
    way = page.context.new_cdp_session(page)
    way.send("WebAuthn.enable")
    options = KEY | {"isUserVerified": True, "automaticPresenceSimulation": True}
    way.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.get_by_role("button", name="Make the passkey").click()
    page.wait_for_url("**" + reverse("mfa_view_recovery_codes"))
    page.context.clear_cookies()
    page.goto(site + reverse("account_login"))
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**" + reverse("home"))
    page.goto(site + reverse("account"))
    assert page.get_by_role("heading", level=1).inner_text() == "Reader"
