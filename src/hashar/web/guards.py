"""What stands before some pages: the password once more, a limit on guessing. allauth does the work."""

import functools
from collections.abc import Callable
from typing import Concatenate, ParamSpec

from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from allauth.core import ratelimit
from django.http import HttpResponse

from hashar.web.request import Request

Rest = ParamSpec("Rest")
View = Callable[Concatenate[Request, Rest], HttpResponse]


def asked_again(view: View[Rest]) -> View[Rest]:
    """Ask for password, code or passkey unless it was shown in the last five minutes; then go on where one was."""

    @functools.wraps(view)
    def guarded(request: Request, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        raise_if_reauthentication_required(request, app="")
        return view(request, *args, **kwargs)

    return guarded


def too_many_codes(request: Request) -> HttpResponse | None:
    """The refusal, when too many codes were tried from this address; else None."""
    if ratelimit.consume(request, action="code"):
        return None
    refused: HttpResponse = ratelimit.respond_429(request)
    return refused
