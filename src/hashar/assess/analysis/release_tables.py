"""Which published numbers add up to which: the linear relations among all cells of one release.

A cell is one line that would be printed: a measure (indicator, scale, quality rule) in a wave and a domain, or one
answer of it. Cells of one measure and wave form tables (all domains that name the same groups); a table adds up to
every coarser table, whether or not that one is printed. Methods: docs/explanation/disclosure.md.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Self

import numpy as np

Domain = tuple[tuple[str, str], ...]
Groups = frozenset[str]
Term = tuple[int, float]


@dataclass(frozen=True, slots=True)
class Key:
    """The name of one cell; make it with :meth:`of`, which puts the groups of the domain in one order."""

    measure: str
    wave: str = ""
    domain: Domain = ()
    answer: str = ""

    @classmethod
    def of(cls, measure: str, wave: str = "", domain: Mapping[str, str] | None = None, answer: str = "") -> Self:
        """The cell of ``measure`` in ``wave`` and ``domain`` (group → level; none for everybody)."""
        return cls(measure, wave, tuple(sorted((domain or {}).items())), answer)

    @property
    def family(self) -> tuple[str, str, str]:
        """Cells of one family are the same number in different domains."""
        return self.measure, self.wave, self.answer


@dataclass(frozen=True, slots=True)
class Nesting:
    """Levels of ``child`` (places) that make up the levels of ``parent`` (regions)."""

    child: str
    parent: str
    of: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Relation:
    """Σ coefficient × cell is a known constant, or, if ``at_least``, never below 0.

    Where the parts of the cell ``whole`` are summed, pupils whose level is unknown are the remainder.
    """

    terms: Sequence[Term]
    at_least: bool = False
    whole: int | None = None


def relations(
    keys: Sequence[Key],
    *,
    nestings: Sequence[Nesting],
    yes_answers: Mapping[str, Sequence[str]],
    bounds: Sequence[tuple[Mapping[str, float], Mapping[str, float]]],
) -> list[Relation]:
    """Every relation among ``keys``.

    ``yes_answers`` is measure → the answers that count as "yes". A bound is (larger, smaller), each measure →
    coefficient: Σ larger ≥ Σ smaller holds in every wave and domain.
    """
    index = {key: at for at, key in enumerate(keys)}
    found = list(_domain_relations(keys, nestings))
    found += _answer_relations(index, yes_answers)
    found += _bound_relations(index, bounds)
    return found


def _domain_relations(keys: Sequence[Key], nestings: Sequence[Nesting]) -> Iterator[Relation]:
    families: dict[tuple[str, str, str], dict[Groups, dict[Domain, int]]] = {}
    for at, key in enumerate(keys):
        groups = frozenset(group for group, _ in key.domain)
        families.setdefault(key.family, {}).setdefault(groups, {})[key.domain] = at
    for tables in families.values():
        for fine in tables:
            for coarse in _covered(fine, tables, nestings):
                yield from _margin(tables[fine], tables[coarse], _projection(coarse, nestings))
        for one, two in combinations(tables, 2):
            shared = _closure(one, nestings) & _closure(two, nestings)
            comparable = one <= _closure(two, nestings) or two <= _closure(one, nestings)
            printed = any(
                _closure(table, nestings) == shared and _complete(tables[one], tables[table], table, nestings)
                for table in tables
            )
            if not comparable and not printed:
                yield from _common_margin(tables[one], tables[two], _projection(shared, nestings))


def _closure(groups: Groups, nestings: Sequence[Nesting]) -> Groups:
    """The groups whose level is known once those of ``groups`` are; nestings are followed upwards."""
    known = set(groups)
    for _ in nestings:
        known |= {nesting.parent for nesting in nestings if nesting.child in known}
    return frozenset(known)


def _covered(fine: Groups, tables: Mapping[Groups, Mapping[Domain, int]], nestings: Sequence[Nesting]) -> list[Groups]:
    """The coarser tables directly below ``fine``: the others follow from these, if no level is missing there."""
    below = [table for table in tables if table != fine and table <= _closure(fine, nestings)]
    steps = [table for table in below if _complete(tables[fine], tables[table], table, nestings)]
    return [table for table in below if not any(table != step and table <= _closure(step, nestings) for step in steps)]


def _complete(
    fine: Mapping[Domain, int], coarse: Mapping[Domain, int], groups: Groups, nestings: Sequence[Nesting]
) -> bool:
    """Whether every margin of ``fine`` that belongs to the coarser table ``groups`` is printed there."""
    return _sums(fine, _projection(groups, nestings)).keys() <= coarse.keys()


def _projection(onto: Groups, nestings: Sequence[Nesting]) -> Callable[[Domain], Domain | None]:
    def project(domain: Domain) -> Domain | None:
        levels = dict(domain)
        for _ in nestings:
            for nesting in nestings:
                if nesting.child in levels and levels[nesting.child] in nesting.of:
                    levels.setdefault(nesting.parent, nesting.of[levels[nesting.child]])
        if not onto <= levels.keys():
            return None
        return tuple(sorted((group, levels[group]) for group in onto))

    return project


def _sums(table: Mapping[Domain, int], project: Callable[[Domain], Domain | None]) -> dict[Domain, list[int]]:
    sums: dict[Domain, list[int]] = {}
    for domain, at in table.items():
        onto = project(domain)
        if onto is not None:
            sums.setdefault(onto, []).append(at)
    return sums


def _margin(
    fine: Mapping[Domain, int], coarse: Mapping[Domain, int], project: Callable[[Domain], Domain | None]
) -> Iterator[Relation]:
    for domain, parts in _sums(fine, project).items():
        if domain in coarse:
            yield Relation([*((at, 1.0) for at in parts), (coarse[domain], -1.0)], whole=coarse[domain])


def _common_margin(
    one: Mapping[Domain, int], two: Mapping[Domain, int], project: Callable[[Domain], Domain | None]
) -> Iterator[Relation]:
    """Two tables have the same margin even where that margin is printed nowhere."""
    left, right = _sums(one, project), _sums(two, project)
    for domain in left.keys() & right.keys():
        yield Relation([*((at, 1.0) for at in left[domain]), *((at, -1.0) for at in right[domain])])


def _answer_relations(index: Mapping[Key, int], yes_answers: Mapping[str, Sequence[str]]) -> Iterator[Relation]:
    """All answers add up to n, which is known; the "yes" answers add up to the measure's own count."""
    blocks: dict[Key, list[Key]] = {}
    for key in index:
        if key.answer:
            blocks.setdefault(Key(key.measure, key.wave, key.domain), []).append(key)
    for whole, answers in blocks.items():
        yield Relation([(index[key], 1.0) for key in answers])
        yes = [(index[key], 1.0) for key in answers if key.answer in yes_answers.get(whole.measure, ())]
        if yes and whole in index:
            yield Relation([*yes, (index[whole], -1.0)])


def _bound_relations(
    index: Mapping[Key, int], bounds: Sequence[tuple[Mapping[str, float], Mapping[str, float]]]
) -> Iterator[Relation]:
    places: dict[str, list[Key]] = {}
    for key in index:
        if not key.answer:
            places.setdefault(key.measure, []).append(key)
    for larger, smaller in bounds:
        terms = {**larger, **{measure: -factor for measure, factor in smaller.items()}}
        for place in places.get(next(iter(larger)), ()):
            cells = {Key(measure, place.wave, place.domain): factor for measure, factor in terms.items()}
            if all(key in index for key in cells):
                yield Relation([(index[key], factor) for key, factor in cells.items()], at_least=True)


def importance(key: Key) -> float:
    """What hiding this cell would cost the reader: the overall total most, one answer or a crossing least."""
    if key.answer:
        return 1.0
    return float(np.array([1000.0, 10.0, 1.0])[min(len(key.domain), 2)])
