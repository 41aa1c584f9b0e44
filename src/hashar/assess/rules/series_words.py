"""Words that official tables of the region use, in seven languages, folded to compare."""

import re
import unicodedata

from hashar.assess.contracts.series_import import Cell

MONTHS: tuple[tuple[str, ...], ...] = (
    ("january", "jan", "январь", "января", "янв", "қаңтар", "yanvar", "ýanwar", "январ", "үчтүн айы"),
    ("february", "feb", "февраль", "февраля", "фев", "ақпан", "fevral", "fewral", "феврал"),
    ("march", "mar", "март", "марта", "мар", "наурыз", "mart"),
    ("april", "apr", "апрель", "апреля", "апр", "сәуір", "aprel", "апрел"),
    ("may", "май", "мая", "мамыр", "maý"),
    ("june", "jun", "июнь", "июня", "июн", "маусым", "iyun", "iýun"),
    ("july", "jul", "июль", "июля", "июл", "шілде", "iyul", "iýul"),
    ("august", "aug", "август", "августа", "авг", "тамыз", "avgust", "awgust"),
    ("september", "sep", "sept", "сентябрь", "сентября", "сен", "қыркүйек", "sentyabr", "sentýabr", "сентябр"),
    ("october", "oct", "октябрь", "октября", "окт", "қазан", "oktyabr", "oktýabr", "октябр"),
    ("november", "nov", "ноябрь", "ноября", "ноя", "қараша", "noyabr", "noýabr", "ноябр"),
    ("december", "dec", "декабрь", "декабря", "дек", "желтоқсан", "dekabr", "декабр"),
)
YEARS = (
    "year",
    "г",
    "год",
    "года",
    "гг",
    "жыл",
    "жылы",
    "жылдың",
    "жылдын",
    "yil",
    "yili",
    "сол",
    "соли",
    "ýyl",
    "ýyly",
)
QUARTERS = ("q", "quarter", "кв", "квартал", "квартала", "тоқсан", "чейрек", "chorak", "семоҳа", "çärýek")
HALVES = ("h", "half", "полугодие", "полугодия", "жартыжылдық", "жарым", "yarim", "нимсола", "ýarym", "half-year")
SPANS = ("months", "month", "мес", "месяц", "месяца", "месяцев", "ай", "айда", "oy", "моҳ", "aý")

TOTALS = frozenset(
    (
        *("total", "totals", "all", "sum", "итого", "всего", "всего по стране", "барлығы", "жиыны", "бардыгы"),
        *("жалпы", "jami", "hammasi", "ҷамъ", "ҷамъи", "ҳамагӣ", "jemi", "hemmesi", "в том числе", "both", "оба пола"),
    )
)
NO_NUMBER = frozenset(
    (
        *("", "…", "...", "..", ".", "x", "х", "n/a", "na", "#n/a", "nan", "null", "none", "not available", "no data"),
        *("н/д", "нд", "н.д.", "нет данных", "нет свед.", "нет сведений", "мәлімет жоқ", "маалымат жок"),
        *("maʼlumot yoʻq", "ma'lumot yo'q", "маълумот нест", "maglumat ýok"),
    )
)
DASHES = frozenset("-–—−‐")

HEADERS: dict[str, tuple[str, ...]] = {
    "territory": (
        *("iso", "iso 3166 2", "country code", "code", "kato", "като", "soato", "territory", "region", "oblast"),
        *("province", "district", "country", "city", "place", "area", "регион", "область", "территория", "страна"),
        *("район", "город", "код", "өңір", "облыс", "аумақ", "аймак", "облус", "аймақ", "hudud", "viloyat"),
        *("ҳудуд", "вилоят", "минтақа", "ýer", "welaýat", "наименование"),
    ),
    "period": ("year", "period", "date", "time", "год", "период", "дата", "жыл", "yil", "сол", "ýyl", "мезгил", "davr"),
    "part": (
        "month",
        "quarter",
        "half year",
        "месяц",
        "квартал",
        "полугодие",
        "ай",
        "тоқсан",
        "oy",
        "chorak",
        "моҳ",
        "aý",
    ),
    "value": (
        *("value", "values", "obs value", "count", "number", "registered", "cases", "total", "kilograms", "quantity"),
        *("значение", "количество", "число", "зарегистрировано", "всего", "мәні", "саны", "маани", "qiymat", "soni"),
        *("қимат", "шумора", "bahasy", "sany", "amount", "population"),
    ),
    "note": (
        "note",
        "notes",
        "comment",
        "примечание",
        "примечания",
        "сноска",
        "ескерту",
        "эскертүү",
        "izoh",
        "эзоҳ",
        "bellik",
    ),
    "flag": ("flag", "flags", "status", "obs status", "partial", "partial year", "provisional", "признак"),
}
BREAKDOWNS: dict[str, tuple[str, ...]] = {
    "sex": ("sex", "gender", "пол", "жынысы", "jinsi", "ҷинс", "jynsy"),
    "age": ("age", "age group", "возраст", "возрастная группа", "жасы", "жас", "yosh", "yoshi", "синну сол", "ýaş"),
    "substance": ("substance", "drug", "вещество", "наркотик", "зат", "modda", "модда", "madda"),
    "article": ("article", "статья", "бап", "берене", "modda raqami", "madda belgisi"),
}
FLAGS: dict[str, frozenset[str]] = {
    "partial": frozenset(
        (
            "partial",
            "part-year",
            "part year",
            "p/y",
            "неполный",
            "неполный год",
            "true",
            "yes",
            "1",
            "да",
            "иә",
            "ооба",
            "ha",
        )
    ),
    "provisional": frozenset(
        ("p", "prov", "provisional", "preliminary", "предварительно", "предварительные", "алдын ала")
    ),
    "estimated": frozenset(("e", "est", "estimate", "estimated", "оценка", "бағалау")),
    "break": frozenset(("b", "break", "break in series", "разрыв ряда")),
}

_SPACES = re.compile(r"[\s\u00a0\u2000-\u200b\u202f\u205f\u2060\ufeff]+")
_MARKS = re.compile(r"[\"«»“”„().,;:*_]+")


def tidy(text: str) -> str:
    """``text`` in one form of Unicode, its runs of white space (thin and hard ones too) single."""
    return _SPACES.sub(" ", unicodedata.normalize("NFKC", text)).strip()


def text_of(cell: Cell) -> str:
    """A cell as text: whole numbers without a decimal point."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell))


def fold(text: str) -> str:
    """``text`` as it is compared: small letters, no quotation marks, stops or brackets, one kind of dash."""
    small = tidy(text).casefold().replace("ё", "е")
    small = re.sub(r"[ʻʼ‘’`´]", "'", small)
    small = re.sub(r"[‐‑‒–—−]", "-", small)
    return _SPACES.sub(" ", _MARKS.sub(" ", small)).strip()


def is_total(text: str) -> bool:
    """Whether a cell says that its row is a total."""
    folded = fold(text)
    return folded in TOTALS or folded.split(" ")[0] in ("итого", "всего", "total", "барлығы", "jami", "jemi")


def says_nothing(text: str) -> bool:
    """Whether a cell says that there is no number."""
    return tidy(text).casefold() in NO_NUMBER
