"""A survey file as read: columns with their labels and *every* code kept, missing codes included."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # named in annotations alone: pages know these records and need no arrays
    import numpy as np
    import numpy.typing as npt


class MissingKind(IntEnum):
    """Why there is no usable answer. The kinds stay apart from file to report."""

    ANSWERED = 0
    NO_ANSWER = 1
    NOT_ASKED = 2
    DONT_KNOW = 3
    REFUSED = 4
    INVALID = 5
    """A code that neither the file nor the codebook explains."""


@dataclass(frozen=True, eq=False)
class Column:
    """One variable of a survey file, nothing dropped.

    ``values`` is float64 (n,) with NaN for system-missing, or an object array (n,) of ``str`` with ``""`` for empty.
    User-defined missing codes (SPSS) stay in ``values``; ``missing_codes`` lists them. Stata's .a–.z are NaN in
    ``values`` and their letter is in ``tags`` (n,) ``"U1"`` (``""`` where untagged).
    """

    name: str
    values: npt.NDArray[np.float64] | npt.NDArray[np.object_]
    label: str = ""
    value_labels: Mapping[float | str, str] = field(default_factory=dict)
    missing_codes: Sequence[float | str] = ()
    missing_ranges: Sequence[tuple[float, float]] = ()
    tags: npt.NDArray[np.str_] | None = None

    @property
    def is_text(self) -> bool:
        """Whether the column holds words instead of numbers."""
        return self.values.dtype == object


@dataclass(frozen=True)
class Note:
    """Something a reader had to decide: a translatable msgid and the values for its ``{named}`` places."""

    message: str
    values: Mapping[str, object] = field(default_factory=dict)


@dataclass(frozen=True)
class Fingerprint:
    """What identifies a source file: its name without folder, SHA-256 in hex, size in bytes, rows and columns read."""

    name: str
    sha256: str
    size: int
    rows: int
    columns: int


@dataclass(frozen=True, eq=False)
class SurveyTable:
    """A survey file in memory (or the columns asked for)."""

    columns: Mapping[str, Column]
    rows: int
    fingerprint: Fingerprint
    file_label: str = ""
    notes: Sequence[Note] = ()
    """Things the reader had to decide: an encoding guessed, an empty sheet passed over."""
