"""Answers: JSON or CSV as asked, pages of lists, and entity tags."""

import datetime as dt
import hashlib
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Annotated, Generic, Literal, TypeVar
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.cache import get_conditional_response, patch_vary_headers
from django.utils.http import quote_etag
from ninja import Schema
from pydantic import BeforeValidator, Field, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from hashar.api.problems import NotAcceptable
from hashar.i18n import N_
from hashar.reports.render.results import csv_text, defused

Language = Literal["en", "ru", "kk", "ky", "uz", "tg", "tk"]
JSON = "application/json"
CSV = "text/csv"
T = TypeVar("T", bound=Schema)
Item = TypeVar("Item")


def digits(value: object) -> object:
    """Whole numbers come in digits: Python would also read “1_0” and “ 1.0”."""
    if isinstance(value, str) and not (value.isascii() and value.isdigit()):
        raise PydanticCustomError("int_parsing", "Input should be a whole number")
    return value


Number = Annotated[int, Field(ge=1, le=2**63 - 1), BeforeValidator(digits)]
Code = Annotated[str, Field(pattern=r"^[0-9A-Za-z][0-9A-Za-z_.:-]*$", max_length=120)]
"""Codes of this site: letters, digits and _ . : - alone."""
Word = Annotated[str, Field(pattern=r"^[^\x00-\x1f\x7f]+$", min_length=1, max_length=120)]
"""Free text without control characters."""


class Asked(Schema):
    """What every operation takes.

    A parameter that is not known, or given twice, is refused: a misspelt filter would otherwise answer with everything.
    """

    lang: Language = Field("en", description=N_("Language of the texts."))

    @model_validator(mode="after")
    def _known_and_single(self, info: ValidationInfo) -> "Asked":
        query: QueryDict = info.context["request"].GET if info.context else QueryDict()
        for name in query:
            if name not in type(self).model_fields:
                raise PydanticCustomError("unknown", "There is no such parameter", {"parameter": name})
            if len(query.getlist(name)) > 1:
                raise PydanticCustomError("repeated", "Give this parameter once", {"parameter": name})
        return self


class AskedList(Asked):
    """What every list takes."""

    format: Literal["json", "csv"] | None = Field(
        None, description=N_("json or csv; without it the Accept header says.")
    )
    page: Annotated[int, Field(ge=1, le=1_000_000), BeforeValidator(digits)] = Field(1, description=N_("From 1 on."))
    size: Annotated[int, Field(ge=1, le=500), BeforeValidator(digits)] = Field(100, description=N_("Rows a page."))


class Listed(Schema, Generic[T]):
    """One page of a list."""

    items: list[T]
    total: int = Field(description=N_("Rows on all pages."))
    page: int
    size: int
    next: str | None = Field(description=N_("Address of the next page; null on the last."))


def wanted(request: HttpRequest, named: str | None, offered: Mapping[str, str]) -> str:
    """The format's name: ``named``, or the first of ``offered`` (name → media type) that the Accept header prefers.

    Raises
    ------
    NotAcceptable
        The caller takes none of them.

    """
    if named:
        return named
    best = request.get_preferred_type(list(offered.values()))
    if best is None:
        raise NotAcceptable(
            N_("This operation answers in {formats}. Ask for one of them in the Accept header."),
            formats=", ".join(offered.values()),
        )
    return next(name for name, kind in offered.items() if kind == best)


def listed(request: HttpRequest, asked: AskedList, kind: type[T], items: Sequence[T], total: int) -> HttpResponse:
    """One page of a list, as JSON or CSV; the Link header names the next page in both."""
    following = _next(request, asked, total)
    if wanted(request, asked.format, {"json": JSON, "csv": CSV}) == "csv":
        response = table(kind, items)
    else:
        page = Listed[kind].model_construct(  # type: ignore[valid-type]  # a type known only now
            items=list(items), total=total, page=asked.page, size=asked.size, next=following
        )
        response = HttpResponse(page.model_dump_json(), content_type=JSON)
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def part(asked: AskedList, whole: Sequence[Item]) -> Sequence[Item]:
    """The asked page of a short list that is all there."""
    return whole[(asked.page - 1) * asked.size : asked.page * asked.size]


def one(item: Schema) -> HttpResponse:
    """One thing, as JSON."""
    return HttpResponse(item.model_dump_json(), content_type=JSON)


def table(kind: type[T], items: Sequence[T]) -> HttpResponse:
    """The rows as CSV (RFC 4180, UTF-8 without a byte-order mark: programs read it; people get workbooks).

    A text that a spreadsheet would take for a formula is written with an apostrophe before it.
    """
    rows = [item.model_dump() for item in items]
    columns = {name: [defused(_cell(row[name])) for row in rows] for name in kind.model_fields}
    return HttpResponse(csv_text(columns), content_type=f"{CSV}; charset=utf-8; header=present")


def _cell(value: object) -> object:
    if isinstance(value, list | tuple):
        return " ".join(str(part) for part in value)
    if isinstance(value, Mapping):
        return "; ".join(f"{name}={part}" for name, part in value.items())
    return value.isoformat() if isinstance(value, dt.date) else value


def _next(request: HttpRequest, asked: AskedList, total: int) -> str | None:
    if asked.page * asked.size >= total:
        return None
    query = {**request.GET.dict(), "page": asked.page + 1, "size": asked.size}
    return request.build_absolute_uri(f"{request.path}?{urlencode(query)}")


def tagged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """``response`` with its entity tag; 304 when the caller has it already.

    Caches keep it for this caller alone and ask before they use it, so that a withdrawn release is gone at once.
    """
    response.headers["Cache-Control"] = "private, no-cache"
    patch_vary_headers(response, ("Accept", "Authorization", "Cookie"))
    if response.status_code != HTTPStatus.OK:
        return response
    response.headers["ETag"] = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
    return get_conditional_response(request, etag=response.headers["ETag"], response=response) or response
