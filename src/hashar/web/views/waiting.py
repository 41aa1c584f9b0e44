"""What waits on this device, who is signed in on it, and the worker that opens pages without a connection."""

import hashlib
import json
from functools import lru_cache
from importlib.resources import files

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.templatetags.static import static
from django.views.decorators.http import require_GET, require_safe

from hashar.web.offline import keys_of, opens_offline
from hashar.web.request import Request

SHELL = (
    *("web/style.css", "web/site.js", "web/queue.js", "web/vendor/htmx.min.js", "web/favicon.svg"),
    *("web/fonts/Inter-Regular.woff2", "web/fonts/Inter-SemiBold.woff2"),
)
"""Static files without which no page looks like ours; what else a kept page names is kept with it."""


@require_GET
@opens_offline
def waiting(request: Request) -> HttpResponse:
    """The entries that wait on this device; the browser fills the list in."""
    return render(request, "implement/waiting.html")


@require_GET
def state(request: Request) -> HttpResponse:
    """Who is signed in, the keys of what they kept, and a fresh token against forgery."""
    person = request.actor.person
    return JsonResponse({"token": get_token(request), "keys": {} if person is None else keys_of(person)})


@require_safe
def worker(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (the signature Django calls)
    """The worker's script; it differs with every release and static file, so that browsers renew what they keep."""
    named = [static(name) for name in SHELL]
    source = _source()
    release = hashlib.sha256(json.dumps([source, named]).encode()).hexdigest()[:16]
    head = f"const RELEASE = {json.dumps(release)};\nconst FILES = {json.dumps(named)};\n"
    response = HttpResponse(head + source, content_type="text/javascript; charset=utf-8")
    response.headers["Cache-Control"] = "no-cache"
    return response


@lru_cache(maxsize=1)
def _source() -> str:
    return files("hashar.web").joinpath("static/web/worker.js").read_text(encoding="utf-8")
