"""Cells of an imported row: what a column is called, and what a cell can mean."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping

from hashar.errors import InputError
from hashar.i18n import LANGUAGES, N_
from hashar.places.rules import OPEN_AGE, TERRITORY_LEVELS
from hashar.places.rules.geometry import on_earth

LONGEST_NAME = 120
FIRST_YEAR, OLDEST = 1900, 120
MOST_PEOPLE = 10_000_000_000

_CODE = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,16}){1,2}")
_NAME_COLUMN = re.compile(rf"(?:name|adm[1-4])[ _:-]({'|'.join(LANGUAGES)})")
_BAND = re.compile(r"(\d{1,3})\s*(?:[-–—]\s*(\d{1,3})|(\+)|)")
_COLUMNS = {
    **dict.fromkeys(["code", "код", "iso_3166_2", "kato", "като", "pcode", "shapeiso"], "code"),
    **{f"adm{n}_pcode": "code" for n in (1, 2, 3, 4)},
    **dict.fromkeys(["parent", "parent_code", "within", "region", "область", "регион"], "parent"),
    **dict.fromkeys(["level", "уровень"], "level"),
    **dict.fromkeys(["kind", "type", "тип"], "kind"),
    **dict.fromkeys(["former_codes", "former_code", "old_code"], "former_codes"),
    **dict.fromkeys(["since", "until", "lon", "lat", "name"], ""),
    **dict.fromkeys(["longitude", "долгота"], "lon"),
    **dict.fromkeys(["latitude", "широта"], "lat"),
    **dict.fromkeys(["название", "наименование", "атауы", "nomi", "номи", "ady", "аталышы"], "name"),
    **dict.fromkeys(["place", "territory", "территория"], "place"),
    **dict.fromkeys(["year", "год", "жыл", "yil", "сол", "ýyl"], "year"),
    **dict.fromkeys(["sex", "gender", "пол", "жынысы", "jinsi", "ҷинс", "jynsy"], "sex"),
    **dict.fromkeys(["age", "ages", "возраст", "жасы", "yosh", "син", "ýaş"], "age"),
    **dict.fromkeys(["age_from", "возраст_от"], "age_from"),
    **dict.fromkeys(["age_to", "возраст_до"], "age_to"),
    **dict.fromkeys(["count", "population", "value", "число", "население", "численность"], "count"),
}
_SEXES = {
    **dict.fromkeys(["", "all", "both", "total", "t", "все", "всего", "оба пола", "барлығы", "jami", "ҷамъ"], "all"),
    **dict.fromkeys(
        ["female", "f", "females", "women", "girls", "женский", "женщины", "ж", "девочки", "әйел"], "female"
    ),
    **dict.fromkeys(["male", "m", "males", "men", "boys", "мужской", "мужчины", "м", "мальчики", "ер"], "male"),
}
_LEVELS = {
    **{level: level for level in TERRITORY_LEVELS if level != "country"},
    **dict.fromkeys(["", "район", "аудан", "tuman", "ноҳия", "etrap", "rayon", "raion"], "district"),
    **dict.fromkeys(["область", "облыс", "облус", "viloyat", "вилоят", "welaýat", "oblast"], "region"),
    **dict.fromkeys(["город", "қала", "шаар", "shahar", "шаҳр", "şäher", "town"], "city"),
}


def renamed(cells: Mapping[str, str], language: str) -> dict[str, str]:
    """The cells under our column names; columns that mean nothing here are left out.

    ``language`` is the language of a column called just "name". GeoJSON's ``id`` is the code when no column is.
    """
    found: dict[str, str] = {}
    for column, cell in cells.items():
        spoken = _NAME_COLUMN.fullmatch(column)
        name = f"name_{spoken[1]}" if spoken else (_COLUMNS.get(column, "") or (column if column in _COLUMNS else ""))
        if name == "name":
            name = f"name_{language}"
        if name and cell:
            found.setdefault(name, cell)
    if "id" in cells:
        found.setdefault("code", cells["id"])
    return found


def code_of(text: str, country: str) -> str:
    """A code in our form: capital letters, the country in front.

    Raises
    ------
    InputError
        It cannot be a code.

    """
    code = text.strip().upper().replace("_", "-")
    if not _CODE.fullmatch(code) and country:
        code = f"{country}-{code}"
    if not _CODE.fullmatch(code) or len(code) > 20:
        raise InputError(
            N_("“{code}” cannot be a code. Codes are the country and up to 16 letters and digits, as in KZ-751110000."),
            code=text[:40],
        )
    return code


def name_of(text: str) -> str:
    """A name without what no name has.

    Raises
    ------
    InputError
        It is too long, or looks like a formula, a tag or a control character.

    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    control = any(unicodedata.category(letter) in ("Cc", "Cf", "Co", "Cs") for letter in name)
    if len(name) > LONGEST_NAME or name[:1] in "=+@-" or set(name) & set("<>{}\\") or control:
        raise InputError(N_("“{name}” cannot be the name of a place. Correct it."), name=name[:40])
    return name


