"""Pictures of a register or monitoring series: territories at one time, and each territory over time.

Territories stand in the order of the map, never by value. A number for a part of its period is drawn hollow.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from hashar.assess.contracts.published import Figure, Reliability
from hashar.assess.contracts.series import Flag, Observation, Rate, SeriesTable
from hashar.i18n import Translator
from hashar.reports.content.cells import Unit, write_value
from hashar.reports.content.charts import NARROW, DotRow, Spec, dots, ticks, wrap
from hashar.reports.content.document import (
    Align,
    Cell,
    Chart,
    Column,
    HiddenCell,
    NumberCell,
    Table,
    TableRow,
    TextCell,
)
from hashar.reports.content.maps import Area, Key, Tone, class_of, map_of
from hashar.reports.content.territories import class_limits, shade_keys

MOST_PANELS = 30
"""Small charts on one page."""
MOST_INTERVALS = 12
"""Periods of a small chart up to which limits and points fit into it."""
FEW = 5
RATE = Unit(share=False, digits=1)
COUNT = Unit(share=False, digits=0)
Label = Callable[[str], str]


@dataclass(frozen=True)
class Drawn:
    """What of an observation is drawn: the rate if all have one, else the number."""

    value: float
    low: float
    high: float
    hollow: bool


def now_chart(t: Translator, table: SeriesTable, period: str, *, title: str) -> Chart:
    """All territories in one period."""
    rows = [each for each in table.observations if each.period == period]
    as_rates = _as_rates(rows, table.rates)
    unit = RATE if as_rates else COUNT
    lines = [_dot(t, each, drawn(each, table.rates, as_rates=as_rates)) for each in rows]
    wide, narrow = dots(t, lines, unit)
    return Chart(
        title=title,
        alternative=_alternative(t, title, len(rows)),
        wide=wide,
        narrow=narrow,
        table=_table(t, title, rows),
    )


def time_chart(t: Translator, table: SeriesTable, *, title: str, label: Label) -> Chart | None:
    """Each territory over time; None where there is only one period, or too many territories."""
    places: dict[str, list[Observation]] = {}
    for each in table.observations:
        places.setdefault(each.territory_code, []).append(each)
    if len(table.periods) < 2 or len(places) > MOST_PANELS:
        return None
    as_rates = _as_rates(table.observations, table.rates)
    found = {code: [drawn(each, table.rates, as_rates=as_rates) for each in rows] for code, rows in places.items()}
    top = max((one.high for points in found.values() for one in points if one), default=1.0) if as_rates else None
    panels = [
        _Panel(t.pick(rows[0].territory_names), [label(each.period) for each in rows], found[code])
        for code, rows in places.items()
        if any(found[code])
    ]
    if not panels:
        return None
    order = [label(period) for period in table.periods]
    unit = RATE if as_rates else COUNT
    wide = [_panel(t, panel, order, unit, top, width=180, letters=28) for panel in panels]
    narrow = [_panel(t, panel, order, unit, top, width=NARROW - 50, letters=42) for panel in panels]
    return Chart(
        title=title,
        alternative=_alternative(t, title, len(panels)),
        wide={"concat": wide, "columns": 3, "spacing": 28},
        narrow={"concat": narrow, "columns": 1},
        table=_table(t, title, table.observations),
    )


def map_chart(
    t: Translator, table: SeriesTable, period: str, *, title: str, shapes: Mapping[str, Mapping[str, object]]
) -> Chart | None:
    """The rates of one period on the map; None without them: counts alone would only show where people live."""
    rows = [each for each in table.observations if each.period == period and each.territory_code in shapes]
    depth = max((each.territory_path.count("/") for each in rows), default=0)
    rows = [each for each in rows if each.territory_path.count("/") == depth]
    points = {each.territory_code: drawn(each, table.rates, as_rates=True) for each in rows}
    if len(rows) < 2 or not _as_rates(rows, table.rates):
        return None
    limits, between = class_limits([_figure(point) for point in points.values() if point], RATE)
    areas = []
    for each in rows:
        point = points[each.territory_code]
        tone = Tone.HIDDEN if point is None else class_of(point.value, between)
        label = "" if point is None else t.decimal(point.value, 0 if point.value >= 10 else 1)
        areas.append(Area(shapes[each.territory_code], tone, label, t.pick(each.territory_names), label))
    keys = shade_keys(t, RATE, limits)
    if any(point is None for point in points.values()):
        keys.append(Key(t.gettext("hidden"), Tone.HIDDEN))
    wide, narrow = map_of(areas, keys)
    return Chart(title, _alternative(t, title, len(rows)), wide, narrow, _table(t, title, rows))


def drawn(each: Observation, rates: Mapping[int, Rate], *, as_rates: bool) -> Drawn | None:
    """What is drawn for an observation; None if the reader does not see it."""
    value = each.own if each.own is not None else each.published.value
    if value is None:
        return None
    hollow = each.flag is not Flag.NONE
    rate = rates.get(each.id)
    if as_rates and rate is not None and rate.rate is not None:
        return Drawn(rate.rate, _limit(rate.low, rate.rate), _limit(rate.high, rate.rate), hollow)
    return Drawn(value, value, value, hollow)


def _limit(limit: float | None, value: float) -> float:
    return value if limit is None else limit


def _as_rates(rows: Sequence[Observation], rates: Mapping[int, Rate]) -> bool:
    seen = [rates[each.id].rate for each in rows if each.id in rates]
    return bool(seen) and all(rate is not None for rate in seen)


def _dot(t: Translator, each: Observation, point: Drawn | None) -> DotRow:
    name = t.pick(each.territory_names)
    if point is None:
        return DotRow(name, hidden=t.gettext("hidden"))
    return DotRow(name, figure=_figure(point))


def _figure(point: Drawn) -> Figure:
    """What the charts draw; a register has no sample behind it."""
    return Figure(
        n=0,
        weighted_n=0.0,
        estimate=point.value,
        se=math.nan,
        ci_low=point.low,
        ci_high=point.high,
        df=math.nan,
        deff=math.nan,
        n_effective=math.nan,
        reliability=Reliability.REVIEW if point.hollow else Reliability.RELIABLE,
    )


@dataclass(frozen=True)
class _Panel:
    title: str
    periods: Sequence[str]
    points: Sequence[Drawn | None]


def _panel(
    t: Translator, panel: _Panel, order: Sequence[str], unit: Unit, top: float | None, *, width: int, letters: int
) -> Spec:
    data = [
        {
            "at": period,
            "value": point.value,
            "low": point.low,
            "high": point.high,
            "kind": "review" if point.hollow else "reliable",
            "word": write_value(t, point.value, unit),
        }
        for period, point in zip(panel.periods, panel.points, strict=True)
        if point is not None
    ]
    for item in data[1:-1]:
        item["word"] = ""
    values = ticks(max(float(str(item["high"])) for item in data) if top is None else top, share=False)
    few = order if len(order) <= FEW else [order[0], order[len(order) // 2], order[-1]]
    axis = {"labelAngle": 0, "grid": False, "values": list(few)}
    x = {"field": "at", "type": "ordinal", "title": None, "sort": None, "axis": axis}
    x["scale"] = {"domain": list(order), "padding": 0.35}
    scale = {"domain": [0, values[-1] * 1.1], "nice": False}
    y = {"field": "value", "type": "quantitative", "title": None, "scale": scale}
    y["axis"] = {"values": values, "format": ",.10~f"}
    layers: list[Mapping[str, object]] = [_layer("line", "trend-open", x, y)]
    if len(data) <= MOST_INTERVALS:
        layers.append(_layer("rule", "interval", x, {**y, "field": "low"}, y2={"field": "high"}))
    kinds = ("reliable", "review") if len(data) <= MOST_INTERVALS else ("review",)
    layers.extend(_layer("point", f"point-{kind}", x, y, f"datum.kind === '{kind}'") for kind in kinds)
    words = {"text": {"field": "word", "type": "nominal"}}
    layers.append(_layer("text", "value-above", x, {**y, "field": "high"}, "datum.word !== ''", **words))
    title = {"text": wrap(panel.title, letters, 3).split("\n")}
    return {"width": width, "height": 110, "title": title, "layer": layers, "data": {"values": data}}


def _layer(
    kind: str, style: str, x: Mapping[str, object], y: Mapping[str, object], only: str = "", **more: object
) -> Mapping[str, object]:
    layer = {"mark": {"type": kind, "style": style}, "encoding": {"x": x, "y": y, **more}}
    return {**layer, "transform": [{"filter": only}]} if only else layer


def _alternative(t: Translator, title: str, count: int) -> str:
    return t.gettext("{title}: {count} territories, the same as in the table.", title=title, count=t.integer(count))


def _table(t: Translator, title: str, rows: Sequence[Observation]) -> Table:
    columns = [Column(t.gettext("Territory")), Column(t.gettext("Period")), Column(t.gettext("Number"), Align.END)]
    lines = [TableRow([TextCell(t.pick(each.territory_names)), TextCell(each.period), _cell(t, each)]) for each in rows]
    return Table(title, columns, lines, folded=True)


def _cell(t: Translator, each: Observation) -> Cell:
    value = each.own if each.own is not None else each.published.value
    return HiddenCell(t.gettext("hidden"), brief=t.gettext("hidden")) if value is None else NumberCell(value)
