"""What cells are wanted from a file, and what an engine hands back: the same for every engine."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from hashar.assess.rules.expressions import Expression
from hashar.assess.rules.levels import code_text
from hashar.methods.survey.cells import Cells
from hashar.methods.survey.frame import Frame

Code = float | str
Codes = npt.NDArray[np.int64]
Names = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Item:
    """One thing to add up: whether ``column`` equals ``level``, or its number where there is no ``level``.

    ``beside`` is a second column of numbers that has to be answered too; with ``product`` the two are multiplied. A
    ratio needs three items, see :func:`ratio_items`.
    """

    name: str
    column: str
    level: Code | None = None
    beside: str | None = None
    product: bool = False


@dataclass(frozen=True)
class CellPlan:
    """Columns of the first stage of the design, the groups to break down by, and the items.

    ``where`` are the rows that belong to any domain; the others stay in the design. No ``cluster``: every row is one.
    """

    weight: str
    items: Sequence[Item]
    stratum: str | None = None
    cluster: str | None = None
    fpc: str | None = None
    nest: bool = False
    by: Sequence[str] = ()
    where: Expression | None = None

    @property
    def columns(self) -> list[str]:
        """Every column that is needed, once."""
        items = [name for item in self.items for name in (item.column, item.beside)]
        where = () if self.where is None else self.where.names
        names = [self.weight, self.stratum, self.cluster, self.fpc, *self.by, *where, *items]
        return list(dict.fromkeys(name for name in names if name is not None))


@dataclass(frozen=True, eq=False)
class Gathered:
    """Cells with the names of their K domains (one code for each column of ``by``), sorted, only those that occur.

    ``rows`` and ``weight`` (Σ w) of the whole file; ``inside`` the rows that ``where`` keeps; ``placed`` those of them
    with a code in every column of ``by``.
    """

    cells: Cells
    domains: tuple[tuple[str, ...], ...]
    rows: int
    weight: float
    inside: int
    placed: int


def ratio_items(numerator: str, denominator: str) -> list[Item]:
    """The three items that a ratio's cells need; names as in :func:`hashar.methods.survey.prepare.pair_columns`."""
    return [
        Item("numerator", numerator, beside=denominator),
        Item("denominator", denominator, beside=numerator),
        Item("product", numerator, beside=denominator, product=True),
    ]


def cross(groups: Sequence[npt.NDArray[Any]], inside: npt.NDArray[np.bool_]) -> tuple[Names, Codes]:
    """Names of the combinations that occur (sorted, the first column varying slowest), and codes (n,), −1 in none.

    ``groups`` are columns (n,) of numbers with NaN, or of texts with None, for missing.
    """
    names: tuple[tuple[str, ...], ...] = ((),)
    codes = np.where(inside, 0, -1).astype(np.int64)
    for column in groups:
        own, levels = _levels(column)
        both = (codes >= 0) & (own >= 0)
        pairs = np.where(both, codes * max(1, len(levels)) + own, -1)
        seen = np.zeros(len(names) * max(1, len(levels)) + 1, bool)
        seen[pairs] = True  # −1 marks the last place, which is no combination
        found = np.flatnonzero(seen[:-1])
        number = np.full(seen.size, -1, np.int64)
        number[found] = np.arange(found.size)
        codes = number[pairs]
        names = tuple(names[pair // len(levels)] + (levels[pair % len(levels)],) for pair in found.tolist())
    return names, codes


def _levels(column: npt.NDArray[Any]) -> tuple[Codes, list[str]]:
    if column.dtype == np.int8 and column.size and column.min() == -1:
        codes, names = _levels(column.astype(np.int64))
        return codes - 1, names[1:]
    if column.dtype.kind in "iu" and column.size and int(column.max()) - int(column.min()) <= 4 * column.size:
        low = int(column.min())
        shifted = column.astype(np.int64) - low
        found = np.flatnonzero(np.bincount(shifted))
        number = np.zeros(int(shifted.max()) + 1, np.int64)
        number[found] = np.arange(found.size)
        return number[shifted], [code_text(float(v + low)) for v in found.tolist()]
    codes = np.full(column.size, -1, np.int64)
    there = np.array([v is not None for v in column.tolist()], bool) if column.dtype == object else ~np.isnan(column)
    values = column[there].astype(str) if column.dtype == object else column[there]
    distinct, codes[there] = np.unique(values, return_inverse=True)
    return codes, [code_text(v) for v in distinct.tolist()]


def collect(
    plan: CellPlan, found: Mapping[str, npt.NDArray[Any]], groups: Sequence[npt.NDArray[Any]], sums: Mapping[str, Any]
) -> Gathered:
    """Turn rows of grouped sums, in any order, into cells.

    ``found`` has (g,) ``stratum``, ``cluster``, ``fpc`` (where planned), ``inside``, ``rows``, ``weight``, ``weight2``;
    ``groups`` the codes (g,) of the columns of ``by``; ``sums`` (g, i) ``n``, ``yes``, ``w``, ``wy``, ``wyy``.
    """
    frame, cluster = Frame.build(
        strata=found.get("stratum"), clusters=found["cluster"], fpc=found.get("fpc"), nest=plan.nest
    )
    inside = found["inside"].astype(bool)
    names, domain = cross(groups, inside)
    kept = domain >= 0
    yes_no = all(item.level is not None for item in plan.items)
    wy = sums["wy"][kept]
    cells = Cells(
        frame=frame,
        items=tuple(item.name for item in plan.items),
        domains=len(names),
        cluster=cluster[kept],
        domain=domain[kept],
        rows=found["rows"][kept],
        weight=found["weight"][kept],
        weight2=found["weight2"][kept],
        n=sums["n"][kept],
        yes=sums["yes"][kept],
        w=sums["w"][kept],
        wy=wy,
        wyy=wy if yes_no else sums["wyy"][kept],
    ).roll_up(np.arange(len(names)), len(names))
    rows = found["rows"]
    return Gathered(
        cells,
        names,
        int(rows.sum()),
        float(found["weight"].sum()),
        int(rows[inside].sum()),
        int(rows[kept].sum()),
    )
