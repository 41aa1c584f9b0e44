"""What a column probably is, by its name, its labels and its values. A guess is always shown with its reason."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from hashar.assess.contracts.codebook import Code, ItemType
from hashar.assess.contracts.table import Column, MissingKind, SurveyTable
from hashar.assess.rules.levels import answered
from hashar.assess.rules.missing import kind_of_label
from hashar.i18n import N_

MANY_ANSWERS = 20
"""More different answers than this are a number or an identifier, not a question with listed answers."""
TYPICAL_MISSING = frozenset({-9.0, -8.0, -7.0, -1.0, 7.0, 8.0, 9.0, 97.0, 98.0, 99.0, 997.0, 998.0, 999.0, 9999.0})


class Role(StrEnum):
    """What a column that is no question is for."""

    WEIGHT = "weight"
    STRATUM = "stratum"
    CLUSTER = "cluster"
    PLACE = "place"
    LANGUAGE = "language"
    SCHOOL = "school"
    CLASS = "class"
    SEX = "sex"
    GRADE = "grade"
    AGE = "age"
    IDENTIFIER = "identifier"


_NAMES: Mapping[Role, str] = {
    Role.WEIGHT: r"weights?|wt|wgt|pweight|final_?wt|w_?final|вес|веса|салмақ|салмак|vazn|вазн|agram",
    Role.STRATUM: r"strat(um|a)?|stratum_?id|страт(а|ум)?|қабат|катмар|qatlam",
    Role.CLUSTER: r"psu|cluster(_?id)?|класт(ер|ер_?id)?|klaster",
    Role.PLACE: (
        r"place|community|region|oblast|province|district|city|rayon|область|регион|район|город|место|"
        r"облыс|аудан|қала|облус|шаар|viloyat|tuman|shahar|вилоят|ноҳия|шаҳр|welaýat|welayat|etrap|şäher"
    ),
    Role.LANGUAGE: r"lang(uage)?|язык|тіл|тил|til|забон|dil",
    Role.SCHOOL: r"school(_?id)?|школа|мектеп|maktab|мактаб|mekdep",
    Role.CLASS: r"class(_?id)?|classroom|klass",
    Role.SEX: r"sex|gender|пол|жыныс[ыі]?|jins|ҷинс|jyns",
    Role.GRADE: r"grade|класс|сынып|sinf|синф|synp",
    Role.AGE: r"age|возраст|жас[ы]?|жаш[ы]?|yosh|yoshi|син|ýaş|ýaşy",
    Role.IDENTIFIER: r"(resp(ondent)?_?)?id|caseid|serial|uuid|номер|анкета|қатар",
}
_LABELS: Mapping[Role, str] = {
    Role.WEIGHT: r"(analysis|final|sampling|survey|design|person) weight|весовой|^вес$",
    Role.STRATUM: r"\bstrat(um|a)\b|страта",
    Role.CLUSTER: r"primary sampling unit|первичная единица отбора",
    Role.SEX: r"\b(your sex|gender)\b|^sex\b|ваш пол|^пол\b|жынысыңыз|жынысыңар|jinsingiz|ҷинси шумо",
    Role.GRADE: r"what grade|which grade|в каком классе|нешінші сыныпта|кайсы класста|nechanchi sinf",
    Role.AGE: r"how old are you|^age\b|сколько .*лет|ваш возраст|жасыңыз|жашыңыз|yoshingiz",
}
_YES = re.compile(r"yes|да|иә|ия|ооба|ha|ҳа|hawa|true|1", re.IGNORECASE)
_NO = re.compile(r"no|нет|жоқ|жок|yo[ʻ'’]q|не|ýok|false|0", re.IGNORECASE)
_NEVER = re.compile(
    r"^(0|none)\b|\bnever\b|did not|никогда|ни разу|не употреб|не кур|не пил|не пробовал|ешқашан|эч качан|"
    r"hech qachon|ҳеҷ гоҳ|ҳеч гоҳ|hiç haçan",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"\d.*\b(times?|days?|occasions?|раза?|дн(я|ей)|день|рет|күн|жолу|marta|kun|маротиба|рӯз|gezek|gün)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(
    r"\d.*\b(years?|лет|года?|жас|жаш|yosh|сол(а|агӣ)|ýaş)|or younger|\d+\s*(лет|жас|жаш)", re.IGNORECASE
)
_FIRST = re.compile(
    r"first|initiat|begin|began|впервые|первый раз|алғаш|биринчи жолу|birinchi marta|ilk bor|бори аввал|ilkinji",
    re.IGNORECASE,
)


@dataclass(frozen=True, eq=False)
class Answers:
    """What a column holds: each answer with its count, and the codes that are no answer."""

    counts: Mapping[Code, int]
    labels: Mapping[Code, str]
    missing: Mapping[Code, MissingKind]
    doubtful: Sequence[Code]
    """Codes among ``missing`` that only look like a missing code (99 without a label)."""


@dataclass(frozen=True)
class ItemGuess:
    """What kind of question a column is, which codes are yes and no, and why that is thought."""

    item_type: ItemType
    statistic: str
    yes: Sequence[Code]
    no: Sequence[Code]
    reason: str
    """A msgid."""


def role_of(column: Column) -> Role | None:
    """The role that the column's name or label claims."""
    name = column.name.strip().lower()
    for role, pattern in _NAMES.items():
        if re.fullmatch(rf"(?:{pattern})(?:_?\d{{1,4}})?", name):
            return role
    label = column.label.strip()
    for role, pattern in _LABELS.items():
        asked_of_first_use = role is Role.AGE and _FIRST.search(label)
        if not asked_of_first_use and re.search(pattern, label, re.IGNORECASE):
            return role
    return None


