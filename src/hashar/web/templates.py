"""The template environment: strict, escaping, with our texts, numbers and dates."""

from collections.abc import Mapping
from functools import partial
from importlib.metadata import version

import jinja2
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, QueryDict
from django.middleware.csrf import get_token
from django.templatetags.static import static
from django.urls import reverse
from django.utils.timezone import localtime

from hashar.flows.demonstration import Account, accounts
from hashar.i18n import LANGUAGE_NAMES
from hashar.people.contracts import ANONYMOUS
from hashar.reports.content.claim_numbers import noted_lines, number_lines, said, source_line
from hashar.web.accounts import elsewhere
from hashar.web.language import in_language
from hashar.web.offline import names_of
from hashar.web.qr import qr_svg
from hashar.web.request import prepare
from hashar.web.views.look import look_of

SECTIONS = ("assess", "plan", "implement", "evaluate", "exchange", "places", "reference", "people", "account")
"""The words of the menu, which are also the first words of the addresses."""


def environment(**options: object) -> jinja2.Environment:
    """What Django calls to make the environment."""
    strict = {"undefined": jinja2.StrictUndefined, "trim_blocks": True, "lstrip_blocks": True, "autoescape": True}
    made = jinja2.Environment(**{**options, **strict})  # type: ignore[arg-type]  # noqa: S701  (options come from settings; it escapes)
    made.globals.update(static=static, url=_url, version=version("hashar"))
    made.globals.update(numbers_of=number_lines, source_of=source_line, noted_of=noted_lines, reason_values=said)
    made.globals.update(qr=qr_svg, elsewhere=elsewhere, local=localtime, sample_accounts=_sample_accounts)
    return made


def _sample_accounts() -> tuple[Account, ...]:
    """The accounts of a demonstration, to be shown where people sign in; none on any other site."""
    return accounts(settings.DATA) if settings.DEMONSTRATION else ()


def _url(name: str, *args: object, **kwargs: object) -> str:
    return reverse(name, args=args or None, kwargs=kwargs or None)


def page_context(request: HttpRequest) -> Mapping[str, object]:
    """What every page knows: the person, the language and its functions, messages, the other languages' addresses."""
    ours = prepare(request)
    t = ours.translator
    return {
        "t": t,
        "_": t.gettext,
        "ngettext": t.ngettext,
        "language": t.language,
        "actor": getattr(ours, "actor", ANONYMOUS),
        "now": ours.now,
        "person_here": names_of(getattr(ours, "actor", ANONYMOUS).person),
        "languages": [
            (code, name, in_language(request.get_full_path(), code)) for code, name in LANGUAGE_NAMES.items()
        ],
        "machine_translated": t.language != "en",
        "messages": messages.get_messages(request),
        "csrf_token": get_token(request),
        "demonstration": getattr(settings, "DEMONSTRATION", False),
        "path": request.path,
        "section": section(request.path),
        "here": partial(_here, request.path, request.GET),
        "look": look_of(request),
    }


def section(path: str) -> str:
    """Which word of the menu an address belongs to: ``/kk/places/KZ-75/`` to ``places``; else ``home`` or nothing."""
    words = path.strip("/").split("/")[1:]
    if not words:
        return "home"
    return words[0] if words[0] in SECTIONS else ""


def _here(path: str, query: QueryDict, **changes: object) -> str:
    """The address of the page with some words of its query changed; None takes a word out."""
    changed = query.copy()
    for name, value in changes.items():
        if value is None:
            changed.pop(name, None)
        else:
            changed[name] = str(value)
    return f"{path}?{changed.urlencode()}" if changed else path
