"""Complementary suppression over all linked tables of a release.

A hidden quantity is protected when two sets of numbers exist that agree with everything shown and differ in it by at
least the wanted width. Both are looked for with linear programs, and each solution found is a witness for all hidden
quantities at once. Where no witness exists, the cheapest further cells are hidden that make one possible: the
linear-programming heuristic of Kelly, Golden & Assad (Networks 22, 1992, 397-417) and of Fischetti & Salazar
(Management Science 47, 2001, 1008-1027), here with both witnesses in one program. Unconnected parts of the release
are independent; one program treats one cell of each part.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import linprog
from scipy.sparse.csgraph import connected_components

from hashar.errors import DisclosureError
from hashar.i18n import N_
from hashar.methods.disclosure.tables import SLACK, BoolArray, FloatArray, IntArray, Tables

BUNDLE = 4000
"""Columns of one program; small parts are bundled up to here, because a call costs more than a small program."""
TOO_DEAR = 1.0
"""Price of a protection that is better looked for alone: about one large crossing."""
IMPOSSIBLE = 1e7
"""Price of a protection that is missing: far above hiding anything."""
FREE = 1e-5
"""Cost of moving a cell that is hidden anyway; above 0 so that witnesses stay short."""


@dataclass(frozen=True, eq=False)
class Suppressed:
    """``hidden`` (g,) bool by cell; ``exposed`` (m,) bool: quantities that nothing could protect."""

    hidden: BoolArray
    exposed: BoolArray


def complementary(tables: Tables, hidden: npt.ArrayLike) -> Suppressed:
    """Hide further cells until every hidden quantity is protected by its ``width``.

    Parameters
    ----------
    tables
        The quantities of the release and their relations.
    hidden
        (g,) bool: cells that primary suppression hides.

    Raises
    ------
    DisclosureError
        If the solver gives up.

    """
    search = _Search(tables, np.array(hidden, dtype=np.bool_))
    for stage in np.unique(tables.stage):
        search.settle(tables.stage == stage)
    for _ in np.unique(tables.stage):  # helpers of a later stage are hidden in the earlier ones too
        search.settle(np.ones(tables.values.size, dtype=np.bool_))
    return Suppressed(search.hidden, search.exposed)


class _Search:
    """The cells hidden so far, and the range of each quantity over all witnesses found so far."""

    def __init__(self, tables: Tables, hidden: BoolArray) -> None:
        self.tables = tables
        self.hidden = hidden
        self.low = tables.values.copy()
        self.high = tables.values.copy()
        self.exposed = np.zeros(tables.values.size, dtype=np.bool_)
        self.room = np.asarray(tables.relations.matrix @ tables.values)
        self.parts = components(tables.relations.matrix)
        self.rounds = 0

    @property
    def movable(self) -> BoolArray:
        """(m,) quantities that nothing printed shows."""
        found: BoolArray = self.hidden[self.tables.group]
        return found

    def pending(self, among: BoolArray) -> BoolArray:
        """(m,) hidden quantities without enough witnesses."""
        narrow = self.high - self.low < self.tables.width - SLACK
        return among & narrow & self.movable & ~self.exposed

    def settle(self, among: BoolArray) -> None:
        """Protect all of ``among``: many at once as long as that gets on, then the neediest of every part alone."""
        while True:
            self.look_wide(among)
            pending = self.pending(among)
            if not pending.any():
                return
            need = np.flatnonzero(pending)
            self.help(need, self.balanced(need), short=TOO_DEAR)
            left = self.pending(among)
            if left.sum() > pending.sum() / 2:
                need = np.flatnonzero(left)
                order = need[np.argsort(self.high[need] - self.low[need] - self.tables.width[need], kind="stable")]
                alone = order[np.unique(self.parts[order], return_index=True)[1]]
                missing = self.help(alone, np.ones(alone.size), short=IMPOSSIBLE)
                self.exposed[alone[missing > SLACK]] = True

    def balanced(self, targets: IntArray) -> FloatArray:
        """A direction for each target such that those of one relation cancel out: then they protect each other."""
        matrix = self.tables.relations.matrix[:, targets].tocsc()
        sums = np.zeros(matrix.shape[0])
        sign = np.ones(targets.size)
        for at in range(targets.size):
            rows = matrix.indices[matrix.indptr[at] : matrix.indptr[at + 1]]
            factors = matrix.data[matrix.indptr[at] : matrix.indptr[at + 1]]
            sign[at] = -1.0 if sums[rows] @ factors > 0 else 1.0
            sums[rows] += sign[at] * factors * self.tables.width[targets[at]]
        return sign

    def look_wide(self, among: BoolArray) -> None:
        """Move many quantities at once, in directions that differ from round to round, as long as that helps."""
        while True:
            pending = self.pending(among)
            if not pending.any():
                return
            movable = self.movable
            parts = components(self.tables.relations.matrix, movable)
            self.rounds += 1
            for chunk in _chunks(parts, np.flatnonzero(pending)):
                part = np.unique(parts[np.flatnonzero(pending)[chunk]])
                columns = np.flatnonzero(movable & np.isin(parts, part))
                direction = np.where(pending[columns], _signs(columns, self.rounds), 0.0)
                for sign in (direction, -direction):
                    self.witness(columns, self.extreme(columns, sign))
            if self.pending(among).sum() > 0.9 * pending.sum():
                return

    def extreme(self, columns: IntArray, direction: FloatArray) -> FloatArray:
        """The move of the hidden ``columns`` that goes furthest in ``direction``, all else as printed."""
        tables = self.tables
        equal, loose, room = self.rows(columns)
        bounds = np.column_stack([-tables.values[columns], (tables.upper - tables.values)[columns]])
        return _solve(-direction, equal=equal, loose=loose, room=room, bounds=bounds)

    def rows(self, columns: IntArray) -> tuple[sparse.csr_array, sparse.csr_array, FloatArray]:
        """The relations among ``columns``: equalities, inequalities, and how far each inequality is from its limit."""
        matrix = self.tables.relations.matrix[:, columns]
        touched = np.diff(matrix.indptr) > 0
        loose = self.tables.relations.at_least
        return matrix[touched & ~loose], matrix[touched & loose], np.maximum(self.room[touched & loose], 0.0)

    def witness(self, columns: IntArray, move: FloatArray) -> None:
        """Widen the ranges by one more possible set of numbers."""
        value = self.tables.values[columns] + move
        self.low[columns] = np.minimum(self.low[columns], value)
        self.high[columns] = np.maximum(self.high[columns], value)

    def help(self, targets: IntArray, sign: FloatArray, *, short: float) -> FloatArray:
        """Hide the cheapest cells that let two witnesses differ in every target; returns the width that is missing."""
        missing = np.zeros(targets.size)
        for chunk in _chunks(self.parts, targets):
            columns = np.flatnonzero(np.isin(self.parts, self.parts[targets[chunk]]))
            up, down, missing[chunk] = self.cheapest(columns, targets[chunk], sign[chunk], short)
            used = columns[(np.abs(up) > SLACK) | (np.abs(down) > SLACK)]
            self.hidden[self.tables.group[used]] = True
            self.witness(columns, up)
            self.witness(columns, down)
        return missing

    def cheapest(
        self, columns: IntArray, targets: IntArray, sign: FloatArray, short: float
    ) -> tuple[FloatArray, FloatArray, FloatArray]:
        """Two moves that lie ``width`` apart in each target, at the least cost of cells that are still shown.

        A width that is missing costs ``short`` times the share that is missing.
        """
        tables = self.tables
        k, t = columns.size, targets.size
        equal, loose, room = self.rows(columns)
        reach = np.concatenate([(tables.upper - tables.values)[columns], tables.values[columns]])
        wanted = tables.width[targets]
        width = np.zeros(self.parts.max() + 1)
        np.maximum.at(width, self.parts[targets], wanted)
        price = np.where(self.movable, FREE, tables.cost)[columns]
        # A cell that can only move a little still costs the reader a whole cell.
        unit = np.tile(price, 2) / np.maximum(np.minimum(reach, np.tile(width[self.parts[columns]], 2)), SLACK)
        cost = np.concatenate([unit, unit, short / wanted])
        bounds = np.column_stack([np.zeros(cost.size), np.concatenate([reach, reach, wanted])])
        pick = sparse.csr_array((sign, (np.arange(t), np.searchsorted(columns, targets))), shape=(t, k))
        blocks = sparse.block_diag([sparse.hstack([equal, -equal])] * 2)
        equal = sparse.hstack([blocks, sparse.csr_array((blocks.shape[0], t))], format="csr")
        blocks = sparse.block_diag([sparse.hstack([loose, -loose])] * 2)
        loose = sparse.hstack([blocks, sparse.csr_array((blocks.shape[0], t))], format="csr")
        apart = sparse.hstack([pick, -pick, -pick, pick, sparse.eye_array(t)])
        loose = sparse.vstack([loose, apart], format="csr")
        x = _solve(cost, equal=equal, loose=loose, room=np.concatenate([room, room, -wanted]), bounds=bounds)
        parts = x[: 4 * k].reshape(4, k)
        return parts[0] - parts[1], parts[2] - parts[3], x[4 * k :]


def _chunks(parts: IntArray, targets: IntArray) -> Iterator[IntArray]:
    """Positions in ``targets``, cut between parts so that one program has about :data:`BUNDLE` columns at most."""
    order = np.argsort(parts[targets], kind="stable")
    own, count = np.unique(parts[targets], return_counts=True)
    size = np.bincount(parts)[own]
    bundle = np.cumsum(size) // BUNDLE
    yield from np.split(order, np.cumsum(count)[:-1][np.diff(bundle) > 0])


def components(matrix: sparse.csr_array, among: BoolArray | None = None) -> IntArray:
    """(m,) number of the connected part of each quantity; two are connected by a relation between ``among``."""
    rows, columns = matrix.shape
    links = matrix.tocoo()
    used = np.ones(links.nnz, dtype=np.bool_) if among is None else among[links.col]
    graph = sparse.coo_array(
        (np.ones(int(used.sum())), (links.row[used], rows + links.col[used])), shape=(rows + columns, rows + columns)
    )
    labels = connected_components(graph.tocsr(), directed=False)[1][rows:]
    return np.unique(labels, return_inverse=True)[1].astype(np.int64)


def _signs(columns: IntArray, turn: int) -> FloatArray:
    """+1 or −1 for each column, without regularity and the same on every run (multiplicative hashing)."""
    mixed = (columns.astype(np.uint64) + np.uint64(1)) * np.uint64(0x9E3779B97F4A7C15)
    mixed ^= mixed >> np.uint64(29)
    mixed *= np.uint64(2 * turn + 0xBF58476D1CE4E5B9)
    return np.where((mixed >> np.uint64(40)) & np.uint64(1), 1.0, -1.0)


def _solve(
    cost: FloatArray, *, equal: sparse.csr_array, loose: sparse.csr_array, room: FloatArray, bounds: FloatArray
) -> FloatArray:
    """Minimise cost·x subject to equal·x = 0, loose·x ≥ −room and the bounds."""
    result = linprog(
        cost,
        A_eq=equal if equal.shape[0] else None,
        b_eq=np.zeros(equal.shape[0]) if equal.shape[0] else None,
        A_ub=-loose if loose.shape[0] else None,
        b_ub=room if loose.shape[0] else None,
        bounds=bounds,
        method="highs",
    )
    if result.status != 0:
        raise DisclosureError(
            N_(
                "Disclosure control could not be finished, so nothing is published: the solver says “{reason}”; "
                "publish fewer breakdowns."
            ),
            reason=result.message,
        )
    return np.asarray(result.x, dtype=np.float64)
