"""Engines: where the one pass over the rows runs. All give the same cells (:class:`hashar.methods.survey.cells.Cells`).

``memory``   numpy, or the compiled kernel of the extra ``fast``; from columns, a file, or a prepared survey
``duckdb``   CSV and Parquet files larger than memory
``spark``    data on a cluster that must stay there (extra ``spark``, through ibis)

For the command line: :func:`~hashar.assess.analysis.engines.requests.estimate_by_cells`. For programs:
:func:`cells_from_file` and :func:`cells_from_table`, then :func:`hashar.methods.survey.finish.finish`.
"""

from pathlib import Path

from hashar.assess.analysis.engines import memory
from hashar.assess.analysis.engines.plan import CellPlan, Gathered, Item, ratio_items
from hashar.assess.contracts.table import SurveyTable

__all__ = ["CellPlan", "Gathered", "Item", "cells_from_file", "cells_from_table", "ratio_items"]


def cells_from_table(table: SurveyTable, plan: CellPlan) -> Gathered:
    """Cells of a survey in memory.

    Raises
    ------
    DesignError
        The design cannot be what it says.

    """
    return memory.gather_table(table, plan)


def cells_from_file(path: Path, plan: CellPlan, *, engine: str = "memory", encoding: str | None = None) -> Gathered:
    """Cells of a survey file: Parquet for the engine ``memory``, also CSV for the others.

    Raises
    ------
    EngineError
        The engine is not installed or failed, or cannot read this file.
    InputError
        The file cannot be read, lacks a column, or holds text where numbers are needed.
    DesignError
        The design cannot be what it says.

    """
    if engine == "memory":
        return memory.gather(path, plan)
    from hashar.assess.analysis.engines.database import gather  # noqa: PLC0415  (an engine is slow to load)
    from hashar.assess.analysis.engines.requests import open_engine  # noqa: PLC0415  (as above)

    with open_engine(engine, path, encoding, plan.columns) as database:
        return gather(database, plan)
