"""What happens round every request: who acts, what is refused, what the browser may load."""

from collections.abc import Callable
from http import HTTPStatus
from typing import cast

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from hashar.errors import Forbidden, HasharError, TooLarge, UsageError
from hashar.i18n import N_
from hashar.people.contracts import ANONYMOUS
from hashar.people.queries import actor_of
from hashar.web.request import Request, prepare
from hashar.web.views.refusals import refusal

Next = Callable[[HttpRequest], HttpResponse]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "worker-src 'self'",
        "style-src 'self'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)
"""Nothing from another host, no inline script, no inline style."""
NOT_THIS_WAY = N_("This address takes no request of that kind. Go back and use the form or the link of the page.")


class ContentSecurityPolicy:
    """Tell the browser to load nothing but ours."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self._next(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        response.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response


class Freshness:
    """What may be kept: nothing of a page that a person signed in for, and no page without asking again."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self._next(request)
        signed_in = getattr(request, "actor", ANONYMOUS).person is not None
        response.headers.setdefault("Cache-Control", "no-store" if signed_in else "private, no-cache")
        return response


class UploadLimit:
    """Refuse a body that is too large by its announced length, before a byte of it is read."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        announced = request.META.get("CONTENT_LENGTH") or "0"
        if announced.isdigit() and int(announced) > settings.UPLOAD_LIMIT:
            error = TooLarge(
                N_("This file is larger than the {limit} MB that this site takes. Split it, or use “hashar profile”."),
                limit=settings.UPLOAD_LIMIT // 1_000_000,
            )
            return refusal(request, error)
        return self._next(request)


class Acting:
    """Give the request its actor, its translator and its time."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        prepare(request).actor = actor_of(request.user.pk)
        return self._next(request)


class Refusals:
    """An anticipated error becomes a plain page with its status."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        response = self._next(request)
        if response.status_code == HTTPStatus.METHOD_NOT_ALLOWED and not response.content:
            page = refusal(request, UsageError(NOT_THIS_WAY), HTTPStatus.METHOD_NOT_ALLOWED)
            page.headers["Allow"] = response.headers["Allow"]
            return page
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django calls it for what a view raised."""
        if not isinstance(exception, HasharError):
            return None
        if isinstance(exception, Forbidden) and cast("Request", request).actor.waits_for_second_factor:
            return redirect("mfa_index")  # which teaches the step that is missing
        return refusal(request, exception)
