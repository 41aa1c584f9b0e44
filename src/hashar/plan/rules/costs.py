"""Costs and sources of funds as plans write them → sums by year. What is not understood keeps its words."""

import re
from collections.abc import Mapping
from decimal import Decimal
from functools import lru_cache

from hashar.plan.contracts.official import Cost, CostKind, Fund
from hashar.plan.rules.texts import folded

_NONE = re.compile(
    r"(?:финансировани[ея] |средств[а]? |расход(?:ы|ов) |затрат )?"
    r"не (?:требует\w*|требуют\w*|предусмотрен\w*|предполага\w+)"
    r"(?: финансирования| затрат| средств| расходов)?|без (?:затрат|финансирования|финансовых затрат)"
    r"|(?:қаржыландыру |қаражат |қаржы |шығыс(?:тар)? )?(?:ды |ны )?"
    r"(?:талап етілмейді|қажет емес|қажет етілмейді|көзделмеген)"
    r"|not required|no cost|none|нет"
)
_WITHIN = re.compile(
    r".*\b(?:в пределах (?:\w+ ){0,3}(?:средств|бюджет\w*)|за счет (?:выделенн|предусмотренн|имеющ)\w+ .*"
    r"|(?:бөлінген|көзделген|қарастырылған|бар) (?:\w+ ){0,3}(?:шегінде|есебінен)"
    r"|within (?:the )?(?:allocated|available|existing|approved)\b.*).*"
)
_DASHES = re.compile(r"[-\s.]*")
NUMBER = r"\d{1,3}(?: \d{3}(?!\d))+(?:[.,]\d+)?|\d{1,3}(?:,\d{3})+\.\d+|\d+(?:[.,]\d+)?"
_PURE = re.compile(rf"({NUMBER})")
_BY_YEAR = re.compile(rf"\b(20\d\d)(?:\s*-?(?:годы|году|год|гг|г|жылға|жылы|жыл|ж)\b\.?)?\s*[-:]\s*({NUMBER})")
_SCALES: Mapping[str, int] = {
    "тыс": 3,
    "мың": 3,
    "thou": 3,
    "миллион": 6,
    "млн": 6,
    "million": 6,
    "миллиард": 9,
    "млрд": 9,
    "billion": 9,
}
_MONEY = re.compile(
    r"(?:(?:тысяч\w*|тыс\b\.?|мың|thousand|миллион\w*|млн\b\.?|million|миллиард\w*|млрд\b\.?|billion)\s*)?"
    r"(?:тенге|теңге|тг\b\.?|kzt|₸|сомони|сом\b|сомов|сум\b|сумов|сўм|манат\w*|рубл\w*|доллар\w*(?:\s+сша)?|usd|\$|евро|eur)"
    r"|(?:тысяч\w*|тыс\b\.?|мың|thousand|миллион\w*|млн\b\.?|million|миллиард\w*|млрд\b\.?|billion)"
)
_FUND_WORDS: Mapping[Fund, str] = {
    Fund.NATIONAL: r"республиканск\w+(?: бюджет\w*)?|рб\b|республикалық(?: бюджет\w*)?|(?:national|state) budget"
    r"|государственн\w+ бюджет\w*",
    Fund.LOCAL: r"местн\w+(?: бюджет\w*)?|мб\b|жергілікті(?: бюджет\w*)?|жб\b|local budget"
    r"|(?:областн|городск|районн)\w+ бюджет\w*",
    Fund.EXTRABUDGETARY: r"внебюджетн\w+(?: средств\w*| источник\w*)?|бюджеттен тыс(?: қаражат| көздер)?\w*"
    r"|extra-?budgetary(?: funds)?",
    Fund.OWN: r"собственн\w+(?: средств\w*)?|меншікті(?: қаражат\w*)?|өз(?:інің)? қаражат\w*|own (?:funds|means)"
    r"|средства организаци\w+",
    Fund.DONORS: r"(?:средства )?донор\w*|грант\w*|donors?\w*|grants?\b|средства международных организаций"
    r"|халықаралық ұйымдар\w*(?: қаражат\w*)?|спонсорск\w+(?: средств\w*)?",
}
_FUNDS = {fund: re.compile(rf"\b(?:{pattern})") for fund, pattern in _FUND_WORDS.items()}
_OTHER = re.compile(
    r"\b(?:и|және|and|бюджет\w*|средств\w*|қаражат\w*|другие|источники|не запрещенные|законодательством)\b"
)


