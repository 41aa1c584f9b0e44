"""The sampling design of a survey file, built from the columns that a request names."""

import fnmatch
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hashar.assess.contracts.estimates import DesignRequest, ReplicateType
from hashar.assess.contracts.table import Column, Note, SurveyTable
from hashar.assess.rules.levels import answered, crossed, numbers_of
from hashar.assess.sources.margins import PopulationCounts, Scales
from hashar.errors import InputError, UsageError
from hashar.i18n import N_
from hashar.methods.survey import calibration
from hashar.methods.survey.design import Design
from hashar.methods.survey.replicates import ReplicateDesign

AnyDesign = Design | ReplicateDesign


@dataclass(frozen=True)
class Beside:
    """What the files beside the survey hold: population counts and scales of replicates."""

    poststrata: PopulationCounts | None = None
    margins: Sequence[PopulationCounts] = ()
    scales: Scales | None = None


def build_design(table: SurveyTable, asked: DesignRequest, beside: Beside) -> AnyDesign:
    """The design (calibrated when asked), over all rows of ``table``.

    Raises
    ------
    DesignError
        The design cannot be what it says.
    InputError
        A column of the design holds text where numbers are needed, or has gaps; population counts do not fit the file.
    UsageError
        A choice that the numbers do not know; no column matches the pattern of replicate weights.

    """
    design: AnyDesign = _replicates(table, asked, beside) if asked.replicate_weights else _sampled(table, asked)
    if beside.poststrata is not None:
        return poststratified(table, design, beside.poststrata)
    if beside.margins:
        return raked(table, design, beside.margins)
    return design


def design_notes(design: AnyDesign) -> list[Note]:
    """What the user should know about the design."""
    if isinstance(design, ReplicateDesign):
        return []
    lonely = int(design.stages[0].lonely.sum())
    if lonely == 0 or design.single_psu == "fail":
        return []
    return [
        Note(
            N_("{count} strata have one cluster; their variance follows --single-psu {policy}."),
            {"count": lonely, "policy": design.single_psu},
        )
    ]


def replicate_columns(names: Sequence[str], pattern: str) -> list[str]:
    """The columns that the shell pattern chooses, in the order of the file."""
    found = [name for name in names if fnmatch.fnmatchcase(name, pattern)]
    if not found:
        raise UsageError(
            N_("No column matches --replicate-weights “{pattern}”. Quote the pattern and check it."), pattern=pattern
        )
    return found


def _sampled(table: SurveyTable, asked: DesignRequest) -> Design:
    columns = table.columns
    return Design.build(
        weights=None if asked.weight is None else numbers_of(columns[asked.weight]),
        strata=_stacked([_codes(columns[name]) for name in asked.strata]),
        clusters=_stacked([_codes(columns[name]) for name in asked.clusters]),
        fpc=_stacked([numbers_of(columns[name]) for name in asked.fpc]),
        nest=asked.nest,
        single_psu=asked.single_psu,  # type: ignore[arg-type]  # one of SINGLE_PSU, checked where it was parsed
        adjust_domain=asked.single_psu_in_domain,
        ultimate=asked.ultimate_cluster,
    )


def _codes(column: Column) -> npt.NDArray[np.generic]:
    """A design column as codes: every row must have one."""
    empty = ~answered(column)
    if empty.any():
        raise InputError(
            N_(
                "Column “{column}” of the design is empty in {count} rows (the first is row {row}). Fill it, "
                "or leave these rows out of the file."
            ),
            column=column.name,
            count=int(empty.sum()),
            row=int(empty.argmax()) + 1,
        )
    values = column.values.astype(str) if column.is_text else column.values
    return np.asarray(values)


def _stacked(columns: Sequence[npt.NDArray[np.generic]]) -> npt.NDArray[np.generic] | None:
    if not columns:
        return None
    if len({column.dtype.kind for column in columns}) > 1:
        columns = [np.unique(column, return_inverse=True)[1] for column in columns]
    return np.column_stack(columns)


def _replicates(table: SurveyTable, asked: DesignRequest, beside: Beside) -> ReplicateDesign:
    names = replicate_columns(list(table.columns), asked.replicate_weights or "")
    replicates = np.column_stack([numbers_of(table.columns[name]) for name in names])
    scales = beside.scales
    scale = asked.scale
    if scale is None and scales is not None:
        scale = scales.overall
    if scale is None:
        scale = DEFAULT_SCALES[asked.replicate_type or ReplicateType.BOOTSTRAP](len(names), asked.fay_rho or 0.0)
    return ReplicateDesign.build(
        weights=numbers_of(table.columns[asked.weight or ""]),
        replicates=replicates,
        scale=scale,
        rscales=None if scales is None else scales.each,
        mse=asked.mse,
    )


DEFAULT_SCALES: Mapping[ReplicateType, Callable[[int, float], float]] = {
    ReplicateType.BRR: lambda count, _: 1 / count,
    ReplicateType.FAY: lambda count, rho: 1 / (count * (1 - rho) ** 2),
    ReplicateType.JK1: lambda count, _: (count - 1) / count,
    ReplicateType.JKN: lambda _, __: 1.0,
    ReplicateType.BOOTSTRAP: lambda count, _: 1 / (count - 1),
}
"""Factor of the variance for R replicates (Wolter 2007, chapters 3-5); JKn has its factors in rscales."""


def poststratified(table: SurveyTable, design: AnyDesign, counts: PopulationCounts) -> AnyDesign:
    """The weights scaled to the known sizes of the post-strata, with the variance that accounts for it."""
    margin = _margin(table, counts)
    return calibration.poststratify(design, margin.codes, margin.totals)  # type: ignore[type-var]  # either will do


def raked(table: SurveyTable, design: AnyDesign, margins: Sequence[PopulationCounts]) -> AnyDesign:
    """The weights raked to several margins, with the variance that accounts for it."""
    fitted = [_margin(table, counts) for counts in margins]
    return calibration.rake(design, fitted)  # type: ignore[type-var]  # either will do


def _margin(table: SurveyTable, counts: PopulationCounts) -> calibration.Margin:
    groups = " × ".join(counts.groups)
    levels = crossed([table.columns[name] for name in counts.groups], np.ones(table.rows, dtype=bool))
    outside = levels.codes < 0
    if outside.any():
        raise InputError(
            N_(
                "{count} rows have no level in {groups} (the first is row {row}), so their weights cannot be fitted. "
                "Fill it, or leave these rows out of the file."
            ),
            count=int(outside.sum()),
            groups=groups,
            row=int(outside.argmax()) + 1,
        )
    unknown = [name for name in levels.names if name not in counts.counts]
    unused = [name for name in counts.counts if name not in levels.names]
    if unknown:
        raise InputError(
            N_("The population counts of {groups} lack {levels}, which the survey has. Add them."),
            groups=groups,
            levels=_few(unknown),
        )
    if unused:
        raise InputError(
            N_("The population counts of {groups} have {levels}, which the survey lacks. Join them with others."),
            groups=groups,
            levels=_few(unused),
        )
    totals = np.array([counts.counts[name] for name in levels.names])
    return calibration.Margin(codes=levels.codes, totals=totals)


def _few(levels: Sequence[tuple[str, ...]]) -> str:
    shown = ["×".join(level) for level in levels[:5]]
    return ", ".join([*shown, "…"] if len(levels) > 5 else shown)
