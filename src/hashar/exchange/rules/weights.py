"""How much a word of a practice counts in search, by where it stands; and how the words of a query add up."""

import math
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from hashar.exchange.rules.concepts import Thesaurus
from hashar.exchange.rules.words import text_words

NAME, SUMMARY, FACT, FACTOR = 100, 80, 50, 30
CONCEPT = "="
"""Before the name of a concept among the words."""
SURE = 0.8
"""A word that names a concept this surely names it, whatever its ending; so does a word of a query its term."""
BY_CONCEPT = 0.85
"""A word of the same concept counts less than the word itself."""
WINDOW = 0.35
"""Of the words like one asked for, those this much less alike than the best are left out."""
NEAR = 0.45
"""Practices with less than this share of the best score are not shown."""


def weighted_words(texts: Iterable[tuple[str, int]], concepts: Thesaurus) -> dict[str, int]:
    """The words and concepts of a practice's texts, each with its highest weight."""
    found: dict[str, int] = {}
    for text, weight in texts:
        for key, share in _keys(text, concepts):
            found[key] = max(found.get(key, 0), round(weight * share))
    return found


@lru_cache(maxsize=2_000)  # the names of factors stand in many practices
def _keys(text: str, concepts: Thesaurus) -> tuple[tuple[str, float], ...]:
    words = text_words(text)
    found = dict.fromkeys(words, 1.0)
    for named in concepts.named_in(words):
        for concept, sure in named.items():
            key = CONCEPT + concept
            found[key] = max(found.get(key, 0.0), 1.0 if sure >= SURE else sure)
    return tuple(found.items())


def scores(asked: Sequence[Mapping[int, float]], counts: Sequence[int], practices: int) -> dict[int, float]:
    """The score of each practice.

    Parameters
    ----------
    asked
        For each word of the query: practice → how well the word fits it (0 to 1).
    counts
        For each word of the query, in how many practices it stands: one that few of them have tells more.
    practices
        How many practices there are.

    """
    found: dict[int, float] = {}
    for fits, count in zip(asked, counts, strict=True):
        rare = math.log(1 + practices / (1 + min(count, practices)))
        for practice, fit in fits.items():
            found[practice] = found.get(practice, 0.0) + rare * fit
    return found
