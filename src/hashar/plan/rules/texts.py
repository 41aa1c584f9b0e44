"""How a text of a plan is laid out and compared: spaces, hyphens and letters that only look different."""

import re
import unicodedata

SUPERSCRIPTS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2028\u2029\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")
_SPACES = re.compile(r"[^\S\n]+")
_LOOKALIKES = str.maketrans("ёЁ–—−‑‒«»“”„‟’‘`", 'еЕ-----""""""\'\'\'')
ROMAN_LETTERS = str.maketrans("ІіХхХхVvIi", "IIXXXXVVII")


def tidy(text: str) -> str:
    """One form for a text: no unseen letters, single spaces, no empty lines; line breaks stay."""
    plain = _CONTROL.sub("", _UNSEEN.sub("", unicodedata.normalize("NFC", text)))
    plain = plain.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    lines = (_SPACES.sub(" ", line).strip() for line in plain.split("\n"))
    return "\n".join(line for line in lines if line)


def folded(text: str) -> str:
    """For comparing: small letters, ё as е, one kind of dash and quotation mark, one line."""
    return " ".join(text.translate(_LOOKALIKES).casefold().split())


def words(text: str) -> str:
    """For comparing by words alone: no punctuation either."""
    return " ".join(re.findall(r"\w+", folded(text)))