def level_of(text: str) -> str:
    """region, district (also for an empty cell) or city.

    Raises
    ------
    InputError
        No such level.

    """
    level = _LEVELS.get(text.strip().casefold())
    if level is None:
        raise InputError(N_("The level “{level}” is not known. Write region, district or city."), level=text[:40])
    return level


def date_of(text: str) -> str:
    """A day as ISO text, empty for an empty cell.

    Raises
    ------
    InputError
        It is not a day.

    """
    if not text:
        return ""
    for form in ("%Y-%m-%d", "%d.%m.%Y", "%d/%m/%Y"):
        try:
            return dt.datetime.strptime(text, form).date().isoformat()  # noqa: DTZ007  (a day of the calendar has no zone)
        except ValueError:
            continue
    raise InputError(N_("“{day}” is not a day. Write it as 2022-06-08."), day=text[:40])


def position_of(lon: str, lat: str) -> tuple[float, float] | None:
    """Longitude and latitude, None for empty cells.

    Raises
    ------
    InputError
        Not numbers, or not on the earth.

    """
    if not lon and not lat:
        return None
    try:
        point = float(lon.replace(",", ".")), float(lat.replace(",", "."))
    except ValueError:
        point = (999.0, 999.0)
    if not on_earth(*point):
        raise InputError(
            N_("“{lon}”, “{lat}” are not a longitude (−180 to 180) and a latitude (−90 to 90)."),
            lon=lon[:20],
            lat=lat[:20],
        )
    return point


def year_of(text: str, last: int) -> int:
    """A year up to ``last``.

    Raises
    ------
    InputError
        No year, or one that cannot be counted yet.

    """
    if not re.fullmatch(r"\d{4}", text) or not FIRST_YEAR <= int(text) <= last:
        raise InputError(
            N_("“{year}” is not a year between {first} and {last}."), year=text[:20], first=FIRST_YEAR, last=last
        )
    return int(text)


def sex_of(text: str) -> str:
    """All (also for an empty cell), female or male.

    Raises
    ------
    InputError
        Another word.

    """
    sex = _SEXES.get(text.strip().casefold())
    if sex is None:
        raise InputError(N_("The sex “{sex}” is not known. Write all, female or male."), sex=text[:40])
    return sex


def ages_of(band: str, first: str, last: str) -> tuple[int, int]:
    """First and last age, from one cell ("12-17", "65+", "all") or from two.

    Raises
    ------
    InputError
        Not ages, or the last before the first.

    """
    text = band.strip().casefold()
    if text in ("", "all", "total", "все", "всего"):
        text = f"{first or 0}-{last}" if last else f"{first}+" if first else "0+"
    found = _BAND.fullmatch(text)
    ages = None if found is None else (int(found[1]), OLDEST if found[3] else int(found[2] or found[1]))
    if found is None or ages is None or not ages[0] <= ages[1] <= OLDEST:
        raise InputError(
            N_("“{ages}” are not ages. Write 12-17, 65+ or leave the cell empty for all."), ages=(band or text)[:40]
        )
    return (ages[0], OPEN_AGE) if found[3] else ages


def count_of(text: str) -> int:
    """A number of people; spaces between thousands and a decimal zero are allowed.

    Raises
    ------
    InputError
        Not a whole number, or not of people on this earth.

    """
    plain = re.sub(r"[\s\u00a0\u202f]", "", text)
    plain = re.sub(r"[.,]0{1,2}$", "", plain)
    if not plain.isascii() or not plain.isdigit() or int(plain[:12]) > MOST_PEOPLE or len(plain) > 11:
        raise InputError(N_("“{count}” is not a number of people. Write a whole number."), count=text[:40])
    return int(plain)
