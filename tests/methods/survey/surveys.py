"""Small surveys that hypothesis draws: strata, clusters, weights, answers."""

from dataclasses import dataclass

import numpy as np
from hypothesis import strategies as st

from hashar.methods.survey.design import Design


@dataclass(frozen=True, eq=False)
class Survey:
    design: Design
    y: np.ndarray
    x: np.ndarray
    domain: np.ndarray
    raw: dict


@st.composite
def surveys(draw, *, clusters: int = 5, missing: bool = False, fpc: bool = False) -> Survey:
    """Two to four strata with two to ``clusters`` clusters of one to four rows; answers 0/1, a score, three domains."""
    rng = np.random.default_rng(draw(st.integers(0, 2**32 - 1)))
    stratum, cluster, sizes = [], [], []
    for h in range(draw(st.integers(2, 4))):
        count = draw(st.integers(2, clusters))
        for c in range(count):
            rows = draw(st.integers(1, 4))
            stratum += [h] * rows
            cluster += [c] * rows
            sizes += [count + 3] * rows
    n = len(stratum)
    raw = {"weights": rng.uniform(0.5, 20, n), "strata": np.array(stratum), "clusters": np.array(cluster)}
    raw |= {"fpc": np.array(sizes)} if fpc else {}
    y = rng.integers(0, 2, n).astype(float)
    if missing:
        y[rng.random(n) < 0.2] = np.nan
    return Survey(Design.build(**raw, nest=True), y, rng.normal(10, 3, n), rng.integers(-1, 3, n), raw)
