"""Answers for machines: is the site well, may it be indexed, where is its icon."""

import logging

from django.db import DatabaseError, InterfaceError, connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_GET, require_safe

_log = logging.getLogger(__name__)


@require_safe
def health(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (the signature Django calls)
    """200 when the program runs and its database answers, else 503; a proxy or a monitor asks."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except (DatabaseError, InterfaceError):
        _log.exception("the database does not answer")
        return _plain("database: no answer", 503)
    return _plain("ok", 200)


@require_GET
def robots(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (the signature Django calls)
    """Nothing here is for search engines."""
    return _plain("User-agent: *\nDisallow: /", 200)


@require_GET
def favicon(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (the signature Django calls)
    """Browsers ask here whatever a page says."""
    return redirect(static("web/favicon.svg"), permanent=False)


def _plain(text: str, status: int) -> HttpResponse:
    response = HttpResponse(f"{text}\n", content_type="text/plain; charset=utf-8", status=status)
    response.headers["Cache-Control"] = "no-store"
    return response
