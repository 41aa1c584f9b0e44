"""The attacker test: work out hidden numbers from everything that is printed.

The attacker knows, for every quantity, the interval that the release leaves open (a printed number up to its rounding,
a hidden one from 0 to what anyone may know as its largest value), and every relation. He asks for the smallest and the
largest value of each hidden quantity that agree with all of it (the audit of Hundepool et al., Statistical Disclosure
Control, 2012, ch. 4), for whole numbers where the quantity is a count. He shares no code with the suppression.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse.csgraph import connected_components

from hashar.errors import DisclosureError
from hashar.i18n import N_

FloatArray = npt.NDArray[np.float64]
BoolArray = npt.NDArray[np.bool_]
IntArray = npt.NDArray[np.int64]

TOLERANCE = 1e-5
"""Numbers closer than this are the same number to the attacker (the solver's own tolerance is 1e-7)."""
BUNDLE = 4000
"""Open quantities that one program holds well."""
SMALL = 40
"""Parts with more open quantities than this are attacked with fractions of pupils allowed, and at a glance first."""


@dataclass(frozen=True, eq=False)
class Attack:
    """What the attacker found about each of the hidden quantities, in the order of ``target``.

    ``low`` and ``high`` (h,): the range that he cannot narrow down. Where ``exact`` is False the attack stopped once
    the range was wide enough, and the true one may be wider. ``recovered`` (h,): the range is narrower than asked for.
    """

    target: IntArray
    low: FloatArray
    high: FloatArray
    exact: BoolArray
    recovered: BoolArray


@dataclass(frozen=True, eq=False)
class Knowledge:
    """What the attacker starts from: m quantities in r relations, Σ matrix·x = constant, or ≥ where ``at_least``.

    ``low``, ``high`` (m,) what is printed, up to its rounding; ``whole`` (m,) bool: the quantity is a count.
    """

    matrix: sparse.csr_array
    constant: FloatArray
    at_least: BoolArray
    low: FloatArray
    high: FloatArray
    whole: BoolArray


def attack(knowledge: Knowledge, hidden: npt.ArrayLike, width: npt.ArrayLike, *, exhaustive: bool = False) -> Attack:
    """Try to recover every hidden quantity.

    Parameters
    ----------
    knowledge
        Everything that is printed, and the relations.
    hidden
        (m,) bool: quantities to attack.
    width
        (m,) the range below which a quantity counts as recovered.
    exhaustive
        Find the exact range of every hidden quantity, also where it is wide anyway (slow for large releases).

    Raises
    ------
    DisclosureError
        If the printed numbers contradict each other, or the solver gives up.

    """
    attacker = _Attacker(knowledge, np.flatnonzero(np.asarray(hidden, dtype=np.bool_)))
    wanted = np.asarray(width, dtype=np.float64)[attacker.target]
    if not exhaustive:
        attacker.glance(wanted)
    open_ = np.flatnonzero(attacker.high - attacker.low < wanted - TOLERANCE) if not exhaustive else None
    exact = attacker.narrow(open_, wanted)
    recovered = attacker.high - attacker.low < wanted - TOLERANCE
    return Attack(attacker.target, attacker.low, attacker.high, exact, recovered)


class _Attacker:
    """The open part of the system (what is printed exactly is put in), and the ranges found so far."""

    def __init__(self, knowledge: Knowledge, target: IntArray) -> None:
        self.target = target
        known = knowledge.high - knowledge.low < TOLERANCE / 10
        self.columns = np.flatnonzero(~known)
        settled = np.where(known, (knowledge.low + knowledge.high) / 2, 0.0)
        self.matrix = knowledge.matrix[:, self.columns]
        self.constant = knowledge.constant - knowledge.matrix @ settled
        self.at_least = knowledge.at_least
        self.bounds = (knowledge.low[self.columns], knowledge.high[self.columns])
        self.part = self.parts()
        self.whole = knowledge.whole[self.columns] & (np.bincount(self.part, minlength=1)[self.part] <= SMALL)
        self.place = np.full(known.size, -1)
        self.place[self.columns] = np.arange(self.columns.size)
        middle = np.where(known, settled, np.nan)[target]
        self.low, self.high = middle.copy(), middle.copy()
        self.unseen = np.isnan(middle)
        self.low[self.unseen], self.high[self.unseen] = np.inf, -np.inf

    def parts(self) -> IntArray:
        """The connected part of each open quantity."""
        pattern = abs(self.matrix)
        _, label = connected_components((pattern.T @ pattern).tocsr(), directed=False)
        return np.asarray(label, dtype=np.int64)

    def glance(self, wanted: FloatArray) -> None:
        """Look at the large parts, as many at a time as one program holds well."""
        size = np.bincount(self.part, minlength=1)
        open_ = np.flatnonzero(self.unseen)
        part = self.part[self.place[self.target[open_]]]
        bundle = np.cumsum(np.where(size > SMALL, size, 0))[part] // BUNDLE
        for one in np.unique(bundle[size[part] > SMALL]):
            self.look(open_[(bundle == one) & (size[part] > SMALL)], wanted)

    def look(self, among: IntArray, wanted: FloatArray) -> None:
        """Worlds that differ in many targets at once, each by no more than is wanted, so that all get their share."""
        before, turn = 0, 0
        middle = np.full(self.columns.size, np.nan)
        while True:
            narrow = among[~(self.high[among] - self.low[among] >= wanted[among])]
            at = self.place[self.target[narrow]]
            parts = np.unique(self.part[at])
            if narrow.size == 0 or (turn > 2 and before - narrow.size <= parts.size):
                return  # one by one is as fast: a pair of programs settles one target of each part
            before = narrow.size
            inside = np.isin(self.part, parts)
            if turn == 0:
                middle = self.solve(np.zeros(self.columns.size), inside)
            sign = np.where(np.cos(at * (turn + 1) * 2.399963) < 0, -1.0, 1.0)  # the golden angle: no pattern repeats
            for direction in (sign, -sign):
                world = self.reach(at, direction, inside, middle, wanted[narrow])
                self.see(world)
                middle = np.where(inside, (middle + world) / 2, middle)
            turn += 1

    def reach(
        self, at: IntArray, sign: FloatArray, inside: BoolArray, middle: FloatArray, most: FloatArray
    ) -> FloatArray:
        """A world whose columns ``at`` lie as far from ``middle`` as possible in direction ``sign``, up to ``most``."""
        columns = np.flatnonzero(inside)
        place = np.searchsorted(columns, at)
        matrix = self.matrix[:, columns]
        rows = np.flatnonzero(np.diff(matrix.indptr))
        ceiling = np.where(self.at_least, np.inf, self.constant)[rows]
        moved = sparse.csr_array((sign, (np.arange(at.size), place)), shape=(at.size, columns.size))
        system = sparse.block_array([[matrix[rows], None], [moved, -sparse.eye_array(at.size)]], format="csr")
        low = np.concatenate([self.constant[rows], sign * middle[at] - TOLERANCE / 10])
        high = np.concatenate([ceiling, np.full(at.size, np.inf)])
        result = self.run(
            np.concatenate([np.zeros(columns.size), -np.ones(at.size)]),
            Bounds(
                np.concatenate([self.bounds[0][columns], np.zeros(at.size)]),
                np.concatenate([self.bounds[1][columns], most]),
            ),
            LinearConstraint(system, low, high),
        )
        world = np.full(self.columns.size, np.nan)
        world[columns] = result[: columns.size]
        return world

    def see(self, world: FloatArray) -> None:
        """Widen the ranges by one possible world."""
        at = np.flatnonzero(self.unseen)
        seen = world[self.place[self.target[at]]]
        self.low[at] = np.fmin(self.low[at], seen)
        self.high[at] = np.fmax(self.high[at], seen)

    def narrow(self, among: IntArray | None, wanted: FloatArray) -> BoolArray:
        """Find the exact range of the targets ``among`` (all open ones if None), one of every part at a time."""
        chosen = np.flatnonzero(self.unseen) if among is None else among[self.unseen[among]]
        exact = ~self.unseen
        exact[chosen] = True
        part = self.part[self.place[self.target[chosen]]]
        while chosen.size:
            first = np.unique(part, return_index=True)[1]
            self.extremes(chosen[first], wanted, thorough=among is None)
            chosen, part = np.delete(chosen, first), np.delete(part, first)
        return exact

    def extremes(self, turn: IntArray, wanted: FloatArray, *, thorough: bool) -> None:
        """The smallest and largest value of the targets ``turn``, which are in different parts."""
        at = self.place[self.target[turn]]
        objective = np.zeros(self.columns.size)
        objective[at] = 1.0
        inside = np.isin(self.part, self.part[at])
        worlds = [self.solve(objective, inside), self.solve(-objective, inside)]
        ends = np.stack([world[at] for world in worlds])
        whole = self.whole[at]
        self.low[turn] = np.where(whole, np.ceil(ends[0] - TOLERANCE), ends[0])
        self.high[turn] = np.where(whole, np.floor(ends[1] + TOLERANCE), ends[1])
        fraction = self.whole & (np.max([np.abs(world - np.round(world)) for world in worlds], axis=0) > TOLERANCE)
        doubtful = np.isin(self.part[at], self.part[fraction])
        if not thorough:  # a range that is narrow even with fractions of pupils is narrow without them
            doubtful &= self.high[turn] - self.low[turn] >= wanted[turn] - TOLERANCE
        for one, place in zip(turn[doubtful], at[doubtful], strict=True):
            objective = np.zeros(self.columns.size)
            objective[place] = 1.0
            inside = self.part == self.part[place]
            self.low[one] = self.solve(objective, inside, whole=True)[place]
            self.high[one] = self.solve(-objective, inside, whole=True)[place]

    def solve(self, objective: FloatArray, inside: BoolArray, *, whole: bool = False) -> FloatArray:
        """The possible world (NaN outside the parts ``inside``) with the least objective."""
        at = np.flatnonzero(inside)
        matrix = self.matrix[:, at]
        rows = np.flatnonzero(np.diff(matrix.indptr))
        ceiling = np.where(self.at_least, np.inf, self.constant)
        integral = self.whole[at] & whole
        rule = LinearConstraint(matrix[rows], self.constant[rows], ceiling[rows]) if rows.size else None
        result = self.run(objective[at], Bounds(self.bounds[0][at], self.bounds[1][at]), rule, integral)
        world = np.full(self.columns.size, np.nan)
        world[at] = np.where(integral, np.round(result), result)
        return world

    @staticmethod
    def run(
        objective: FloatArray, bounds: Bounds, rule: LinearConstraint | None, integral: BoolArray | None = None
    ) -> FloatArray:
        """One program."""
        result = milp(
            objective,
            integrality=None if integral is None else integral.astype(np.int64),
            bounds=bounds,
            constraints=rule,
        )
        if result.x is None:
            raise DisclosureError(
                N_(
                    "The attacker test could not be finished, so nothing is published: the solver says “{reason}”; "
                    "publish fewer breakdowns."
                ),
                reason=result.message,
            )
        return np.asarray(result.x, dtype=np.float64)
