"""Days as people write them in seven languages → date."""

import datetime as dt
import re
from collections.abc import Sequence
from decimal import Decimal

from hashar.i18n.spelling import fold

_STEMS: Sequence[str] = (
    "january jan январ янв қаңтар қаң yanvar yan ýanwar",
    "february feb феврал фев ақпан ақп fevral fewral few",
    "march mar март мар наурыз нау mart",
    "april apr апрел апр сәуір сәу aprel",
    "may май мая мае мамыр мам maý",
    "june jun июн маусым мау iyun iyn iýun",
    "july jul июл шілде шіл iyul iyl iýul",
    "august aug август авг тамыз там avgust avg awgust awg",
    "september sept sep сентябр сент сен қыркүйек қыркүйег қыр sentabr sentyabr sentýabr",
    "october oct октябр окт қазан қаз oktabr oktyabr okt oktýabr",
    "november nov ноябр нояб ноя қараша қар noyabr noy noýabr",
    "december dec декабр дек желтоқсан жел dekabr dek",
)
MONTHS = {fold(stem): number for number, stems in enumerate(_STEMS, start=1) for stem in stems.split()}
LONGEST = 60
"""Letters of a text that can be a day."""
LONGEST_END = 5
"""Letters that a language adds to a month: «желтоқсанда», «декабря»."""
_AROUND = """года год году г жылғы жылы жыл жылдың жылдын ж йил yil yili yilgi yilning ýyl ýylyň ýylda ý сол соли соле
    го е ое ого ші шы нчы нчи ынчы інші th st nd rd of the уми юми ум юм chi nji njy числа күні күнү kun"""
_FILLERS = frozenset(map(fold, _AROUND.split()))
"""Words that a day may carry without meaning more: «25-го декабря 2026 года», «2026 жылғы 25 желтоқсан»."""
_YEAR_FIRST = re.compile(r"(\d{4})\s*[-./]\s*(\d{1,2})\s*[-./]\s*(\d{1,2})(?:[t\s]+0?0:00(?::00)?(?:\.0+)?z?)?")
_DAY_FIRST = re.compile(r"(\d{1,2})\s*[-./,\s]\s*(\d{1,2})\s*[-./,\s]\s*(\d{4}|\d{2})")
_YEAR_END = re.compile(r"\s*(?:года|год|г|жылы|ж)\.?$")
_SERIAL_FROM, _SERIAL_TO = 36526, 73050
"""2000-01-01 and 2099-12-31 as Excel counts days."""
_EXCEL_ZERO = dt.date(1899, 12, 30)


def read_day(raw: object) -> dt.date | None:
    """The day that a cell means; None: it is no day, or could be several."""
    if isinstance(raw, dt.date):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, str | Decimal):
        return None
    text = " ".join(str(raw).split()).strip(".,; ")
    if len(text) > LONGEST:
        return None
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        days = int(text[:5])
        return _EXCEL_ZERO + dt.timedelta(days=days) if _SERIAL_FROM <= days <= _SERIAL_TO else None
    return _numbers(text) or _words(text)


def _numbers(text: str) -> dt.date | None:
    plain = _YEAR_END.sub("", text.casefold()).strip(" .,;«»\"'")
    if found := _YEAR_FIRST.fullmatch(plain):
        return _valid(int(found[1]), int(found[2]), int(found[3]))
    if found := _DAY_FIRST.fullmatch(plain):
        year = int(found[3])
        return _valid(year if year > 99 else 2000 + year, int(found[2]), int(found[1]))
    return None


def _words(text: str) -> dt.date | None:
    """A day and a year as numbers and a month as a word, in any order; other words make it unclear."""
    numbers = re.findall(r"\d+", text)
    words = [word for each in re.findall(r"[^\W\d_]+", text) if (word := fold(each)) and word not in _FILLERS]
    months = [month for word in words if (month := _month(word))]
    years = [int(each) for each in numbers if len(each) == 4]
    days = [int(each) for each in numbers if len(each) <= 2]
    if not (len(months) == len(words) == len(years) == len(days) == 1 and len(numbers) == 2):
        return None
    return _valid(years[0], months[0], days[0])


def _month(word: str) -> int:
    """1 to 12 for a month's name, its abbreviation, or a form of it; 0: none."""
    stems = [stem for stem in MONTHS if word.startswith(stem)]
    longest = max(stems, key=len, default="")
    allowed = LONGEST_END if len(longest) > 3 else 2
    return MONTHS[longest] if longest and len(word) - len(longest) <= allowed else 0


def _valid(year: int, month: int, day: int) -> dt.date | None:
    try:
        return dt.date(year, month, day) if 2000 <= year < 2100 else None
    except ValueError:
        return None
