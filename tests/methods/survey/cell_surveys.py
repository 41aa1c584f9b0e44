"""Small surveys for cells: several items of both kinds, missing answers, domains, strata of one cluster."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from hashar.methods.survey.cells import Cells
from hashar.methods.survey.design import Design
from hashar.methods.survey.prepare import Prepared, Rows, prepare, rows

DOMAINS = 4
"""Codes −1 … 3; domain 3 is always empty."""

SUMS = ("rows", "weight", "weight2", "n", "yes", "w", "wy", "wyy")


@dataclass(frozen=True, eq=False)
class CellSurvey:
    """Columns of a survey in the order of its file."""

    design: dict
    answers: dict
    numbers: dict
    domain: np.ndarray

    @property
    def n(self) -> int:
        return self.domain.size

    def rows(self, **options) -> Rows:
        return rows(**self.design, **options)

    def whole(self, **options) -> Design:
        return Design.build(**self.design, **options)

    def prepared(self, *, numbers: bool = True) -> Prepared:
        return prepare(self.rows(), answers=self.answers, numbers=self.numbers if numbers else None)

    def columns(self) -> dict:
        """Item → (n,) numbers with NaN."""
        coded = {k: np.where(v < 0, np.nan, v).astype(float) for k, v in self.answers.items()}
        return coded | self.numbers


@st.composite
def cell_surveys(draw, *, top: int = 1, lonely: bool = False, numbers: bool = True) -> CellSurvey:
    """One to four strata of clusters of one to six rows, in random order; codes up to ``top``."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    stratum, cluster, size = [], [], []
    for h in range(draw(st.integers(1, 4))):
        count = draw(st.integers(1 if lonely else 2, 4))
        for c in range(count):
            members = draw(st.integers(1, 6))
            stratum += [10 + h] * members
            cluster += [100 * h + c] * members
            size += [count + 2] * members
    order = rng.permutation(len(stratum))
    n = order.size
    design = {
        "weights": rng.uniform(0.5, 20, n),
        "strata": np.array(stratum)[order],
        "clusters": np.array(cluster)[order],
    }
    if draw(st.booleans()):
        design["fpc"] = np.array(size)[order]
    answers = {f"q{j}": rng.integers(-1, top + 1, n).astype(np.int8) for j in range(3)}
    measured = {"score": np.where(rng.random(n) < 0.2, np.nan, rng.normal(3, 1, n))} if numbers else {}
    return CellSurvey(design, answers, measured, rng.integers(-1, DOMAINS - 1, n))


def assert_same(found: Cells, expected: Cells) -> None:
    """All keys equal, and all sums up to the order in which they were added."""
    assert found.items == expected.items
    assert found.domains == expected.domains
    np.testing.assert_array_equal(found.cluster, expected.cluster)
    np.testing.assert_array_equal(found.domain, expected.domain)
    for name in SUMS:
        np.testing.assert_allclose(getattr(found, name), getattr(expected, name), rtol=1e-12, atol=1e-12, err_msg=name)
