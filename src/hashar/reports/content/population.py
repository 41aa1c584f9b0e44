"""How many people live in a place over the years, as a line from zero."""

from collections.abc import Sequence
from dataclasses import dataclass

from hashar.reports.content.charts import NARROW, WIDE, Spec, ticks


@dataclass(frozen=True)
class PopulationPoint:
    """One year. Points of different segments are not joined: they count different territories."""

    year: int
    count: int
    segment: int


def population_chart(points: Sequence[PopulationPoint]) -> tuple[Spec, Spec]:
    """One line for each segment. Returns (wide, narrow)."""
    return _line(points, WIDE, 190), _line(points, NARROW, 150)


def _line(points: Sequence[PopulationPoint], width: int, height: int) -> Spec:
    years = sorted({point.year for point in points})
    values = ticks(max(point.count for point in points), share=False)
    step = max(1, -(-len(years) // (12 if width > NARROW else 5)))
    x = {
        "field": "year",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [years[0] - 0.4, years[-1] + 0.4], "nice": False, "zero": False},
        "axis": {"values": years[::-1][::step][::-1], "format": "d", "grid": False},
    }
    y = {
        "field": "count",
        "type": "quantitative",
        "title": None,
        "scale": {"domain": [0, values[-1]], "nice": False},
        "axis": {"values": values, "format": ",.0f"},
    }
    alone = {point.segment for point in points if [p.segment for p in points].count(point.segment) == 1}
    shared: dict[str, object] = {"x": x, "y": y}
    line = {"mark": {"type": "line", "style": "trend-shown"}, "encoding": {**shared, "detail": {"field": "segment"}}}
    layers: list[dict[str, object]] = [line]
    if alone:
        one = " || ".join(f"datum.segment === {segment}" for segment in sorted(alone))
        point = {"type": "point", "style": "point-reliable"}
        layers.append({"transform": [{"filter": one}], "mark": point, "encoding": shared})
    data = [{"year": point.year, "count": point.count, "segment": point.segment} for point in points]
    return {"width": width - 90, "height": height, "data": {"values": data}, "layer": layers}
