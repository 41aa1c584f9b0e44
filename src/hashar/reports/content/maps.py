"""Maps as Vega-Lite: areas on paper, projected here, so that the picture is small and no map service is asked.

Lambert's equal-area projection round the middle of what is shown: a region never looks larger than it is. Numbers on
the map are those of the list beside it.
"""

import dataclasses
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import cast

from hashar.reports.content.charts import NARROW, WIDE, Spec, wrap

Ring = list[tuple[float, float]]
TALLEST = 1.1
"""Height over width that a map may have."""
SMALL = 18.0
"""An area less wide and high than this (in units of the picture) gets a dot, or a disc of its tone."""
DISC = 8.0
"""Radius."""
LABEL_ROOM = 22.0
"""Labels whose middles are closer than this may overlap."""
CLASSES: Mapping[int, Sequence[int]] = {1: (3,), 2: (2, 4), 3: (1, 3, 5), 4: (1, 2, 4, 5), 5: (1, 2, 3, 4, 5)}
"""How many classes there are → their shades."""
SPACING = 6.0
"""Between the lines of a pattern."""
ROW, LINE = 21.0, 13.5
"""Height of an entry of the key, and of each further line of it."""
KEY_LETTERS = 44


class Tone(StrEnum):
    """How an area is filled."""

    PLAIN = "area"
    HERE = "area-here"
    BESIDE = "area-beside"
    HIDDEN = "area-hidden"
    ABSENT = "area-absent"
    CLASS_1 = "area-1"
    CLASS_2 = "area-2"
    CLASS_3 = "area-3"
    CLASS_4 = "area-4"
    CLASS_5 = "area-5"


PATTERNS: Mapping[Tone, str] = {Tone.HIDDEN: "pattern-lines", Tone.ABSENT: "pattern-dots"}
"""Tones that a pattern tells from the shades, so that no number is not taken for a low one."""


@dataclass(frozen=True)
class Area:
    """A place on the map."""

    geometry: Mapping[str, object]
    """GeoJSON MultiPolygon in degrees."""
    tone: Tone = Tone.PLAIN
    label: str = ""
    """A number or a short word; empty: none."""
    name: str = ""
    value: str = ""
    """What a picture that answers to a pointer says of it."""


TOLD = frozenset(Tone) - {Tone.PLAIN, Tone.HERE, Tone.BESIDE}
"""Tones that say something about a number."""
Shape = tuple[Area, list[list[Ring]]]
"""An area with its polygons in units of the picture."""


@dataclass(frozen=True)
class Key:
    """What a tone, or a sign in a label, means."""

    text: str
    tone: Tone | None = None
    sign: str = ""


@dataclass(frozen=True)
class Frame:
    """How projected areas fit the picture."""

    scale: float = 1.0
    left: float = 0.0
    top: float = 0.0
    width: int = WIDE
    height: int = WIDE


def map_of(areas: Sequence[Area], keys: Sequence[Key] = ()) -> tuple[Spec, Spec]:
    """The areas in the order given, later ones over earlier ones, with the key below. Returns (wide, narrow)."""
    projected = project([area.geometry for area in areas])
    shapes = list(zip(areas, projected, strict=True))
    return _map(shapes, keys, WIDE), _map(shapes, keys, NARROW)


def class_of(value: float, limits: Sequence[float]) -> Tone:
    """The shade for a value between the limits of the classes (four limits, the most, make five classes)."""
    above = sum(value > limit for limit in limits)
    return class_tones(len(limits) + 1)[above]


def class_tones(classes: int) -> Sequence[Tone]:
    """The shades of so many classes, from the lowest."""
    return [Tone(f"area-{step}") for step in CLASSES[classes]]


def _map(shapes: Sequence[Shape], keys: Sequence[Key], width: int) -> Spec:
    frame = frame_of([polygons for _, polygons in shapes], width)
    drawn = [(area, _fitted(polygons, frame)) for area, polygons in shapes]
    swatches, words, bottom = _key(keys, frame)
    frame = dataclasses.replace(frame, height=math.ceil(bottom))
    layers = _layers([*drawn, *swatches])
    points = [(area, _anchor(rings), _is_small(rings)) for area, rings in drawn if rings]
    discs = [(area, _disc(*place)) for area, place, small in points if small and area.tone in TOLD]
    if discs:
        ground = [{"type": "Feature", "geometry": {"type": "MultiPolygon", "coordinates": rings}} for _, rings in discs]
        layers += [_geoshape("map-ground", ground), *_layers(discs)]
    dots = [place for area, place, small in points if small and area.tone in (Tone.PLAIN, Tone.HERE)]
    if dots:
        layers.append(_marks("point", "map-dot", [{"x": x, "y": y} for x, y in dots], frame))
    labels = _labels(points)
    if labels:
        layers += [_marks("text", style, labels, frame) for style in ("map-halo", "map-label")]
    if words:
        layers.append(_marks("text", "map-key", words, frame))
    return {"width": frame.width, "height": frame.height, "layer": layers}