def could_weigh(column: Column) -> bool:
    """Whether the values can be weights: numbers above 0, none missing."""
    if column.is_text:
        return False
    numbers = column.values.astype(np.float64)
    return bool(answered(column).all() and (numbers > 0).all())


def looks_like_weights(column: Column) -> bool:
    """Positive, complete, not whole, many different: hardly anything else in a survey looks so."""
    if not could_weigh(column):
        return False
    numbers = column.values.astype(np.float64)
    return len(np.unique(numbers)) > 10 and bool((numbers != np.round(numbers)).any())


def repeats_across(clusters: Column, strata: Column) -> bool:
    """Whether a cluster code occurs in two strata, so that clusters have to be nested."""
    pairs = _pairs(clusters, strata)
    return len(pairs) > len({cluster for cluster, _ in pairs})


def stands_alone(clusters: Column, strata: Column) -> bool:
    """Whether some stratum has a single cluster, which leaves its variance unknown."""
    counts = Counter(stratum for _, stratum in _pairs(clusters, strata))
    return 1 in counts.values()


def _pairs(clusters: Column, strata: Column) -> set[tuple[str, str]]:
    inside = answered(clusters) & answered(strata)
    return {(str(a), str(b)) for a, b in zip(clusters.values[inside], strata.values[inside], strict=True)}


def answers_of(column: Column) -> Answers:
    """Answers and missing codes: what the file declares, what a label says, and what only looks like one."""
    there = answered(column)
    counts = _counts(column, there)
    missing: dict[Code, MissingKind] = {
        code: kind_of_label(column.value_labels.get(code, "")) or MissingKind.NO_ANSWER
        for code in (*column.missing_codes, *_in_ranges(column), *_tags(column))
    }
    for code, label in column.value_labels.items():
        kind = kind_of_label(label)
        if kind is not None and code not in missing:
            missing[code] = kind
    doubtful = _doubtful(column, counts, missing)
    missing |= dict.fromkeys(doubtful, MissingKind.NO_ANSWER)
    kept = {code: count for code, count in counts.items() if code not in missing}
    labels = {code: label for code, label in column.value_labels.items() if code not in missing}
    return Answers(counts=kept, labels=labels, missing=missing, doubtful=doubtful)


def _counts(column: Column, there: npt.NDArray[np.bool_]) -> dict[Code, int]:
    if column.is_text:
        words, counts = np.unique(np.array([str(word).strip() for word in column.values[there]]), return_counts=True)
        return {str(word): int(count) for word, count in zip(words, counts, strict=True) if word}
    numbers, counts = np.unique(column.values[there].astype(np.float64), return_counts=True)
    return {float(number): int(count) for number, count in zip(numbers, counts, strict=True)}


def _in_ranges(column: Column) -> list[Code]:
    numbers = np.array([]) if column.is_text else np.unique(column.values.astype(np.float64))
    inside: list[Code] = []
    for low, high in column.missing_ranges:
        inside += [float(number) for number in numbers if low <= number <= high]
    return inside


def _tags(column: Column) -> list[Code]:
    return [] if column.tags is None else sorted(set(column.tags.tolist()) - {""})


