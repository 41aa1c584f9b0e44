"""Small releases, and every set of whole numbers that agrees with what a release prints."""

from itertools import product

import numpy as np

from hashar.methods.disclosure import Knowledge, Relations, Tables


def cross(counts):
    """A table with its margins and total: values (m,), relations as rows, shape of each block is kept in order."""
    counts = np.asarray(counts, dtype=float)
    rows, columns = counts.shape
    values = [counts.sum(), *counts.sum(axis=1), *counts.sum(axis=0), *counts.ravel()]
    inner = np.arange(rows * columns).reshape(rows, columns) + 1 + rows + columns
    found = [
        [(0, -1.0), *((1 + i, 1.0) for i in range(rows))],
        [(0, -1.0), *((1 + rows + j, 1.0) for j in range(columns))],
    ]
    found += [[(1 + i, -1.0), *((int(at), 1.0) for at in inner[i])] for i in range(rows)]
    found += [[(1 + rows + j, -1.0), *((int(at), 1.0) for at in inner[:, j])] for j in range(columns)]
    return np.array(values), found


def tables(values, rows, *, upper=None, width=3.0, cost=None, at_least=None, stage=None):
    values = np.asarray(values, dtype=float)
    m = values.size
    limit = np.full(m, values.max() + 10.0) if upper is None else np.asarray(upper, dtype=float)
    return Tables(
        values,
        limit,
        np.arange(m),
        np.minimum(np.broadcast_to(np.asarray(width, dtype=float), (m,)), limit),
        np.ones(m) if cost is None else np.asarray(cost, dtype=float),
        np.zeros(m, dtype=np.int64) if stage is None else np.asarray(stage),
        Relations.build(rows, [False] * len(rows) if at_least is None else at_least, values),
    )


def knowledge(system, hidden):
    """Everything that is printed once ``hidden`` (m,) quantities are gone."""
    return Knowledge(
        system.relations.matrix,
        system.relations.constant,
        system.relations.at_least,
        np.where(hidden, 0.0, system.values),
        np.where(hidden, system.upper, system.values),
        np.ones(system.values.size, dtype=bool),
    )


def every_world(system, hidden):
    """All whole numbers for the hidden quantities that agree with the rest, by trying each of them, (worlds, m)."""
    at = np.flatnonzero(hidden)
    found = []
    for values in product(*(range(int(system.upper[one]) + 1) for one in at)):
        world = system.values.copy()
        world[at] = values
        total = system.relations.matrix @ world
        loose = system.relations.at_least
        if np.all(np.where(loose, total >= 0, total == system.relations.constant)):
            found.append(world)
    return np.array(found)
