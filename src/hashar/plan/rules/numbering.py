"""The numbers of measures: their form, and whether one is missing or stands twice."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_NUMBER = re.compile(r"(?:№\s*|п(?:ункт)?\.?\s*)?(\d+(?:\.\d+)*)[.)]?")


@dataclass(frozen=True)
class Slip:
    """A number that does not follow from the one before; ``kind`` is ``gap``, ``double`` or ``order``."""

    kind: str
    index: int
    expected: str


def measure_number(text: str) -> str:
    """«1.», «1)», «№ 1» → «1»; empty for what is no number."""
    found = _NUMBER.fullmatch(text.strip())
    return ".".join(part.lstrip("0") or "0" for part in found[1].split(".")) if found else ""


def parts(number: str) -> tuple[int, ...]:
    """«1.2» → (1, 2)."""
    return tuple(int(part) for part in number.split("."))


def slips(numbers: Sequence[tuple[str, int | None]]) -> Iterator[Slip]:
    """Gaps, doubles and numbers out of order; numbering may begin again with each section (its index is the second)."""
    before: tuple[int, ...] = ()
    section: int | None = None
    seen: set[tuple[int | None, tuple[int, ...]]] = set()
    restarts = _restarts(numbers)
    for index, (number, place) in enumerate(numbers):
        if not number:
            continue
        now = parts(number)
        scope = place if restarts else None
        fresh = restarts and place != section
        if (scope, now) in seen:
            yield Slip("double", index, number)
        elif before and not fresh and not _follows(before, now):
            kind = "order" if now < before else "gap"
            yield Slip(kind, index, ".".join(map(str, (*before[:-1], before[-1] + 1))))
        seen.add((scope, now))
        before, section = now, place


def _restarts(numbers: Sequence[tuple[str, int | None]]) -> bool:
    """Whether every section begins with 1 of its own."""
    firsts: dict[int | None, str] = {}
    for number, place in numbers:
        if number:
            firsts.setdefault(place, number)
    return len(firsts) > 1 and all(number == "1" for number in firsts.values())


def _follows(before: tuple[int, ...], now: tuple[int, ...]) -> bool:
    """Whether ``now`` is the next number, one level deeper, or the next of a level above."""
    if now == (*before, 1):
        return True
    for depth in range(len(before)):
        head = (*before[:depth], before[depth] + 1)
        if now[: depth + 1] == head and all(part == 1 for part in now[depth + 1 :]):
            return True
    return False
