"""A codebook as a form: read its settings, change some, and leave all else in the text as it is.

These functions change texts, not what is stored: :mod:`hashar.assess.services.codebook_versions` saves them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from hashar.assess.rules.line_merge import merge
from hashar.assess.sources.codebook_edits import CHECK, CodebookEdit, Plain

__all__ = [
    "Change",
    "Plain",
    "Settings",
    "add_entry",
    "change_settings",
    "entries_of",
    "guesses_left",
    "key_of",
    "merge",
    "read_settings",
    "remove_entry",
]


@dataclass(frozen=True)
class Change:
    """What to set in the mapping at ``path`` (``("indicators", 3)``); an empty value takes a setting away."""

    path: tuple[str | int, ...]
    values: Mapping[str, Plain]
    settled: bool = False
    """Somebody looked at the guesses there: their ``# check:`` marks go."""


@dataclass(frozen=True)
class Settings:
    """All settings of a codebook as plain values."""

    values: Mapping[object, Plain] = field(default_factory=dict)

    def mapping(self, key: str) -> dict[object, Plain]:
        """The mapping under ``key``; empty when it is something else."""
        found = self.values.get(key)
        return found if isinstance(found, dict) else {}

    def entries(self, section: str) -> list[dict[object, Plain]]:
        """The entries of a list, as :func:`entries_of` reads them."""
        return entries_of(self.values.get(section))

    def names(self, section: str) -> list[str]:
        """What the entries of a list are called."""
        return [str(one.get(key_of(section), "")) for one in self.entries(section)]

    def position(self, section: str, name: str) -> int | None:
        """Where the entry of that name is; None when there is none."""
        names = self.names(section)
        return names.index(name) if name in names else None


def key_of(section: str) -> str:
    """The setting by which the entries of a list are called."""
    return "factor" if section == "scales" else "name"


def entries_of(found: Plain) -> list[dict[object, Plain]]:
    """A list of entries; what is no entry is an empty one, so that positions hold."""
    return [one if isinstance(one, dict) else {} for one in found] if isinstance(found, list) else []


@lru_cache(maxsize=16)
def read_settings(text: str) -> Settings:
    """The settings of a codebook.

    Raises
    ------
    CodebookError
        It is not YAML: it can be corrected as text only.

    """
    return Settings(CodebookEdit(text).values())


def change_settings(text: str, changes: Sequence[Change]) -> str:
    """The codebook with some settings changed; comments, order and everything unknown stay.

    Raises
    ------
    CodebookError
        A part of it is not what a form can show.

    """
    edit = CodebookEdit(text)
    for change in changes:
        edit.change(change.path, change.values)
        if change.settled:
            edit.settle(change.path)
    return edit.text()


def add_entry(text: str, section: str, values: Mapping[str, Plain]) -> str:
    """The codebook with one more group, indicator, scale or rule. Raises as :func:`change_settings`."""
    edit = CodebookEdit(text)
    edit.add(section, values)
    return edit.text()


def remove_entry(text: str, section: str, at: int) -> str:
    """The codebook without one group, indicator, scale or rule. Raises as :func:`change_settings`."""
    edit = CodebookEdit(text)
    edit.remove(section, at)
    return edit.text()


def guesses_left(text: str) -> int:
    """How many guesses of the draft nobody has looked at yet."""
    return sum(CHECK in line for line in text.splitlines())
