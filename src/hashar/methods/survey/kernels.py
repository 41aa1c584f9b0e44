"""The compiled kernel (extra ``fast``): the same cells and moments as in numpy, at the speed of the memory.

Importing this module needs numba and takes about half a second; what it compiles is kept on disk for the next process.
Loops run over a pupil's answers side by side, so that the compiler uses vector instructions, and over cells or domains
in parallel.
"""

import os
from collections.abc import Callable
from typing import Any, TypeVar

os.environ.setdefault("OMP_WAIT_POLICY", "PASSIVE")  # else waiting threads spin, which others on the machine pay for

import numba
import numpy as np
import numpy.typing as npt

from hashar.methods.survey import cells as plain
from hashar.methods.survey.cells import Cells
from hashar.methods.survey.finish import ROUNDING, Moments
from hashar.methods.survey.linear import Groups, stratum_factors
from hashar.methods.survey.prepare import Prepared
from hashar.methods.survey.records import IntArray

Array = npt.NDArray[Any]
Arrays = tuple[Array, ...]
F = TypeVar("F", bound=Callable[..., Any])

PARTS = 16
"""Clusters are indexed in so many parts at once; each needs a table as long as there are domains."""


def _compile(function: F) -> F:
    return _kept(function, parallel=True)


def _inline(function: F) -> F:
    return _kept(function)


def _kept(function: F, **settings: bool) -> F:
    """Compiled, and kept on disk where some folder lets us; elsewhere every process compiles anew."""
    try:
        compiled: F = numba.njit(cache=True, nogil=True, **settings)(function)
    except RuntimeError:
        compiled = numba.njit(nogil=True, **settings)(function)
    return compiled


def cells(prepared: Prepared, by: npt.ArrayLike | None = None, domains: int | None = None) -> Cells:
    """As :func:`hashar.methods.survey.cells.cells`, with the same errors."""
    codes, count = plain.domain_codes(by, prepared.n, domains)
    first = np.concatenate([[0], np.cumsum(_count(prepared.start, codes, count))])
    m, items = int(first[-1]), len(prepared.items)
    cluster, domain, rows = np.empty(m, np.int64), np.empty(m, np.int64), np.empty(m, np.int64)
    weight, weight2 = np.empty(m), np.empty(m)
    yes_no = prepared.top <= 1 and prepared.numbers.shape[1] == 0
    n, yes = np.empty((2, m, items), np.int32)  # large blocks come in large pages, which appear faster
    totals = np.empty((2 if yes_no else 3, m, items))
    w, wy = totals[0], totals[1]
    wyy = wy if yes_no else totals[2]
    place = np.empty(m, np.int64), np.empty(m, np.int64), np.empty(prepared.n, np.int32)
    keys, whole, sums = (cluster, domain), (rows, weight, weight2), (n, yes, w, wy, wyy)
    data = prepared.weights, prepared.answers, prepared.numbers
    _pass(prepared.start, codes, count, first, keys, place, data, whole, sums, yes_no)
    return Cells(
        prepared.frame, prepared.items, count, cluster, domain, rows, weight, weight2, n=n, yes=yes, w=w, wy=wy, wyy=wyy
    )


def moments(found: Cells, groups: Groups, *, total: bool) -> Moments:
    """Totals or means with their variances, of a design without single-cluster strata; see ``finish.Fast``."""
    shape = (found.domains, len(found.items))
    n, (size, point, variance, simple) = np.zeros(shape, np.int64), np.zeros((4, *shape))
    sampled = found.frame.sampled[groups.stratum].astype(np.float64)
    factor = stratum_factors(found.frame)[groups.stratum]
    of_domain = np.searchsorted(groups.domain, np.arange(found.domains + 1))
    where = (of_domain, groups.first, groups.first + groups.count, groups.order)
    sums = (found.n, found.w, found.wy, found.wyy)
    _moments(where, sampled, factor, sums, found.yes_no, total, (n, size, point, variance, simple))
    return Moments(n, size, point, variance, simple)


