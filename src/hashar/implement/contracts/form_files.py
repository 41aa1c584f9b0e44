"""The layout of form files, known to those who write them and to those who read them back.

A form carries its key three times, so that it survives what people do to files: on a hidden sheet, in a hidden column
beside every measure, and, for the columns, in a hidden row above their heads.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

from hashar.implement.contracts.progress import Field, Form

FORM_MARK = "hashar-progress-form"
ANSWERS_MARK = "hashar-progress-answers"
"""The first thing in the hidden sheet of a form; what an answer file says it is."""
VERSION = "1"
KEY_SHEET = "hashar"
TAG = "hashar:"
RETURNED_BY = "hashar:returned-by"
HEADS = "hashar:heads"
"""In the hidden column: the row with the field for the writer's name, and the row of the heads."""
ROW_TAG = re.compile(r"hashar:([^\s:]+):([^:]*)")
COLUMN_TAG = re.compile(r"hashar:column:([a-z_]+)")


class Printed(StrEnum):
    """What a form says of a measure; these columns are locked."""

    NUMBER = "number"
    TEXT = "text"
    FORM = "form"
    DEADLINE = "deadline"
    KNOWN = "known"


class Fact(StrEnum):
    """What a form file says about itself, in this order on its hidden sheet."""

    KEY = "key"
    COLLECTION = "collection"
    PLAN = "plan"
    PLAN_TITLE = "plan_title"
    EDITION = "edition"
    BODY = "body"
    START = "period_start"
    END = "period_end"
    LANGUAGE = "language"
    VERSION = "version"


def facts_of(form: Form) -> dict[Fact, str]:
    """What the file of a form says about itself."""
    return {
        Fact.KEY: form.key,
        Fact.COLLECTION: str(form.collection),
        Fact.PLAN: str(form.plan),
        Fact.PLAN_TITLE: form.plan_title,
        Fact.EDITION: form.edition,
        Fact.BODY: form.body,
        Fact.START: form.period.start.isoformat(),
        Fact.END: form.period.end.isoformat(),
        Fact.LANGUAGE: form.language,
        Fact.VERSION: VERSION,
    }


def row_tag(key: str, measure: int) -> str:
    """What stands in the hidden column beside a measure."""
    return f"{TAG}{key}:{measure}"


def column_tag(name: Printed | Field) -> str:
    """What stands in the hidden row above a column."""
    return f"{TAG}column:{name}"


Raw: TypeAlias = str | Decimal | dt.date | bool
"""A cell: text, a number, a day, yes or no."""


@dataclass(frozen=True)
class Written:
    """One answer as it was written."""

    raw: Raw
    where: str
    formula: str = ""
    """The formula that computed it, or the error that stands in its place."""


@dataclass(frozen=True)
class WrittenRow:
    """One row of a returned form."""

    where: str
    key: str
    """Of the form, from its hidden tag; empty: it has none."""
    measure: str
    """The measure's id from the tag, as it stands there."""
    number: str
    text: str
    fields: Mapping[Field, Written] = field(default_factory=dict)
    """Only what is not empty."""
    beside: tuple[Written, ...] = ()
    """What stands in the row where nothing was asked."""


@dataclass(frozen=True)
class WrittenForm:
    """A returned file as it was written, before anybody says what it means."""

    file: str
    sha256: str
    facts: Mapping[Fact, str]
    returned_by: str
    rows: tuple[WrittenRow, ...]
    beside: tuple[Written, ...] = ()
    """Sheets, pictures and comments that the form did not have."""
