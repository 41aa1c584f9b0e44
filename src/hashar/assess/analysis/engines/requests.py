"""A request for estimates answered through cells, by an engine that reads the file itself."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

import numpy as np

from hashar.assess.analysis.engines.database import Database, gather, levels, typed_columns
from hashar.assess.analysis.engines.plan import CellPlan, Gathered, Item, ratio_items
from hashar.assess.analysis.estimates import EXPANDS, RELIABILITY, Progress, row_notes
from hashar.assess.contracts.estimates import EstimateRequest, EstimateRow, Statistic
from hashar.assess.contracts.table import Note
from hashar.assess.rules.expressions import Expression
from hashar.assess.rules.levels import both_sides, code_text
from hashar.errors import EngineError, EstimationError, UsageError
from hashar.i18n import N_
from hashar.methods.survey.finish import finish

Opener = Callable[..., AbstractContextManager[Database]]


@contextmanager
def open_engine(
    engine: str, path: Path, encoding: str | None = None, columns: Sequence[str] | None = None
) -> Iterator[Database]:
    """The file as a table of the engine ``duckdb`` or ``spark``; ``columns`` are all that will be asked for.

    Raises
    ------
    EngineError
        The engine is not installed, or cannot read this file.
    UsageError
        An engine that does not exist.

    """
    with _opener(engine, columns)(path, encoding=encoding) as database:
        yield database


def _opener(engine: str, columns: Sequence[str] | None) -> Opener:
    if engine == "duckdb":
        from hashar.assess.analysis.engines.duckdb_engine import connect  # noqa: PLC0415  (slow to load)

        return partial(connect, columns=columns)
    if engine == "spark":
        from hashar.assess.analysis.engines.spark_engine import connect as spark  # noqa: PLC0415  (optional extra)

        return spark
    raise UsageError(N_('There is no engine "{engine}"; there are memory, duckdb and spark.'), engine=engine)


def estimate_by_cells(
    *, request: EstimateRequest, where: Expression | None, progress: Progress
) -> tuple[list[EstimateRow], list[Note]]:
    """Rows ordered by variable, level and domain, computed by ``request.engine``; the file is not read whole.

    The same numbers as :func:`hashar.assess.analysis.estimates.estimate_all` up to the order in which sums are added
    (1e-10 relative).

    Raises
    ------
    EngineError
        The engine is not installed or failed; or the request needs all rows at once (quantiles, replicate weights,
        calibration, corrections at later stages, weights from population sizes).
    DesignError, EstimationError, InputError, UsageError
        As for the engine ``memory``.

    """
    plan = _plan(request, where)
    columns = [*plan.columns, *request.variables, *([request.denominator] if request.denominator else [])]
    with open_engine(request.engine, request.file, request.encoding, columns) as database:
        variables = [_items(database, plan, request, name) for name in request.variables]
        progress(0, 2)
        plan = replace(plan, items=[item for items in variables for item in items])
        found = gather(database, plan)
    progress(1, 2)
    _refuse_empty(found, request)
    rows: list[EstimateRow] = []
    notes = _notes(found, request)
    for name, items in zip(request.variables, variables, strict=True):
        rows += _rows(found, request, name, items)
        missing = found.placed - int(found.cells.select([items[0].name]).n.sum())
        if missing:
            values = {"variable": name, "count": missing, "rows": found.placed}
            notes.append(Note(N_("{variable}: {count} of {rows} rows have no answer and are left out of it."), values))
    progress(2, 2)
    return rows, notes + row_notes(rows)


def _plan(request: EstimateRequest, where: Expression | None) -> CellPlan:
    asked = request.design
    corrected = bool(asked.fpc) and max(len(asked.fpc), len(asked.clusters)) > 1 and not asked.ultimate_cluster
    calibrated = asked.poststratify or asked.rake
    if request.statistic is Statistic.QUANTILE or asked.replicate_weights or calibrated or corrected:
        raise EngineError(
            N_(
                "The engine {engine} computes proportions, means, totals and ratios of first-stage designs: for "
                "quantiles, replicate weights, calibration and corrections at later stages use the engine memory."
            ),
            engine=request.engine,
        )
    if asked.weight is None:
        raise EngineError(
            N_("The engine {engine} needs a weight; name it, or use the engine memory."), engine=request.engine
        )
    return CellPlan(
        weight=asked.weight,
        items=(),
        stratum=next(iter(asked.strata), None),
        cluster=next(iter(asked.clusters), None),
        fpc=next(iter(asked.fpc), None),
        nest=asked.nest,
        by=tuple(request.by),
        where=where,
    )


def _items(database: Database, plan: CellPlan, request: EstimateRequest, variable: str) -> list[Item]:
    """The items of a variable; their names start with it, which keeps variables with equal codes apart."""
    if request.statistic is Statistic.RATIO:
        return [replace(i, name=f"{variable} {i.name}") for i in ratio_items(variable, request.denominator or "")]
    text = typed_columns(database, [variable])[variable].is_text
    if request.statistic is Statistic.PROPORTION or (request.statistic is Statistic.TOTAL and text):
        asking = replace(plan, items=[Item(variable, variable)], by=(), where=None)
        found = both_sides(levels(database, asking, variable))
        return [Item(f"{variable}={code_text(code)}", variable, code) for code in found]
    return [Item(variable, variable)]


def _refuse_empty(found: Gathered, request: EstimateRequest) -> None:
    if found.inside == 0:
        raise EstimationError(N_("No row fits --where “{where}”. Check the codes in it."), where=request.where or "")
    if not found.domains:
        raise EstimationError(
            N_("No row has a level in every column of --by ({columns}): there is no domain to estimate in."),
            columns=", ".join(request.by),
        )


def _notes(found: Gathered, request: EstimateRequest) -> list[Note]:
    outside = found.inside - found.placed
    if outside == 0:
        return []
    values = {"count": outside, "columns": ", ".join(request.by)}
    return [Note(N_("{count} rows have no level in {columns} and are in no domain."), values)]


def _rows(found: Gathered, request: EstimateRequest, variable: str, items: Sequence[Item]) -> list[EstimateRow]:
    cells = found.cells.select([item.name for item in items])
    if not cells.n.any():
        raise EstimationError(
            N_("Nobody in the domains answered “{variable}”: every value is missing."), variable=variable
        )
    expanded = found.weight >= EXPANDS * found.rows
    statistic = request.statistic.value
    estimate = finish(
        cells,
        statistic=statistic,  # type: ignore[arg-type]  # quantiles were refused
        interval=request.interval,  # type: ignore[arg-type]  # one of INTERVALS, checked where it was parsed
        df=request.df,  # type: ignore[arg-type]  # one of DF_RULES, as above
        deff=("population" if expanded else "replace") if request.deff == "auto" else request.deff,  # type: ignore[arg-type]  # one of DEFF_RULES
        level=request.level,
        single_psu=request.design.single_psu,  # type: ignore[arg-type]  # one of SINGLE_PSU, as above
        adjust_domain=request.design.single_psu_in_domain,
    )
    width = len(estimate) // len(found.domains)
    names = ["" if item.level is None else code_text(item.level) for item in items[:width]]
    order = np.arange(len(estimate)).reshape(-1, width).T.ravel().tolist()
    return [
        EstimateRow(
            variable=variable,
            level=names[at % width],
            domain=found.domains[at // width],
            n=int(estimate.n[at]),
            weighted_n=float(estimate.weighted_n[at]),
            estimate=float(estimate.estimate[at]),
            se=float(estimate.se[at]),
            ci_low=float(estimate.ci_low[at]),
            ci_high=float(estimate.ci_high[at]),
            df=float(estimate.df[at]),
            deff=float(estimate.deff[at]),
            reliability=RELIABILITY[int(estimate.reliability[at])],
        )
        for at in order
    ]
