"""One spelling for names: without case, diacritics or script, so that what is typed in one language finds the others.

Cyrillic (with the letters of Kazakh, Kyrgyz, Tajik, Uzbek) and Latin (Uzbek, Turkmen, English and Kazakh Latin) fold to
the same plain Latin skeleton: Ақтөбе, Актобе, Aktöbe and Aqtoʻbe are all ``aktobe``. It is for comparing, never for
showing: ``c`` stands for ч/ch/ç, ``w`` for ш/щ/sh/ş, ``j`` for ж/җ/ҷ/zh/dzh.
"""

import re
import unicodedata

_CYRILLIC = {
    **dict(zip("абвгдезийклмнопрстуфхцчшщыэ", "abvgdeziiklmnoprstufhscwwie", strict=True)),
    **dict(zip("әқғңөүұһіҳўҷҗѐєґ", "akgnouuhihojjeeg", strict=True)),
    "ё": "e",
    "ӣ": "i",
    "ӯ": "u",
    "ж": "j",
    "ю": "iu",
    "я": "ia",
    "ї": "i",
    "ъ": "",
    "ь": "",
}
_LATIN = {
    "ş": "w",
    "š": "w",
    "ç": "c",
    "č": "c",
    "ž": "j",
    "ı": "i",
    "ŋ": "n",
    "ə": "a",
    "ø": "o",
    "ý": "i",
    "w": "v",
    **dict.fromkeys("ʻʼ’‘'`´ʹ′-‐‑\N{SOFT HYPHEN}", ""),  # oʻ, gʻ and words joined by a hyphen are one word
}
_SPECIAL = str.maketrans(_CYRILLIC | _LATIN)
_BASE = str.maketrans(_CYRILLIC)
_DIGRAPHS = (
    ("shch", "w"),
    ("sh", "w"),
    ("ch", "c"),
    ("dzh", "j"),
    ("dj", "j"),
    ("zh", "j"),
    ("kh", "h"),
    ("gh", "g"),
    ("ts", "s"),
    ("x", "h"),
    ("q", "k"),
    ("y", "i"),
    ("ie", "e"),
)
_TWICE = re.compile(r"([a-z])\1+")
_NOT_WORD = re.compile(r"[^0-9a-z]+")

KIND_WORDS = frozenset(
    (
        *("region", "oblast", "oblisi", "oblusu", "viloiat", "viloiati", "velaiat", "velaiati"),
        *("city", "gorod", "g", "kala", "kalasi", "k", "wahr", "wahri", "wari", "waher", "waheri"),
        *("district", "raion", "raioni", "audan", "audani", "tuman", "tumani", "nohia", "nohiai", "etrap", "etrabi"),
    )
)
"""Folded words that say what kind of place it is: they do not tell one place from another."""


def fold(text: str) -> str:
    """The skeleton of a name: folded words with one space between them."""
    plain = unicodedata.normalize("NFC", text).casefold().translate(_SPECIAL)
    base = "".join(c for c in unicodedata.normalize("NFKD", plain) if not unicodedata.combining(c))
    latin = base.translate(_BASE)  # a Cyrillic letter that had a mark nobody expected
    return " ".join(word for word in (_skeleton(part) for part in _NOT_WORD.split(latin)) if word)


def _skeleton(word: str) -> str:
    for pair, letter in _DIGRAPHS:
        word = word.replace(pair, letter)
    return _TWICE.sub(r"\1", word)


def telling_words(folded: str) -> list[str]:
    """The words that tell places apart; all words when there is no other."""
    words = folded.split()
    return [word for word in words if word not in KIND_WORDS] or words


def grams(folded: str) -> set[str]:
    """Runs of three letters of each telling word, and its first one and two letters after a space."""
    found = set()
    for word in telling_words(folded):
        found |= {f" {word[:1]}", f" {word[:2]}"} | {word[start : start + 3] for start in range(len(word) - 2)}
    return {gram for gram in found if len(gram) > 1}


def typed_grams(folded: str) -> set[str]:
    """The grams to look for while a text is typed; a word of one or two letters is the beginning of a word."""
    found = set()
    for word in telling_words(folded):
        found |= {word[start : start + 3] for start in range(len(word) - 2)} or {f" {word}"}
        found |= {f" {word[:2]}"} if len(word) > 3 else set()
    return found
