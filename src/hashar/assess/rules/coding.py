"""From the cells of a file to coded answers: what counts as yes, as no, as a number, and why there is no answer."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from hashar.assess.contracts.codebook import Code, Codebook, Group, Indicator, Recode, Scale, ScaleItem
from hashar.assess.contracts.table import Column, MissingKind, SurveyTable
from hashar.assess.rules.missing import Kinds, is_code, missing_kinds

Floats = npt.NDArray[np.float64]
UNCOUNTED = "missing"
ALL = slice(None)


@dataclass(frozen=True, eq=False)
class Coded:
    """One item, coded. A missing kind that counts as an answer keeps its kind and has a value."""

    name: str
    values: Floats
    """(n,): 1 and 0 for a proportion, the number for a mean; NaN where nothing counts."""
    kinds: Kinds
    """(n,) :class:`MissingKind`."""
    counted_as: Mapping[MissingKind, str]
    """Kind → ``missing``, ``yes`` or ``no``, for every kind but ``ANSWERED``."""
    asked: bool = True
    """Whether this wave has the question at all."""

    def missing_counts(self, among: npt.NDArray[np.bool_] | slice = ALL) -> Mapping[MissingKind, int]:
        """How many cells of each kind there are ``among`` the rows (n,), kinds that do not occur left out."""
        counts = np.bincount(self.kinds[among], minlength=len(MissingKind))
        return {kind: int(counts[kind]) for kind in MissingKind if kind is not MissingKind.ANSWERED and counts[kind]}


@dataclass(frozen=True, eq=False)
class Levels:
    """One group, coded: ``index`` (n,) is the position of the level, −1 outside all of them."""

    name: str
    index: npt.NDArray[np.int64]
    kinds: Kinds


@dataclass(frozen=True, eq=False)
class CodedSurvey:
    """All items of a codebook in one wave's file."""

    indicators: Mapping[str, Coded]
    groups: Mapping[str, Levels]
    scales: Mapping[str, Floats]
    """Factor → points (n, items), NaN for missing."""


def columns_needed(codebook: Codebook, wave: str) -> tuple[str, ...]:
    """The columns of the wave's file that the codebook speaks of, each once, the design first."""
    design = codebook.design
    names = [design.weight, *design.strata, *design.clusters, *design.fpc]
    maps = [group.variables for group in codebook.groups]
    maps += [indicator.variables for indicator in codebook.indicators]
    maps += [item.variables for scale in codebook.scales for item in scale.items]
    maps += [variables for rule in codebook.quality for variables in rule.variables]
    names += [variables.get(wave, "") for variables in maps]
    return tuple(dict.fromkeys(name for name in names if name))


def code_survey(codebook: Codebook, table: SurveyTable, wave: str) -> CodedSurvey:
    """Every indicator, group and scale of the codebook; what the wave did not ask is ``NOT_ASKED`` throughout."""
    asked = [indicator for indicator in codebook.indicators if not indicator.of]
    coded = {indicator.name: code_indicator(indicator, table, wave) for indicator in asked}
    for indicator in codebook.indicators:
        if indicator.of:
            coded[indicator.name] = derive(indicator, [coded[part] for part in indicator.of])
    return CodedSurvey(
        indicators={indicator.name: coded[indicator.name] for indicator in codebook.indicators},
        groups={group.name: group_levels(table, group, wave) for group in codebook.groups},
        scales={scale.factor: scale_points(table, scale, wave) for scale in codebook.scales},
    )


def recoded(column: Column, recode: Recode, wave: str) -> Column:
    """The column with this wave's own codes turned into the codebook's."""
    changes = recode.get(wave, {})
    if not changes:
        return column
    values = column.values.copy()
    for old, new in changes.items():
        values[is_code(column, [old])] = new if column.is_text else float(new)
    return replace(column, values=values)


def code_indicator(indicator: Indicator, table: SurveyTable, wave: str) -> Coded:
    """One question of its own (not derived)."""
    counted = {kind: indicator.missing.counts_as.get(kind, UNCOUNTED) for kind in MissingKind if kind}
    name = indicator.variables.get(wave)
    if name is None:
        return _not_asked(indicator.name, table.rows, counted)
    column = recoded(table.columns[name], indicator.recode, wave)
    answers = [*indicator.yes, *indicator.no, *(code for code, _ in indicator.answers)]
    answers = [code for code in answers if code not in indicator.missing.codes]
    kinds = missing_kinds(column, indicator.missing, answers)
    values = (
        _shares(indicator, column, kinds) if indicator.statistic == "proportion" else _numbers(column, kinds, answers)
    )
    for kind, meaning in counted.items():
        if meaning != UNCOUNTED and indicator.statistic == "proportion":
            values[kinds == kind] = 1.0 if meaning == "yes" else 0.0
    return Coded(name=indicator.name, values=values, kinds=kinds, counted_as=counted)


