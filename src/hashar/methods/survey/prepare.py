"""A survey made ready for any number of breakdowns: the slow step, done once.

Rows are put in the order of strata and clusters; answers become one byte each (−1 = missing), row by row with a pupil's
answers side by side, so that one pass over the memory serves every item.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from hashar.errors import DesignError, EstimationError
from hashar.i18n import N_
from hashar.methods.survey.design import Design
from hashar.methods.survey.frame import Frame
from hashar.methods.survey.records import BoolArray, FloatArray, IntArray

ByteArray = npt.NDArray[np.int8]
CodeArray = npt.NDArray[np.int32]

MISSING = -1
"""The code of a missing answer."""

BLOCK = 4096
"""Rows brought into order at a time: a block of all items stays in the cache."""


@dataclass(frozen=True, eq=False)
class Prepared:
    """n rows of a survey in the order of their clusters.

    ``start`` (C+1,) is the first row of every cluster of ``frame``; ``order`` (n,) the place of every row in the file;
    ``weights`` (n,); ``answers`` (n, a) int8 with −1 for missing; ``numbers`` (n, b) float64 with NaN for missing;
    ``items`` their a + b names, in this order; ``top`` the largest code among the answers (1: all are yes/no);
    ``groups`` group codes (n,) by name, in the order of the rows, −1 in no group.
    """

    frame: Frame
    start: IntArray
    order: CodeArray
    weights: FloatArray
    answers: ByteArray
    numbers: FloatArray
    items: tuple[str, ...]
    top: int
    groups: Mapping[str, CodeArray] = field(default_factory=dict)

    @property
    def n(self) -> int:
        """Number of rows."""
        return self.weights.size

    def arrange(self, values: npt.ArrayLike) -> npt.NDArray[Any]:
        """``values`` (n,) in the file's order, brought into the order of the prepared rows."""
        return np.asarray(values)[self.order]


@dataclass(frozen=True, eq=False)
class Rows:
    """The design of the rows of a file, in the file's order: ``cluster`` (n,) of ``frame`` and ``weights`` (n,)."""

    frame: Frame
    cluster: IntArray
    weights: FloatArray


def rows(
    *,
    weights: npt.ArrayLike,
    strata: npt.ArrayLike | None = None,
    clusters: npt.ArrayLike | None = None,
    fpc: npt.ArrayLike | None = None,
    nest: bool = False,
) -> Rows:
    """Check the first stage of a design and number its clusters; arguments are (n,) columns of any codes.

    Raises
    ------
    DesignError
        As :meth:`hashar.methods.survey.design.Design.build`.

    """
    w = np.ascontiguousarray(weights, dtype=np.float64)
    given = [None if a is None else np.asarray(a) for a in (strata, clusters, fpc)]
    if clusters is None or any(a is not None and a.shape != w.shape for a in given) or not _positive(w):
        return _from_rows(w, given, nest=nest)
    pair, first = np.zeros(w.size, np.int64), np.zeros(0, np.int64)
    for column in given:
        if column is not None:
            codes, size = factorise(column)
            pair, first = _distinct(pair * size + codes)
    try:
        frame, entry = Frame.build(
            strata=None if given[0] is None else given[0][first],
            clusters=np.asarray(clusters)[first],
            fpc=None if given[2] is None else given[2][first],
            nest=nest,
        )
    except DesignError:
        return _from_rows(w, given, nest=nest)  # the same refusal, with the number of the row
    return Rows(frame, entry[pair], w)


def prepare(
    sample: Rows,
    *,
    answers: Mapping[str, npt.ArrayLike] | None = None,
    numbers: Mapping[str, npt.ArrayLike] | None = None,
    groups: Mapping[str, npt.ArrayLike] | None = None,
) -> Prepared:
    """Sort the rows by cluster and pack the answers.

    Parameters
    ----------
    sample
        The design, from :func:`rows`.
    answers
        Name → (n,) integer codes 0 … 126 with −1 for missing; 0/1 for yes/no items.
    numbers
        Name → (n,) numbers with NaN for missing.
    groups
        Name → (n,) integer codes of groups that estimates will be broken down by, −1 in none.

    Raises
    ------
    EstimationError
        A column of another length, or an answer code that does not fit.

    """
    columns = {k: _answer_codes(k, v, sample.cluster.size) for k, v in (answers or {}).items()}
    measured = {k: _numbers(k, v, sample.cluster.size) for k, v in (numbers or {}).items()}
    order = cluster_order(sample.cluster, sample.frame.clusters)
    counts = np.bincount(sample.cluster, minlength=sample.frame.clusters)
    return Prepared(
        frame=sample.frame,
        start=np.concatenate([[0], np.cumsum(counts)]).astype(np.int64),
        order=order,
        weights=sample.weights[order],
        answers=_pack(list(columns.values()), order, np.int8),
        numbers=_pack(list(measured.values()), order, np.float64),
        items=(*columns, *measured),
        top=max((int(c.max(initial=0)) for c in columns.values()), default=0),
        groups={k: np.asarray(v).astype(np.int32)[order] for k, v in (groups or {}).items()},
    )


