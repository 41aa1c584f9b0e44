"""The API as one object: its operations, who may call them, and the document that describes them."""

from collections.abc import Mapping
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI

from hashar.api import problems
from hashar.api.access import OwnSession, PersonalToken
from hashar.api.operations import findings, organisations, places, practices, reference, releases, series

PREFIX = "/api/v1"
VERSION = "1"
MET_BY_ALL = {
    401: "No token or session, or one that no longer holds.",
    403: "This person, or this token, may not do this.",
    404: "There is no such thing, or it is not for this person to know of it.",
    406: "None of the media types that the Accept header names.",
    422: "A parameter that is unknown, given twice, or unusable.",
    429: "Too many requests; Retry-After says how many seconds to wait.",
}
DESCRIPTION = """Read what the site publishes: places, reference lists, releases with their findings, and series. Every
number has passed disclosure control; survey answers are never given out. Send a personal token in the Authorization
header; it reads what its person may see."""


def _made() -> NinjaAPI:
    made = NinjaAPI(
        title="Hashar",
        version=VERSION,
        description=" ".join(DESCRIPTION.split()),
        urls_namespace="api",
        openapi_url=None,
        docs_url=None,
        auth=[PersonalToken(), OwnSession()],
    )
    problems.install(made)
    for router in (
        places.router,
        organisations.router,
        reference.router,
        practices.router,
        releases.router,
        findings.router,
        series.router,
    ):
        made.add_router("", router)
    return made


api = _made()


@cache
def document() -> Mapping[str, Any]:
    """The OpenAPI document, with the problems that every operation can meet."""
    made: dict[str, Any] = dict(api.get_openapi_schema(path_prefix=f"{PREFIX}/"))
    made["components"]["schemas"]["Problem"] = dict(problems.SCHEMA)
    made["servers"] = [{"url": "/"}]
    content = {problems.MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for methods in made["paths"].values():
        for operation in methods.values():
            operation["operationId"] = operation["operationId"].removeprefix("hashar_api_operations_")
            operation["parameters"] = [_never_null(each) for each in operation["parameters"]]
            for status, meaning in MET_BY_ALL.items():
                operation["responses"][status] = {"description": meaning, "content": content}
            operation["responses"][429]["headers"] = {"Retry-After": {"schema": {"type": "integer"}}}
            operation["responses"][304] = {"description": "As the caller's If-None-Match has it."}
    return made


def _never_null(parameter: Mapping[str, Any]) -> Mapping[str, Any]:
    """A parameter of an address is there or not; it is never null."""
    schema = dict(parameter["schema"])
    kinds = [each for each in schema.pop("anyOf", ()) if each != {"type": "null"}]
    return {**parameter, "schema": {**schema, **(kinds[0] if kinds else {})}}


def openapi(request: HttpRequest) -> HttpResponse:  # noqa: ARG001  (the signature Django calls)
    """The OpenAPI document; open to everyone."""
    return JsonResponse(dict(document()), json_dumps_params={"ensure_ascii": False})
