"""What the OpenAPI document says beyond the types."""

from typing import Any

from hashar.reports.exchange import SDMX_MEDIA_TYPE


def also(*media_types: str) -> dict[str, Any]:
    """The answer comes in these media types too."""
    return {"responses": {200: {"content": {kind: {"schema": {"type": "string"}} for kind in media_types}}}}


CSV_TOO = also("text/csv")
SDMX = also(SDMX_MEDIA_TYPE)
