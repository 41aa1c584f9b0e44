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


def typos_allowed(word: str) -> int:
    """None in words under four letters, one under seven, else two."""
    return 0 if len(word) < 4 else 1 if len(word) < 7 else 2


def prefix_distance(typed: str, name: str, allowed: int) -> int | None:
    """Fewest slips (a letter more, less, other, or two swapped) from ``typed`` to a beginning of ``name``.

    None when more than ``allowed``. Optimal string alignment (Damerau's four slips, each letter touched once).
    """
    width = len(name)
    before: list[int] = []
    above = list(range(width + 1))
    for row, letter in enumerate(typed, start=1):
        line = [row]
        for column in range(1, width + 1):
            same = letter == name[column - 1]
            best = min(above[column] + 1, line[column - 1] + 1, above[column - 1] + (not same))
            if row > 1 and column > 1 and letter == name[column - 2] and typed[row - 2] == name[column - 1]:
                best = min(best, before[column - 2] + 1)
            line.append(best)
        if min(line) > allowed:
            return None
        before, above = above, line
    return min(above)
