"""Entries of one event by two organisations: which may be, and what it means that they are."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from hashar.i18n.spelling import fold

ALIKE = 0.45
"""Share of the three-letter pieces that two titles have in common."""


@dataclass(frozen=True, kw_only=True)
class Entry:
    """What is compared of an entry."""

    id: int
    organisation: int
    date: dt.date
    path: str
    """Of the territory."""
    title: str
    place: str = ""
    time: dt.time | None = None
    group: str = ""
    contacts: int | None = None


def reasons(one: Entry, other: Entry) -> tuple[str, ...]:
    """Why two entries may be of one event; empty where they are not taken for one.

    They are of one day, in one territory (or one holds the other), and two things more are alike: title, place, time.
    Two entries of one organisation must agree in the number of contacts too: two classes of a school on one morning
    are two activities.
    """
    if not _may_be(one, other):
        return ()
    found = [name for name, same in (("title", _titles), ("place", _places), ("time", _times)) if same(one, other)]
    unknown = not (one.place and other.place)
    enough = len(found) >= 2 or (found == ["title"] and unknown)
    return tuple(found) if enough else ()


def _may_be(one: Entry, other: Entry) -> bool:
    if one.id == other.id or one.date != other.date:
        return False
    if one.group and other.group and fold(one.group) != fold(other.group):
        return False
    if one.organisation == other.organisation and one.contacts != other.contacts:
        return False
    return one.path.startswith(other.path) or other.path.startswith(one.path)


def _titles(one: Entry, other: Entry) -> bool:
    first, second = _pieces(one.title), _pieces(other.title)
    return len(first & second) >= ALIKE * len(first | second)


def _places(one: Entry, other: Entry) -> bool:
    first, second = set(fold(one.place).split()), set(fold(other.place).split())
    return bool(first and second) and (first <= second or second <= first)


def _times(one: Entry, other: Entry) -> bool:
    return one.time is not None and one.time == other.time


def _pieces(text: str) -> set[str]:
    folded = f"  {fold(text)} "
    return {folded[at : at + 3] for at in range(len(folded) - 2)}


def joined(same_as: Mapping[int, int], kept: int, other: int) -> Mapping[int, int]:
    """Which entry counts for which, after a person said that two are of one event; all point at the one that counts.

    Parameters
    ----------
    same_as
        Entry → the entry that counts instead of it, as it stands.
    kept
        The entry that shall count.
    other
        The entry of the same event.

    """
    known = {same_as.get(kept, kept), same_as.get(other, other)}
    cluster = {kept, other, *known, *(one for one, root in same_as.items() if root in known)}
    rest = {one: root for one, root in same_as.items() if one not in cluster}
    return {**rest, **dict.fromkeys(cluster - {kept}, kept)}