def _layers(shapes: Sequence[Shape]) -> list[dict[str, object]]:
    """A layer for each tone, its pattern over it."""
    layers: list[dict[str, object]] = []
    for tone in Tone:
        found = [shape for shape in shapes if shape[0].tone is tone]
        if found:
            layers.append(_shapes(tone, found))
        if found and tone in PATTERNS:
            layers.append(_pattern(tone, [rings for _, rings in found]))
    return layers


def _labels(points: Sequence[tuple[Area, tuple[float, float], bool]]) -> list[dict[str, object]]:
    """Labels inside their areas; that of a small one above it, or below where another label stands closer above."""
    inside = [place for area, place, small in points if area.label and not small]
    labels: list[dict[str, object]] = []
    for area, (x, y), small in points:
        if not area.label:
            continue
        beside = DISC + 7 if area.tone in TOLD else 9
        choices = [y - beside, y + beside] if small else [y]
        room = [min((math.dist((x, top), other) for other in inside), default=0) for top in choices]
        best = choices[room.index(max(room))] if small and room[0] < LABEL_ROOM else choices[0]
        labels.append({"x": x, "y": round(best, 1), "label": area.label})
    return labels


def _disc(x: float, y: float) -> list[list[Ring]]:
    """What stands for an area that is too small to show its tone."""
    turns = [math.tau * step / 24 for step in range(25)]
    return [[[(round(x + DISC * math.cos(turn), 1), round(y + DISC * math.sin(turn), 1)) for turn in turns]]]