def _doubtful(column: Column, counts: Mapping[Code, int], missing: Mapping[Code, MissingKind]) -> list[Code]:
    """A typical missing code beyond the labelled answers: without labels nothing can be said."""
    labelled = [code for code in column.value_labels if isinstance(code, float) and code not in missing]
    if not labelled or len(counts) > MANY_ANSWERS:
        return []
    low, high = min(labelled), max(labelled)
    return [
        code
        for code in counts
        if code in TYPICAL_MISSING and code not in column.value_labels and not low <= float(code) <= high
    ]


def item_of(column: Column, answers: Answers) -> ItemGuess | None:
    """The kind of question; ``None`` for words that are no listed answers, and for a question that nobody answered."""
    if not answers.counts:
        return None
    codes = sorted({*answers.counts, *answers.labels}, key=lambda code: (isinstance(code, str), code))
    labels = {code: answers.labels.get(code, code if isinstance(code, str) else "") for code in codes}
    if len(codes) > MANY_ANSWERS:
        return None if column.is_text else _number(N_("many different numbers"))
    guess = _two_sided(codes, labels) or _with_never(column, codes, labels)
    if guess is not None:
        return guess
    if column.is_text:
        return None
    if any(labels.values()):
        return ItemGuess(ItemType.ORDERED, "mean", (), (), N_("labelled answers without an obvious “never” or “no”"))
    return _without_labels(codes)


def _two_sided(codes: Sequence[Code], labels: Mapping[Code, str]) -> ItemGuess | None:
    yes = [code for code in codes if _YES.fullmatch(labels[code].strip()) and labels[code]]
    no = [code for code in codes if _NO.fullmatch(labels[code].strip()) and labels[code]]
    if len(codes) == 2 and len(yes) == 1 and len(no) == 1:
        return ItemGuess(ItemType.YES_NO, "proportion", yes, no, N_("its answers are yes and no"))
    return None


def _with_never(column: Column, codes: Sequence[Code], labels: Mapping[Code, str]) -> ItemGuess | None:
    never = [code for code in codes if _NEVER.search(labels[code].strip())]
    rest = [code for code in codes if code not in never]
    if not never or not rest:
        return None
    if _FIRST.search(column.label) and any(_YEARS.search(labels[code]) for code in rest):
        return ItemGuess(ItemType.AGE_OF_FIRST_USE, "proportion", rest, never, N_("“never”, and ages of a first time"))
    if any(_COUNTED.search(labels[code]) for code in rest):
        return ItemGuess(ItemType.FREQUENCY_OF_USE, "proportion", rest, never, N_("“never” or 0, and counts of times"))
    return ItemGuess(ItemType.ORDERED, "proportion", rest, never, N_("“never” against all other answers"))


def _without_labels(codes: Sequence[Code]) -> ItemGuess:
    if list(codes) in ([0.0, 1.0], [0.0]):
        return ItemGuess(ItemType.YES_NO, "proportion", (1.0,), (0.0,), N_("0 and 1 without labels: 1 taken as yes"))
    if list(codes) == [1.0, 2.0]:
        return ItemGuess(ItemType.YES_NO, "proportion", (1.0,), (2.0,), N_("1 and 2 without labels: 1 taken as yes"))
    return _number(N_("numbers without labels"))


def _number(reason: str) -> ItemGuess:
    return ItemGuess(ItemType.NUMBER, "mean", (), (), reason)


def language_of(table: SurveyTable) -> str:
    """The language that the labels are written in, by the letters that only it has."""
    text = " ".join(
        [*(column.label for column in table.columns.values())]
        + [label for column in table.columns.values() for label in column.value_labels.values()]
    ).lower()
    own = {
        "tg": len(re.findall("[ҷӣӯҳ]", text)),
        "kk": len(re.findall("[әұіһғ]", text)),
        "ky": len(re.findall("[ңөү]", text)),
        "uz": len(re.findall("[og][ʻ'’‘]", text)),
        "tk": len(re.findall("[ňýşžä]", text)),
    }
    cyrillic = len(re.findall("[а-яё]", text))
    latin = len(re.findall("[a-z]", text))
    if cyrillic > latin:
        own = {language: own[language] for language in ("tg", "kk", "ky")}
        return next((language for language, count in own.items() if count > cyrillic / 100), "ru")
    own = {language: own[language] for language in ("tk", "uz")}
    return next((language for language, count in own.items() if count > max(latin, 1) / 100), "en")
