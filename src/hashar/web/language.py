"""Which language a page has: the address decides; where it says nothing, the person's choice, then the browser's."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.signals import user_logged_in
from django.dispatch import receiver
from django.http import HttpRequest, HttpResponse
from django.utils.translation import activate, get_language_from_path

from hashar.i18n import LANGUAGES

Next = Callable[[HttpRequest], HttpResponse]

YEAR = 60 * 60 * 24 * 365


def in_language(address: str, language: str) -> str:
    """``address`` (path and query) in another language: ``/kk/places/?q=a`` for ``/en/places/?q=a``."""
    _, first, *rest = address.split("/", 2)
    if first in LANGUAGES:
        return "/".join(["", language, *rest])
    return f"/{language}{address}"


class LanguageChoice:
    """Remember a language that was chosen, and give people their own where an address has none."""

    def __init__(self, get_response: Next) -> None:
        self._next = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer the request."""
        named = get_language_from_path(request.path_info)
        if named is None:
            _activate_own(request, getattr(request.user, "language", ""))
        response = self._next(request)
        if named is not None and _switched(request, named):
            _remember(response, named)
        return response


def _switched(request: HttpRequest, language: str) -> bool:
    """Whether the person came from a page of ours in another language: they used the switch."""
    before = urlsplit(request.headers.get("Referer", ""))
    if request.method != "GET" or before.netloc != request.get_host():
        return False
    left = get_language_from_path(before.path)
    return left is not None and left != language


def _remember(response: HttpResponse, language: str) -> None:
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME, language, max_age=YEAR, secure=settings.TLS, httponly=True, samesite="Lax"
    )


def _activate_own(request: HttpRequest, language: str) -> None:
    chosen_here = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME) in LANGUAGES
    if language in LANGUAGES and not chosen_here:
        activate(language)


@receiver(user_logged_in, dispatch_uid="own-language")
def speak_own_language(request: HttpRequest, user: object, **_: object) -> None:
    """After signing in people see their own language, unless they chose one in this browser."""
    _activate_own(request, getattr(user, "language", ""))
