"""Domains: whom an estimate is about."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hashar.assess.analysis.release import Key
from hashar.i18n import Text

Ints = npt.NDArray[np.int64]

CROSS = "*"
"""Between the names of crossed groups."""


@dataclass(frozen=True, eq=False)
class Domains:
    """The levels of a group (or of crossed groups): ``codes`` (n,) index ``levels``, −1 for pupils with no level.

    The whole survey is the group ``""`` with the one level ``()``.
    """

    group: str
    label: Text
    role: str
    levels: Sequence[tuple[str, ...]]
    labels: Sequence[Text]
    codes: Ints
    territories: Sequence[str] = ()
    """Code of the territory that each level is (empty for none); none at all where no level is one."""

    def key(self, at: int, measure: str, wave: str, answer: str = "") -> Key:
        """The name under which the level ``at`` is released."""
        groups = self.group.split(CROSS) if self.group else []
        return Key.of(measure, wave, dict(zip(groups, self.levels[at], strict=True)), answer)


def everybody(rows: int) -> Domains:
    """The whole survey as a domain."""
    return Domains("", {}, "", [()], [{}], np.zeros(rows, dtype=np.int64))


def crossed(parts: Sequence[Domains], name: str) -> Domains:
    """Every combination of the levels of ``parts``, the first part varying slowest; labels joined with a comma."""
    codes = parts[0].codes
    levels, labels = list(parts[0].levels), [dict(label) for label in parts[0].labels]
    for part in parts[1:]:
        known = (codes >= 0) & (part.codes >= 0)
        codes = np.where(known, codes * len(part.levels) + part.codes, -1)
        levels = [first + second for first in levels for second in part.levels]
        labels = [_joined(first, second, ", ") for first in labels for second in part.labels]
    label = dict(parts[0].label)
    for part in parts[1:]:
        label = _joined(label, part.label, " × ")
    return Domains(name, label, "", levels, labels, codes)


def _joined(first: Text, second: Text, between: str) -> dict[str, str]:
    """Both texts in every language that either has; a missing one falls back to English or whatever there is."""
    return {
        language: between.join(_pick(text, language) for text in (first, second)) for language in {**first, **second}
    }


def _pick(text: Text, language: str) -> str:
    return text.get(language) or text.get("en") or next(iter(text.values()), "")
