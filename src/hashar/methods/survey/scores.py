"""Influence values of many domains in one block, and their sums by cluster."""

from dataclasses import dataclass
from typing import Any

import numpy as np
from scipy import sparse

from hashar.methods.survey.records import BoolArray, FloatArray, IntArray


@dataclass(frozen=True, eq=False)
class Scores:
    """Scores of D domains × q statistics, kept as one (n, q) block: a row is in one domain at most.

    ``values`` (n, q) are multiplied by the weight; ``codes`` (n,) is the domain of every row, −1 for none (its
    values do not count). The columns of every result are domain-major: domain 0's q statistics first.
    """

    values: FloatArray
    codes: IntArray
    domains: int

    @property
    def columns(self) -> int:
        """D × q."""
        return self.domains * int(self.values.shape[1])

    def totals(self, unit: IntArray, units: int) -> FloatArray:
        """Sums (units, D·q) by ``unit`` (n,)."""
        inside = self.codes >= 0
        q = self.values.shape[1]
        cell = unit[inside] * self.domains + self.codes[inside]
        sums = [np.bincount(cell, self.values[inside, j], units * self.domains).astype(float) for j in range(q)]
        return np.stack(sums, axis=-1).reshape(units, self.columns)

    def seen(self, unit: IntArray, units: int) -> BoolArray:
        """(units, D): whether the domain has rows in the unit."""
        inside = self.codes >= 0
        cell = unit[inside] * self.domains + self.codes[inside]
        return (np.bincount(cell, minlength=units * self.domains) > 0).reshape(units, self.domains)

    def matrix(self) -> Any:  # noqa: ANN401  (scipy.sparse carries no types)
        """The scores as a sparse (n, D·q) matrix."""
        n, q = self.values.shape
        rows = np.flatnonzero(self.codes >= 0)
        columns = self.codes[rows, None] * q + np.arange(q)
        at = (np.repeat(rows, q), columns.ravel())
        return sparse.csr_matrix((self.values[rows].ravel(), at), shape=(n, self.columns))
