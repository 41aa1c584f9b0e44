"""The data shipped with the program: territories, boundaries and populations of the five countries."""

import csv
import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources

from hashar.i18n import LANGUAGES
from hashar.places.rules import OPEN_AGE
from hashar.places.sources.topojson import geometries

TERRITORY_FILES = {
    "countries.csv": ("Unicode CLDR (names)", "Unicode License"),
    "territories_kz.csv": ("© OCHA, geokz (COD-AB 2024)", "CC BY 4.0"),
    "territories_osm.csv": ("© OpenStreetMap contributors", "ODbL 1.0"),
}
"""File, source, licence. OpenStreetMap's data keep to their own file: share-alike of the database."""
BOUNDARY_FILES = {"boundaries_kz.topojson": "territories_kz.csv", "boundaries_osm.topojson": "territories_osm.csv"}
COUNTRY_OF = {"KAZ": "KZ", "KGZ": "KG", "TJK": "TJ", "TKM": "TM", "UZB": "UZ"}


@dataclass(frozen=True)
class ShippedTerritory:
    """One row of the territory files."""

    code: str
    parent: str
    level: str
    kind: str
    former_codes: Sequence[str]
    other_codes: Mapping[str, str]
    since: dt.date | None
    lon: float
    lat: float
    names: Mapping[str, str]
    machine_made: Sequence[str]
    other_names: Sequence[str]
    source: str
    licence: str


@dataclass(frozen=True)
class ShippedOutline:
    """A boundary and the words its licence asks for."""

    geometry: Mapping[str, object]
    attribution: str


@dataclass(frozen=True)
class ShippedPopulation:
    """One count."""

    source: str
    code: str
    year: int
    sex: str
    count: int
    includes: Sequence[str] = ()
    age_from: int = 0
    age_to: int = OPEN_AGE


def shipped_territories() -> Iterator[ShippedTerritory]:
    """All territories, parents first."""
    for name, (source, licence) in TERRITORY_FILES.items():
        for row in rows(name):
            yield ShippedTerritory(
                code=row["code"],
                parent=row["parent"],
                level=row["level"],
                kind=row["kind"],
                former_codes=[code for code in (row["former_codes"],) if code],
                other_codes={"KATO": row["kato"]} if row["kato"] else {},
                since=dt.date.fromisoformat(row["since"]) if row["since"] else None,
                lon=float(row["lon"]),
                lat=float(row["lat"]),
                names={language: row[f"name_{language}"] for language in LANGUAGES},
                machine_made=row["machine_made"].split(),
                other_names=[name for name in row["other_names"].split(";") if name],
                source=source,
                licence=licence,
            )


@cache
def shipped_outlines() -> Mapping[str, ShippedOutline]:
    """Boundaries by code."""
    found = {}
    for name, territories in BOUNDARY_FILES.items():
        words = ", ".join(TERRITORY_FILES[territories])
        for code, geometry in geometries(json.loads(_text(name))).items():
            found[code] = ShippedOutline(geometry, words)
    return found


def shipped_populations() -> Iterator[ShippedPopulation]:
    """Kazakhstan by region and year, 2023 by sex too, and the five countries' totals."""
    names = {row["region_ru"]: row["code"] for row in rows("kz_region_names.csv")}
    former = list(rows("population_scope.csv"))
    for row in rows("kz_population_by_region_2000_on.csv"):
        code, year = names[row["region_ru"]], int(row["year"])
        held = [one["includes"] for one in former if one["code"] == code and year <= int(one["until_year"])]
        yield ShippedPopulation("kz_by_year", code, year, "all", round(float(row["population"])), held)
    for row in rows("kz_population_2023_by_region.csv"):
        for sex, column in (("all", "Total"), ("male", "Males"), ("female", "Females")):
            yield ShippedPopulation("kz_by_sex", row["iso_3166_2"], 2023, sex, int(row[column]))
    for row in rows("worldbank_population_central_asia.csv"):
        code = COUNTRY_OF[row["Country Code"]]
        yield ShippedPopulation("world_bank", code, int(row["Year"]), "all", int(row["Value"]))


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a shipped CSV file."""
    return list(csv.DictReader(_text(name).splitlines()))


def _text(name: str) -> str:
    return (resources.files("hashar.places") / "data" / name).read_text(encoding="utf-8-sig")
