"""Cells: what one pass over the rows leaves, and all that a design-based estimate needs.

A *cell* is an occupied combination of cluster and domain. Proportions, means, totals and ratios and their linearised
variances depend on the rows only through sums by cell: a cluster's total of the influence values of a domain is Σ w·y
− θ Σ w over the cell (Binder 1983, *Int. Stat. Rev.* 51; Woodruff 1971, *JASA* 66), so estimation is algebra on cells
(:mod:`hashar.methods.survey.finish`). Cells of several files add up, and cells of districts add up to regions.

This module is the plain numpy path and the oracle of the others: the compiled kernel
(:mod:`hashar.methods.survey.kernels`) and the SQL engines return the same cells.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from hashar.errors import EstimationError
from hashar.i18n import N_
from hashar.methods.survey.frame import Frame
from hashar.methods.survey.prepare import Prepared
from hashar.methods.survey.records import FloatArray, IntArray

FEW_CODES = 8
"""Answers with at most so many codes are counted by code, others are multiplied."""

STRIP = 16
"""Items copied column by column at a time: one cache line holds 64, and the copies stay in the cache."""


@dataclass(frozen=True, eq=False)
class Cells:
    """m occupied cells of i items, ordered by cluster, then domain.

    ``frame`` every sampled cluster; ``items`` names; ``domains`` K, the number of domains, also of empty ones.
    ``cluster``, ``domain`` (m,) what a cell is; ``rows`` (m,) its questionnaires; ``weight``, ``weight2`` (m,) their Σ
    w and Σ w². Per item, over the rows that answered it (m, i): ``n`` how many, ``yes`` how many of them not zero,
    ``w`` Σ w, ``wy`` Σ w·y, ``wyy`` Σ w·y² (the same array as ``wy`` where all items are yes/no).
    """

    frame: Frame
    items: tuple[str, ...]
    domains: int
    cluster: IntArray
    domain: IntArray
    rows: IntArray
    weight: FloatArray
    weight2: FloatArray
    n: npt.NDArray[np.int32]
    yes: npt.NDArray[np.int32]
    w: FloatArray
    wy: FloatArray
    wyy: FloatArray

    def __len__(self) -> int:
        return self.cluster.size

    @property
    def yes_no(self) -> bool:
        """Whether all items are yes/no."""
        return self.wyy is self.wy

    def select(self, items: Sequence[str]) -> Self:
        """The cells of some items, in the order asked for.

        Raises
        ------
        EstimationError
            An item that the cells do not have.

        """
        for name in items:
            if name not in self.items:
                raise EstimationError(
                    N_("There are no cells for {item}; there are some for: {items}."),
                    item=name,
                    items=", ".join(self.items),
                )
        at = [self.items.index(name) for name in items]
        wy = self.wy[:, at]
        return replace(
            self,
            items=tuple(items),
            n=self.n[:, at],
            yes=self.yes[:, at],
            w=self.w[:, at],
            wy=wy,
            wyy=wy if self.yes_no else self.wyy[:, at],
        )

    def roll_up(self, parent: npt.ArrayLike, domains: int | None = None) -> "Cells":
        """Cells of larger domains: ``parent`` (K,) is every domain's new domain, −1 to leave it out.

        ``domains`` is the new K, by default the largest parent + 1. Communities add up to regions, girls and boys to
        all.

        Raises
        ------
        EstimationError
            A ``parent`` that does not have one entry per domain.

        """
        of = np.asarray(parent, dtype=np.int64)
        if of.shape != (self.domains,):
            raise EstimationError(
                N_("{given} parents were given for {domains} domains: give one for each."),
                given=of.size,
                domains=self.domains,
            )
        count = int(of.max(initial=-1)) + 1 if domains is None else domains
        kept = np.flatnonzero(of[self.domain] >= 0)
        return _add_up([self], [self.cluster[kept]], [of[self.domain[kept]]], [kept], self.frame, count)


@dataclass(frozen=True, eq=False)
class CellIndex:
    """Which cell every row is in: ``cell`` (n,), m for rows in no domain; ``cluster``, ``domain`` (m,)."""

    cell: IntArray
    cluster: IntArray
    domain: IntArray

    @property
    def size(self) -> int:
        """m, the number of occupied cells."""
        return self.cluster.size


def cells(prepared: Prepared, by: npt.ArrayLike | None = None, domains: int | None = None) -> Cells:
    """Sums by cluster × domain in one pass over the rows, in numpy.

    Parameters
    ----------
    prepared
        The survey.
    by
        (n,) domain of every row, 0 … K−1, −1 in none, in the order of the *prepared* rows (``prepared.arrange``);
        None: one domain.
    domains
        K, by default the largest code + 1.

    Raises
    ------
    EstimationError
        Domain codes of another length or outside −1 … K−1.

    """
    codes, count = domain_codes(by, prepared.n, domains)
    cluster = np.repeat(np.arange(prepared.frame.clusters), np.diff(prepared.start))
    index = index_cells(cluster, codes, prepared.frame.clusters, count)
    return sum_columns(prepared.frame, index, prepared.weights, prepared.items, _columns(prepared), count)


def domain_codes(by: npt.ArrayLike | None, n: int, domains: int | None) -> tuple[npt.NDArray[np.int32], int]:
    """Domain codes (n,) checked, and their number K; see :func:`cells`."""
    codes = np.zeros(n, np.int32) if by is None else np.asarray(by).astype(np.int32, copy=False)
    highest, lowest = int(codes.max(initial=-1)), int(codes.min(initial=0))
    count = max(highest + 1, 1) if domains is None else domains
    if codes.shape != (n,) or highest >= count or lowest < -1:
        raise EstimationError(
            N_("The survey has {n} rows and {domains} domains; the domain codes are {size} from {low} to {high}."),
            n=n,
            domains=count,
            size=codes.size,
            low=lowest,
            high=highest,
        )
    return codes, count


def index_cells(cluster: IntArray, codes: npt.NDArray[np.int32], clusters: int, domains: int) -> CellIndex:
    """Number the occupied cells of rows in any order: ``cluster`` and domain ``codes`` (n,), −1 in no domain."""
    outside = codes < 0
    key = cluster * domains + codes
    if clusters * domains <= 8 * key.size + 1024:
        occupied = np.zeros(clusters * domains, bool)
        occupied[key[~outside]] = True
        at = np.flatnonzero(occupied)
        number = np.zeros(occupied.size, np.int64)
        number[at] = np.arange(at.size)
        cell = number[np.where(outside, 0, key)]
    else:
        at = np.unique(key[~outside])
        cell = np.searchsorted(at, key)
    return CellIndex(np.where(outside, at.size, cell), at // domains, at % domains)


def sum_columns(
    frame: Frame,
    index: CellIndex,
    weights: FloatArray,
    items: Sequence[str],
    columns: Iterable[npt.NDArray[Any]],
    domains: int,
) -> Cells:
    """Add up columns (n,), one per item: int8 codes with −1 missing, or float64 with NaN missing, rows in any order."""
    m, size = index.size, (len(items), index.size)
    n, yes = np.empty(size, np.int32), np.empty(size, np.int32)
    w, wy = np.empty(size), np.empty(size)
    wyy: FloatArray | None = None
    for j, column in enumerate(columns):
        coded = column.dtype == np.int8
        top = int(column.max(initial=0)) if coded else FEW_CODES
        add = _add_codes if top < FEW_CODES else _add_numbers
        n[j], yes[j], w[j], wy[j], squares = add(index, weights, column, top)
        if wyy is None and not (coded and top <= 1):
            wyy = wy.copy()  # until here all were yes/no
        if wyy is not None:
            wyy[j] = squares
    n = _by_cell(n)  # one after the other, so that there is never a second copy of more than one
    yes = _by_cell(yes)
    w = _by_cell(w)
    wy = _by_cell(wy)
    wyy = wy if wyy is None else _by_cell(wyy)
    return Cells(
        frame=frame,
        items=tuple(items),
        domains=domains,
        cluster=index.cluster,
        domain=index.domain,
        rows=np.bincount(index.cell, minlength=m + 1)[:m],
        weight=_floats(np.bincount(index.cell, weights, m + 1)[:m]),
        weight2=_floats(np.bincount(index.cell, weights**2, m + 1)[:m]),
        n=n,
        yes=yes,
        w=w,
        wy=wy,
        wyy=wyy,
    )


def merge(parts: Sequence[Cells]) -> Cells:
    """Cells of several files of one survey, or of waves that share clusters, added up.

    Clusters are the same where stratum and cluster have the same names; domains are numbered alike in all parts (give
    waves domains of their own with :meth:`Cells.roll_up` first).

    Raises
    ------
    EstimationError
        Parts with different items or numbers of domains.
    DesignError
        Parts that disagree on the strata or population sizes.

    """
    if len({(p.items, p.domains) for p in parts}) != 1:
        raise EstimationError(N_("Only cells of the same items and domains can be added up."))
    entries = [p.frame for p in parts]
    strata = np.concatenate([f.stratum_names[f.stratum] for f in entries])
    clusters = np.concatenate([f.cluster_names for f in entries])
    population = np.concatenate([f.population[f.stratum] for f in entries])
    finite = np.isfinite(population)
    fpc = np.where(finite, population, 1e300) if finite.any() else None  # so many that the correction is 1
    frame, entry = Frame.build(strata=strata, clusters=clusters, fpc=fpc, nest=True)
    if finite.any():
        unlimited = np.where(frame.population >= 1e300, np.inf, frame.population)
        frame = replace(frame, population=unlimited)
    offsets = np.cumsum([0, *(f.clusters for f in entries)])
    cluster = [entry[p.cluster + at] for p, at in zip(parts, offsets, strict=False)]
    whole = [np.arange(len(p)) for p in parts]
    return _add_up(parts, cluster, [p.domain for p in parts], whole, frame, parts[0].domains)


def _add_up(
    parts: Sequence[Cells],
    cluster: Sequence[IntArray],
    domain: Sequence[IntArray],
    kept: Sequence[IntArray],
    frame: Frame,
    domains: int,
) -> Cells:
    """Cells with new clusters and domains; those that coincide are added."""
    key = np.concatenate(cluster) * max(domains, 1) + np.concatenate(domain)
    order = np.argsort(key, kind="stable")
    ordered = key[order]
    first = np.flatnonzero(np.diff(ordered, prepend=-1))

    def added(name: str) -> npt.NDArray[Any]:
        values = np.concatenate([getattr(p, name)[k] for p, k in zip(parts, kept, strict=True)])
        total: npt.NDArray[Any] = np.add.reduceat(values[order], first, axis=0) if first.size else values[:0]
        return total.astype(values.dtype, copy=False)

    wy = added("wy")
    return Cells(
        frame=frame,
        items=parts[0].items,
        domains=domains,
        cluster=ordered[first] // max(domains, 1),
        domain=ordered[first] % max(domains, 1),
        rows=added("rows"),
        weight=added("weight"),
        weight2=added("weight2"),
        n=added("n"),
        yes=added("yes"),
        w=added("w"),
        wy=wy,
        wyy=wy if all(p.yes_no for p in parts) else added("wyy"),
    )


def _columns(prepared: Prepared) -> Iterator[npt.NDArray[Any]]:
    for block in (prepared.answers, prepared.numbers):
        for begin in range(0, block.shape[1], STRIP):
            yield from np.ascontiguousarray(block[:, begin : begin + STRIP].T)


def _by_cell(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    """(i, m), in which one item is filled at a time, to (m, i)."""
    return np.ascontiguousarray(values.T)


def _floats(values: npt.NDArray[Any]) -> FloatArray:
    return np.asarray(values, dtype=np.float64)


Sums = tuple[Any, Any, FloatArray, FloatArray, FloatArray]


def _add_codes(index: CellIndex, weights: FloatArray, codes: npt.NDArray[Any], top: int) -> Sums:
    """n, yes, Σ w, Σ w·y, Σ w·y² (m,) of a column with few codes, from the weight and count of every code."""
    m, width = index.size, top + 2
    slot = index.cell * width
    slot += codes
    slot += 1
    weight = np.bincount(slot, weights, (m + 1) * width).reshape(m + 1, width)[:m]
    count = np.bincount(slot, minlength=(m + 1) * width).reshape(m + 1, width)[:m]
    yes, wy, wyy = np.zeros(m, np.int64), np.zeros(m), np.zeros(m)
    for code in range(1, top + 1):
        yes += count[:, code + 1]
        wy += code * weight[:, code + 1]
        wyy += code**2 * weight[:, code + 1]
    return count[:, 1] + yes, yes, weight[:, 1:].sum(axis=1) if top > 1 else weight[:, 1] + wy, wy, wyy


def _add_numbers(index: CellIndex, weights: FloatArray, values: npt.NDArray[Any], top: int) -> Sums:
    """The same of a column of numbers, or of many codes."""
    del top
    known = values != -1 if values.dtype == np.int8 else ~np.isnan(values)
    cell, y = index.cell[known], values[known].astype(np.float64)
    w = weights[known]

    def added(x: FloatArray | None) -> npt.NDArray[Any]:
        total: npt.NDArray[Any] = np.bincount(cell, x, index.size + 1)[: index.size]
        return total

    return added(None), added((y != 0).astype(np.float64)), added(w), added(w * y), added(w * y * y)
