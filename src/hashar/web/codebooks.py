"""Two versions of a codebook side by side, line by line."""

import difflib
from collections.abc import Sequence
from dataclasses import dataclass

AROUND = 3
"""Equal lines shown before and after a difference."""


@dataclass(frozen=True)
class Side:
    """One line of one version; number 0 where it has none here."""

    number: int = 0
    text: str = ""


@dataclass(frozen=True)
class Difference:
    """A row of the comparison."""

    kind: str
    """``same``, ``changed``, ``added``, ``removed`` or ``gap`` (equal lines left out)."""
    left: Side = Side()
    right: Side = Side()


def differences(left: str, right: str) -> list[Difference]:
    """Both texts side by side, with a few equal lines round each difference."""
    one, two = left.splitlines(), right.splitlines()
    matcher = difflib.SequenceMatcher(None, one, two, autojunk=False)
    rows: list[Difference] = []
    for at, group in enumerate(matcher.get_grouped_opcodes(AROUND)):
        if at or group[0][1] > 0:
            rows.append(Difference("gap"))
        for kind, i1, i2, j1, j2 in group:
            rows += _rows(kind, one, (i1, i2), two, (j1, j2))
    return rows


def _rows(
    kind: str, one: Sequence[str], left: tuple[int, int], two: Sequence[str], right: tuple[int, int]
) -> list[Difference]:
    word = {"equal": "same", "replace": "changed", "delete": "removed", "insert": "added"}[kind]
    sides_left = [Side(at + 1, one[at]) for at in range(*left)]
    sides_right = [Side(at + 1, two[at]) for at in range(*right)]
    height = max(len(sides_left), len(sides_right))
    sides_left += [Side()] * (height - len(sides_left))
    sides_right += [Side()] * (height - len(sides_right))
    return [Difference(word, a, b) for a, b in zip(sides_left, sides_right, strict=True)]
