"""Entries that wait on a person's own device until there is a connection, and the pages that open without one.

What a browser keeps is bound to a person by a name that only this site can make, and locked with a key that the site
gives to that person alone. Both follow from the site's own key; with former keys among the settings, what was kept
before a change of keys is still theirs.
"""

from base64 import urlsafe_b64encode
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.conf import settings
from django.contrib.messages import get_messages
from django.http import HttpResponse
from django.utils.crypto import salted_hmac

from hashar.web.request import Request

QUEUE = "queue"
"""What the script that sends entries says in ``X-Requested-With``."""
WHOSE = "Hashar-Person"
"""Header of a sent entry: whose it is. Header of a page that may be kept: whose it is."""
NAME, KEY = "hashar: whose entries wait on a device", "hashar: key of entries that wait on a device"
LETTERS = 22

P = ParamSpec("P")
View = Callable[Concatenate[Request, P], HttpResponse]


def keys_of(person: int) -> dict[str, str]:
    """A person's names on devices, each with its key; the present name first, then those made with former keys."""
    found = {}
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        name = urlsafe_b64encode(_made(NAME, person, secret)).decode()[:LETTERS]
        found[name] = urlsafe_b64encode(_made(KEY, person, secret)).decode()
    return found


def names_of(person: int | None) -> str:
    """The names alone, as pages carry them; nothing for nobody."""
    return "" if person is None else " ".join(keys_of(person))


def _made(purpose: str, person: int, secret: str) -> bytes:
    return salted_hmac(purpose, str(person), secret=secret, algorithm="sha256").digest()


def from_queue(request: Request) -> bool:
    """Whether an entry comes from the script that sends what waited."""
    return request.headers.get("X-Requested-With") == QUEUE


def takes_waiting(view: View[P]) -> View[P]:
    """A view whose form may be sent later: 201 where a browser would be led on, 401 to another person.

    The view itself must do nothing twice for the same ``key``.
    """

    @wraps(view)
    def answer(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if request.method != "POST" or not from_queue(request):
            return view(request, *args, **kwargs)
        person = request.actor.person
        if person is None or request.headers.get(WHOSE, "") not in keys_of(person):
            return HttpResponse(status=HTTPStatus.UNAUTHORIZED)  # somebody else has signed in meanwhile
        response = view(request, *args, **kwargs)
        if response.status_code == HTTPStatus.FOUND:
            response.status_code = HTTPStatus.CREATED  # the script goes there itself, so that messages are shown once
        return response

    return answer


def opens_offline(view: View[P]) -> View[P]:
    """A page that its person's browser may keep, to open it without a connection; not while it tells news."""

    @wraps(view)
    def answer(request: Request, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        plain = request.method == "GET" and not request.GET and len(get_messages(request)) == 0
        response = view(request, *args, **kwargs)
        if plain and response.status_code == HTTPStatus.OK and request.actor.person is not None:
            response.headers[WHOSE] = next(iter(keys_of(request.actor.person)))
        return response

    return answer
