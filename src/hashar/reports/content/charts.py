"""Charts as Vega-Lite, built with altair: no colours, fonts or sizes of letters here, only named styles.

What a style looks like is the theme's business (``hashar.reports.render.theme``). Each builder makes the wide and the
narrow picture from the same rows: wide puts labels beside the lines, narrow above them.
"""

from __future__ import annotations

import dataclasses
import math
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hashar.assess.contracts.published import Figure
from hashar.i18n import Translator
from hashar.late import late
from hashar.reports.content.cells import SHARE, Unit, write_value
from hashar.reports.content.document import Mark
from hashar.reports.content.wording import RELIABILITY

if TYPE_CHECKING:
    import altair as alt
else:
    alt = late("altair")

WIDE = 680
NARROW = 330
LABELS = 252
"""Width of the column of labels in the wide picture, and the letters that a line of it surely holds."""
LABEL_LETTERS = 36

Spec = Mapping[str, object]


@dataclass(frozen=True)
class DotRow:
    """One line of a dot-and-interval chart; ``figure`` None makes it a heading, or a line that says ``hidden``."""

    label: str
    figure: Figure | None = None
    heading: bool = False
    hidden: str = ""
    reference: float | None = None


@dataclass(frozen=True)
class BarRow:
    """One line of the probability chart."""

    label: str
    share: float
    firm: bool


@dataclass(frozen=True)
class TrendPoint:
    """One wave of one small chart."""

    wave: str
    figure: Figure


@dataclass(frozen=True)
class Trend:
    """One indicator over the waves; ``shown`` says whether the change is claimed."""

    title: str
    points: Sequence[TrendPoint]
    shown: bool
    unit: Unit = SHARE


def ticks(high: float, share: bool = True) -> list[float]:  # noqa: FBT001, FBT002  (a unit's own field, passed by place)
    """Round tick values from 0 to just beyond ``high``: at most six."""
    ceiling = max(high, 0.02 if share else 0.1)
    exponent = 10.0 ** math.floor(math.log10(ceiling / 5))
    step = next(exponent * m for m in (1, 2, 5, 10) if exponent * m * 5 >= ceiling)
    count = min(math.ceil(ceiling / step - 1e-9), round(1 / step) if share else 99)
    return [round(step * i, 10) for i in range(count + 1)]


def wrap(label: str, letters: int, lines: int = 3) -> str:
    """``label`` broken into at most ``lines`` lines of about ``letters`` letters."""
    return "\n".join(textwrap.wrap(label, letters, max_lines=lines, placeholder="…", break_long_words=True))


def _axis_format(values: Sequence[float], unit: Unit) -> str:
    if not unit.share:
        return ",.0f" if all(float(v).is_integer() for v in values) else ",.1f"
    return ".0%" if all(abs(v * 100 - round(v * 100)) < 1e-9 for v in values) else ".1%"


def finish(chart: alt.LayerChart) -> dict[str, object]:
    """The spec without data: altair copies data with every layer, so they are put in afterwards."""
    spec: dict[str, object] = chart.to_dict(validate=False)
    spec.pop("config", None)
    spec.pop("$schema", None)
    layers = spec["layer"]
    if isinstance(layers, list):
        for layer in layers:
            if layer.get("data", {}).get("name") == "empty":
                del layer["data"]
    return spec


def highest(rows: Iterable[DotRow]) -> float:
    """Where the scale of these rows has to reach."""
    limits = [limit for row in rows for limit in (row.figure and row.figure.ci_high, row.reference) if limit]
    return max((limit for limit in limits if math.isfinite(limit)), default=1.0)


def drawable(figure: Figure | None) -> bool:
    """Whether a figure has an estimate and limits that can be drawn."""
    return figure is not None and all(map(math.isfinite, (figure.estimate, figure.ci_low, figure.ci_high)))


def dots(
    translator: Translator, rows: Sequence[DotRow], unit: Unit = SHARE, high: float | None = None
) -> tuple[Spec, Spec]:
    """Estimates with their intervals, one line each, in the order given. Returns (wide, narrow).

    ``high`` lets several charts share a scale.
    """
    rows = [row if drawable(row.figure) else dataclasses.replace(row, figure=None) for row in rows]
    values = ticks(highest(rows) if high is None else high, unit.share)
    return (
        _dots(translator, rows, unit, values, narrow=False),
        _dots(translator, rows, unit, values, narrow=True),
    )


def _dot_data(
    translator: Translator, rows: Sequence[DotRow], places: Sequence[float], unit: Unit, *, narrow: bool
) -> list[dict[str, object]]:
    data: list[dict[str, object]] = []
    for row, place in zip(rows, places, strict=True):
        item = _line(row, place, narrow=narrow)
        if row.figure is not None:
            figure = row.figure
            item |= {"estimate": figure.estimate, "low": figure.ci_low, "high": figure.ci_high}
            item |= {"value": write_value(translator, figure.estimate, unit)}
            item["kind"] = RELIABILITY[figure.reliability][0].value
        elif row.hidden:
            item |= {"value": row.hidden, "kind": "hidden"}
        if row.reference is not None:
            item["reference"] = row.reference
        data.append(item)
    return data


