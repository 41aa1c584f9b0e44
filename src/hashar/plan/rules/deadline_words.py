"""The words of deadlines in Russian, Kazakh and English, as patterns over a folded text (small letters, ё as е)."""

import re
from collections.abc import Mapping, Sequence

from hashar.plan.contracts.official import Every

MONTH_STEMS: Sequence[tuple[str, ...]] = (
    ("январ", "қаңтар", "january"),
    ("феврал", "ақпан", "february"),
    ("март", "наурыз", "march"),
    ("апрел", "сәуір", "april"),
    ("май", "мая", "мае", "маю", "мамыр", "may"),
    ("июн", "маусым", "june"),
    ("июл", "шілде", "july"),
    ("август", "тамыз", "august"),
    ("сентябр", "қыркүйек", "қыркүйег", "september"),
    ("октябр", "қазан", "october"),
    ("ноябр", "қараша", "november"),
    ("декабр", "желтоқсан", "december"),
)
NUMBER_STEMS: Sequence[tuple[str, ...]] = (
    ("перв", "бірінші", "first"),
    ("втор", "екінші", "second"),
    ("трет", "үшінші", "third"),
    ("четверт", "төртінші", "fourth"),
)
ROMANS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}

M = r"\b(?:" + "|".join(stem for stems in MONTH_STEMS for stem in stems) + r")\w*"
Y = r"\b(?:20\d\d)\b"
YEAR_WORD = r"(?:\s*-?(?:годов|годах|годы|года|году|год|гг|г|жылдары|жылдар|жылғы|жылдың|жылы|жыл|ж)\b\.?)?"
YS = rf"{Y}(?:\s*(?:,|\bи\b|\bжәне\b|\band\b)\s*{Y})*"
"""One year or a list of them."""
N = r"(?:\b(?:iii|ii|iv|i|[1-4])\b(?:-?(?:й|ый|ой|го|ом|м|му|ші|шы)\b)?|\b(?:" + (
    "|".join(stem for stems in NUMBER_STEMS for stem in stems) + r")\w*)"
)
JOIN = r"\s*(?:,|-|\bи\b|\bжәне\b|\bмен\b|\band\b)\s*"
NS = rf"{N}(?:{JOIN}{N})*"
QUARTER = r"(?:кварталы|кварталов|квартале|квартала|кварталах|квартал|кв\b\.?|тоқсан\w*|quarters?)"
HALF = r"(?:полугоди\w*|жарты\s?жыл\w*|half[- ]?year|half)"
D = r"\b(?:[12]\d|3[01]|0?[1-9])(?:-?(?:го|е|ге|ға|і|ы|ші|шы|th|st|nd|rd))?"