@_compile
def _count(start: Array, codes: Array, domains: int) -> IntArray:
    """Occupied domains of every cluster (C,)."""
    clusters = start.size - 1
    found = np.zeros(clusters, np.int64)
    for part in numba.prange(PARTS):
        seen = np.full(domains, -1, np.int64)
        for c in range(part * clusters // PARTS, (part + 1) * clusters // PARTS):
            for r in range(start[c], start[c + 1]):
                k = codes[r]
                if k >= 0 and seen[k] != c:
                    seen[k] = c
                    found[c] += 1
    return found


@_compile
def _pass(
    start: Array,
    codes: Array,
    domains: int,
    first: Array,
    keys: Arrays,
    place: Arrays,
    data: Arrays,
    whole: Arrays,
    sums: Arrays,
    yes_no: bool,  # noqa: FBT001  (numba has no keyword-only arguments)
) -> None:
    """Cluster by cluster: sort its rows into cells, then add up every cell while the rows are in the cache."""
    clusters = start.size - 1
    for part in numba.prange(PARTS):
        size = np.zeros(domains, np.int64)
        for c in range(part * clusters // PARTS, (part + 1) * clusters // PARTS):
            _place(c, start, codes, first, keys, place, size)
            for cell in range(first[c], first[c + 1]):
                _weigh(cell, place, data[0], whole)
                if yes_no:
                    _add_yes_no(cell, place, data[0], data[1], sums)
                else:
                    _add_codes(cell, place, data[0], data[1], sums)
                    _add_numbers(cell, place, data[0], data[2], sums)


@_inline
def _place(c: int, start: Array, codes: Array, first: Array, keys: Arrays, place: Arrays, size: Array) -> None:
    """Number the cells of cluster ``c`` by domain and put the rows of each side by side.

    ``size`` (K,) is scratch, zero before and after. ``place`` is begin (m,), end (m,) and row (n,).
    """
    cluster, domain = keys
    begin, end, row = place
    lowest = first[c]
    known = lowest
    for r in range(start[c], start[c + 1]):
        k = codes[r]
        if k >= 0:
            if size[k] == 0:
                at = known
                while at > lowest and domain[at - 1] > k:
                    domain[at] = domain[at - 1]
                    at -= 1
                domain[at] = k
                known += 1
            size[k] += 1
    free = start[c]
    for at in range(lowest, known):
        cluster[at], begin[at], end[at] = c, free, free
        free += size[domain[at]]
        size[domain[at]] = at
    for r in range(start[c], start[c + 1]):
        if codes[r] >= 0:
            at = size[codes[r]]
            row[end[at]] = r
            end[at] += 1
    for at in range(lowest, known):
        size[domain[at]] = 0


@_inline
def _weigh(cell: int, place: Arrays, weights: Array, whole: Arrays) -> None:
    """Rows, Σ w and Σ w² of a cell."""
    begin, end, row = place
    rows, weight, weight2 = whole
    total, squares = 0.0, 0.0
    for at in range(begin[cell], end[cell]):
        x = weights[row[at]]
        total += x
        squares += x * x
    rows[cell], weight[cell], weight2[cell] = end[cell] - begin[cell], total, squares


@_inline
def _add_yes_no(cell: int, place: Arrays, weights: Array, answers: Array, sums: Arrays) -> None:
    """Sums of 0/1 answers; four rows at a time, so that the sums are loaded and stored once for four."""
    begin, end, row = place
    n, yes, w, wy = sums[0][cell], sums[1][cell], sums[2][cell], sums[3][cell]
    n[:], yes[:], w[:], wy[:] = 0, 0, 0.0, 0.0
    items = answers.shape[1]
    at, last = begin[cell], end[cell]
    while at + 3 < last:
        a0, a1, a2, a3 = answers[row[at]], answers[row[at + 1]], answers[row[at + 2]], answers[row[at + 3]]
        x0, x1, x2, x3 = weights[row[at]], weights[row[at + 1]], weights[row[at + 2]], weights[row[at + 3]]
        for j in range(items):
            w[j] += ((x0 if a0[j] >= 0 else 0.0) + (x1 if a1[j] >= 0 else 0.0)) + (
                (x2 if a2[j] >= 0 else 0.0) + (x3 if a3[j] >= 0 else 0.0)
            )
            wy[j] += ((x0 if a0[j] > 0 else 0.0) + (x1 if a1[j] > 0 else 0.0)) + (
                (x2 if a2[j] > 0 else 0.0) + (x3 if a3[j] > 0 else 0.0)
            )
        for j in range(items):
            n[j] += np.int8(a0[j] >= 0) + np.int8(a1[j] >= 0) + np.int8(a2[j] >= 0) + np.int8(a3[j] >= 0)
            yes[j] += np.int8(a0[j] > 0) + np.int8(a1[j] > 0) + np.int8(a2[j] > 0) + np.int8(a3[j] > 0)
        at += 4
    while at < last:
        a0, x0 = answers[row[at]], weights[row[at]]
        for j in range(items):
            w[j] += x0 if a0[j] >= 0 else 0.0
            wy[j] += x0 if a0[j] > 0 else 0.0
            n[j] += np.int8(a0[j] >= 0)
            yes[j] += np.int8(a0[j] > 0)
        at += 1


@_inline
def _add_codes(cell: int, place: Arrays, weights: Array, answers: Array, sums: Arrays) -> None:
    """Sums of answers with any codes; empties the sums of the numbers too."""
    begin, end, row = place
    n, yes, w, wy, wyy = sums[0][cell], sums[1][cell], sums[2][cell], sums[3][cell], sums[4][cell]
    n[:], yes[:], w[:], wy[:], wyy[:] = 0, 0, 0.0, 0.0, 0.0
    for at in range(begin[cell], end[cell]):
        codes, x = answers[row[at]], weights[row[at]]
        for j in range(codes.size):
            y = float(max(codes[j], 0))
            n[j] += codes[j] >= 0
            yes[j] += codes[j] > 0
            w[j] += x if codes[j] >= 0 else 0.0
            wy[j] += x * y
            wyy[j] += x * y * y


@_inline
def _add_numbers(cell: int, place: Arrays, weights: Array, numbers: Array, sums: Arrays) -> None:
    """Sums of numbers; their items come last."""
    begin, end, row = place
    n, yes, w, wy, wyy = sums[0][cell], sums[1][cell], sums[2][cell], sums[3][cell], sums[4][cell]
    split = n.size - numbers.shape[1]
    for at in range(begin[cell], end[cell]):
        values, x = numbers[row[at]], weights[row[at]]
        for j in range(values.size):
            y = values[j]
            if not np.isnan(y):
                n[split + j] += 1
                yes[split + j] += y != 0
                w[split + j] += x
                wy[split + j] += x * y
                wyy[split + j] += x * y * y


@_compile
def _moments(
    where: Arrays,
    sampled: Array,
    factor: Array,
    sums: Arrays,
    yes_no: bool,  # noqa: FBT001  (numba has no keyword-only arguments)
    total: bool,  # noqa: FBT001  (as above)
    out: Arrays,
) -> None:
    """The formulas of :mod:`hashar.methods.survey.linear`, domain by domain, while its cells are in the cache."""
    of_domain = where[0]
    for k in numba.prange(of_domain.size - 1):
        low, high = of_domain[k], of_domain[k + 1]
        theta, scale = _points(k, low, high, where, sums, yes_no, total, out)
        for g in range(low, high):
            _squares(k, g, where, sampled[g], factor[g], sums, theta, scale, out[3])


@_inline
def _points(
    k: int,
    low: int,
    high: int,
    where: Arrays,
    sums: Arrays,
    yes_no: bool,  # noqa: FBT001  (as above)
    total: bool,  # noqa: FBT001  (as above)
    out: Arrays,
) -> tuple[Array, Array]:
    """Fill in all but the variance of domain ``k``; θ and g (i,) of z = (wy − θ w) g."""
    n, size, point, simple = out[0][k], out[1][k], out[2][k], out[4][k]
    items = n.size
    y, square, theta, scale = np.zeros(items), np.zeros(items), np.zeros(items), np.zeros(items)
    for g in range(low, high):
        for at in range(where[1][g], where[2][g]):
            cell = where[3][at]
            for j in range(items):
                n[j] += sums[0][cell, j]
                size[j] += sums[1][cell, j]
                y[j] += sums[2][cell, j]
                square[j] += sums[3][cell, j]
    for j in range(items):
        if n[j] == 0:
            point[j], simple[j] = np.nan, np.nan
            continue
        mean = y[j] / size[j]
        spread = mean * (1 - mean) if yes_no else square[j] / size[j] - mean * mean
        if not yes_no and spread <= ROUNDING * square[j] / size[j]:
            spread = 0.0
        point[j], simple[j] = (y[j], spread * size[j] ** 2) if total else (mean, spread)
        theta[j], scale[j] = (0.0, 1.0) if total else (mean, 1 / size[j])
    return theta, scale


@_inline
def _squares(
    k: int,
    g: int,
    where: Arrays,
    sampled: float,
    factor: float,
    sums: Arrays,
    theta: Array,
    scale: Array,
    variance: Array,
) -> None:
    """Add what the stratum of group ``g`` adds to the variance of domain ``k``."""
    w, wy = sums[1], sums[2]
    begin, end = where[1][g], where[2][g]
    items = theta.size
    centre, squares = np.zeros(items), np.zeros(items)
    for at in range(begin, end):
        cell = where[3][at]
        for j in range(items):
            centre[j] += (wy[cell, j] - theta[j] * w[cell, j]) * scale[j]
    for j in range(items):
        centre[j] /= sampled
        squares[j] = (sampled - (end - begin)) * centre[j] ** 2
    for at in range(begin, end):
        cell = where[3][at]
        for j in range(items):
            squares[j] += ((wy[cell, j] - theta[j] * w[cell, j]) * scale[j] - centre[j]) ** 2
    for j in range(items):
        variance[k, j] += factor * squares[j]
