"""The numbers of one release as a linear system."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
import numpy.typing as npt
from scipy import sparse

from hashar.errors import DisclosureError
from hashar.i18n import N_

FloatArray = npt.NDArray[np.float64]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

SLACK = 1e-6
"""Widths and sums are compared with this tolerance, in pupils."""


@dataclass(frozen=True, eq=False)
class Relations:
    """r linear relations among m quantities: ``matrix`` (r, m) sparse; ``constant`` (r,); ``at_least`` (r,) bool.

    A row says matrix·x = constant, or matrix·x ≥ 0 where ``at_least``.
    """

    matrix: sparse.csr_array
    constant: FloatArray
    at_least: BoolArray

    @classmethod
    def build(
        cls, rows: Sequence[Sequence[tuple[int, float]]], at_least: Sequence[bool], values: npt.ArrayLike
    ) -> Self:
        """The relations ``rows`` (index, coefficient) that ``values`` (m,) obey.

        The constant of an equality is what the values give: pupils whose level of a group is unknown are a known
        remainder, not a place to hide in. An inequality that the values break is no fact, and is left out.
        """
        x = np.asarray(values, dtype=np.float64)
        lengths = np.fromiter((len(row) for row in rows), dtype=np.int64, count=len(rows))
        terms = np.array([term for row in rows for term in row], dtype=np.float64).reshape(-1, 2)
        start = np.concatenate([[0], np.cumsum(lengths)])
        matrix = sparse.csr_array((terms[:, 1], terms[:, 0].astype(np.int64), start), shape=(len(rows), x.size))
        total = np.asarray(matrix @ x)
        loose = np.asarray(at_least, dtype=np.bool_)
        kept = np.flatnonzero(~loose | (total >= -SLACK))
        return cls(matrix[kept], np.where(loose, 0.0, total)[kept], loose[kept])


@dataclass(frozen=True, eq=False)
class Tables:
    """m quantities of one release, before anything is hidden.

    ``values`` (m,) true values ≥ 0; ``upper`` (m,) the largest value that anyone could believe (finite); ``group``
    (m,) the printed cell that shows each quantity: the quantities of one cell are hidden together; ``width`` (m,) the
    smallest range of possible values that counts as protection once the cell is hidden; ``cost`` (m,) what hiding the
    quantity's cell costs the reader, > 0; ``stage`` (m,) int: quantities of a lower stage choose their helpers first.
    """

    values: FloatArray
    upper: FloatArray
    group: IntArray
    width: FloatArray
    cost: FloatArray
    stage: IntArray
    relations: Relations

    def __post_init__(self) -> None:
        """Refuse quantities outside their own bounds.

        Raises
        ------
        DisclosureError
            If a value is negative, not finite or above its upper bound.

        """
        wrong = ~((self.values >= -SLACK) & (self.values <= self.upper + SLACK) & np.isfinite(self.upper))
        if wrong.any():
            raise DisclosureError(
                N_(
                    "{count} numbers of this release are negative or larger than what they are part of, so it "
                    "cannot be checked for disclosure; check the counts that were handed in."
                ),
                count=int(wrong.sum()),
            )
