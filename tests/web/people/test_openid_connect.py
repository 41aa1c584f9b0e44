"""OpenID Connect against a small provider on this machine: it signs in who is connected, and makes nobody."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from django.core.cache import cache
from django.urls import reverse

from hashar.people.models import Person


class Provider(BaseHTTPRequestHandler):
    """Discovery, token and user information; whoever asks is “ext-1”."""

    def do_GET(self):
        if self.path.endswith("openid-configuration"):
            base = f"http://{self.headers['Host']}"
            ends = {"authorization_endpoint": "/authorize", "token_endpoint": "/token", "userinfo_endpoint": "/user"}
            self.answer({"issuer": base, "jwks_uri": base + "/keys"} | {k: base + v for k, v in ends.items()})
        elif self.path == "/keys":
            self.answer({"keys": []})
        else:
            self.answer({"sub": "ext-1", "name": "Somebody", "email": "reader@example.org", "email_verified": True})

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"access_token": "t", "token_type": "Bearer"})

    def answer(self, content):
        body = json.dumps(content).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *arguments):
        """Quiet."""


@pytest.fixture
def provider(settings, db):
    cache.clear()
    server = ThreadingHTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    app = {"provider_id": "openid", "name": "eGov", "client_id": "hashar", "secret": "s"}
    app["settings"] = {"server_url": f"http://127.0.0.1:{server.server_port}"}
    settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"APPS": [app]}}
    yield server
    server.shutdown()
    server.server_close()


def go_there_and_back(client, process="login"):
    began = client.post("/account/oidc/openid/login/" + ("?process=connect" if process == "connect" else ""))
    asked = urlsplit(began["Location"])
    assert asked.path == "/authorize"
    state = parse_qs(asked.query)["state"][0]
    return client.get("/account/oidc/openid/login/callback/", {"code": "c", "state": state}, follow=True)


def test_the_way_is_offered_only_where_it_is_set_up(client, db):
    assert "/account/oidc/" not in client.get(reverse("account_login")).content.decode()


def test_whoever_has_no_account_here_gets_none(client, cast, provider):
    assert "Sign in with eGov" in client.get(reverse("account_login")).content.decode()
    Person.objects.filter(pk=cast.people["reader"]).update(email="reader@example.org")
    people = Person.objects.count()
    answer = go_there_and_back(client)
    assert "No account here yet" in answer.content.decode()
    assert Person.objects.count() == people
    assert "_auth_user_id" not in client.session


def test_whoever_connected_it_is_signed_in(client, cast, provider):
    cast.sign_in(client, "reader")
    page = go_there_and_back(client, "connect")
    assert page.status_code == 200
    assert "ext-1" in client.get(reverse("socialaccount_connections")).content.decode()
    client.logout()
    go_there_and_back(client)
    assert client.session["_auth_user_id"] == str(cast.people["reader"])


def test_a_second_factor_is_asked_for_all_the_same(client, cast, provider):
    from allauth.mfa.models import Authenticator

    cast.sign_in(client, "reader")
    go_there_and_back(client, "connect")
    client.logout()
    Authenticator.objects.create(user_id=cast.people["reader"], type="totp", data={"secret": "JBSWY3DPEHPK3PXP"})
    answer = go_there_and_back(client)
    assert answer.redirect_chain[-1][0].startswith(reverse("mfa_authenticate"))
    assert "_auth_user_id" not in client.session


def test_a_provider_that_answers_wrongly_gets_a_plain_page(client, cast, provider):
    answer = client.get("/account/oidc/openid/login/callback/", {"error": "server_error", "state": "x"}, follow=True)
    assert "did not work" in answer.content.decode()
