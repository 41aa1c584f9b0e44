"""A request as our views see it: who acts and in which language."""

import datetime as dt

from django.http import HttpRequest

from hashar.i18n import Translator
from hashar.people.contracts import Actor


class Request(HttpRequest):
    """Django's request with what the middleware adds."""

    actor: Actor
    translator: Translator
    now: dt.datetime
