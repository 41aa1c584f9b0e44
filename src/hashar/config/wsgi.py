"""What the web server calls."""

import logging
import os
from collections.abc import Callable, Iterable
from typing import TypeAlias

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

from hashar.config.bodies import whole_bodies
from hashar.operations.lifeline import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hashar.config.settings")
end_with_parent()
StartResponse: TypeAlias = Callable[..., Callable[[bytes], object]]

_site = whole_bodies(get_wsgi_application())
_ = get_resolver().url_patterns  # all pages are loaded before the first request, so that a fault shows at the start


def application(environ: dict[str, object], start_response: StartResponse) -> Iterable[bytes]:
    """Answer one request; the last stop for what even Django did not catch."""
    try:
        return _site(environ, start_response)
    except Exception:
        logging.getLogger(__name__).exception("a request failed outside the site")
        start_response("500 Internal Server Error", [("Content-Type", "text/plain; charset=utf-8")])
        return [b"Something unexpected happened. Go back and try again.\n"]
