"""Data quality of one wave: the codebook's rules applied, counted for the survey and for each place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hashar.assess.analysis.domains import Domains
from hashar.assess.analysis.release import Key, Released, ReleaseDraft
from hashar.assess.analysis.waves import Wave
from hashar.assess.contracts.codebook import Code, ParticipationSpec, QualityRule
from hashar.assess.contracts.profile import Participation, PlaceQuality, QualityFlag, QualityReport
from hashar.assess.contracts.table import Column
from hashar.assess.rules.levels import answered
from hashar.methods import quality

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]

QUESTIONNAIRES = "questionnaires"
EXCLUDE, REPORT = "exclude", "report"


@dataclass(frozen=True, eq=False)
class Flagged:
    """What the rules found in one wave: ``flags`` (n, rules) in the order of ``rules``."""

    rules: Sequence[QualityRule]
    flags: Flags

    @property
    def excluded(self) -> Flags:
        """(n,) questionnaires that a rule with the action "exclude" leaves out."""
        leaves_out = np.array([rule.action == EXCLUDE for rule in self.rules], dtype=np.bool_)
        excluded: Flags = np.logical_or.reduce(self.flags & leaves_out, axis=1)
        return excluded


def apply_rules(rules: Sequence[QualityRule], wave: Wave, *, fewest: int = 0) -> Flagged:
    """Apply every rule of which the wave has a column; a rule without one is left out.

    A rule that would leave out fewer than ``fewest`` questionnaires (but some) only reports: the numbers before and
    after would tell how few they are.
    """
    usable = [(rule, columns) for rule in rules if (columns := _columns(rule, wave))]
    flags = np.zeros((wave.table.rows, len(usable)), dtype=np.bool_)
    for at, (rule, columns) in enumerate(usable):
        flags[:, at] = _KINDS[rule.kind](rule, columns)
    counts = flags.sum(axis=0)
    return Flagged(
        [
            replace(rule, action=REPORT) if rule.action == EXCLUDE and 0 < count < fewest else rule
            for (rule, _), count in zip(usable, counts, strict=True)
        ],
        flags,
    )


def _columns(rule: QualityRule, wave: Wave) -> list[Column | None]:
    """The rule's columns in the order of its items, None for one that the wave lacks; empty when it lacks all."""
    names = [by_wave.get(wave.name) for by_wave in rule.variables]
    return [wave.table.columns[name] if name else None for name in names] if any(names) else []


def _dummy(rule: QualityRule, columns: Sequence[Column | None]) -> Flags:
    return quality.dummy_drug(_said(rule, "used", columns))


def _inconsistent(rule: QualityRule, columns: Sequence[Column | None]) -> Flags:
    never = _said(rule, "never", columns)
    return quality.inconsistent(never.any(axis=1), _said(rule, "use", columns))


def _impossible(rule: QualityRule, columns: Sequence[Column | None]) -> Flags:
    """Values beyond the bounds, or use of more things than anybody uses."""
    low, high = (_number(rule, key, otherwise) for key, otherwise in (("low", -np.inf), ("high", np.inf)))
    flags = quality.outside(_codes(columns), low=low, high=high)
    if "used" in rule.parameters:
        flags = flags | (_said(rule, "used", columns).sum(axis=1) >= _number(rule, "at_least", 1))
    return flags


def _straight(rule: QualityRule, columns: Sequence[Column | None]) -> Flags:
    minimum = int(_number(rule, "minimum_items", 5))
    flags = quality.straight_lined(_codes(columns), minimum_items=minimum)
    if "at" in rule.parameters:
        # All answers are the same, so the first answered item tells whether it is one of those that count.
        flags = flags & _said(rule, "at", columns).any(axis=1)
    return flags


def _half_empty(rule: QualityRule, columns: Sequence[Column | None]) -> Flags:
    given = np.column_stack([answered(column) for column in columns if column is not None])
    return quality.half_empty(given, minimum_share=_number(rule, "minimum_share", 0.5))


_KINDS = {
    "dummy_drug": _dummy,
    "inconsistent": _inconsistent,
    "impossible": _impossible,
    "straight_line": _straight,
    "half_empty": _half_empty,
}


def _number(rule: QualityRule, key: str, otherwise: float) -> float:
    value = rule.parameters.get(key, otherwise)
    return float(value) if isinstance(value, (int, float)) else otherwise


def _said(rule: QualityRule, key: str, columns: Sequence[Column | None]) -> Flags:
    """(n, items): whether the answer to each item is one of the rule's codes, the same for all items or one each."""
    rows = next(len(column.values) for column in columns if column is not None)
    found = np.zeros((rows, len(columns)), dtype=np.bool_)
    for at, (column, codes) in enumerate(zip(columns, _lists(rule, key, len(columns)), strict=True)):
        if column is not None and codes:
            found[:, at] = np.isin(column.values, _of_kind(column, codes))
    return found


