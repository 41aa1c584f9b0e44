"""Ages as registries write them."""

import re

from hashar.exchange.rules import OLDEST

Ages = tuple[int, int]

_BAND = re.compile(r"(\d{1,3})\s*[-–]\s*(\d{1,3})")
_BOUND = re.compile(r"\b(\d{1,3})\b")
_WORDS: tuple[tuple[str, Ages], ...] = (
    ("pregnancy to 2", (0, 2)),
    ("primary and middle school", (6, 15)),
    ("school age", (6, 17)),
    ("adults and youth", (15, OLDEST)),
    ("adults", (18, OLDEST)),
    ("all", (0, OLDEST)),
)


def ages_of(text: str) -> Ages | None:
    """First and last age; None when they are not known. What stands in brackets is about trials and extensions."""
    told = re.sub(r"\([^)]*\)", "", text).strip().lower()
    if told.startswith("under"):
        bounds = [int(bound) for bound in _BOUND.findall(told.replace("-", " "))]
        return (0, max(bounds) - 1) if bounds else None
    band = _BAND.search(told)
    if band:
        first, last = int(band[1]), int(band[2])
        return (first, last) if first <= last <= OLDEST else None
    return next((ages for words, ages in _WORDS if words in told), None)
