"""Boundaries: what can be one, and a version of it that is light enough for a map."""

import math
from collections.abc import Iterator

from hashar.errors import InputError
from hashar.i18n import N_

Point = tuple[float, float]
Ring = list[Point]

MOST_POINTS = 200_000
"""Points of one boundary as uploaded."""
STEPS = 1_500
"""The light version's grid: this many steps over the longer side."""
DEVIATION = 1.2
"""How many steps of the grid the light version may deviate."""


def boundary(geometry: object) -> dict[str, object]:
    """The light MultiPolygon of an uploaded geometry.

    Raises
    ------
    InputError
        It is not a Polygon or MultiPolygon in degrees, or a ring of it is no area.

    """
    polygons = [[_ring(ring) for ring in _items(polygon)] for polygon in _polygons(geometry)]
    points = [point for polygon in polygons for ring in polygon for point in ring]
    if len(points) > MOST_POINTS:
        raise InputError(
            N_("The boundary has more than {limit} points. Simplify the layer and upload that."), limit=MOST_POINTS
        )
    step = max(_extent(x for x, _ in points), _extent(y for _, y in points)) / STEPS
    light = [[simplified(ring, step) for ring in polygon] for polygon in polygons]
    kept = [[ring for ring in polygon if len(ring) >= 4] for polygon in light if len(polygon[0]) >= 4]
    if not kept:
        raise InputError(N_("The boundary has no area. Export the layer again."))
    return {"type": "MultiPolygon", "coordinates": [[[list(p) for p in ring] for ring in polygon] for polygon in kept]}


def _polygons(geometry: object) -> list[object]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    coordinates = geometry.get("coordinates") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise InputError(
            N_("The geometry is {kind}; a boundary is a Polygon or a MultiPolygon."), kind=str(kind or "empty")[:40]
        )
    return [coordinates] if kind == "Polygon" else _items(coordinates)


def _items(value: object) -> list[object]:
    if not isinstance(value, list) or not value:
        raise InputError(N_("The boundary is not nested as GeoJSON asks for. Export the layer again."))
    return value


def _ring(value: object) -> Ring:
    ring = [_point(position) for position in _items(value)]
    if ring[0] != ring[-1]:
        ring.append(ring[0])
    if len(ring) < 4:
        raise InputError(N_("A ring of the boundary has fewer than three points. Export the layer again."))
    return ring


def _point(position: object) -> Point:
    numbers = position[:2] if isinstance(position, list) else []
    if len(numbers) < 2 or not all(isinstance(n, int | float) and not isinstance(n, bool) for n in numbers):
        raise InputError(N_("The boundary is not nested as GeoJSON asks for. Export the layer again."))
    lon, lat = float(numbers[0]), float(numbers[1])
    if not on_earth(lon, lat):
        raise InputError(
            N_("The point {lon}, {lat} is not on the earth. Export the layer in degrees (EPSG:4326)."),
            lon=f"{lon:.6g}",
            lat=f"{lat:.6g}",
        )
    return lon, lat


def on_earth(lon: float, lat: float) -> bool:
    """Whether these are degrees of longitude and latitude."""
    return -180 <= lon <= 180 and -90 <= lat <= 90


def _extent(values: Iterator[float]) -> float:
    kept = list(values)
    return max(kept) - min(kept)


def simplified(ring: Ring, step: float) -> Ring:
    """The ring on a grid of ``step`` degrees, without points that deviate little (Ramer, Douglas and Peucker)."""
    places = 4 if step == 0 else max(0, min(6, math.ceil(-math.log10(step)) + 1))
    grid = step or 1.0
    snapped = [(round(round(x / grid) * grid, places), round(round(y / grid) * grid, places)) for x, y in ring]
    thin = [point for position, point in enumerate(snapped) if position == 0 or point != snapped[position - 1]]
    if len(thin) < 4:
        return []
    middle = max(range(len(thin)), key=lambda i: math.dist(thin[0], thin[i]))
    kept = {0, middle, len(thin) - 1}
    waiting = [(0, middle), (middle, len(thin) - 1)]
    while waiting:
        first, last = waiting.pop()
        worst = max(range(first + 1, last), key=lambda i: _off(thin[i], thin[first], thin[last]), default=None)
        if worst is not None and _off(thin[worst], thin[first], thin[last]) > grid * DEVIATION:
            kept.add(worst)
            waiting += [(first, worst), (worst, last)]
    return [thin[position] for position in sorted(kept)]


def _off(point: Point, start: Point, end: Point) -> float:
    """Distance of a point from the line between two others."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = math.dist(start, end)
    return math.dist(point, start) if length == 0 else abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def middle_of(geometry: dict[str, object]) -> Point:
    """The middle of the box round a light boundary."""
    coordinates = geometry["coordinates"]
    points = [p for polygon in _items(coordinates) for ring in _items(polygon) for p in _items(ring)]
    xs, ys = [float(_items(p)[0]) for p in points], [float(_items(p)[1]) for p in points]  # type: ignore[arg-type]  # made by boundary(): numbers
    return round((min(xs) + max(xs)) / 2, 4), round((min(ys) + max(ys)) / 2, 4)