def _dots(translator: Translator, rows: Sequence[DotRow], unit: Unit, values: list[float], *, narrow: bool) -> Spec:
    places, height = _places(rows, narrow=narrow)
    scale = alt.Scale(domain=[0, values[-1]], nice=False, range=_plot(narrow=narrow))
    x = alt.X("estimate:Q", title=None, scale=scale, axis=alt.Axis(values=values, format=_axis_format(values, unit)))
    base = alt.Chart().encode(y=_down(height))
    layers = [
        base.mark_rule(style="interval").encode(x=alt.X("low:Q", title=None, scale=scale), x2=alt.X2("high")),
        *(
            base.transform_filter(f"datum.kind === '{mark.value}'").mark_point(style=f"point-{mark.value}").encode(x=x)
            for mark in _marks(row.figure for row in rows if row.figure)
        ),
        base.transform_filter("isValid(datum.estimate)")
        .mark_text(style="value")
        .encode(x=alt.XValue("width"), text=alt.Text("value:N")),
        *_labels(base, rows, narrow=narrow),
    ]
    if any(row.hidden for row in rows):
        chosen = base.transform_filter("datum.kind === 'hidden'").mark_text(style="hidden")
        layers.append(chosen.encode(x=alt.XValue(_plot(narrow=narrow)[0] + 4), text=alt.Text("value:N")))
    if any(row.reference is not None for row in rows):
        layers.insert(0, base.mark_tick(style="reference").encode(x=alt.X("reference:Q", title=None, scale=scale)))
    chart = alt.layer(*layers).properties(width=_width(narrow=narrow), height=height)
    return {**finish(chart), "data": {"values": _dot_data(translator, rows, places, unit, narrow=narrow)}}


def _width(*, narrow: bool) -> int:
    return NARROW if narrow else WIDE


def _plot(*, narrow: bool) -> list[int]:
    """Where the scale begins and ends; labels stand before it (wide) or above it (narrow), values after it."""
    return [0, NARROW - 62] if narrow else [LABELS, WIDE - 66]


def _wrapped(label: str, *, narrow: bool) -> str:
    return wrap(label, 46, 3) if narrow else wrap(label, LABEL_LETTERS, 4)


def _lines_of(row: DotRow, *, narrow: bool) -> int:
    return _wrapped(row.label, narrow=narrow).count("\n") + 1


def _places(rows: Sequence[DotRow], *, narrow: bool, air: float = 0) -> tuple[list[float], float]:
    """Height of every line's centre, and of the whole: a long label makes its own line higher and no other."""
    places, top = [], 2.0
    for row in rows:
        lines = _lines_of(row, narrow=narrow)
        above = 13.5 * lines + 12 if narrow and not row.heading else 13.5 * lines / 2 + (7 if row.heading else 4)
        below = 9.0 if narrow and not row.heading else 13.5 * lines / 2 + 4
        places.append(top + above + air / 2)
        top += above + below + air
    return places, top + 2


def _line(row: DotRow, place: float, *, narrow: bool) -> dict[str, object]:
    label = _wrapped(row.label, narrow=narrow)
    lines = label.count("\n") + 1
    return {"y": place, "label": label, "lines": lines, "heading": row.heading, "kind": ""}


def _down(height: float, field: str = "y") -> alt.Y:
    scale = alt.Scale(domain=[0, height], range=[0, height], nice=False, zero=False)
    return alt.Y(f"{field}:Q", title=None, scale=scale, axis=None)


def _labels(base: alt.Chart, rows: Sequence[DotRow], *, narrow: bool) -> list[alt.Chart]:
    """One layer for each number of lines, because Vega anchors a text at its first line."""
    found = sorted({(row.heading, _lines_of(row, narrow=narrow)) for row in rows})
    place = "above" if narrow else "beside"
    layers = []
    for heading, lines in found:
        name = "heading" if heading else f"label-{place}-{lines}"
        chosen = base.transform_filter(f"datum.lines === {lines} && {'' if heading else '!'}datum.heading")
        layers.append(chosen.mark_text(style=name).encode(x=alt.XValue(0), text=alt.Text("label:N")))
    return layers


def probabilities(translator: Translator, rows: Sequence[BarRow], firm_at: float) -> tuple[Spec, Spec]:
    """Probability bars: firm ones filled, arguable ones hollow, a rule where firm begins. Returns (wide, narrow)."""
    return (
        _probabilities(translator, rows, firm_at, narrow=False),
        _probabilities(translator, rows, firm_at, narrow=True),
    )


