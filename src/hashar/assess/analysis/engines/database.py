"""Gathering cells with SQL: the part that does not depend on which engine runs it."""

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt

from hashar.assess.analysis.engines.plan import CellPlan, Code, Gathered, collect
from hashar.assess.analysis.engines.sql import TABLE, RawColumn, Statements, is_no_number
from hashar.assess.contracts.table import Column
from hashar.assess.sources.raw import missing_column
from hashar.errors import DesignError, InputError
from hashar.i18n import N_

Answer = Mapping[str, npt.NDArray[Any]]


class Database(Protocol):
    """An SQL engine with the survey as a table ``survey``."""

    file: str
    """Name of the file, for messages."""
    raw: Mapping[str, RawColumn]
    """The columns as the engine sees them."""

    def ask(self, sql: str) -> Answer:
        """The result of a statement, column by column; NULL is NaN in numbers and None in texts."""
        ...


def typed_columns(database: Database, names: Sequence[str]) -> dict[str, RawColumn]:
    """The columns asked for, with words told apart from numbers written as words.

    Raises
    ------
    InputError
        A column that is not there.

    """
    for name in names:
        if name not in database.raw:
            raise missing_column(database.file, list(database.raw), name)
    columns = {name: database.raw[name] for name in names}
    doubtful = [column for column in columns.values() if column.kind == "words"]
    if not doubtful:
        return columns
    counts = [f"COUNT(CASE WHEN {is_no_number(column)} THEN 1 END) AS c{at}" for at, column in enumerate(doubtful)]
    found = database.ask(f"SELECT {', '.join(counts)} FROM {TABLE}")  # noqa: S608  (names are quoted in sql.py)
    for at, column in enumerate(doubtful):
        kind = "text" if int(found[f"c{at}"][0]) else "words"
        columns[column.name] = RawColumn(column.name, kind, column.comma)
    return columns


def levels(database: Database, plan: CellPlan, column: str) -> list[Code]:
    """The codes of ``column`` that occur in the domains of ``plan`` (whose columns it must be among), sorted."""
    found = database.ask(Statements(plan, typed_columns(database, plan.columns)).levels(column))["level"]
    return sorted(found.tolist())


def gather(database: Database, plan: CellPlan) -> Gathered:
    """The cells of a plan.

    Raises
    ------
    DesignError
        Bad weights; clusters, strata and population sizes that do not fit.
    InputError
        A column that is missing, has gaps, or holds text where numbers are needed.
    UsageError
        A condition that compares words with numbers.

    """
    columns = typed_columns(database, plan.columns)
    _refuse_text(database.file, plan, columns)
    if plan.where is not None:
        plan.where.evaluate({name: _no_rows(column) for name, column in columns.items()})
    statements = Statements(plan, columns)
    _refuse_design(database, statements)
    parts = []
    for sql, items, holds in statements.sums():
        answer = database.ask(sql)
        parts.append((answer, items, holds))
    keys = list(statements.keys())
    orders = [_order(answer, keys) for answer, _, _ in parts]
    first, order = parts[0][0], orders[0]
    sums = {
        name: np.column_stack(
            [
                np.asarray(answer[holds[item.name, name]], dtype=np.float64)[at]
                for (answer, items, holds), at in zip(parts, orders, strict=True)
                for item in items
            ]
        )
        for name in ("n", "yes", "w", "wy", "wyy")
    }
    sums |= {name: sums[name].astype(np.int32) for name in ("n", "yes")}
    found = {key: _plain(first[key][order]) for key in keys if not key.startswith("g")}
    found |= {
        "rows": first["questionnaires"][order].astype(np.int64),
        "weight": first["weight"][order].astype(np.float64),
        "weight2": first["weight2"][order].astype(np.float64),
    }
    groups = [first[f"g{at}"][order] for at in range(len(plan.by))]
    return collect(plan, found, groups, sums)


def _order(answer: Answer, keys: Sequence[str]) -> npt.NDArray[np.int64]:
    """The same order of the rows for every chunk of items, whatever the engine did."""
    ranks = []
    for key in keys:
        column = answer[key]
        values = np.array(["" if v is None else f"={v}" for v in column.tolist()]) if column.dtype == object else column
        ranks.append(values)
    return np.lexsort(ranks)


def _plain(column: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """Texts as numpy's own, which sort fast."""
    return column.astype(str) if column.dtype == object else column


def _no_rows(column: RawColumn) -> Column:
    return Column(column.name, np.empty(0, dtype=object) if column.is_text else np.empty(0))


def _refuse_text(file: str, plan: CellPlan, columns: Mapping[str, RawColumn]) -> None:
    numeric = [plan.weight, *([plan.fpc] if plan.fpc else [])]
    for item in plan.items:
        if not isinstance(item.level, str):
            numeric += [item.column] if item.beside is None else [item.column, item.beside]
    for name in numeric:
        if columns[name].is_text:
            raise InputError(
                N_('{file}: column "{column}" holds text where numbers are needed. Correct the file.'),
                file=file,
                column=name,
            )


def _refuse_design(database: Database, statements: Statements) -> None:
    found = database.ask(statements.design_problems())
    if int(found["n"][0]) == 0:
        raise InputError(N_("{file} has no rows."), file=database.file)
    for at, name in enumerate(statements.design_columns()):
        count = int(found[f"empty{at}"][0])
        if count:
            raise InputError(
                N_('Column "{column}" of the design is empty in {count} rows. Fill it, or leave these rows out.'),
                column=name,
                count=count,
            )
    bad = int(found["bad"][0])
    if bad:
        raise DesignError(
            N_(
                "{count} rows have a weight that is missing, zero or negative: "
                "correct the weight or leave these rows out of the file."
            ),
            count=bad,
        )
