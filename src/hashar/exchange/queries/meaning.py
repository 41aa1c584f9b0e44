"""What a text is about, so that two texts can be compared: its words and the concepts they name, in any language."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from hashar.exchange.rules.weights import CONCEPT, SURE
from hashar.exchange.rules.words import LITTLE_WORDS, closeness, soft
from hashar.exchange.sources.thesaurus import thesaurus

_WORD = re.compile(r"[^\W\d_][\w'’ʻ-]*")
SHORTEST = 5
"""Letters of a word that may be the same without being a concept."""
ALIKE = 0.8
SIDE_MATTERS = frozenset(
    f"{CONCEPT}{name}"
    for name in (
        *("family", "parent", "child", "adolescent", "minor", "adult"),
        *("pupil", "teacher", "baby", "woman", "migrant"),
        *("smoking", "alcohol", "drug", "cannabis", "club_drugs"),
    )
)
"""For whom, and against which substance: nearly everything in prevention says it."""


@dataclass(frozen=True)
class Meaning:
    """The keys of a text (a concept, or a folded word) and for each the word that stands there."""

    words: Mapping[str, str]


@lru_cache(maxsize=4_000)
def meaning(text: str) -> Meaning:
    """What a text is about."""
    pairs = [(shown, word) for shown in _WORD.findall(text) for word in soft(shown)]
    named = thesaurus().named_in([word for _, word in pairs])
    found: dict[str, str] = {}
    for (shown, word), concepts in zip(pairs, named, strict=True):
        sure = [CONCEPT + concept for concept, fit in concepts.items() if fit >= SURE]
        for key in sure or ([word] if len(word) >= SHORTEST and word not in LITTLE_WORDS else []):
            found.setdefault(key, shown)
    return Meaning(found)


def shared(one: Meaning, other: Meaning) -> Mapping[str, str]:
    """The keys that two texts share, with the words of the first."""
    return dict(_shared(one, other))


def _shared(one: Meaning, other: Meaning) -> Iterator[tuple[str, str]]:
    plain = [key for key in other.words if not key.startswith(CONCEPT)]
    for key, shown in one.words.items():
        known = key in other.words
        if known or (not key.startswith(CONCEPT) and any(closeness(key, each) >= ALIKE for each in plain)):
            yield key, shown


def weight(key: str) -> int:
    """How much a shared key tells: 2 for what is done, 1 for people, a substance, or a word that is no concept."""
    return 2 if key.startswith(CONCEPT) and key not in SIDE_MATTERS else 1


def is_side_matter(key: str) -> bool:
    """Whether a key only says for whom, or against which substance."""
    return key in SIDE_MATTERS
