"""The folded names and codes by which a territory is found."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from hashar.i18n.spelling import fold

LONGEST_KEY = 200

_NOT_CODE = re.compile(r"[^0-9a-z]+")


@dataclass(frozen=True)
class Key:
    """One folded name or code."""

    folded: str
    languages: tuple[str, ...] = ()
    """Languages in which it is the name; none for a former name or a code."""
    named: bool = True
    """A name, which is searched inside and misspelt; a code is not."""


def search_keys(names: Mapping[str, str], other_names: Iterable[str], codes: Iterable[str]) -> list[Key]:
    """Each folded spelling once: names first, then former names, then codes."""
    languages: dict[str, list[str]] = {}
    for language, name in names.items():
        languages.setdefault(fold(name)[:LONGEST_KEY], []).append(language)
    for name in other_names:
        languages.setdefault(fold(name)[:LONGEST_KEY], [])
    keys = [Key(folded, tuple(spoken)) for folded, spoken in languages.items() if folded]
    plain = dict.fromkeys(fold_code(code) for code in codes)
    return keys + [Key(code, named=False) for code in plain if code and code not in languages]


def fold_code(code: str) -> str:
    """A code as it is compared: small letters and digits alone. Not ``fold``: KG-O and KG-GO are two places."""
    return _NOT_CODE.sub("", code.casefold())[:LONGEST_KEY]
