"""How well a typed text fits a name: both folded (see ``hashar.i18n.spelling``)."""

from collections.abc import Sequence

from hashar.i18n.spelling import prefix_distance, typos_allowed
from hashar.places.rules.folding import KIND_WORDS

EXACT, PREFIX, MIDDLE, TYPO = 0, 1, 4, 6
KIND_COST = 1
"""A word that only says the kind of place ("region") and is not in the name."""


def cost(typed: Sequence[str], folded: str, *, forgiving: bool = False) -> int | None:
    """How far a name is from the typed words; 0 is the same words, None when one of them is not in it.

    ``forgiving`` tries misspelt words too, which takes longer.
    """
    words = folded.split()
    total = 0
    for word in typed:
        best = min(
            (fit for fit in (_word_cost(word, name, forgiving) for name in words) if fit is not None), default=None
        )
        if best is None:
            if word not in KIND_WORDS or len(typed) == 1:
                return None
            best = KIND_COST
        total += best
    return total


def _word_cost(typed: str, name: str, forgiving: bool) -> int | None:  # noqa: FBT001  (handed on by the one caller)
    if name == typed:
        return EXACT
    if name.startswith(typed):
        return PREFIX
    if len(typed) > 2 and typed in name:
        return MIDDLE
    allowed = typos_allowed(typed) if forgiving else 0
    distance = prefix_distance(typed, name, allowed) if allowed else None
    return None if distance is None else TYPO + 2 * distance
