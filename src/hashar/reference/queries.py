"""Look up the field's vocabulary: factors, substances, kinds of indicator."""

import csv
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from hashar.i18n import LANGUAGES
from hashar.reference.contracts import Factor, Substance

INDICATOR_KINDS = ("prevalence", "attitude", "availability", "detection", "process")
"""What an indicator measures; a detection count (a register) is never a prevalence."""


@cache
def factors() -> Mapping[str, Factor]:
    """All risk and protective factors by code, in the order of the framework."""
    names = {row["code"]: row for row in _rows("factor_names.csv")}
    definitions = {row["code"]: row for row in _rows("factor_definitions.csv")}
    found = {}
    for row in _rows("factors.csv"):
        code = row["code"]
        texts = {"en": row["name_en"], "ru": row["name_ru"]} | _texts(names.get(code, {}))
        found[code] = Factor(
            code=code,
            domain=row["domain"].replace("-", "_").replace(" ", "_"),
            type=row["type"],
            name={language: texts[language] for language in LANGUAGES if texts.get(language)},
            definition={"en": row["definition_own_words"]} | _texts(definitions.get(code, {})),
            where_measured=row["where_measured"],
            source=row["source"],
        )
    return MappingProxyType(found)


@cache
def substances() -> Mapping[str, Substance]:
    """Substance groups by code, in the order in which a report lists them."""
    return MappingProxyType({row["code"]: Substance(row["code"], _texts(row)) for row in _rows("substances.csv")})


def _texts(row: Mapping[str, str]) -> dict[str, str]:
    return {language: row[language] for language in LANGUAGES if row.get(language)}


def _rows(name: str) -> list[dict[str, str]]:
    text = (resources.files("hashar.reference") / "data" / name).read_text(encoding="utf-8")
    return list(csv.DictReader(text.splitlines()))
