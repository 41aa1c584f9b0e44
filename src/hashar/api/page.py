"""The page for people: what the API offers, made from the OpenAPI document itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from hashar.api.site import document
from hashar.i18n import N_

EXAMPLES = {
    "place": "KZ-75",
    "parent": "KZ",
    "code": "KZ-75",
    "release": "1",
    "finding": "1",
    "organisation": "1",
    "series": "1",
    "observation": "1",
    "practice": "P01",
    "indicator": "1",
    "sha256": 64 * "0",
}
PARTS = {
    "places": N_("Places"),
    "organisations": N_("Organisations"),
    "reference": N_("Reference data"),
    "practices": N_("Practices"),
    "releases": N_("Releases"),
    "findings": N_("Findings"),
    "series": N_("Series"),
}


@dataclass(frozen=True)
class Parameter:
    """One thing an operation takes."""

    name: str
    about: str
    """A msgid."""
    values: str
    required: bool


@dataclass(frozen=True)
class Listing:
    """One operation as the page shows it."""

    anchor: str
    part: str
    address: str
    title: str
    """A msgid."""
    parameters: Sequence[Parameter]
    formats: Sequence[str]
    fields: Sequence[str]
    """Names of the answer's fields, or of one item's when it is a list."""
    example: str


@require_GET
def operations(request: HttpRequest) -> HttpResponse:
    """All operations by part of the menu; open to everyone, as it says nothing of anybody."""
    listings = list(_listings(document()))
    chapters = [(PARTS[name], list(those)) for name, those in groupby(listings, key=lambda each: each.part)]
    about = {
        "chapters": chapters,
        "site": request.build_absolute_uri("/")[:-1],
        "limit": settings.API_REQUESTS_A_MINUTE,
    }
    return render(request, "api/operations.html", about)


def _listings(described: Mapping[str, Any]) -> Iterator[Listing]:
    for address, methods in described["paths"].items():
        operation = methods["get"]
        content = operation["responses"][200]["content"]
        yield Listing(
            anchor=operation["operationId"],
            part=operation["tags"][0],
            address=address,
            title=operation["summary"],
            parameters=[_parameter(each) for each in operation["parameters"]],
            formats=list(content),
            fields=_fields(described, content.get("application/json", {}).get("schema", {})),
            example=_example(address),
        )


def _parameter(described: Mapping[str, Any]) -> Parameter:
    values = described["schema"].get("enum", ())
    return Parameter(
        name=described["name"],
        about=described.get("description", ""),
        values=", ".join(values),
        required=described["required"],
    )


def _fields(described: Mapping[str, Any], schema: Mapping[str, Any]) -> list[str]:
    found = _resolved(described, schema)
    items = found.get("properties", {}).get("items", {}).get("items")
    return list(_resolved(described, items or found).get("properties", {}))


def _resolved(described: Mapping[str, Any], schema: Mapping[str, Any]) -> Mapping[str, Any]:
    name = schema.get("$ref", "").rpartition("/")[2]
    found: Mapping[str, Any] = described["components"]["schemas"][name] if name else schema
    return found


def _example(address: str) -> str:
    for name, value in EXAMPLES.items():
        address = address.replace(f"{{{name}}}", value)
    return address
