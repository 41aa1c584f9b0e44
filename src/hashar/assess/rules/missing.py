"""Why there is no answer: the kinds of missing, from the codebook, the file and the words of its value labels."""

import re
from collections.abc import Iterable, Mapping

import numpy as np
import numpy.typing as npt

from hashar.assess.contracts.codebook import Code, MissingRule
from hashar.assess.contracts.table import Column, MissingKind

Kinds = npt.NDArray[np.int8]
SYSTEM = "system"
"""In a codebook, stands for the file's own empty cell (SPSS and Stata ".", an empty cell of a CSV)."""

_WORDS: Mapping[MissingKind, tuple[str, ...]] = {
    MissingKind.REFUSED: (
        "refus|declin|prefer not|отказ|не хочу отвечать|бас тарт|жауап бергісі келме|баш тарт",
        "rad et|javob berishdan bosh|даст каш|рад кард|jogap bermekden ýüz|ýüz öwür",
    ),
    MissingKind.DONT_KNOW: (
        "don['’]?t know|do not know|not sure|unsure|can['’]?t say|не знаю|не знает|затрудня|не уверен",
        "білмеймін|билбейм|билмейм|bilmayman|bilmeýärin|намедонам|сказать трудно|трудно сказать",
    ),
    MissingKind.NOT_ASKED: (
        "not asked|not applicable|inapplicable|skip|not administered|не задава|неприменимо|не применимо|не спрашива",
        "қолданылмайды|сұралмаған|суралган эмес|сурал(ган|бады)|колдонулбайт|soralmady|degişli däl",
        "so[ʻ'’]ralmagan|qo[ʻ'’]llanilmaydi|напурсида|татбиқнашаванда",
    ),
    MissingKind.NO_ANSWER: (
        "no answer|no response|not answered|not stated|missing|blank|unanswered|нет ответа|без ответа|не ответил",
        "пропущ|жауап жоқ|жауапсыз|жооп жок|жоопсуз|javob yo[ʻ'’]q|javobsiz|ҷавоб нест|беҷавоб|jogap ýok|jogapsyz",
    ),
    MissingKind.INVALID: ("invalid|multiple (answers|marks|responses)|out of range|неверн|недопустим",),
}
_PATTERNS = [(kind, re.compile("|".join(words), re.IGNORECASE)) for kind, words in _WORDS.items()]


def kind_of_label(label: str) -> MissingKind | None:
    """The kind that a value label such as "Refused", "не знаю" or "жауап жоқ" stands for; ``None`` for an answer."""
    return next((kind for kind, pattern in _PATTERNS if pattern.search(label)), None)


def is_code(column: Column, codes: Iterable[Code]) -> npt.NDArray[np.bool_]:
    """(n,) whether the cell holds one of ``codes``; the number 1 and the word "1" are the same code."""
    if column.is_text:
        words = {_as_word(code) for code in codes}
        different, index = _words(column)
        return np.array([word.strip() in words for word in different], dtype=np.bool_)[index]
    found: npt.NDArray[np.bool_] = np.isin(column.values.astype(np.float64), _as_numbers(codes))
    return found


def _words(column: Column) -> tuple[list[str], npt.NDArray[np.intp]]:
    """The different words of a text column, and which of them is in each row."""
    position: dict[str, int] = {}
    index = np.array([position.setdefault(str(word), len(position)) for word in column.values], dtype=np.intp)
    return list(position), index


def _as_word(code: Code) -> str:
    return f"{code:g}" if isinstance(code, float) else code.strip()


def _as_numbers(codes: Iterable[Code]) -> list[float]:
    found = []
    for code in codes:
        try:
            found.append(float(code))
        except ValueError:
            continue
    return found


def is_empty(column: Column) -> npt.NDArray[np.bool_]:
    """(n,) whether the cell is the file's own empty cell, with no tag that says why."""
    if column.is_text:
        different, index = _words(column)
        return np.array([not word.strip() for word in different], dtype=np.bool_)[index]
    empty: npt.NDArray[np.bool_] = np.isnan(column.values.astype(np.float64))
    return empty if column.tags is None else empty & (column.tags == "")


def missing_kinds(column: Column, rule: MissingRule, answers: Iterable[Code] = ()) -> Kinds:
    """(n,) :class:`MissingKind` of each cell.

    ``answers`` are codes that the codebook counts as an answer, whatever the file says of them. Then the codebook's
    rule holds, then what the file declares missing, its kind read from the value label (``NO_ANSWER`` without one).
    """
    kinds: Kinds = np.where(is_empty(column), np.int8(rule.codes.get(SYSTEM, MissingKind.NO_ANSWER)), np.int8(0))
    for code in column.missing_codes:
        kinds[is_code(column, [code])] = _kind_in_file(column, code)
    for low, high in column.missing_ranges:
        _fill_range(kinds, column, low, high)
    if column.tags is not None:
        for tag in sorted(set(column.tags.tolist()) - {""}):
            kinds[column.tags == tag] = _kind_in_file(column, tag)
    _by_codebook(kinds, column, rule.codes)
    kinds[is_code(column, answers)] = MissingKind.ANSWERED
    return kinds


def _fill_range(kinds: Kinds, column: Column, low: float, high: float) -> None:
    numbers = column.values.astype(np.float64)
    inside = (numbers >= low) & (numbers <= high)
    for code in np.unique(numbers[inside]):
        kinds[numbers == code] = _kind_in_file(column, float(code))


def _by_codebook(kinds: Kinds, column: Column, codes: Mapping[Code, MissingKind]) -> None:
    for code, kind in codes.items():
        if code == SYSTEM:
            continue
        kinds[is_code(column, [code])] = kind
        if column.tags is not None and isinstance(code, str):
            kinds[column.tags == code.lstrip(".")] = kind


def _kind_in_file(column: Column, code: Code) -> MissingKind:
    return kind_of_label(column.value_labels.get(code, "")) or MissingKind.NO_ANSWER
