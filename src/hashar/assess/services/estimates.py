"""Any single estimate from a survey file."""

from collections.abc import Sequence
from importlib import metadata

import numpy as np

from hashar.assess.analysis.designs import Beside, build_design, design_notes
from hashar.assess.analysis.engines.requests import estimate_by_cells
from hashar.assess.analysis.estimates import Progress, estimate_all
from hashar.assess.contracts.estimates import EstimateRequest, EstimateTable, Statistic
from hashar.assess.contracts.table import Fingerprint, SurveyTable
from hashar.assess.rules.expressions import Expression, parse
from hashar.assess.rules.levels import BoolArray
from hashar.assess.sources.files import name_of, read_survey, sha256_of
from hashar.assess.sources.margins import read_poststrata, read_rake, read_scales


def nothing(done: int, whole: int) -> None:
    """No progress wanted."""


def estimate(*, request: EstimateRequest, progress: Progress = nothing) -> EstimateTable:
    """Estimate a statistic of one or more columns, in domains of the whole design.

    Shares and probabilities are 0-1; totals and means in the unit of the column. Missing answers are pairwise: each
    variable is estimated over the rows that answered it, and the design stays whole. Variances by Taylor linearisation
    (Särndal, Swensson & Wretman 1992, section 5.5) or by the replicate weights of the file. The numbers are the
    analyst's: disclosure control has not seen them.

    Raises
    ------
    InputError
        The file cannot be read, lacks a column, or holds text where numbers are needed.
    DesignError
        The sampling design cannot be what it says.
    EstimationError
        A domain is empty, or nobody answered.
    UsageError
        ``--where`` cannot be understood.

    """
    where = None if request.where is None else parse(request.where)
    if request.engine == "memory":
        return _from_table(request, where, progress)
    rows, notes = estimate_by_cells(request=request, where=where, progress=progress)
    return EstimateTable(
        by=request.by,
        rows=rows,
        source=_fingerprint(request, where),
        parameters=parameters(request),
        notes=notes,
    )


def _from_table(request: EstimateRequest, where: Expression | None, progress: Progress) -> EstimateTable:
    beside = read_beside(request)
    table = read_survey(
        request.file, columns=_columns(request, where, beside), encoding=request.encoding, sheet=request.sheet
    )
    design = build_design(table, request.design, beside)
    rows, notes = estimate_all(
        table=table, design=design, inside=_inside(table, where), request=request, progress=progress
    )
    return EstimateTable(
        by=request.by,
        rows=rows,
        source=table.fingerprint,
        parameters=parameters(request),
        notes=[*table.notes, *design_notes(design), *notes],
    )


def read_beside(request: EstimateRequest) -> Beside:
    """The small files that the design needs."""
    asked = request.design
    return Beside(
        poststrata=None if asked.poststratify is None else read_poststrata(asked.poststratify),
        margins=() if asked.rake is None else read_rake(asked.rake),
        scales=None if asked.rscales is None else read_scales(asked.rscales),
    )


def parameters(request: EstimateRequest) -> dict[str, str]:
    """Every setting that has a say in the numbers, as text, for the provenance of the table."""
    asked = request.design
    given = {
        "version": metadata.version("hashar"),
        "statistic": request.statistic.value,
        "variables": ", ".join(request.variables),
        "denominator": request.denominator or "",
        "by": ", ".join(request.by),
        "where": request.where or "",
        "interval": request.interval,
        "df": request.df,
        "level": repr(request.level),
        "deff": request.deff,
        "quantiles": ", ".join(map(repr, request.quantiles)) if request.statistic is Statistic.QUANTILE else "",
        "quantile_rule": request.quantile_rule if request.statistic is Statistic.QUANTILE else "",
        "engine": request.engine,
        "weight": asked.weight or "",
        "strata": ", ".join(asked.strata),
        "clusters": ", ".join(asked.clusters),
        "fpc": ", ".join(asked.fpc),
        "nest": "yes" if asked.nest else "",
        "single_psu": asked.single_psu,
        "replicate_weights": asked.replicate_weights or "",
        "replicate_type": asked.replicate_type.value if asked.replicate_type else "",
        "poststratify": asked.poststratify.name if asked.poststratify else "",
        "rake": asked.rake.name if asked.rake else "",
    }
    return {name: value for name, value in given.items() if value}


def _columns(request: EstimateRequest, where: Expression | None, beside: Beside) -> Sequence[str] | None:
    """The columns that the request needs; all of them (None) when a pattern chooses some."""
    asked = request.design
    if asked.replicate_weights:
        return None
    margins = [beside.poststrata] if beside.poststrata else beside.margins
    names = [
        *request.variables,
        *([request.denominator] if request.denominator else []),
        *request.by,
        *([] if where is None else where.names),
        *([asked.weight] if asked.weight else []),
        *asked.strata,
        *asked.clusters,
        *asked.fpc,
        *(name for margin in margins for name in margin.groups),
    ]
    return list(dict.fromkeys(names))


def _fingerprint(request: EstimateRequest, where: Expression | None) -> Fingerprint:
    """Of a file that is not read whole: its rows are not counted here."""
    columns = _columns(request, where, Beside()) or ()
    size = request.file.stat().st_size
    return Fingerprint(name_of(request.file), sha256_of(request.file), size, rows=0, columns=len(columns))


def _inside(table: SurveyTable, where: Expression | None) -> BoolArray:
    return np.ones(table.rows, dtype=bool) if where is None else where.evaluate(table.columns)