def _shares(indicator: Indicator, column: Column, kinds: Kinds) -> Floats:
    """1 for yes, 0 for no; any other answered code is marked INVALID in ``kinds``."""
    answered = kinds == MissingKind.ANSWERED
    values = np.full(len(kinds), np.nan)
    values[answered & is_code(column, indicator.yes)] = 1.0
    values[answered & is_code(column, indicator.no)] = 0.0
    kinds[answered & np.isnan(values)] = MissingKind.INVALID
    return values


def _numbers(column: Column, kinds: Kinds, answers: Sequence[Code]) -> Floats:
    """The numbers answered; words, and codes outside the answers where these are listed, are marked INVALID."""
    answered = kinds == MissingKind.ANSWERED
    if column.is_text or answers:
        wrong = answered & ~is_code(column, answers)
        kinds[wrong] = MissingKind.INVALID
        answered = kinds == MissingKind.ANSWERED
    values = np.full(len(kinds), np.nan)
    values[answered] = column.values[answered].astype(np.float64)
    return values


def _not_asked(name: str, rows: int, counted: Mapping[MissingKind, str]) -> Coded:
    kinds: Kinds = np.full(rows, MissingKind.NOT_ASKED, dtype=np.int8)
    return Coded(name, np.full(rows, np.nan), kinds, counted, asked=False)


def derive(indicator: Indicator, parts: Sequence[Coded]) -> Coded:
    """At least so many of the parts are yes (:class:`Indicator` says what a missing part does)."""
    counted = dict.fromkeys((kind for kind in MissingKind if kind), UNCOUNTED)
    if indicator.missing_as_no:
        counted = dict.fromkeys(counted, "no")
    values = np.column_stack([part.values for part in parts])
    missing = np.isnan(values)
    reached = (values == 1.0).sum(axis=1) >= indicator.at_least
    unknown = missing.all(axis=1) if indicator.missing_as_no else missing.any(axis=1)
    result = np.where(reached, 1.0, np.where(unknown, np.nan, 0.0))
    return Coded(
        name=indicator.name,
        values=result,
        kinds=_kind_of_parts(np.column_stack([part.kinds for part in parts]), np.isnan(result)),
        counted_as=counted,
        asked=any(part.asked for part in parts),
    )


def _kind_of_parts(kinds: Kinds, missing: npt.NDArray[np.bool_]) -> Kinds:
    """The kind that all missing parts share, else ``NO_ANSWER``; ``ANSWERED`` where the derived answer is known."""
    absent = kinds != MissingKind.ANSWERED
    lowest = np.where(absent, kinds, np.int8(127)).min(axis=1)
    highest = np.where(absent, kinds, np.int8(0)).max(axis=1)
    shared = np.where(lowest == highest, highest, np.int8(MissingKind.NO_ANSWER))
    result: Kinds = np.where(missing, shared, np.int8(MissingKind.ANSWERED)).astype(np.int8)
    return result


def group_levels(table: SurveyTable, group: Group, wave: str) -> Levels:
    """The level of each row; a code in no level is −1 and ``INVALID`` unless it is missing."""
    name = group.variables.get(wave)
    if name is None:
        kinds: Kinds = np.full(table.rows, MissingKind.NOT_ASKED, dtype=np.int8)
        return Levels(group.name, np.full(table.rows, -1, dtype=np.int64), kinds)
    column = recoded(table.columns[name], group.recode, wave)
    index = np.full(table.rows, -1, dtype=np.int64)
    for position, level in enumerate(group.levels):
        index[is_code(column, level.codes)] = position
    kinds = missing_kinds(column, group.missing, [code for each in group.levels for code in each.codes])
    kinds[(index < 0) & (kinds == MissingKind.ANSWERED)] = MissingKind.INVALID
    return Levels(group.name, index, kinds)


def scale_points(table: SurveyTable, scale: Scale, wave: str) -> Floats:
    """Points (n, items) of a scale; NaN where an item is missing, not asked or has no points for its code."""
    points = [_points(table, item, wave) for item in scale.items]
    return np.column_stack(points) if points else np.empty((table.rows, 0))


def _points(table: SurveyTable, item: ScaleItem, wave: str) -> Floats:
    """Points (n,) of one item of a scale."""
    points = np.full(table.rows, np.nan)
    name = item.variables.get(wave)
    if name is None:
        return points
    column = recoded(table.columns[name], item.recode, wave)
    kinds = missing_kinds(column, item.missing, item.points)
    for code, value in item.points.items():
        points[is_code(column, [code]) & (kinds == MissingKind.ANSWERED)] = value
    return points


def answer_index(indicator: Indicator, table: SurveyTable, wave: str) -> npt.NDArray[np.int64]:
    """(n,) position of the answer in ``indicator.answers``, −1 for none of them: the distribution of an ordered item.

    A code that the indicator's missing rule names is no answer, even if it is listed with a label.
    """
    index = np.full(table.rows, -1, dtype=np.int64)
    name = indicator.variables.get(wave)
    if name is not None:
        column = recoded(table.columns[name], indicator.recode, wave)
        for position, (code, _) in enumerate(indicator.answers):
            if code not in indicator.missing.codes:
                index[is_code(column, [code])] = position
    return index
