"""Files as answers: to be kept, not to be shown in the browser."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from hashar.reports.pages import TYPES

ZIP = "application/zip"


def attachment(content: bytes, name: str, kind: str) -> HttpResponse:
    """A file to download under its name."""
    response = HttpResponse(content, content_type=TYPES.get(kind, ZIP))
    response["Content-Disposition"] = content_disposition_header(as_attachment=True, filename=name)
    response["Cache-Control"] = "private, no-cache"
    response["X-Content-Type-Options"] = "nosniff"
    return response
