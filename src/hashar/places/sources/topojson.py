"""TopoJSON to plain geometries. Specification: https://github.com/topojson/topojson-specification (quantised arcs)."""

from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Any

Ring = list[list[float]]


def geometries(topology: Mapping[str, Any]) -> dict[str, dict[str, object]]:
    """GeoJSON geometry of each object by its id."""
    (kx, ky), (dx, dy) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = [_arc(arc, (kx, ky), (dx, dy)) for arc in topology["arcs"]]
    found: dict[str, dict[str, object]] = {}
    for collection in topology["objects"].values():
        for shape in collection["geometries"]:
            polygons = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
            coordinates = [[_ring(ring, arcs) for ring in polygon] for polygon in polygons]
            found[shape["id"]] = {"type": "MultiPolygon", "coordinates": coordinates}
    return found


def _arc(steps: Sequence[Sequence[int]], scale: tuple[float, float], start: tuple[float, float]) -> Ring:
    xs = accumulate(step[0] for step in steps)
    ys = accumulate(step[1] for step in steps)
    return [[round(x * scale[0] + start[0], 4), round(y * scale[1] + start[1], 4)] for x, y in zip(xs, ys, strict=True)]


def _ring(numbers: Sequence[int], arcs: Sequence[Ring]) -> Ring:
    """Arcs joined end to end; a negative number is the arc backwards."""
    ring: Ring = []
    for number in numbers:
        arc = arcs[number] if number >= 0 else arcs[~number][::-1]
        ring.extend(arc[1:] if ring else arc)
    return ring
