"""Pure decisions about the field's vocabulary."""

import re
import unicodedata

from hashar.errors import InputError
from hashar.i18n import LANGUAGES, N_

INDICATOR_KINDS = ("prevalence", "attitude", "availability", "detection", "process")
"""What an indicator measures; a detection count (a register) is never a prevalence."""
UNITS = ("share", "count", "per_100k", "kg", "litres")
DIRECTIONS = ("down", "up", "neither")
LONGEST_SLANG, LONGEST_NAME, LONGEST_DEFINITION = 60, 160, 1000

_CODE = re.compile(r"[a-z][a-z0-9_]{1,39}")


def slang_of(text: str) -> str:
    """A slang name as it is kept: one form of each letter, single spaces.

    Raises
    ------
    InputError
        Empty, too long, an address, a telephone number, or with characters no name has.

    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    letters = [letter for letter in name if letter.isalpha()]
    control = any(unicodedata.category(letter)[0] == "C" for letter in name)
    sells = "@" in name or "://" in name or sum(letter.isdigit() for letter in name) > 4
    if not letters or len(name) > LONGEST_SLANG or control or sells or set(name) & set("<>{}="):
        raise InputError(
            N_("“{name}” cannot be a name: write up to {limit} letters, without addresses or telephone numbers."),
            name=name[:40],
            limit=LONGEST_SLANG,
        )
    return name


def indicator_code_of(text: str) -> str:
    """The code of an own indicator.

    Raises
    ------
    InputError
        Not small Latin letters, digits and underscores.

    """
    code = text.strip().lower()
    if not _CODE.fullmatch(code):
        raise InputError(
            N_("“{code}” cannot be a code: use 2 to 40 small Latin letters, digits and underscores."), code=code[:40]
        )
    return code


def kind_and_direction(kind: str, unit: str, direction: str) -> tuple[str, str, str]:
    """Kind, unit and direction of an own indicator that go together.

    Raises
    ------
    InputError
        An unknown word, or a detection indicator that claims a better direction.

    """
    if kind not in INDICATOR_KINDS or unit not in UNITS or direction not in DIRECTIONS:
        raise InputError(N_("Choose a kind, a unit and a direction from the lists."))
    if kind == "detection" and direction != "neither":
        raise InputError(
            N_("A register counts what was found: more or fewer is neither success nor failure. Choose “neither”.")
        )
    return kind, unit, direction


def texts_of(texts: dict[str, str], longest: int) -> dict[str, str]:
    """Texts in our languages without empty ones.

    Raises
    ------
    InputError
        None is left, or one is too long.

    """
    kept = {language: " ".join(texts.get(language, "").split()) for language in LANGUAGES}
    kept = {language: text for language, text in kept.items() if text}
    if not kept or any(len(text) > longest for text in kept.values()):
        raise InputError(N_("Write the text in at least one language, up to {limit} letters."), limit=longest)
    return kept
