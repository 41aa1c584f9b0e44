"""Which numbers of a register others do not see: small counts, and what would give them away across the totals."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from hashar.assess.analysis.release import Key, ReleaseDraft
from hashar.assess.contracts.codebook import DisclosureSettings
from hashar.assess.contracts.published import Suppression
from hashar.assess.contracts.series import Breakdown, Measure
from hashar.errors import DisclosureError

SETTINGS = DisclosureSettings()
LEVELS = ("country", "region", "district", "town")
"""Groups of territories by how deep they lie."""
REMEMBERED = 600
"""Periods whose decision a process remembers: it is made before a transaction, and used inside."""
BELIEVABLE = 4
ROOM = 1000
"""Nobody can rule out this many times a count, plus this many: what an attacker is taken to know beforehand."""


Plain = tuple[tuple[str, ...], Breakdown, int]
"""Territory, breakdown and value of a number."""


@dataclass(frozen=True)
class Count:
    """One number of a register, with the codes of its territory from the country down."""

    id: int
    territory: tuple[str, ...]
    period: str
    breakdown: Breakdown
    value: float


def suppressed(counts: Iterable[Count], measure: Measure) -> Mapping[int, Suppression]:
    """Id → why others may not see it; ids that may be shown are missing.

    Counts below the minimum are hidden, and then the cheapest others that make them impossible to work out from the
    totals over territories and breakdowns. Each period is a release of its own, since its numbers add up to no other
    period's. Zero is shown: that nobody was registered tells nothing against anyone. Where no safe choice is found, the
    whole period is hidden. Amounts and shares are about no person.
    """
    if measure not in (Measure.PEOPLE, Measure.EVENTS):
        return {}
    periods: defaultdict[str, list[Count]] = defaultdict(list)
    for each in counts:
        periods[each.period].append(each)
    found: dict[int, Suppression] = {}
    for part in periods.values():
        found |= _of_period(part)
    return found


def _of_period(counts: Sequence[Count]) -> Mapping[int, Suppression]:
    """The reasons of one period; what was decided lately for the same numbers is remembered."""
    ordered = sorted(counts, key=lambda each: (each.territory, each.breakdown))
    reasons = _decided(tuple((each.territory, each.breakdown, int(each.value)) for each in ordered))
    return {each.id: reason for each, reason in zip(ordered, reasons, strict=True) if reason is not None}


@lru_cache(maxsize=REMEMBERED)
def _decided(counts: tuple[Plain, ...]) -> tuple[Suppression | None, ...]:
    if not any(0 < value < SETTINGS.minimum_count for _, _, value in counts):
        return (None,) * len(counts)
    draft = ReleaseDraft(SETTINGS)
    for child, parent in pairwise(reversed(LEVELS)):
        depth = LEVELS.index(child) + 1
        deep = [territory for territory, _, _ in counts if len(territory) >= depth]
        draft.nest(child=child, parent=parent, of={_path(t, depth): _path(t, depth - 1) for t in deep})
    keys = [Key.of("registered", "", _domain(territory, breakdown)) for territory, breakdown, _ in counts]
    for key, (_, _, value) in zip(keys, counts, strict=True):
        draft.count(key, value, of=value * BELIEVABLE + ROOM)
    try:
        released = draft.release()
    except DisclosureError:
        return (Suppression.COMPLEMENTARY,) * len(counts)
    return tuple(released.count(key).suppressed for key in keys)


def _domain(territory: tuple[str, ...], breakdown: Breakdown) -> Mapping[str, str]:
    depth = min(len(territory), len(LEVELS))
    place = {LEVELS[depth - 1]: _path(territory, depth)}
    return place | {f"breakdown:{key}": level for key, level in breakdown}


def _path(territory: tuple[str, ...], depth: int) -> str:
    """The codes down to a depth; all of them at the deepest, so that a city inside a district stays apart."""
    return "/".join(territory if depth == len(LEVELS) else territory[:depth])
