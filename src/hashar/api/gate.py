"""What happens round every operation: limits, methods, faults, entity tags."""

from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import cast

from django.conf import settings
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern

from hashar.api.answers import tagged
from hashar.api.limits import address_of, counted, used_up
from hashar.api.problems import away, failed, not_allowed, too_many
from hashar.api.request import ApiRequest

View = Callable[..., HttpResponse]


def guarded(view: View) -> View:
    """``view`` behind the gate."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        try:
            response = _answer(view, request, *args, **kwargs)
        except (OperationalError, InterfaceError):
            response = away(request)
        except Exception:  # noqa: BLE001  (the last stop: no traceback reaches a caller)
            response = failed(request)
        return tagged(request, response)

    answer.csrf_exempt = True  # type: ignore[attr-defined]  # Django's mark; nothing here writes
    return answer


def _answer(view: View, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    if request.method not in ("GET", "HEAD"):
        return not_allowed(request, "GET, HEAD")
    now = cast("ApiRequest", request).now
    wait = used_up(address_of(request), settings.API_REFUSALS_A_MINUTE, now)
    if wait:
        return too_many(request, wait)
    response = _whole(view, request, *args, **kwargs)
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        counted(address_of(request), settings.API_REFUSALS_A_MINUTE, now)
    return response


def _whole(view: View, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
    """The answer to HEAD is made like the one to GET; the server sends its head alone."""
    asked, request.method = request.method, "GET"
    try:
        return view(request, *args, **kwargs)
    finally:
        request.method = asked


def behind_the_gate(patterns: list[URLPattern]) -> list[URLPattern]:
    """The same addresses, each guarded."""
    return [URLPattern(each.pattern, guarded(each.callback), each.default_args, each.name) for each in patterns]