def _probabilities(translator: Translator, rows: Sequence[BarRow], firm_at: float, *, narrow: bool) -> Spec:
    lines = [DotRow(row.label) for row in rows]
    places, height = _places(lines, narrow=narrow, air=6 if narrow else 2)
    half = 5.5 if narrow else 6.5
    values = [
        {
            **_line(line, place, narrow=narrow),
            "top": place - half,
            "bottom": place + half,
            "share": row.share,
            "firm": row.firm,
            "value": translator.percent(row.share, 0),
        }
        for row, line, place in zip(rows, lines, places, strict=True)
    ]
    scale = alt.Scale(domain=[0, 1], nice=False, range=_plot(narrow=narrow))
    axis = alt.Axis(values=[0, 0.25, 0.5, 0.75, 1], format=".0%")
    base = alt.Chart().encode(y=_down(height))
    across = alt.X("zero:Q", title=None, scale=scale, axis=axis)
    bars = alt.Chart().encode(x=across, x2=alt.X2("share"), y=_down(height, "top"), y2=alt.Y2("bottom"))
    layers = [
        bars.transform_filter("datum.firm").mark_rect(style="bar-firm"),
        bars.transform_filter("!datum.firm").mark_rect(style="bar-arguable"),
        base.mark_text(style="value").encode(x=alt.XValue("width"), text=alt.Text("value:N")),
        alt.Chart(alt.Data(values=[{"at": firm_at}])).mark_rule(style="threshold").encode(x=alt.X("at:Q", scale=scale)),
        *_labels(base, lines, narrow=narrow),
    ]
    chart = alt.layer(*layers).properties(width=_width(narrow=narrow), height=height)
    return {**finish(chart), "data": {"values": [{**value, "zero": 0} for value in values]}}


def trends(translator: Translator, series: Sequence[Trend]) -> tuple[Spec, Spec]:
    """Small charts of the waves, each from zero on its own scale. Returns (wide, narrow)."""
    wide = [_trend(translator, trend, width=180, letters=28) for trend in series]
    narrow = [_trend(translator, trend, width=NARROW - 50, letters=42) for trend in series]
    return {"concat": wide, "columns": 3, "spacing": 28}, {"concat": narrow, "columns": 1}


def single_trend(translator: Translator, trend: Trend) -> tuple[Spec, Spec]:
    """One indicator over its waves, large and without its name. Returns (wide, narrow)."""
    untitled = dataclasses.replace(trend, title="")
    wide = _trend(translator, untitled, width=WIDE - 60, letters=80, height=210)
    return wide, _trend(translator, untitled, width=NARROW - 50, letters=42, height=180)


def _trend(translator: Translator, trend: Trend, *, width: int, letters: int, height: int = 120) -> Spec:
    data = [
        {
            "wave": point.wave,
            "estimate": point.figure.estimate,
            "low": point.figure.ci_low,
            "high": point.figure.ci_high,
            "value": write_value(translator, point.figure.estimate, trend.unit),
            "kind": RELIABILITY[point.figure.reliability][0].value,
        }
        for point in trend.points
    ]
    values = ticks(max(point.figure.ci_high for point in trend.points), trend.unit.share)
    axis = alt.Axis(values=values, format=_axis_format(values, trend.unit))
    scale = alt.Scale(domain=[0, values[-1] * 1.2], nice=False)
    y = alt.Y("estimate:Q", title=None, scale=scale, axis=axis)
    x = alt.X("wave:O", title=None, sort=None, axis=alt.Axis(labelAngle=0, grid=False), scale=alt.Scale(padding=0.35))
    base = alt.Chart().encode(x=x)
    layers = [
        base.mark_line(style="trend-shown" if trend.shown else "trend-open").encode(y=y),
        base.mark_rule(style="interval").encode(y=alt.Y("low:Q", title=None, scale=scale), y2=alt.Y2("high")),
        *(
            base.transform_filter(f"datum.kind === '{mark.value}'").mark_point(style=f"point-{mark.value}").encode(y=y)
            for mark in _marks(point.figure for point in trend.points)
        ),
        base.mark_text(style="value-above").encode(
            y=alt.Y("high:Q", title=None, scale=scale), text=alt.Text("value:N")
        ),
    ]
    chart = alt.layer(*layers).properties(width=width, height=height)
    if trend.title:
        chart = chart.properties(title=alt.TitleParams(wrap(trend.title, letters, 3).split("\n")))
    return {**finish(chart), "data": {"values": data}}


def _marks(figures: Iterable[Figure]) -> list[Mark]:
    """The reliability marks that occur, in one order."""
    found = {RELIABILITY[figure.reliability][0] for figure in figures}
    return [mark for mark in Mark if mark in found]
