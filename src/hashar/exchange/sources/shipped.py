"""The practices that come with the program, as records."""

import hashlib
import json
from collections import defaultdict
from collections.abc import Mapping
from dataclasses import asdict, dataclass

from hashar.exchange.rules import ALL_FACTORS
from hashar.exchange.rules.ages import ages_of
from hashar.exchange.rules.evidence import evidence_of
from hashar.exchange.sources import rows

FACTS = (
    *("target_age", "target_group", "main_outcomes", "effect_size", "delivery", "cost_detail", "countries"),
    *(
        "central_asia_detail",
        "contested",
        "unodc_standards_category",
        "factor_basis",
        "key_reference",
        "doi",
        "not_seen",
    ),
)
_UNSAID = frozenset({"", "not seen", "none seen", "no", "local data not seen"})
_SOURCED: Mapping[str, frozenset[str]] = {
    "P03": frozenset({"S-R3"}),  # the source tells of aggressive, disruptive behaviour
    "P04": frozenset({"P-R10"}),  # of the four traits only sensation seeking is on the list
    "P09": frozenset({"C-R4"}),
}
"""Where the basis tells of some links only."""
_LANGUAGES = {"materials in Dutch, English, French": ("en",), "English and Spanish": ("en",)}


@dataclass(frozen=True)
class ShippedRating:
    """What a registry says."""

    registry: str
    rating: str
    year: int | None
    reading: str
    sources: tuple[str, ...]


@dataclass(frozen=True)
class ShippedPractice:
    """A practice with its facts."""

    code: str
    names: Mapping[str, str]
    settings: tuple[str, ...]
    levels: tuple[str, ...]
    age_from: int | None
    age_to: int | None
    cost: str
    languages: tuple[str, ...]
    evidence: str
    tier: str
    used_in: tuple[str, ...]
    facts: Mapping[str, str]
    sources: tuple[str, ...]
    not_rated: tuple[str, ...]
    ratings: tuple[ShippedRating, ...]
    links: Mapping[str, str]
    """Factor → basis: source or inferred."""

    @property
    def digest(self) -> str:
        """Another one whenever a fact is, or the thesaurus by which practices are found."""
        told = json.dumps([asdict(self), rows("concepts.csv")], sort_keys=True)
        return hashlib.sha256(told.encode()).hexdigest()[:32]


def shipped_practices() -> list[ShippedPractice]:
    """All practices, with their ratings and links."""
    ratings: defaultdict[str, list[ShippedRating]] = defaultdict(list)
    for row in rows("ratings.csv"):
        year = int(row["year"]) if row["year"] else None
        told = ShippedRating(row["registry"], row["rating"], year, row["reading"], _parts(row["source"], " | "))
        ratings[row["practice"]].append(told)
    return [_practice(row, tuple(ratings[row["id"]])) for row in rows("practices.csv")]


def registries() -> dict[str, tuple[str, str]]:
    """Key → name and scale of each registry."""
    return {row["registry"]: (row["name"], row["scale"]) for row in rows("registries.csv")}


def _parts(text: str, mark: str = ";") -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split(mark) if part.strip())


def _practice(row: Mapping[str, str], ratings: tuple[ShippedRating, ...]) -> ShippedPractice:
    ages = ages_of(row["target_age"])
    languages = next((told for words, told in _LANGUAGES.items() if words in row["countries"]), ())
    return ShippedPractice(
        code=row["id"],
        names={"en": row["name_en"], "ru": row["name_ru"]},
        settings=_parts(row["setting"]),
        levels=_parts(row["level"]),
        age_from=ages[0] if ages else None,
        age_to=ages[1] if ages else None,
        cost=row["cost_class"],
        languages=languages,
        evidence=evidence_of(
            lane="tested",
            tier=row["suggested_tier"],
            outcomes=row["main_outcomes"],
            readings=[rating.reading for rating in ratings],
        ),
        tier=row["suggested_tier"],
        used_in=tuple(code for code in ("KZ", "KG", "TJ", "TM", "UZ") if code in row["central_asia"]),
        facts={name: row[name] for name in FACTS if row[name].strip().lower() not in _UNSAID},
        sources=_parts(row["sources"], " | "),
        not_rated=_parts(row["ratings_not_seen"]),
        ratings=ratings,
        links=_links(row),
    )


def _links(row: Mapping[str, str]) -> dict[str, str]:
    codes = [code for column in ("risk_factors", "protective_factors") for code in _parts(row[column])]
    codes = list(dict.fromkeys(ALL_FACTORS if code.startswith(ALL_FACTORS) else code for code in codes))
    basis = row["factor_basis"]
    plain = basis.startswith("source") and "inferred" not in basis and "general terms" not in basis
    sourced = _SOURCED.get(row["id"], frozenset(codes) if plain else frozenset())
    return {code: "source" if code in sourced else "inferred" for code in codes}
