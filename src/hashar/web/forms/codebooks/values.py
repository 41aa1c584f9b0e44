"""Codes and lists of codes as people type them: ``1, 2..7, "yes"``."""

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError

from hashar.assess.services.codebook_forms import Plain
from hashar.i18n import N_
from hashar.web.texts import waiting

LONGEST_RANGE = 200
Code = int | float | str
_RANGE = re.compile(r"(\d{1,6})\.\.(\d{1,6})")
_PIECE = re.compile(r'\s*(?:"([^"]*)"|\'([^\']*)\'|([^,;]*))\s*(?:[,;]|$)')


def number_of(text: str) -> int | float | None:
    """A plain number as YAML reads it; None for anything else."""
    if re.fullmatch(r"[+-]?\d{1,15}", text):
        return int(text)
    if re.fullmatch(r"[+-]?\d{1,15}\.\d{1,15}", text):
        return float(text)
    return None


def codes_of(text: str) -> list[Plain]:
    """A typed list of codes as the codebook holds it: numbers, words, ranges as they are written.

    Raises
    ------
    ValidationError
        A quotation mark is not closed.

    """
    found: list[Plain] = []
    at = 0
    text = text.strip()
    while at < len(text):
        piece = _PIECE.match(text, at)
        if piece is None or piece.end() == at:
            raise ValidationError(waiting(N_("Write codes with commas between them, such as 1, 2..7, “yes”.")))
        quoted = piece[1] if piece[1] is not None else piece[2]
        word = (piece[3] or "").strip()
        number = number_of(word)
        if quoted is not None:
            found.append(quoted)
        elif word:
            found.append(word if number is None else number)
        at = piece.end()
    return found


def codes_text(value: Plain) -> str:
    """Codes as people type them."""
    items = value if isinstance(value, list) else [] if value is None else [value]
    return ", ".join(code_text(item) for item in items)


def code_text(code: Plain) -> str:
    """One code; a word that looks like a number stands in quotes."""
    if isinstance(code, str):
        doubtful = number_of(code) is not None or any(letter in code for letter in ",;")
        return f'"{code}"' if doubtful else code
    if isinstance(code, list):
        return codes_text(code)
    return str(code)


def as_code(key: object) -> Code:
    """A key of the YAML as a code; what is neither number nor word, as its text."""
    return key if isinstance(key, int | float | str) else str(key)


def spread(value: Plain) -> list[Code]:
    """Single codes of a list in which ``2..7`` stands for six of them."""
    found: list[Code] = []
    for item in value if isinstance(value, list) else [] if value is None else [value]:
        span = _RANGE.fullmatch(item) if isinstance(item, str) else None
        if span and 0 <= int(span[2]) - int(span[1]) <= LONGEST_RANGE:
            found += range(int(span[1]), int(span[2]) + 1)
        elif isinstance(item, int | float | str) and not isinstance(item, bool):
            found.append(item)
    return found


def gathered(codes: Iterable[Code]) -> list[Plain]:
    """Codes as short as they can be written: ``[2, 3, 4, 9]`` is ``["2..4", 9]``."""
    found: list[Plain] = []
    run: list[int] = []
    for code in codes:
        whole = isinstance(code, int)
        if run and not (whole and code == run[-1] + 1):
            found += _run(run)
            run = []
        if isinstance(code, int):
            run.append(code)
        else:
            found.append(code)
    return found + _run(run)


def _run(run: list[int]) -> list[Plain]:
    return [f"{run[0]}..{run[-1]}"] if len(run) > 2 and run[0] >= 0 else list(run)


Key = tuple[bool, object]


def typed(code: object) -> Key:
    """A key under which the number 1 and the word "1" are two."""
    return isinstance(code, str), code


def unfolded(value: Mapping[object, Plain]) -> dict[Code, Plain]:
    """A mapping of codes in which ``2..7`` was written as one key, code by code."""
    return {
        code: item for key, item in value.items() for code in spread(key if isinstance(key, str | int) else str(key))
    }


def loose(value: Mapping[Code, Plain]) -> dict[object, Plain]:
    """A mapping of codes as one of the codebook's mappings."""
    return {code: item for code, item in value.items()}  # noqa: C416  (a dict of another type of keys, to the checker)
