"""The last pages: shown when the database is away or a page failed; they ask nothing of the database."""

import logging
import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.translation import get_language

from hashar.i18n import N_, Translator, negotiate

AWAY = N_("The database is away at the moment. What you sent before is safe; try again in a minute.")
FAILED = N_("Something unexpected happened. What you sent before is safe. Go back and try again.")
RETRY = "30"
"""Seconds after which a client may ask again."""

_log = logging.getLogger(__name__)


def failure(request: HttpRequest) -> HttpResponse:
    """What Django calls when a request failed unexpectedly: 503 when the database is away, else 500."""
    error = sys.exc_info()[1]
    if isinstance(error, (OperationalError, InterfaceError)):
        response = _page(AWAY, 503)
        response.headers["Retry-After"] = RETRY
        return response
    from hashar.web.views import refusals  # noqa: PLC0415  (its models may be what failed)

    try:
        return refusals.failure(request)
    except Exception:  # noqa: BLE001  (there is no further page to fall back on)
        _log.exception("the page for failures failed")
        return _page(FAILED, 500)


def _page(sentence: str, code: int) -> HttpResponse:
    translator = Translator(negotiate(get_language()))
    context = {
        "sentence": translator.gettext(sentence),
        "again": translator.gettext(N_("Try again")),
        "language": translator.language,
    }
    return HttpResponse(render_to_string("web/outage.html", context), status=code)
