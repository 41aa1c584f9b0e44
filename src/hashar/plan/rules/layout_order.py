"""Order and heights in the columns of a picture: numbers of boxes in, numbers of boxes out."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

SWEEPS = 8


@dataclass(frozen=True)
class Layers:
    """Boxes by column, and which of them are linked across columns."""

    columns: Sequence[Sequence[int]]
    links: Sequence[tuple[int, int]]


def ordered(layers: Layers) -> Layers:
    """The same with few crossings: each box at the mean place of its neighbours, swept to and fro."""
    column = {box: at for at, row in enumerate(layers.columns) for box in row}
    before, after = _neighbours(layers, column)
    rows = best = [list(row) for row in layers.columns]
    fewest = crossings(rows, layers.links)
    for sweep in range(SWEEPS):
        forward = sweep % 2 == 0
        rows = _swept(rows, before if forward else after, forward=forward)
        count = crossings(rows, layers.links)
        if count < fewest:
            fewest, best = count, rows
        if not fewest:
            break
    return Layers(best, layers.links)


def _neighbours(layers: Layers, column: Mapping[int, int]) -> tuple[dict[int, list[int]], dict[int, list[int]]]:
    before: dict[int, list[int]] = {box: [] for box in column}
    after: dict[int, list[int]] = {box: [] for box in column}
    for one, other in layers.links:
        left, right = sorted((one, other), key=column.__getitem__)
        if column[left] != column[right]:
            before[right].append(left)
            after[left].append(right)
    return before, after


def _swept(rows: Sequence[Sequence[int]], near: Mapping[int, Sequence[int]], *, forward: bool) -> list[list[int]]:
    found = [list(row) for row in rows]
    place = _shares(found)
    for at in range(len(found)) if forward else reversed(range(len(found))):
        mean = {box: _mean([place[other] for other in near[box]], place[box]) for box in found[at]}
        found[at].sort(key=lambda box: (mean[box], place[box]))
        place |= _shares([found[at]])
    return found


def _shares(rows: Iterable[Sequence[int]]) -> dict[int, float]:
    """Where a box stands in its column, from 0 to 1."""
    return {box: (at + 0.5) / len(row) for row in rows for at, box in enumerate(row)}


def _mean(values: Sequence[float], otherwise: float) -> float:
    return sum(values) / len(values) if values else otherwise


def crossings(rows: Sequence[Sequence[int]], links: Sequence[tuple[int, int]]) -> int:
    """Pairs of links between the same two columns that cross."""
    place = {box: (column, at) for column, row in enumerate(rows) for at, box in enumerate(row)}
    between: dict[tuple[int, int], list[tuple[int, int]]] = {}
    for one, other in links:
        (c1, r1), (c2, r2) = sorted((place[one], place[other]))
        if c1 != c2:
            between.setdefault((c1, c2), []).append((r1, r2))
    return sum(map(_inversions, between.values()))


def _inversions(pairs: Sequence[tuple[int, int]]) -> int:
    count = 0
    seen: list[int] = []
    for _, right in sorted(pairs):
        count += len(seen) - bisect_left(seen, right + 1)
        insort(seen, right)
    return count


def levelled(layers: Layers, heights: Mapping[int, float], apart: float) -> dict[int, float]:
    """The top of each box: none overlap, linked boxes stand as level as that allows, the highest begins at 0."""
    column = {box: at for at, row in enumerate(layers.columns) for box in row}
    before, after = _neighbours(layers, column)
    tops: dict[int, float] = {}
    for row in layers.columns:
        tops |= _stacked(row, heights, apart)
    for sweep in range(SWEEPS // 2):
        forward = sweep % 2 == 0
        for row in layers.columns if forward else reversed(layers.columns):
            near = before if forward else after
            middles = {
                box: _mean([tops[o] + heights[o] / 2 for o in near[box]], tops[box] + heights[box] / 2) for box in row
            }
            tops |= _nearest(row, middles, heights, apart)
    highest = min(tops.values(), default=0.0)
    return {box: top - highest for box, top in tops.items()}


def _stacked(row: Sequence[int], heights: Mapping[int, float], apart: float) -> dict[int, float]:
    tops, next_top = {}, 0.0
    for box in row:
        tops[box] = next_top
        next_top += heights[box] + apart
    return tops


def _nearest(
    row: Sequence[int], middles: Mapping[int, float], heights: Mapping[int, float], apart: float
) -> dict[int, float]:
    """Tops as near to the wanted middles as the order allows, in least squares: pool adjacent violators."""
    offsets = _stacked(row, heights, apart)
    blocks: list[tuple[float, int]] = []
    for box in row:
        wanted, size = middles[box] - heights[box] / 2 - offsets[box], 1
        while blocks and blocks[-1][0] > wanted:
            other, count = blocks.pop()
            wanted, size = (wanted * size + other * count) / (size + count), size + count
        blocks.append((wanted, size))
    shifts = [shift for shift, count in blocks for _ in range(count)]
    return {box: shift + offsets[box] for box, shift in zip(row, shifts, strict=True)}