def _lists(rule: QualityRule, key: str, items: int) -> list[list[Code]]:
    given = rule.parameters.get(key, ())
    lists = list(given) if isinstance(given, (tuple, list)) else []
    if lists and all(isinstance(one, (tuple, list)) for one in lists):
        return [list(one) for one in lists][:items] + [[] for _ in range(items - len(lists))]
    return [lists] * items


def _of_kind(column: Column, codes: Sequence[Code]) -> npt.NDArray[np.generic]:
    """The codes as the column writes them."""
    if column.is_text:
        return np.array([code if isinstance(code, str) else f"{code:g}" for code in codes], dtype=object)
    return np.array([float(code) for code in codes if not isinstance(code, str)])


def _codes(columns: Sequence[Column | None]) -> Floats:
    """(n, items) answers as numbers, NaN where there is none; words are numbered, the same word alike everywhere."""
    there = [column for column in columns if column is not None]
    matrix = np.full((len(there[0].values), len(there)), np.nan)
    words: dict[str, float] = {}
    for at, column in enumerate(there):
        given = answered(column)
        if column.is_text:
            matrix[given, at] = [words.setdefault(str(word), float(len(words))) for word in column.values[given]]
        else:
            matrix[given, at] = column.values[given]
    return matrix


def register_quality(
    draft: ReleaseDraft, wave: Wave, flagged: Flagged, participation: Sequence[ParticipationSpec]
) -> None:
    """Hand in the flags for the whole wave and for each place, and the field work's numbers."""
    rows = wave.table.rows
    draft.pupils(Key.of(QUESTIONNAIRES, wave.name), rows)
    for at, rule in enumerate(flagged.rules):
        draft.count(_flag(rule, wave.name), int(flagged.flags[:, at].sum()), of=rows)
    if wave.places is not None:
        counts = quality.counts_by_place(flagged.flags, wave.places.codes, len(wave.places.levels))
        for place, level in _visited(wave.places):
            inside = {wave.places.group: level}
            draft.pupils(Key.of(QUESTIONNAIRES, wave.name, inside), int(counts[place, 0]))
            for at, rule in enumerate(flagged.rules):
                draft.count(_flag(rule, wave.name, inside), int(counts[place, 1 + at]), of=int(counts[place, 0]))
    for stage in participation:
        if wave.name in stage.participating:
            number = draft.pupils if stage.stage == "pupils" else draft.units
            number(_stage(stage, wave.name), stage.participating[wave.name])


def _flag(rule: QualityRule, wave: str, place: Mapping[str, str] | None = None) -> Key:
    return Key.of(f"flag:{rule.name}", wave, place)


def _stage(stage: ParticipationSpec, wave: str) -> Key:
    return Key.of(f"participation:{stage.stage}", wave)


def quality_report(
    released: Released, wave: Wave, flagged: Flagged, participation: Sequence[ParticipationSpec]
) -> QualityReport:
    """What is published about the questionnaires."""
    stages = [stage for stage in participation if wave.name in stage.participating]
    design = wave.sample.design
    return QualityReport(
        questionnaires=wave.table.rows,
        used=int(wave.sample.used.sum()),
        flags=[
            QualityFlag(
                rule=rule.name,
                label=rule.label,
                count=released.count(_flag(rule, wave.name)),
                share=released.share(_flag(rule, wave.name)),
                action=rule.action,
            )
            for rule in flagged.rules
        ],
        by_place=_places(released, wave, flagged),
        participation=[_participation(released, stage, wave.name) for stage in stages],
        strata=int(np.unique(design.strata[:, 0]).size),
        clusters=int(np.unique(design.clusters[:, 0]).size),
        weight_cv=quality.weight_cv(design.weights),
    )


def _places(released: Released, wave: Wave, flagged: Flagged) -> list[PlaceQuality]:
    places = wave.places
    if places is None:
        return []
    return [
        PlaceQuality(
            level=level,
            label=places.labels[place],
            questionnaires=released.count(Key.of(QUESTIONNAIRES, wave.name, {places.group: level})),
            counts=[released.count(_flag(rule, wave.name, {places.group: level})) for rule in flagged.rules],
        )
        for place, level in _visited(places)
    ]


def _visited(places: Domains) -> list[tuple[int, str]]:
    """Places with questionnaires, by position and name. That a place has none is known: it can hide nothing."""
    found = np.bincount(places.codes[places.codes >= 0], minlength=len(places.levels))
    return [(at, level) for at, (level, *_) in enumerate(places.levels) if found[at] > 0]


def _participation(released: Released, stage: ParticipationSpec, wave: str) -> Participation:
    """Numbers of schools and pupils as the field work reported them; the rate only where both are known and shown."""
    shown = released.count(_stage(stage, wave))
    sampled = stage.sampled.get(wave)
    rate = None
    if sampled and shown.value is not None:
        rate = float(quality.participation([sampled], [shown.value]).rate[0])
    return Participation(stage=stage.stage, sampled=sampled, participating=shown, rate=rate)
