"""A file as the answer: its name, safe in any header and any file system, and how long it may be kept."""

import re
import unicodedata

from django.http import HttpResponse
from django.utils.http import content_disposition_header

MOST_LETTERS = 80
PARTS = re.compile(r"[^\w-]+")


def as_file(content: bytes | str, content_type: str, name: str, *, cache: str = "private, no-cache") -> HttpResponse:
    """An answer that the browser saves under ``name``; ``cache`` empty: what the site says of every page."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    if cache:
        response["Cache-Control"] = cache
    return response


def safe_name(text: str, fallback: str) -> str:
    """The text in letters and digits of any language, without an ending; ``fallback`` where nothing is left."""
    return PARTS.sub("-", unicodedata.normalize("NFC", text)).strip("-_")[:MOST_LETTERS] or fallback
