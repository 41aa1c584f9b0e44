"""The name that was probably meant."""

import difflib
from collections.abc import Iterable


def close_match(name: str, known: Iterable[str]) -> str:
    """The one of ``known`` that ``name`` was most likely meant to be, or an empty text."""
    folded = {candidate.casefold(): candidate for candidate in reversed(list(known))}
    if name.casefold() in folded:
        return folded[name.casefold()]
    found = difflib.get_close_matches(name.casefold(), folded, n=1, cutoff=0.6)
    return folded[found[0]] if found else ""
