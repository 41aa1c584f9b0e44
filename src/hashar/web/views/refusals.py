"""Pages that say no: what is refused, why, and what to do."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hashar.errors import Forbidden, HasharError, NotFound, UsageError
from hashar.http_status import status_of
from hashar.i18n import N_
from hashar.web.request import prepare

HEADINGS: Mapping[int, str] = {
    403: N_("Not allowed"),
    404: N_("Not found"),
    409: N_("Somebody was faster"),
    413: N_("Too large"),
    500: N_("Our fault"),
    503: N_("Not now"),
    507: N_("No room left"),
}
OTHER = N_("This cannot be done")


def refusal(request: HttpRequest, error: HasharError, status: int | None = None) -> HttpResponse:
    """The page for an anticipated error."""
    t = prepare(request).translator
    code = status or status_of(error)
    shown = {
        "heading": t.gettext(HEADINGS.get(code, OTHER)),
        "sentence": t.error(error),
        "problems": [t.error(problem) for problem in error.problems],
        "code": int(code),
    }
    return render(request, "web/refusal.html", shown, status=code)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (the signature Django calls)
    """400."""
    error = UsageError(N_("The browser sent something this site cannot read. Go back and try again."))
    return refusal(request, error, 400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (the signature Django calls)
    """403."""
    return refusal(request, Forbidden(N_("You may not see this page.")))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001  (the signature Django calls)
    """A form without its protection against forgery."""
    error = Forbidden(N_("This form was open too long or came from elsewhere. Load the page again and send it."))
    return refusal(request, error)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001  (the signature Django calls)
    """404."""
    return refusal(request, NotFound(N_("There is no page at this address.")))


def failure(request: HttpRequest) -> HttpResponse:
    """500: a fault of the program."""
    error = HasharError(N_("Something unexpected happened. What you sent before is safe. Go back and try again."))
    return refusal(request, error, 500)
