"""What a look over the installation finds."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import IntEnum


class Grade(IntEnum):
    """How bad it is."""

    GOOD = 0
    CAUTION = 1
    """The site works; somebody should look at this."""
    WRONG = 2
    """The site does not work, or is not safe."""


@dataclass(frozen=True)
class Finding:
    """One thing that was looked at: what was found and, unless it is good, how to mend it; msgids and values."""

    grade: Grade
    what: str
    mend: str = ""
    values: Mapping[str, object] = field(default_factory=dict)


def good(what: str, **values: object) -> Finding:
    """All is well."""
    return Finding(Grade.GOOD, what, "", values)


def caution(what: str, mend: str, **values: object) -> Finding:
    """Somebody should look at this."""
    return Finding(Grade.CAUTION, what, mend, values)


def wrong(what: str, mend: str, **values: object) -> Finding:
    """The site does not work, or is not safe."""
    return Finding(Grade.WRONG, what, mend, values)