def unit_of(text: str) -> str:
    """The unit that a head or a cell names («тыс. тенге»), folded; empty where it names none."""
    found = _MONEY.search(folded(text))
    return found[0].strip() if found else ""


def scale_of(unit: str) -> int:
    """Zeros of a unit: тыс. → 3."""
    return max((zeros for stem, zeros in _SCALES.items() if unit.startswith(stem)), default=0)


def decimal(text: str) -> Decimal:
    """A number as written: spaces between thousands, comma or point before the decimals."""
    plain = text.replace(" ", "")
    if "," in plain and "." in plain:
        plain = plain.replace(",", "")
    return Decimal(plain.replace(",", "."))


def written(amount: Decimal) -> str:
    """A number in one form: «12 345,6»."""
    whole, _, digits = f"{amount.normalize():f}".partition(".")
    return f"{int(whole):,}".replace(",", " ") + (f",{digits}" if digits else "")


def read_cost(text: str, column_year: int | None, unit: str = "") -> Cost:
    """One cell of costs.

    Parameters
    ----------
    text
        The cell.
    column_year
        The year of its column; None: a column for all years.
    unit
        Of the column, from its head.

    """
    said = folded(text)
    if _DASHES.fullmatch(said):
        return Cost(text, CostKind.UNSTATED)
    if _PURE.fullmatch(said):
        amount = decimal(said)
        return Cost(written(amount), CostKind.AMOUNT, ((column_year, amount),))
    if _NONE.fullmatch(said.strip(" .")):
        return Cost(text, CostKind.NONE)
    if _WITHIN.fullmatch(said) and not re.search(r"\d", said):
        return Cost(text, CostKind.WITHIN_MEANS)
    return _amounts(text, said, column_year, unit)


def _amounts(text: str, said: str, column_year: int | None, unit: str) -> Cost:
    """Sums with their years or units; anything else beside them makes the cell unknown."""
    own = unit_of(said)
    factor = Decimal(10) ** (scale_of(own) - scale_of(unit)) if own and unit else Decimal(1)
    by_year = [(int(year), decimal(sum_) * factor) for year, sum_ in _BY_YEAR.findall(said)]
    rest = _MONEY.sub(" ", _BY_YEAR.sub(" ", said))
    if not by_year:
        single = re.findall(NUMBER, rest)
        if len(single) == 1:
            by_year_or_whole: list[tuple[int | None, Decimal]] = [(column_year, decimal(single[0]) * factor)]
            rest = rest.replace(single[0], " ", 1)
            if not re.search(r"\w", rest):
                return Cost(text, CostKind.AMOUNT, tuple(by_year_or_whole))
        return Cost(text, CostKind.UNKNOWN)
    if re.search(r"\w", rest):
        return Cost(text, CostKind.UNKNOWN)
    return Cost(text, CostKind.AMOUNT, tuple(by_year))


@lru_cache(maxsize=1024)
def read_funds(text: str) -> tuple[tuple[Fund, ...], str]:
    """Sources of funds, and the words that name none of those that are known."""
    rest, found = folded(text), []
    for fund, pattern in _FUNDS.items():
        if pattern.search(rest):
            found.append(fund)
            rest = pattern.sub(" ", rest)
    if _NONE.fullmatch(rest.strip(" .-,;")) or _WITHIN.fullmatch(rest):
        rest = ""
    rest = _OTHER.sub(" ", rest)
    return tuple(found), " ".join(re.findall(r"\w+", rest))
