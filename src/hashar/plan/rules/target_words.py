"""“30-day cannabis 2 % → 1 %” as numbers and words."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

_NUMBER = r"(\d{1,3}(?:[.,]\d{1,6})?)"
_SHARES = re.compile(
    _NUMBER + r"\s*(?:%|процент\w*|пайыз\w*)?\s*(?:→|⟶|=>|->|–>|—|–|-|\bto\b|\bдо\b|\bна\b|/)\s*" + _NUMBER + r"\s*%?",
    re.IGNORECASE,
)
_WORD = re.compile(r"[^\W\d_]{3,}|\d+")
LONGEST = 300


@dataclass(frozen=True)
class ReadTarget:
    """What was understood; shares are 0–1."""

    baseline: float | None
    target: float | None
    words: str
    """The text without its shares."""


def read_target(text: str) -> ReadTarget:
    """The last two shares with an arrow (or “to”, or a dash) between them, and the words before."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).strip()
    found = list(_SHARES.finditer(text))
    if not found:
        return ReadTarget(None, None, text)
    last = found[-1]
    one, other = (float(last[at].replace(",", ".")) / 100 for at in (1, 2))
    return ReadTarget(one, other, (text[: last.start()] + " " + text[last.end() :]).strip())


def best_named(words: str, names: Mapping[str, Iterable[str]]) -> str:
    """The key whose names share most with the words (beginnings count, endings do not); empty where none does."""
    asked = _stems(words)
    scores = {key: max((_shared(asked, _stems(name)) for name in told), default=0.0) for key, told in names.items()}
    best = max(scores, key=lambda key: scores[key], default="")
    return best if scores.get(best, 0.0) > 0 else ""


def _stems(text: str) -> frozenset[str]:
    folded = unicodedata.normalize("NFKC", text).casefold()
    return frozenset(word[:5] for word in _WORD.findall(folded))


def _shared(asked: frozenset[str], name: frozenset[str]) -> float:
    """Shared words, and a little for a name of few others; numbers alone name nothing."""
    both = asked & name
    letters = [word for word in both if not word.isdigit()]
    return len(both) + len(both) / (10 * len(name)) if letters else 0.0
