"""Several comparisons at once: how many changes a report looks at together.

Changes of one source are one family: a profile tells how many changes it compared, and every one of them was looked at,
claimed or not. Families add up. The same comparison claimed twice counts once. Levels and coverage compare nothing.
"""

import dataclasses
import json
from collections.abc import Iterable
from typing import NamedTuple

from hashar.evaluate.contracts.claims import DetectionEvidence, EffectEvidence, Evidence, TrendEvidence
from hashar.evaluate.contracts.kept import Source, SourceKind
from hashar.evaluate.rules.storing import to_json

COMPARING = (TrendEvidence, EffectEvidence, DetectionEvidence)


class Compared(NamedTuple):
    """One comparison of a report."""

    family: str
    """Which source it comes from."""
    key: str
    """Which comparison of that source it is."""
    own: int
    """How many the source itself looked at together."""


def compared(source: Source, evidence: Evidence) -> Compared | None:
    """What a claim's evidence compares; None if it is no comparison."""
    if not isinstance(evidence, COMPARING):
        return None
    if source.kind is SourceKind.TYPED:
        numbers = {name: value for name, value in to_json(evidence).items() if name != "comparisons"}
        key = json.dumps([type(evidence).__name__, numbers], sort_keys=True)
        return Compared(f"typed {' '.join(source.stated.casefold().split())}", key, evidence.comparisons)
    family = f"{source.kind.value} {source.release or source.series}"
    return Compared(family, json.dumps(dict(source.place), sort_keys=True), evidence.comparisons)


def together(comparisons: Iterable[Compared | None]) -> int:
    """How many changes were looked at together: in each family its own number or those claimed, whichever is larger."""
    keys: dict[str, set[str]] = {}
    own: dict[str, int] = {}
    for each in comparisons:
        if each is not None:
            keys.setdefault(each.family, set()).add(each.key)
            own[each.family] = max(own.get(each.family, 1), each.own)
    return sum(max(own[family], len(found)) for family, found in keys.items())


def counted(evidence: Evidence, changes: int) -> Evidence:
    """The evidence among all changes of its report.

    A p-value that its profile adjusted for fewer is set aside: the guard adjusts the raw one for all (Bonferroni).
    """
    if not isinstance(evidence, COMPARING) or changes <= evidence.comparisons:
        return evidence
    if isinstance(evidence, TrendEvidence):
        return dataclasses.replace(evidence, comparisons=changes, p_adjusted=None)
    return dataclasses.replace(evidence, comparisons=changes)
