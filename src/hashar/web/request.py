"""A request as our views see it: who acts and in which language."""

import datetime as dt
from typing import cast

from django.http import HttpRequest, QueryDict
from django.utils import timezone
from django.utils.translation import get_language, get_language_from_path

from hashar.i18n import Translator, negotiate
from hashar.people.contracts import Actor


class Request(HttpRequest):
    """Django's request with what the middleware adds."""

    actor: Actor
    translator: Translator
    now: dt.datetime


def prepare(request: HttpRequest) -> Request:
    """Give a request its translator and its time, which need no database; some answers come before the middleware."""
    ours = cast("Request", request)
    if not hasattr(ours, "translator"):
        ours.translator = Translator(negotiate(get_language_from_path(request.path_info), get_language()))
        ours.now = timezone.now()
    return ours


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, an empty form too; None where the page is only looked at."""
    return request.POST if request.method == "POST" else None


def page_number(request: HttpRequest) -> int:
    """Which page of a list the address asks for; the first for what is no number."""
    asked = request.GET.get("page", "")
    return max(int(asked), 1) if asked.isascii() and asked.isdigit() and len(asked) < 7 else 1
