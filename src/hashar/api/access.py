"""Who calls: a personal token in the Authorization header, or the session of somebody who signed in."""

from typing import cast

from django.conf import settings
from django.http import HttpRequest
from ninja.errors import AuthenticationError, Throttled
from ninja.security import APIKeyCookie, HttpBearer

from hashar.api.limits import counted
from hashar.api.request import ApiRequest
from hashar.errors import Forbidden
from hashar.i18n import N_
from hashar.people.contracts import Actor, Scope
from hashar.people.services import tokens


class PersonalToken(HttpBearer):
    """``Authorization: Bearer hashar_…``; tokens are made and revoked on the page of one's account."""

    def __call__(self, request: HttpRequest) -> Actor | None:
        """The actor of the token. A header that names nobody refuses the call, even beside a valid session."""
        header = request.headers.get("Authorization", "")
        if not header:
            return None
        scheme, _, token = header.partition(" ")
        if scheme.lower() != "bearer":
            raise AuthenticationError
        return self.authenticate(request, token.strip())

    def authenticate(self, request: HttpRequest, token: str) -> Actor:
        """The person behind ``token``, narrowed to its scopes."""
        ours = cast("ApiRequest", request)
        actor = tokens.authenticate(secret=token, now=ours.now)
        if actor.person is None:
            raise AuthenticationError
        _admit(ours, f"token {token}")
        if Scope.READ not in (actor.scopes or ()):
            raise Forbidden(N_("This token may not read. Make one with the scope “read”."))
        ours.actor = actor
        return actor


class OwnSession(APIKeyCookie):
    """The session cookie; enough, because every operation only reads."""

    param_name = settings.SESSION_COOKIE_NAME

    def __init__(self) -> None:
        super().__init__(csrf=False)

    def authenticate(self, request: HttpRequest, key: str | None) -> Actor | None:  # noqa: ARG002  (ninja's signature)
        """Whoever signed in."""
        ours = cast("ApiRequest", request)
        if ours.actor.person is None:
            return None
        _admit(ours, f"person {ours.actor.person}")
        return ours.actor


def _admit(request: ApiRequest, caller: str) -> None:
    wait = counted(caller, settings.API_REQUESTS_A_MINUTE, request.now)
    if wait:
        raise Throttled(wait)
