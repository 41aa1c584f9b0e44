"""Two editions of a plan: which measures are the same, added, removed, and what changed in each of the same."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from hashar.plan.contracts.official import ChangeKind, Edition, FieldChange, Measure, MeasureChange
from hashar.plan.rules.texts import folded, words

SURE = 0.85
"""Texts more alike than this are the same measure, also under another number."""
SAME_NUMBER = 0.6
"""… and under the same number this much is enough."""
ASKED = 0.45
"""From here on a person is asked."""
CANDIDATES = 5


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's share of common letter triples: forgiving to endings of words."""
    return 2 * len(one & other) / (len(one) + len(other)) if one or other else 1.0


def triples(text: str) -> frozenset[str]:
    """Letter triples of a text's words."""
    return frozenset(f" {word} "[at : at + 3] for word in words(text).split() for at in range(len(word)))


def compare(before: Edition, after: Edition, said: Mapping[int, bool] | None = None) -> list[MeasureChange]:
    """What became of every measure, in the order of the new edition, removed ones at the end. Indices are of measures.

    Parameters
    ----------
    before, after
        The editions, in the same language.
    said
        Index of a new measure → whether it is the one it was taken for: what a person answered.

    """
    pairs = _Pairs(before.measures, after.measures)
    answers = said or {}
    changes, kept = [], set()
    for at in range(len(after.measures)):
        partner, alike, sure = pairs.of(at)
        sure = sure or at in answers
        if partner is None or answers.get(at) is False:
            changes.append(MeasureChange(ChangeKind.ADDED, None, at))
            continue
        kept.add(partner)
        fields = tuple(differences(before, before.measures[partner], after, after.measures[at]))
        kind = ChangeKind.CHANGED if fields else ChangeKind.SAME
        changes.append(MeasureChange(kind, partner, at, fields, alike, sure))
    gone = (at for at in range(len(before.measures)) if at not in kept)
    return [*changes, *(MeasureChange(ChangeKind.REMOVED, at, None) for at in gone)]


class _Pairs:
    """New measures with their old ones: same text first, then same number and alike, then alike."""

    def __init__(self, before: Sequence[Measure], after: Sequence[Measure]) -> None:
        self._before, self._after = before, after
        self._old = [triples(one.text) for one in before]
        self._new = [triples(one.text) for one in after]
        self._found: dict[int, tuple[int, float, bool]] = {}
        self._taken: set[int] = set()
        self._same_text()
        self._same_number()
        self._alike()

    def of(self, at: int) -> tuple[int | None, float, bool]:
        """The old measure of a new one, how alike they are, and whether that is certain."""
        return self._found.get(at, (None, 0.0, True))

    def _take(self, new: int, old: int, alike: float, *, sure: bool) -> None:
        self._found[new] = (old, alike, sure)
        self._taken.add(old)

    def _same_text(self) -> None:
        places: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self._before):
            places[folded(one.text)].append(at)
        for at, one in enumerate(self._after):
            free = [old for old in places.get(folded(one.text), ()) if old not in self._taken]
            if free:
                same = [old for old in free if self._before[old].number == one.number]
                self._take(at, (same or free)[0], 1.0, sure=True)

    def _same_number(self) -> None:
        places: dict[str, list[int]] = defaultdict(list)
        for at, one in enumerate(self._before):
            places[one.number].append(at)
        for at, one in enumerate(self._after):
            if at in self._found or not one.number:
                continue
            free = [(similarity(self._old[old], self._new[at]), old) for old in places[one.number]]
            best = max((pair for pair in free if pair[1] not in self._taken), default=(0.0, -1))
            if best[0] >= SAME_NUMBER:
                self._take(at, best[1], best[0], sure=True)

    def _alike(self) -> None:
        """Only measures that share words are compared, the likeliest first."""
        holders: dict[str, list[int]] = defaultdict(list)
        for old in range(len(self._before)):
            if old not in self._taken:
                for triple in self._old[old]:
                    holders[triple].append(old)
        scored = sorted(self._scores(holders), reverse=True)
        for alike, minus, old in scored:
            new = -minus
            if new not in self._found and old not in self._taken:
                self._take(new, old, alike, sure=alike >= SURE)

    def _scores(self, holders: Mapping[str, Sequence[int]]) -> Iterator[tuple[float, int, int]]:
        for new in range(len(self._after)):
            if new in self._found:
                continue
            rare = sorted(self._new[new], key=lambda triple: len(holders.get(triple, ())))[:20]
            counts = Counter(old for triple in rare for old in holders.get(triple, ()))
            for old, _ in counts.most_common(CANDIDATES):
                alike = similarity(self._old[old], self._new[new])
                if alike >= ASKED:
                    yield alike, -new, old


def differences(before: Edition, old: Measure, after: Edition, new: Measure) -> Iterator[FieldChange]:
    """Fields that differ by more than the layout of their words."""
    pairs = {
        "number": (old.number, new.number),
        "section": (section_of(before, old), section_of(after, new)),
        "text": (old.text, new.text),
        "form": (old.form, new.form),
        "deadline": (old.deadline, new.deadline),
        "bodies": (_bodies(old), _bodies(new)),
        "cost": (_costs(before, old), _costs(after, new)),
        "funds": (old.funds, new.funds),
        "note": (old.note, new.note),
    }
    for name, (was, now) in pairs.items():
        if _plain(was) != _plain(now):
            yield FieldChange(name, was, now)


def _plain(text: str) -> str:
    return re.sub(r"[\s,;.]+", " ", folded(text)).strip()


def section_of(edition: Edition, measure: Measure) -> str:
    """The title of a measure's section."""
    return "" if measure.section is None else edition.sections[measure.section].title


def _bodies(measure: Measure) -> str:
    return ", ".join(body.text for body in measure.bodies)


def _costs(edition: Edition, measure: Measure) -> str:
    said = [
        f"{key}: {cost.text}" if key else cost.text
        for key, cost in zip(edition.cost_columns, measure.costs, strict=False)
        if cost.text
    ]
    return "; ".join(said)