def _key(keys: Sequence[Key], frame: Frame) -> tuple[list[Shape], list[dict[str, object]], float]:
    """Swatches and words of the key, in two columns where there is room, and where it ends."""
    columns = 2 if frame.width == WIDE else 1
    longest = math.ceil(len(keys) / columns)
    swatches: list[Shape] = []
    words: list[dict[str, object]] = []
    bottom = top = frame.height + (12.0 if keys else 0)
    for at, key in enumerate(keys):
        if at % longest == 0:
            top = frame.height + 12.0
        left = frame.width / columns * (at // longest)
        text = wrap(key.text, KEY_LETTERS)
        if key.tone is not None:
            ring = [(left + 1, top), (left + 27, top), (left + 27, top + 15), (left + 1, top + 15), (left + 1, top)]
            swatches.append((Area({}, key.tone), [[ring]]))
        else:
            words.append({"x": left + 9, "y": top + 7.5, "label": key.sign})
        words.append({"x": left + 35, "y": top + 7.5, "label": text})
        top += ROW + LINE * text.count("\n")
        bottom = max(bottom, top)
    return swatches, words, bottom


def _shapes(tone: Tone, shapes: Sequence[Shape]) -> dict[str, object]:
    features: list[dict[str, object]] = [
        {
            "type": "Feature",
            "geometry": {"type": "MultiPolygon", "coordinates": polygons},
            **({"label": area.name, "value": area.value} if area.name else {}),
        }
        for area, polygons in shapes
    ]
    return _geoshape(tone.value, features)


def _geoshape(style: str, features: Sequence[Mapping[str, object]]) -> dict[str, object]:
    return {
        "data": {"values": features},
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
        "mark": {"type": "geoshape", "style": style},
    }


def _pattern(tone: Tone, shapes: Sequence[list[list[Ring]]]) -> dict[str, object]:
    """Slanting lines over the areas, which grey print and every eye tell from a shade."""
    lines = [line for polygons in shapes for rings in polygons for line in _slanting(rings)]
    feature: dict[str, object] = {"type": "Feature", "geometry": {"type": "MultiLineString", "coordinates": lines}}
    return _geoshape(PATTERNS[tone], [feature])


def _slanting(rings: list[Ring]) -> list[list[tuple[float, float]]]:
    """Lines at 45 degrees inside the polygon; the picture is turned, cut level, and turned back."""
    half = math.sqrt(0.5)
    turned = [[((x + y) * half, (y - x) * half) for x, y in ring] for ring in rings]
    heights = [y for _, y in turned[0]]
    lines = []
    for step in range(math.ceil(min(heights) / SPACING), math.floor(max(heights) / SPACING) + 1):
        y = step * SPACING
        lines += [
            [(round((x - y) * half, 1), round((x + y) * half, 1)) for x in ends] for ends in _stretches(turned, y)
        ]
    return lines


def _marks(kind: str, style: str, values: list[dict[str, object]], frame: Frame) -> dict[str, object]:
    def place(field: str, length: int) -> dict[str, object]:
        scale = {"domain": [0, length], "range": [0, length], "nice": False, "zero": False}
        return {"field": field, "type": "quantitative", "scale": scale, "axis": None}

    encoding: dict[str, object] = {"x": place("x", frame.width), "y": place("y", frame.height)}
    if kind == "text":
        encoding["text"] = {"field": "label", "type": "nominal"}
    return {"data": {"values": values}, "mark": {"type": kind, "style": style}, "encoding": encoding}


def project(geometries: Sequence[Mapping[str, object]]) -> list[list[list[Ring]]]:
    """Lambert azimuthal equal-area on the unit sphere round the middle of them all, y down.

    Snyder, Map Projections, USGS 1395, eq. 24-2 to 24-4.
    """
    points = [point for geometry in geometries for polygon in _polygons(geometry) for ring in polygon for point in ring]
    if not points:
        return [[] for _ in geometries]
    lons, lats = [point[0] for point in points], [point[1] for point in points]
    middle = math.radians((min(lons) + max(lons)) / 2)
    height = math.radians((min(lats) + max(lats)) / 2)
    sine, cosine = math.sin(height), math.cos(height)

    def place(point: Sequence[float]) -> tuple[float, float]:
        east, north = math.radians(point[0]) - middle, math.radians(point[1])
        up, flat = math.sin(north), math.cos(north)
        beside = flat * math.cos(east)
        k = math.sqrt(2 / max(1 + sine * up + cosine * beside, 1e-9))
        return k * flat * math.sin(east), -k * (cosine * up - sine * beside)

    return [
        [[[place(point) for point in ring] for ring in polygon] for polygon in _polygons(geometry)]
        for geometry in geometries
    ]


def frame_of(shapes: Iterable[list[list[Ring]]], width: int) -> Frame:
    """The frame in which all of these (projected) fit ``width``."""
    points = [point for polygons in shapes for polygon in polygons for ring in polygon for point in ring]
    if not points:
        return Frame(width=width, height=round(width * TALLEST))
    xs, ys = [x for x, _ in points], [y for _, y in points]
    across, down = max(max(xs) - min(xs), 1e-9), max(max(ys) - min(ys), 1e-9)
    scale = min((width - 4) / across, (width * TALLEST - 4) / down)
    left = (width - across * scale) / 2 - min(xs) * scale
    return Frame(scale, left, 2 - min(ys) * scale, width, math.ceil(down * scale) + 4)


def _fitted(polygons: list[list[Ring]], frame: Frame) -> list[list[Ring]]:
    """Polygons in units of the picture with one decimal; points that fall together are one, rings without area go."""
    found = []
    for polygon in polygons:
        rings = []
        for ring in polygon:
            placed: Ring = []
            for x, y in ring:
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
        for start, end in _stretches([ring], y):
            if end - start > best * 1.15:
                best, place = end - start, ((start + end) / 2, y)
    return round(place[0], 1), round(place[1], 1)


def _stretches(rings: Sequence[Ring], y: float) -> list[tuple[float, float]]:
    """Where a level line runs inside the first ring and outside the others, which are its holes."""
    crossings = []
    for ring in rings:
        for (x1, y1), (x2, y2) in zip(ring, [*ring[1:], ring[0]], strict=True):
            if (y1 > y) != (y2 > y):
                crossings.append(x1 + (y - y1) * (x2 - x1) / (y2 - y1))
    crossings.sort()
    return list(zip(crossings[::2], crossings[1::2], strict=False))


def _area(ring: Ring) -> float:
    pairs = zip(ring, [*ring[1:], ring[0]], strict=True)
    return abs(sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairs)) / 2
