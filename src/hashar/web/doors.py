"""Which pages are open to everyone: these, and no others. A new page is closed until it is named here."""

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url

from hashar.web.offline import from_queue
from hashar.web.request import Request
from hashar.web.views.refusals import bad_request

OPEN = frozenset(
    {
        "home",  # leads to the sign-in page by itself
        "account_login",
        "account_logout",
        "account_inactive",
        "account_signup",
        "join",
        "join_with",
        "account_reset_password",
        "password_reset_mail",
        "account_erased",
        "mfa_authenticate",  # the second step of signing in
        "mfa_login_webauthn",
        "socialaccount_login_cancelled",
        "socialaccount_login_error",
        "socialaccount_signup",
        "openid_connect_login",
        "openid_connect_callback",
        "look",  # light or dark
        "style",  # the parts of our pages, with made-up texts
        "style-picture",
        "style-specification",
        "api",  # what the API offers
        "health",
        "robots",
        "favicon",
        "worker",
    }
)
"""Names of addresses. The API has its own door (``hashar.api.access``)."""
OPEN_PARTS = frozenset({"api"})
"""Namespaces of addresses."""

Next = Callable[[HttpRequest], HttpResponse]


class SignedIn:
    """Lead whoever is not signed in to the sign-in page, and refuse addresses that are no text, before any view."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        return self._next(request)

    def process_view(self, request: HttpRequest, *view: object) -> HttpResponse | None:  # noqa: ARG002  (Django's signature)
        """Django calls it when it knows which address was asked for."""
        match = request.resolver_match
        if match is None or (match.namespaces and match.namespaces[0] in OPEN_PARTS):
            return None
        if "\0" in request.path_info or "%00" in request.META.get("QUERY_STRING", ""):
            return bad_request(request, ValueError("a NUL in an address"))  # PostgreSQL takes none in a text
        if cast("Request", request).actor.person is not None or (not match.namespaces and match.url_name in OPEN):
            return None
        if from_queue(cast("Request", request)):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)  # what waits on a device must not take it for an answer
        answer = redirect_to_login(request.get_full_path(), resolve_url("account_login"))
        if request.headers.get("HX-Request"):  # a part of a page must not become the sign-in page
            answer.headers["HX-Redirect"] = answer.headers["Location"]
        return answer