def pair_columns(numerator: npt.ArrayLike, denominator: npt.ArrayLike) -> dict[str, FloatArray]:
    """The three number columns that a ratio's cells need: both variables where both are answered, and their product."""
    y, x = (np.asarray(a, dtype=np.float64) for a in (numerator, denominator))
    both = ~(np.isnan(y) | np.isnan(x))
    return {
        "numerator": np.where(both, y, np.nan),
        "denominator": np.where(both, x, np.nan),
        "product": np.where(both, y * x, np.nan),
    }


def factorise(values: npt.NDArray[Any]) -> tuple[IntArray, int]:
    """Codes (n,) 0 … size−1 that are equal where ``values`` (n,) are equal, and the size (some codes may not occur)."""
    if values.dtype.kind in "iub" and values.size:
        low, high = int(values.min()), int(values.max())
        if high - low <= 4 * values.size:
            return values.astype(np.int64) - low, high - low + 1
    if values.dtype == object:
        seen: dict[Any, int] = {}
        codes = np.array([seen.setdefault(v, len(seen)) for v in values.tolist()], dtype=np.int64)
        return codes, len(seen)
    distinct, inverse = np.unique(values, return_inverse=True)
    return inverse.astype(np.int64), distinct.size


def cluster_order(cluster: IntArray, clusters: int) -> CodeArray:
    """The rows (n,) in the order of their clusters; rows of one cluster stay in the order of the file."""
    small = cluster.astype(np.uint16) if clusters <= np.iinfo(np.uint16).max else cluster  # two bytes sort by radix
    return np.argsort(small, kind="stable").astype(np.int32)


def _distinct(codes: IntArray) -> tuple[IntArray, IntArray]:
    """Codes renumbered 0 … g−1 without gaps, and the first row (g,) of each."""
    _, first, inverse = _unique(codes)
    return inverse, first


def _unique(codes: IntArray) -> tuple[IntArray, IntArray, IntArray]:
    top = int(codes.max(initial=0)) + 1
    if top > 4 * codes.size:
        values, first, inverse = np.unique(codes, return_index=True, return_inverse=True)
        return values, first, inverse.astype(np.int64)
    first_row = np.full(top, -1, np.int64)
    first_row[codes[::-1]] = np.arange(codes.size - 1, -1, -1)  # the last assignment, the first row, stays
    values = np.flatnonzero(first_row >= 0)
    number = np.zeros(top, np.int64)
    number[values] = np.arange(values.size)
    return values, first_row[values], number[codes]


def _from_rows(weights: FloatArray, given: list[npt.NDArray[Any] | None], *, nest: bool) -> Rows:
    design = Design.build(weights=weights, strata=given[0], clusters=given[1], fpc=given[2], nest=nest, ultimate=True)
    frame = Frame.from_design(design)
    return Rows(frame, design.stages[0].unit, design.weights)


def _positive(weights: FloatArray) -> bool:
    return bool(np.isfinite(weights).all() and weights.min(initial=1.0) > 0)


def _answer_codes(name: str, values: npt.ArrayLike, n: int) -> ByteArray:
    column = np.asarray(values)
    _refuse_length(name, column, n)
    low, high = column.min(initial=0), column.max(initial=0)
    if column.dtype.kind not in "iub" or low < MISSING or high > np.iinfo(np.int8).max - 1:
        raise EstimationError(
            N_(
                "The answers to {item} must be whole numbers from 0 to 126, or −1 where missing (found {low} to "
                "{high}): recode them, or use them as a number."
            ),
            item=name,
            low=low,
            high=high,
        )
    return column.astype(np.int8, copy=False)


def _numbers(name: str, values: npt.ArrayLike, n: int) -> FloatArray:
    column = np.asarray(values, dtype=np.float64)
    _refuse_length(name, column, n)
    infinite: BoolArray = np.isinf(column)
    if infinite.any():
        raise EstimationError(
            N_("{item} is infinite in {count} rows (the first is row {row}): correct the file."),
            item=name,
            count=int(infinite.sum()),
            row=int(infinite.argmax()) + 1,
        )
    return column


def _refuse_length(name: str, column: npt.NDArray[Any], n: int) -> None:
    if column.shape != (n,):
        raise EstimationError(
            N_("{item} has {found} rows, the design {n}: take them from one file."), item=name, found=column.size, n=n
        )


def _pack(columns: list[npt.NDArray[Any]], order: CodeArray, kind: type[Any]) -> npt.NDArray[Any]:
    """Columns (n,) side by side in the order ``order``, block by block."""
    packed = np.empty((order.size, len(columns)), dtype=kind)
    for begin in range(0, order.size, BLOCK):
        at = order[begin : begin + BLOCK]
        for j, column in enumerate(columns):
            packed[begin : begin + BLOCK, j] = column[at]
    return packed
