"""Light or dark, chosen by the person for this browser: a cookie, no script."""

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from hashar.web.request import Request

COOKIE = "look"
LOOKS = ("light", "dark")
YEAR = 60 * 60 * 24 * 365


def look_of(request: HttpRequest) -> str:
    """``light`` or ``dark`` when chosen; empty: as the device."""
    chosen = request.COOKIES.get(COOKIE, "")
    return chosen if chosen in LOOKS else ""


@require_POST
def look(request: Request) -> HttpResponse:
    """Remember the choice and go back to the page."""
    chosen = request.POST.get("look", "")
    back = request.POST.get("next", "")
    ours = back.startswith("/") and url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    answer = HttpResponseRedirect(back if ours else reverse("home"))
    if chosen in LOOKS:
        answer.set_cookie(COOKIE, chosen, max_age=YEAR, secure=settings.TLS, httponly=True, samesite="Lax")
    else:
        answer.delete_cookie(COOKIE, samesite="Lax")
    return answer
