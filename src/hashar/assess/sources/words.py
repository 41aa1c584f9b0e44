"""Words in cells turned into a column: numbers where every cell is one, text otherwise."""

import math
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from hashar.assess.contracts.table import Column
from hashar.late import late

if TYPE_CHECKING:
    import numpy as np
else:
    np = late("numpy")

NO_VALUE = frozenset({"", ".", "NA", "N/A", "#N/A", "#NULL!", "NaN", "nan", "NULL", "null", "None"})
"""What R, Stata, SPSS, Excel and data bases write for an empty cell; in a column of numbers these are no answer."""
NO_TEXT = "NA"
"""What R and pandas take for an empty cell among words too; the others of :data:`NO_VALUE` may be answers there."""
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?")
_COMMA_NUMBER = re.compile(r"[+-]?(?:\d+[.,]?\d*|[.,]\d+)(?:[eE][+-]?\d+)?")


def numbers(words: Iterable[str], *, decimal_comma: bool = False) -> dict[str, float] | None:
    """Each different word with its number, NaN for :data:`NO_VALUE`; ``None`` when one of them is not a number."""
    pattern = _COMMA_NUMBER if decimal_comma else _NUMBER
    found: dict[str, float] = {}
    for word in set(words):
        text = word.strip()
        if text in NO_VALUE:
            found[word] = math.nan
        elif pattern.fullmatch(text):
            found[word] = float(text.replace(",", "."))
        else:
            return None
    return found


def column_of_words(name: str, words: Sequence[str]) -> Column:
    """A column of numbers if every word is a number or empty, else of words."""
    known = numbers(words)
    if known is None:
        return text_column(name, words)
    return Column(name, np.fromiter((known[word] for word in words), dtype=np.float64, count=len(words)))


def text_column(name: str, words: Sequence[str]) -> Column:
    """A column of words."""
    values = np.empty(len(words), dtype=object)
    values[:] = words
    return Column(name, values)
