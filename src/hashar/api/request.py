"""A request as the operations see it: who acts, in which language, when."""

import datetime as dt

from django.http import HttpRequest

from hashar.i18n import Translator, negotiate
from hashar.people.contracts import Actor


class ApiRequest(HttpRequest):
    """Django's request with what the site's middleware adds."""

    actor: Actor
    now: dt.datetime


def translator_of(request: HttpRequest) -> Translator:
    """Texts in the language of the parameter ``lang``; English without one."""
    return Translator(negotiate(request.GET.get("lang")))
