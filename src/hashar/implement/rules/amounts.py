"""Money as people write it → an amount in the unit of the plan's costs."""

import re
from decimal import Decimal

from hashar.i18n.spelling import fold

_NUMBER = re.compile(
    r"\d{1,3}(?:[ '’]\d{3})+(?:[.,]\d+)?|\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3}(?:,\d{3})+\.\d+"
    r"|\d{1,3}(?:\.\d{3}){2,}(?:,\d+)?|\d{1,3}(?:\.\d{3})+,\d+|\d+(?:[.,]\d+)?"
)
_UNCLEAR = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_SPACES = re.compile("[\\s\u00a0\u202f\u2009]+")
_SCALES = {
    3: "тыс тысяч тысяча тысячи мың миң ming минг ҳазор müň мун thousand thou k",
    6: "млн миллион миллиона миллионов million mln millions миллиондар",
    9: "млрд миллиард миллиарда миллиардов milliard mlrd billion bn",
}
_ZEROS = {fold(word): zeros for zeros, words in _SCALES.items() for word in words.split()}
_MONEY = """тенге теңге тг kzt tenge сом сома сомов som kgs so'm soʻm сўм сум сумов uzs сомонӣ сомони somoni tjs манат
    маната манатов manat tmt рубль рубля рублей руб usd доллар доллара долларов сша dollars dollar евро eur euro"""
_CURRENCIES = frozenset(map(fold, _MONEY.split()))
LONGEST = 60
"""Letters of a text that can be an amount."""
MOST = Decimal(10) ** 15


def scale(unit: str) -> int:
    """Zeros of a unit: «тыс. тенге» → 3."""
    return max((_ZEROS.get(word, 0) for word in fold(unit).split()), default=0)


def read_amount(raw: object, unit: str) -> Decimal | None:
    """An amount in ``unit``; None: it is no amount, below zero, or several numbers.

    A number without words is in the unit of the form; one with «тыс.» or «млн» of its own is converted. «1,250» may be
    one and a quarter or a thousand and more: nobody but its writer can say.
    """
    if isinstance(raw, bool) or not isinstance(raw, str | Decimal):
        return None
    if isinstance(raw, Decimal):
        return raw if raw.is_finite() and 0 <= raw < MOST else None
    text = _SPACES.sub(" ", raw).strip(" .;")
    numbers = list(_NUMBER.finditer(text)) if len(text) <= LONGEST else []
    if len(numbers) != 1 or _UNCLEAR.fullmatch(numbers[0][0]):
        return None
    before, after = text[: numbers[0].start()], text[numbers[0].end() :]
    words = fold(f"{before} {after}").split()
    if any(word not in _ZEROS and word not in _CURRENCIES for word in words) or re.search(
        r"[-−–+=@%/*]", before + after
    ):
        return None
    own = sum(_ZEROS.get(word, 0) for word in words)
    worded = bool(words)
    amount = _decimal(numbers[0][0]) * Decimal(10) ** ((own - scale(unit)) if worded else 0)
    return amount if amount < MOST else None


def _decimal(text: str) -> Decimal:
    plain = re.sub(r"[ '’]", "", text)
    last = max(plain.rfind(","), plain.rfind("."))
    grouped = len(re.findall(r"[.,]", plain)) > 1 and plain.count(plain[last]) > 1
    if last < 0 or grouped:
        return Decimal(re.sub(r"[.,]", "", plain))
    return Decimal(re.sub(r"[.,]", "", plain[:last]) + "." + plain[last + 1 :])
