"""What was said about one field of one measure, by whom, and what came of it."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from hashar.implement.contracts.progress import Field, Standing, Value


@dataclass(frozen=True, order=True)
class Slot:
    """One field of one measure, as one body answers it."""

    body: str
    measure: int
    field: Field


@dataclass(frozen=True)
class Claim:
    """One answer of a returned file, for as long as its collection is open.

    A file sent twice makes the same claims: ``at`` is no part of what a claim is.
    """

    slot: Slot
    value: Value
    known: Value | None
    """What stood when its form was made; the body saw it beside the empty field."""
    file: str
    sha256: str
    where: str
    by: str
    """Who filled the form in, or else the body."""
    at: dt.datetime
    """When the file was taken in, the first time."""


class Verdict(StrEnum):
    """What came of a claim."""

    NEW = "new"
    """Nothing stood."""
    AGREES = "agrees"
    """The same stood."""
    CHANGED = "changed"
    """What stood was what the form had shown, and now this stands."""
    CONFLICT = "conflict"
    """A person has to decide; what stood stays."""
    SETTLED = "settled"
    """A person has answered or decided after it came in."""


@dataclass(frozen=True)
class Conflict:
    """Claims that do not fit together, or do not fit what stands."""

    slot: Slot
    standing: Standing | None
    """What stands until a person decides."""
    claims: tuple[Claim, ...]


@dataclass(frozen=True)
class Merged:
    """What stands after all files, and what became of every single answer."""

    standing: Mapping[Slot, Standing]
    verdicts: Mapping[Claim, Verdict]
    conflicts: tuple[Conflict, ...]
