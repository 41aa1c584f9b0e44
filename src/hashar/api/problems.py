"""Refusals as problem documents (RFC 9457): a status, a sentence in the caller's language, and what to mend."""

import json
import logging
from collections.abc import Mapping, Sequence
from functools import partial
from http import HTTPStatus
from typing import Any

from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, Throttled, ValidationError

from hashar.api.request import translator_of
from hashar.errors import HasharError
from hashar.http_status import status_of
from hashar.i18n import N_

MEDIA_TYPE = "application/problem+json"
SCHEMA: Mapping[str, object] = {
    "title": "Problem",
    "description": "Why there is no answer (RFC 9457).",
    "type": "object",
    "required": ["type", "title", "status", "detail"],
    "properties": {
        "type": {"type": "string", "description": "Always about:blank: the status says what kind of problem it is."},
        "title": {"type": "string", "description": "The status in words, in English."},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "One sentence with the remedy, in the language asked for."},
        "errors": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["detail"],
                "properties": {"parameter": {"type": "string"}, "detail": {"type": "string"}},
            },
        },
    },
}
_log = logging.getLogger(__name__)


class NotAcceptable(HasharError):
    """No format that the caller takes."""


def problem(
    request: HttpRequest, status: int, error: HasharError, errors: Sequence[Mapping[str, str]] = ()
) -> HttpResponse:
    """The document for ``error`` with ``status``; ``errors`` name parameters one by one."""
    translator = translator_of(request)
    content: dict[str, object] = {
        "type": "about:blank",
        "title": HTTPStatus(status).phrase,
        "status": status,
        "detail": translator.error(error),
    }
    listed = [*errors, *({"detail": translator.error(each)} for each in error.problems)]
    if listed:
        content["errors"] = listed
    response = HttpResponse(json.dumps(content, ensure_ascii=False), status=status, content_type=MEDIA_TYPE)
    response.headers["Content-Language"] = translator.language
    return response


def refused(request: HttpRequest, error: HasharError) -> HttpResponse:
    """An anticipated error of the domain."""
    return problem(request, status_of(error), error)


def unauthenticated(request: HttpRequest) -> HttpResponse:
    """401: no token, no session, or a token that no longer holds."""
    error = HasharError(
        N_("Send a personal token that still holds (Authorization: Bearer …), made on the page of your account.")
    )
    response = problem(request, 401, error)
    response.headers["WWW-Authenticate"] = 'Bearer realm="Hashar"'
    return response


def unknown(request: HttpRequest) -> HttpResponse:
    """404: no operation at this address."""
    error = HasharError(N_("There is no operation at this address. /api/v1/openapi.json lists all of them."))
    return problem(request, 404, error)


def not_allowed(request: HttpRequest, allowed: str) -> HttpResponse:
    """405: the API only reads."""
    response = problem(request, 405, HasharError(N_("This API only reads: use GET.")))
    response.headers["Allow"] = allowed
    return response


def too_many(request: HttpRequest, seconds: int) -> HttpResponse:
    """429, with the seconds to wait."""
    error = HasharError(N_("Too many requests. Wait {seconds} seconds, and ask for larger pages."), seconds=seconds)
    response = problem(request, 429, error)
    response.headers["Retry-After"] = str(seconds)
    return response


def failed(request: HttpRequest) -> HttpResponse:
    """500: a fault of the program; the log says where, never with what."""
    _log.exception("an operation of the API failed")
    return problem(request, 500, HasharError(N_("Something unexpected happened. Tell those who run this site.")))


def away(request: HttpRequest) -> HttpResponse:
    """503: the database does not answer."""
    error = HasharError(N_("The database is away at the moment. Ask again in a minute."))
    response = problem(request, 503, error)
    response.headers["Retry-After"] = "30"
    return response


def _unusable(request: HttpRequest, found: ValidationError) -> HttpResponse:
    errors = [{"parameter": _parameter(each), "detail": str(each.get("msg", ""))} for each in found.errors]
    names = ", ".join(dict.fromkeys(each["parameter"] for each in errors))
    error = HasharError(N_("These parameters cannot be used: {names}. Mend them and ask again."), names=names)
    return problem(request, 422, error, errors)


def _parameter(found: Mapping[str, Any]) -> str:
    named = (found.get("ctx") or {}).get("parameter")
    return str(named or (found.get("loc") or ["?"])[-1])


def _other(request: HttpRequest, error: HttpError) -> HttpResponse:
    if isinstance(error, Throttled):
        return too_many(request, error.wait or 1)
    return problem(request, error.status_code, HasharError(str(error)))


def install(api: NinjaAPI) -> None:
    """Answer every exception of an operation with a problem document."""
    answers = {
        HasharError: refused,
        NotAcceptable: lambda request, error: problem(request, 406, error),
        AuthenticationError: lambda request, _: unauthenticated(request),
        Http404: lambda request, _: unknown(request),
        ValidationError: _unusable,
        HttpError: _other,
        OperationalError: lambda request, _: away(request),
        InterfaceError: lambda request, _: away(request),
        Exception: lambda request, _: failed(request),
    }
    for kind, answer in answers.items():
        api.add_exception_handler(kind, partial(answer))
