"""What a file would do to what is stored: which numbers are new, changed, or the same."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence

from hashar.assess.contracts.series import Breakdown
from hashar.assess.contracts.series_import import Candidate, Change, Planned, Problem

Key = tuple[int, str, str]
"""Territory, period and breakdown as :func:`written`: what makes a number of a series the same number."""
Stored = Mapping[Key, tuple[float, str, str]]
"""Key → value, flag, note as they stand."""


def written(breakdown: Breakdown) -> str:
    """A breakdown as one text, the same for the same levels in any order."""
    return ";".join(f"{_safe(key)}={_safe(level)}" for key, level in sorted(breakdown))


def breakdown_of(text: str) -> Breakdown:
    """The breakdown that :func:`written` wrote."""
    pairs = [part.split("=", 1) for part in text.split(";") if part]
    return tuple((_plain(key), _plain(level)) for key, level in pairs)


def plan(candidates: Iterable[Candidate], stored: Stored) -> list[Planned]:
    """Each candidate beside the number that is stored under its key."""
    planned = []
    for each in candidates:
        before = stored.get((each.territory, each.period, written(each.breakdown)))
        if before is None:
            planned.append(Planned(each, Change.NEW))
        elif before == (each.value, each.flag.value, each.note):
            planned.append(Planned(each, Change.SAME, before[0]))
        else:
            planned.append(Planned(each, Change.CHANGED, before[0]))
    return planned


def digest_of(planned: Sequence[Planned], problems: Sequence[Problem]) -> str:
    """Stands for a preview: two previews that would store the same have the same."""
    found = hashlib.sha256()
    for each in planned:
        found.update(repr((each.candidate, each.change.value, each.before)).encode())
    for problem in problems:
        found.update(repr((problem.row, problem.column, problem.message)).encode())
    return found.hexdigest()


def _safe(text: str) -> str:
    return text.replace("%", "%25").replace(";", "%3B").replace("=", "%3D")


def _plain(text: str) -> str:
    return text.replace("%3D", "=").replace("%3B", ";").replace("%25", "%")
