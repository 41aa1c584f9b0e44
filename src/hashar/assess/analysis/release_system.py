"""The cells of one release as the linear systems that are suppressed and attacked.

Each cell takes part in up to three layers, which obey the same relations: the unweighted count of "yes" (the attacker
is taken to know the number of pupils behind every cell, hidden ones too), the weighted count that weighted_n × share
gives away, and the number of pupils itself.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hashar.assess.analysis.release_tables import Key, Relation, importance
from hashar.assess.contracts.published import Figure
from hashar.methods.disclosure import Knowledge, Relations, Tables

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

COUNT, WEIGHTED, PUPILS = 0, 1, 2
"""The layers; the first chooses its helpers first."""
ROUNDING = 1e-9
"""Weighted sums of the same pupils may differ by this much."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One number to be printed.

    ``n`` pupils it is about (``inf`` where no threshold on them applies), ``count`` how many of them are counted (NaN
    for a mean and for a number of pupils), ``upper`` the largest count that anyone could believe, ``pupils`` the n that
    is printed with it (NaN if none), ``clusters`` NaN where unknown. ``figure`` is the estimate, unrounded.
    """

    key: Key
    n: float
    count: float
    upper: float
    pupils: float
    clusters: float = np.nan
    harmless: str = "none"
    unreliable: bool = False
    figure: Figure | None = None


@dataclass(frozen=True, eq=False)
class System:
    """The layers of all cells, stacked: the cell and layer of each quantity.

    ``unit`` is the size of a pupil in the quantity's unit, and 0 for what needs no protection (unknown levels).
    """

    cells: Sequence[Cell]
    cell: IntArray
    layer: IntArray
    values: FloatArray
    upper: FloatArray
    unit: FloatArray
    relations: Relations

    def width(self, primary: BoolArray, level: int) -> FloatArray:
        """(m,) the range of possible values that protects each quantity.

        ``level`` pupils where the cell is hidden for its own sake (but not more than there are), one pupil where it is
        hidden to help another; half of that in the weighted layer, where weights blur the number of pupils as well.
        """
        wanted = np.where(primary[self.cell], float(level), 1.0)
        most = np.array([cell.upper for cell in self.cells])[self.cell]
        wanted = np.where(self.layer == PUPILS, wanted, np.minimum(wanted, most))
        return np.asarray(np.where(self.layer == WEIGHTED, wanted / 2, wanted) * self.unit, dtype=np.float64)

    def tables(self, width: FloatArray) -> Tables:
        """The system as complementary suppression takes it."""
        sizes = np.nan_to_num([cell.pupils if cell.pupils > 0 else cell.count for cell in self.cells])
        price = np.array([importance(cell.key) for cell in self.cells]) * (0.1 + sizes / max(sizes.max(), 1.0))
        return Tables(self.values, self.upper, self.cell, width, price[self.cell], self.layer, self.relations)

    def knowledge(self, hidden: BoolArray) -> Knowledge:
        """What is left to see once ``hidden`` cells are gone.

        The attacker is told more than is printed: the exact counts behind the rounded shares that are shown, and how
        many pupils stand behind each hidden one.
        """
        gone = hidden[self.cell]
        low, high = np.where(gone, 0.0, self.values), np.where(gone, self.upper, self.values)
        relations = self.relations
        return Knowledge(
            relations.matrix, relations.constant, relations.at_least, low, high, whole=self.layer != WEIGHTED
        )


def build(cells: Sequence[Cell], found: Sequence[Relation]) -> System:
    """Stack the layers of ``cells`` and copy every relation into each layer that all its cells have."""
    count = np.array([cell.count for cell in cells])
    pupils = np.array([cell.pupils for cell in cells])
    limit = np.array([cell.upper for cell in cells])
    weighted, per_pupil = _weighted(cells)
    one = np.ones(len(cells))
    largest = np.full(len(cells), 2.0 * max(np.nan_to_num(pupils).max(initial=0.0), 50.0))
    # "Not asked" is printed, and says that there are none: such a cell can hide no pupils of others.
    largest[[cell.figure is not None and not cell.n for cell in cells]] = 0.0
    stack = _Stack(len(cells))
    stack.add(COUNT, count, limit, one)
    stack.add(WEIGHTED, weighted, limit * per_pupil, per_pupil)
    stack.add(PUPILS, pupils, largest, one)
    for relation in found:
        for layer in (COUNT, WEIGHTED) if relation.at_least else (COUNT, WEIGHTED, PUPILS):
            stack.relate(relation, layer)
    values = np.array(stack.values)
    return System(
        cells=cells,
        cell=np.array(stack.cell, dtype=np.int64),
        layer=np.array(stack.layer, dtype=np.int64),
        values=values,
        upper=np.array(stack.upper),
        unit=np.array(stack.unit),
        relations=Relations.build(stack.rows, stack.loose, values),
    )


class _Stack:
    """Quantities and relations while they are gathered."""

    def __init__(self, cells: int) -> None:
        self.place = [[-1] * cells for _ in range(3)]
        self.values: list[float] = []
        self.upper: list[float] = []
        self.unit: list[float] = []
        self.cell: list[int] = []
        self.layer: list[int] = []
        self.rows: list[list[tuple[int, float]]] = []
        self.loose: list[bool] = []

    def add(self, layer: int, values: FloatArray, upper: FloatArray, unit: FloatArray) -> None:
        """One layer: a quantity for every cell that has a value in it."""
        for cell in np.flatnonzero(np.isfinite(values)):
            self.place[layer][cell] = self._push(layer, int(cell), values[cell], upper[cell], unit[cell])

    def relate(self, relation: Relation, layer: int) -> None:
        """One relation, if the layer has all its cells."""
        row = [(self.place[layer][at], factor) for at, factor in relation.terms]
        if any(at < 0 for at, _ in row):
            return
        if relation.whole is not None:
            row += self._remainder(row, relation.whole, layer)
        self.rows.append(row)
        self.loose.append(relation.at_least)

    def _remainder(self, row: Sequence[tuple[int, float]], whole: int, layer: int) -> list[tuple[int, float]]:
        """Pupils of ``whole`` at an unknown level: their number is known; what they said, while ``whole`` is shown.

        Nobody can tell who they are, so they are not protected themselves.
        """
        value = -sum(self.values[at] * factor for at, factor in row)
        most = -sum(self.upper[at] * factor for at, factor in row)
        if layer == PUPILS:
            most = self.upper[self.place[layer][whole]]
        if most <= ROUNDING or not -ROUNDING <= value <= most + ROUNDING:
            return []
        return [(self._push(layer, whole, min(max(value, 0.0), most), most, 0.0), 1.0)]

    def _push(self, layer: int, cell: int, value: float, upper: float, unit: float) -> int:
        self.values.append(float(value))
        self.upper.append(float(upper))
        self.unit.append(float(unit))
        self.cell.append(cell)
        self.layer.append(layer)
        return len(self.values) - 1


def _weighted(cells: Sequence[Cell]) -> tuple[FloatArray, FloatArray]:
    """Weighted counts in average pupils of the measure and wave (NaN where they tell no more than the counts).

    The second array is how much an average pupil of the cell weighs in that unit.
    """
    families: dict[tuple[str, str], list[int]] = {}
    for at, cell in enumerate(cells):
        if cell.figure is not None and np.isfinite(cell.count):
            families.setdefault((cell.key.measure, cell.key.wave), []).append(at)
    total, per_pupil = np.full(len(cells), np.nan), np.full(len(cells), np.nan)
    for members in families.values():
        n, count, weight, share = np.array([_sizes(cells[at]) for at in members]).T
        scale = n.sum() / max(weight.sum(), np.finfo(float).tiny)
        if np.abs(weight * share * scale - count).max() > 1e-6 * n.max():
            total[members], per_pupil[members] = weight * share * scale, weight * scale / np.maximum(n, 1)
    return total, per_pupil


def _sizes(cell: Cell) -> tuple[float, float, float, float]:
    """Pupils, their count, their weight and their share (zeros where nobody was asked)."""
    if cell.figure is None or not cell.n:
        return 0.0, 0.0, 0.0, 0.0
    return cell.n, cell.count, cell.figure.weighted_n, min(max(cell.figure.estimate, 0.0), 1.0)
