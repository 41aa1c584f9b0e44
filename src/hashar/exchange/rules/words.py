"""Words as search compares them: softer than one spelling, forgiving of endings, slips and plain keyboards.

On top of ``hashar.i18n.spelling`` three groups of letters are one each: ш/с (Turkmen ş typed as s), ч/ж/җ/ҷ (Tajik ҷ
typed as ч or ж) and к/г/қ/ғ (which change places before Turkic endings: сабақ, сабағы).
"""

import re
from collections.abc import Iterable

from hashar.i18n.spelling import fold, prefix_distance, typos_allowed

LONGEST_WORD = 40
MOST_WORDS = 12
START = 3
"""Letters by which words with the same beginning are found."""
FAIR = 0.6
"""Less alike than this is another word."""

_SOFT = str.maketrans({"w": "s", "c": "j", "g": "k"})
_SPAN = re.compile(r"(?<=\d)\s*[-–—]\s*(?=\d)")
_HYPHEN = re.compile(r"(?<=\w)[-‐‑](?=\w)")
_LITTLE = """
a an the of for to in on at and or by with from about against as is are be it its that this how what which
и в во на с со о об для по от до из у к ко не без за при или как что это против
мен және үшін бойынша туралы бір да де пен бен қарсы
менен жана үчүн жөнүндө боюнча бул каршы
va bilan uchun haqida boʻyicha bu har qarshi
ва бо барои аз ба ки оид дар як ин зидди
we bilen üçin barada boýunça bir bu garşy
"""


def soft(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return [word[:LONGEST_WORD] for word in fold(_SPAN.sub(" ", text)).translate(_SOFT).split()]


LITTLE_WORDS = frozenset(soft(_LITTLE))
"""Words that tell nothing."""


def text_words(text: str) -> list[str]:
    """The words by which a text is found; the parts of words with a hyphen too."""
    whole = soft(text)
    parts = soft(_HYPHEN.sub(" ", text)) if _HYPHEN.search(text) else []
    known = set(whole)
    return [word for word in (*whole, *(part for part in parts if part not in known)) if word not in LITTLE_WORDS]


def asked_words(text: str) -> list[str]:
    """The words of a query, each once; little words only when there is no other."""
    words = list(dict.fromkeys(soft(text)))
    return ([word for word in words if word not in LITTLE_WORDS] or words)[:MOST_WORDS]


def grams(word: str) -> set[str]:
    """Runs of three letters of a word, and its first one and two letters after a space."""
    return {f" {word[:1]}", f" {word[:2]}"} | {word[at : at + 3] for at in range(len(word) - 2)}


def asked_grams(word: str) -> set[str]:
    """The grams to look for; a word of one or two letters is the beginning of a word."""
    if len(word) < START:
        return {f" {word}"}
    return {f" {word[:2]}"} | {word[at : at + 3] for at in range(len(word) - 2)}


def closeness(asked: str, word: str, *, forgiving: bool = False) -> float:
    """How alike a word of a query and a word of a text are: 1 the same, 0 nothing to do with each other.

    Beginnings and other endings of the same stem count; ``forgiving`` tries slips of the pen too, which takes longer.
    """
    if asked == word:
        return 1.0
    shared = _shared(asked, word)
    found = 0.0
    if shared == len(asked):  # the beginning of the word, as far as it is typed
        found = max(FAIR, shared / (shared + 0.25 * (len(word) - shared)))
    elif shared > START and 2 * shared >= len(asked):  # another ending
        found = shared / (shared + 0.5 * (len(asked) - shared) + 0.25 * (len(word) - shared))
    if forgiving and found < FAIR:
        found = max(found, _with_slips(asked, word), 0.9 * _with_slips(asked[:-3], word) if len(asked) > 8 else 0.0)
    return found if found >= FAIR else 0.0


def _shared(one: str, other: str) -> int:
    count = 0
    for left, right in zip(one, other, strict=False):
        if left != right:
            break
        count += 1
    return count


def _with_slips(asked: str, word: str) -> float:
    shorter, longer = sorted((asked, word), key=len)
    allowed = min(typos_allowed(shorter), typos_allowed(asked))
    if not allowed or (len(shorter) < 6 and asked[0] != word[0]) or 2 * len(shorter) < len(longer):
        return 0.0
    slips = prefix_distance(shorter, longer, allowed)
    if slips is None:
        return 0.0
    return 0.95 * (1 - 0.12 * slips) * len(shorter) / (len(shorter) + 0.3 * (len(longer) - len(shorter)))


def best(asked: str, words: Iterable[str], *, forgiving: bool = False) -> float:
    """The closest of several words."""
    return max((closeness(asked, word, forgiving=forgiving) for word in words), default=0.0)