NUMERIC_DATE = re.compile(rf"\b(\d{{1,2}})[./](\d{{1,2}})[./](20\d\d)\b{YEAR_WORD}")
ISO_DATE = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
SPAN_OF_DAYS = re.compile(
    rf"\b(?:с|from)\s+(?P<d1>{D})\s+(?P<m1>{M})(?:\s+(?P<y1>{Y}){YEAR_WORD})?\s+(?:по|до|to|until)\s+"
    rf"(?P<d2>{D})\s+(?P<m2>{M})\s+(?P<y2>{Y}){YEAR_WORD}"
)
DATE = re.compile(rf"(?P<d>{D})\s+(?P<m>{M}),?\s+(?:of\s+)?(?P<y>{YS}){YEAR_WORD}")
DATE_YEAR_FIRST = re.compile(rf"(?P<y>{Y}){YEAR_WORD}\s*(?P<d>{D})\s*-?\s*(?P<m>{M})")
DATE_MONTH_FIRST = re.compile(rf"(?P<m>{M})\s+(?P<d>{D}),\s*(?P<y>{Y})")
SPAN_OF_MONTHS = re.compile(rf"(?P<m1>{M})(?:\s+(?P<y1>{Y}){YEAR_WORD})?\s*-\s*(?P<m2>{M})\s+(?P<y2>{Y}){YEAR_WORD}")
QUARTERS_YEAR = re.compile(rf"(?P<n>{NS})\s*-?\s*{QUARTER}\s*(?:of\s+)?(?P<y>{YS}){YEAR_WORD}")
YEAR_QUARTERS = re.compile(rf"(?P<y>{Y}){YEAR_WORD}\s*[-:,]?\s*(?P<n>{NS})\s*-?\s*{QUARTER}")
Q_YEAR = re.compile(rf"\bq(?P<n>[1-4])\s*(?:of\s+)?(?P<y>{Y})")
HALVES_YEAR = re.compile(rf"(?P<n>{NS})\s*-?\s*{HALF}\s*(?:of\s+)?(?P<y>{YS}){YEAR_WORD}")
YEAR_HALVES = re.compile(rf"(?P<y>{Y}){YEAR_WORD}\s*[-:,]?\s*(?P<n>{NS})\s*-?\s*{HALF}")
MONTH_YEAR = re.compile(rf"(?P<m>{M})\s+(?P<y>{YS}){YEAR_WORD}")
YEAR_MONTH = re.compile(rf"(?P<y>{Y}){YEAR_WORD}\s*[-:,]?\s*(?P<m>{M})(?:\s*ай\w*)?")
QUARTERS = re.compile(rf"(?P<n>{NS})\s*-?\s*{QUARTER}")
HALVES = re.compile(rf"(?P<n>{NS})\s*-?\s*{HALF}")
DAY_MONTH = re.compile(rf"(?P<d>{D})\s*-?\s*(?P<m>{M})")
MONTH = re.compile(rf"(?P<m>{M})")
YEARS_RANGE = re.compile(rf"(?:\b(?:с|from)\s+)?(?P<y1>{Y}){YEAR_WORD}\s*(?:-|\bпо\b|\bto\b)\s*(?P<y2>{Y}){YEAR_WORD}")
UNTIL_YEAR = re.compile(rf"\bдо\s+{Y}{YEAR_WORD}|{Y}{YEAR_WORD}ға\s+дейін|\bby\s+{Y}")
"""“until 2027” may mean its beginning or its end: nobody but a person can say."""
SINCE = re.compile(
    rf"\b(?:начиная\s+с|since|starting\s+(?:from|in))\s+(?P<y1>{Y}){YEAR_WORD}|(?P<y2>{Y}){YEAR_WORD}\s*бастап"
)
YEAR = re.compile(rf"(?P<y>{Y}){YEAR_WORD}")
FOLLOWING = re.compile(
    rf"(?P<d1>{D})\s*-?(?:числ\w+|му числу)\s*(?:месяца)?,?\s*(?:следующ\w+\s+(?:месяца\s+)?(?:за\s+отчетн\w+)?"
    r"\s*(?:кварталом|полугодием|месяцем|периодом|годом|месяца)?)"
    rf"|есепті\s+(?:тоқсаннан|айдан|жарты\s?жылдықтан|кезеңнен|жылдан)\s+кейінгі\s+айдың\s+(?P<d2>{D})(?:-?\s*\w*)?"
    rf"|(?P<d3>{D})\s+(?:day\s+)?of\s+the\s+(?:following|next)\s+month"
)
DAY_OF_MONTH = re.compile(rf"(?P<d1>{D})\s*-?числ\w+|әр\s+айдың\s+(?P<d2>{D})(?:-?\s*\w*)?")
ONCE = r"(?:не\s+(?:реже|менее)\s+)?(?:(?:одного|один|1)\s+)?раза?\s+в\s+"
EVERY: Mapping[Every, re.Pattern[str]] = {
    Every.HALF_YEAR: re.compile(
        rf"{ONCE}(?:полугодие|полгода|шесть\s+месяцев|6\s+месяцев)|\bкажд\w+\s+полугоди\w*"
        r"|(?:\b(?:2|два)\s+раза|\bдважды)\s+в\s+год|\bжарты\s?жыл(?:да|ына|дықта)\s+(?:бір|1)\s+рет"
        r"|\bжарты\s?жыл(?:дық)?\s+сайын|\bжылына\s+(?:екі|2)\s+рет|\btwice\s+a\s+year|\bhalf-?yearly"
        r"|\bevery\s+(?:half-?year|six\s+months)"
    ),
    Every.YEAR: re.compile(
        rf"\bежегодн\w*|\bкажд\w+\s+год\w*|{ONCE}год\b|\bжыл\s+сайын\w*|\bжылына\s+(?:бір|1)\s+рет"
        r"|\bannually|\byearly|\bevery\s+year|\beach\s+year|\bonce\s+a\s+year"
    ),
    Every.QUARTER: re.compile(
        rf"\bежеквартальн\w*|{ONCE}(?:квартал|три\s+месяца|3\s+месяца)|\bкажд\w+\s+квартал\w*|\bтоқсан\s+сайын\w*"
        r"|\bтоқсан(?:ына|да)\s+(?:бір|1)\s+рет|\bquarterly|\bevery\s+quarter|\bonce\s+a\s+quarter"
    ),
    Every.MONTH: re.compile(
        rf"\bежемесячн\w*|{ONCE}месяц\b|\bкажд\w+\s+месяц\w*|\bай\s+сайын\w*|\bайына\s+(?:бір|1)\s+рет|\bmonthly"
        r"|\bevery\s+month"
    ),
    Every.WEEK: re.compile(
        rf"\bеженедельн\w*|{ONCE}неделю|\bкажд\w+\s+недел\w*|\bапта\s+сайын\w*"
        r"|\bweekly|\bevery\s+week"
    ),
}
ALWAYS = re.compile(
    r"\b(?:на\s+)?постоянн(?:ой\s+основе|о\b)|\bнепрерывно|\bтұрақты(?:\s+(?:түрде|негізде))?|\bүнемі"
    r"|\b(?:on\s+an\s+)?ongoing(?:\s+basis)?|\bcontinuously|\bpermanently"
)
AS_NEEDED = re.compile(
    r"\bпо\s+мере\s+(?:необходимости|поступления)|\bпри\s+необходимости|\bқажеттілі(?:гіне|к)\s+(?:қарай|бойынша)"
    r"|\bқажет\s+болған\s+(?:жағдайда|кезде)|\bas\s+(?:needed|required|necessary)"
)
WHOLE_YEAR = re.compile(
    r"\bв\s+течение\s+(?:всего\s+)?(?:календарного\s+)?года\b|\bжыл\s+(?:бойы|ішінде)|\b(?:during|throughout)\s+the\s+year"
)
WHOLE_PLAN = re.compile(
    r"\b(?:в\s+течение|на)\s+(?:всего\s+|весь\s+)?(?:период\w*|срок\w*)(?:\s+(?:реализации|действия))?(?:\s+плана)?"
    r"|\b(?:бүкіл|барлық)\s+кезең\w*(?:\s+(?:бойы|ішінде))?|\b(?:жоспарды\s+іске\s+асыру\s+кезеңінде)"
)
_EMPTY = """до к ко не позднее в во течение срок с со по на от начиная далее затем года году год годы годов гг г ж и а
    также
    дня конца конец числа включительно момента соответственно период месяц месяца
    дейін кешіктірмей ішінде бойы жылғы жылдың жылы жыл жылдар жылдары айы айында және мен бастап кейін соңына аяғына
    мерзімі ға ге қа ке на не
    by until till before not later than of the in during from to and on end then"""
EMPTY_WORDS = frozenset(_EMPTY.split())
"""Words that add nothing to what was understood."""


def month_number(word: str) -> int:
    """1 to 12 for a word that :data:`M` matches; the longest stem decides."""
    found = [
        (len(stem), at) for at, stems in enumerate(MONTH_STEMS, start=1) for stem in stems if word.startswith(stem)
    ]
    return max(found)[1]


def ordinals(text: str) -> tuple[list[int], bool]:
    """The numbers of a list such as “ii, iv” or “i-iii”, and whether it is a span."""
    found = []
    for match in re.finditer(N, text):
        token = re.split(r"-", match[0])[0]
        named = [at for at, stems in enumerate(NUMBER_STEMS, start=1) if token.startswith(stems)]
        found.append(ROMANS.get(token) or (named[0] if named else int(token)))
    spans = re.search(rf"{N}\s*-\s*(?=(?:iii|ii|iv|i|[1-4])\b)", text) is not None and len(found) == 2
    return found, spans
