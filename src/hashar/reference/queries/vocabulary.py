"""The shipped vocabulary: factors, substances, indicators, sectors, strategies. It is the same for everyone."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from hashar.i18n import LANGUAGES
from hashar.reference.contracts import Correspondence, Factor, Indicator, Named, Strategy, Substance
from hashar.reference.rules import INDICATOR_KINDS
from hashar.reference.sources import rows


@cache
def factors() -> Mapping[str, Factor]:
    """All risk and protective factors by code, in the order of the framework."""
    names = {row["code"]: row for row in rows("factor_names.csv")}
    definitions = {row["code"]: row for row in rows("factor_definitions.csv")}
    found = {}
    for row in rows("factors.csv"):
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
    return MappingProxyType({row["code"]: Substance(row["code"], _texts(row)) for row in rows("substances.csv")})


@cache
def shipped_indicators() -> Mapping[str, Indicator]:
    """Shipped indicators by code, kind by kind."""
    elsewhere: defaultdict[str, list[Correspondence]] = defaultdict(list)
    for row in rows("indicator_mappings.csv"):
        fields = {name: row[name] for name in ("system", "code", "target", "match", "note", "source")}
        elsewhere[row["indicator"]].append(Correspondence(**fields))
    read = [_indicator(row, tuple(elsewhere[row["code"]])) for row in rows("indicators.csv")]
    return MappingProxyType({one.code: one for one in sorted(read, key=lambda one: INDICATOR_KINDS.index(one.kind))})


@cache
def sectors() -> Mapping[str, Named]:
    """The twelve sectors of a community coalition by code."""
    return MappingProxyType({row["code"]: Named(row["code"], _texts(row)) for row in rows("sectors.csv")})


@cache
def organisation_kinds() -> Mapping[str, Named]:
    """Kinds of organisations by code."""
    return MappingProxyType({row["code"]: Named(row["code"], _texts(row)) for row in rows("organisation_kinds.csv")})


@cache
def strategies() -> Mapping[str, Strategy]:
    """The seven strategies for community change by code, individual before environmental."""
    return MappingProxyType(
        {
            row["code"]: Strategy(row["code"], _texts(row), row["scope"], _texts(row, "definition_"))
            for row in rows("strategies.csv")
        }
    )


def _indicator(row: Mapping[str, str], elsewhere: tuple[Correspondence, ...]) -> Indicator:
    return Indicator(
        code=row["code"],
        kind=row["kind"],
        substance=row["substance"] or None,
        unit=row["unit"],
        direction=row["direction"],
        name=_texts(row, "name_"),
        definition=_texts(row, "definition_"),
        population=row["population"],
        correspondences=elsewhere,
    )


def _texts(row: Mapping[str, str], start: str = "") -> dict[str, str]:
    return {language: row[start + language] for language in LANGUAGES if row.get(start + language)}
