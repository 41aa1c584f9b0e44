"""Maps as Vega-Lite: areas on paper, projected here, so that the picture is small and no map service is asked.

Lambert's equal-area projection round the middle of what is shown: a region never looks larger than it is. Numbers on
the map are those of the list beside it.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from hashar.reports.content.charts import NARROW, WIDE, Spec

Ring = list[tuple[float, float]]
TALLEST = 1.1
"""Height over width that a map may have."""
SMALL = 18.0
"""An area less wide and high than this (in units of the picture) gets a dot."""
CLASSES = 5


class Tone(StrEnum):
    """How an area is filled."""

    PLAIN = "area"
    HERE = "area-here"
    BESIDE = "area-beside"
    HIDDEN = "area-hidden"
    CLASS_1 = "area-1"
    CLASS_2 = "area-2"
    CLASS_3 = "area-3"
    CLASS_4 = "area-4"
    CLASS_5 = "area-5"


@dataclass(frozen=True)
class Area:
    """A place on the map."""

    geometry: Mapping[str, object]
    """GeoJSON MultiPolygon in degrees."""
    tone: Tone = Tone.PLAIN
    label: str = ""
    """A number or a short word; empty: none."""


@dataclass(frozen=True)
class Frame:
    """What the projection needs: its middle in radians, and how the result fits the picture."""

    lon: float
    lat: float
    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0
    width: int = WIDE
    height: int = WIDE


def map_of(areas: Sequence[Area]) -> tuple[Spec, Spec]:
    """The areas in the order given, later ones over earlier ones. Returns (wide, narrow)."""
    return _map(areas, WIDE), _map(areas, NARROW)


def class_of(value: float, limits: Sequence[float]) -> Tone:
    """The shade for a value between the limits of the classes (four limits make five classes)."""
    above = sum(value > limit for limit in limits)
    return Tone(f"area-{min(above, CLASSES - 1) + 1}")


def _map(areas: Sequence[Area], width: int) -> Spec:
    frame = frame_of([area.geometry for area in areas], width)
    drawn = [(area, _projected(area.geometry, frame)) for area in areas]
    layers: list[dict[str, object]] = []
    for tone in Tone:
        shapes = [rings for area, rings in drawn if area.tone is tone]
        if shapes:
            layers.append(_shapes(tone, shapes))
    points = [(area, _anchor(rings), _is_small(rings)) for area, rings in drawn if rings]
    dots = [place for area, place, small in points if small and area.tone is not Tone.BESIDE]
    if dots:
        layers.append(_marks("point", "map-dot", [{"x": x, "y": y} for x, y in dots], frame))
    labels = [
        {"x": x, "y": y - (9 if small else 0), "label": area.label} for area, (x, y), small in points if area.label
    ]
    if labels:
        layers.append(_marks("text", "map-label", labels, frame))
    return {"width": frame.width, "height": frame.height, "layer": layers}


def _shapes(tone: Tone, shapes: Sequence[list[list[Ring]]]) -> dict[str, object]:
    features = [
        {"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": polygons}} for polygons in shapes
    ]
    return {
        "data": {"values": features},
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
        "mark": {"type": "geoshape", "style": tone.value},
    }


def _marks(kind: str, style: str, values: list[dict[str, object]], frame: Frame) -> dict[str, object]:
    def place(field: str, length: int) -> dict[str, object]:
        scale = {"domain": [0, length], "range": [0, length], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    encoding: dict[str, object] = {"x": place("x", frame.width), "y": place("y", frame.height)}
    if kind == "text":
        encoding["text"] = {"field": "label", "type": "nominal"}
    return {"data": {"values": values}, "mark": {"type": kind, "style": style}, "encoding": encoding}


def frame_of(geometries: Iterable[Mapping[str, object]], width: int) -> Frame:
    """The frame in which all of these fit ``width``."""
    points = [point for geometry in geometries for polygon in _polygons(geometry) for ring in polygon for point in ring]
    if not points:
        return Frame(0, 0, width=width, height=round(width * TALLEST))
    lons, lats = [lon for lon, _ in points], [lat for _, lat in points]
    middle = Frame(math.radians((min(lons) + max(lons)) / 2), math.radians((min(lats) + max(lats)) / 2))
    placed = [_equal_area(lon, lat, middle) for lon, lat in points]
    xs, ys = [x for x, _ in placed], [y for _, y in placed]
    across, down = max(max(xs) - min(xs), 1e-9), max(max(ys) - min(ys), 1e-9)
    scale = min((width - 4) / across, (width * TALLEST - 4) / down)
    height = math.ceil(down * scale) + 4
    left = (width - across * scale) / 2 - min(xs) * scale
    return Frame(middle.lon, middle.lat, scale, left, 2 - min(ys) * scale, width, height)


def _equal_area(lon: float, lat: float, middle: Frame) -> tuple[float, float]:
    """Lambert azimuthal equal-area on the sphere (Snyder, Map Projections, USGS 1395, eq. 24-2 to 24-4), y down."""
    east, north = math.radians(lon) - middle.lon, math.radians(lat)
    toward = math.sin(middle.lat) * math.sin(north) + math.cos(middle.lat) * math.cos(north) * math.cos(east)
    k = math.sqrt(2 / max(1 + toward, 1e-9))
    x = k * math.cos(north) * math.sin(east)
    y = k * (math.cos(middle.lat) * math.sin(north) - math.sin(middle.lat) * math.cos(north) * math.cos(east))
    return x, -y


def _projected(geometry: Mapping[str, object], frame: Frame) -> list[list[Ring]]:
    """Polygons in units of the picture with one decimal; points that fall together are one, rings without area go."""
    found = []
    for polygon in _polygons(geometry):
        rings = []
        for ring in polygon:
            placed: Ring = []
            for lon, lat in ring:
                x, y = _equal_area(lon, lat, frame)
                point = (round(x * frame.scale + frame.left, 1), round(y * frame.scale + frame.top, 1))
                if not placed or point != placed[-1]:
                    placed.append(point)
            if len(placed) >= 4:
                rings.append(placed)
        if rings:
            found.append(rings)
    return found


def _polygons(geometry: Mapping[str, object]) -> list[list[Ring]]:
    return cast("list[list[Ring]]", geometry["coordinates"])


def _extent(rings: list[list[Ring]]) -> tuple[float, float]:
    points = [point for polygon in rings for point in polygon[0]]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return max(xs) - min(xs), max(ys) - min(ys)


def _is_small(rings: list[list[Ring]]) -> bool:
    return max(_extent(rings)) < SMALL


def _anchor(polygons: list[list[Ring]]) -> tuple[float, float]:
    """Where the label stands: the middle of the widest stretch of the largest part, so that it lies inside."""
    ring = max((polygon[0] for polygon in polygons), key=_area)
    low, high = min(y for _, y in ring), max(y for _, y in ring)
    best, place = -1.0, ring[0]
    for share in (0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74):
        y = low + (high - low) * share
        for start, end in _stretches(ring, y):
            if end - start > best * 1.15:
                best, place = end - start, ((start + end) / 2, y)
    return round(place[0], 1), round(place[1], 1)


def _stretches(ring: Ring, y: float) -> list[tuple[float, float]]:
    """Where a level line runs inside the ring."""
    crossings = []
    for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
        if (y1 > y) != (y2 > y):
            crossings.append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    crossings.sort()
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def _area(ring: Ring) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2
