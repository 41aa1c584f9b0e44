"""The look of every format: one palette, one type scale, one set of chart styles.

Colours are chosen for colour-blind readers (blue and orange differ in lightness too) and for grey printers: nothing is
told by colour alone. Contrast of each text colour on its ground is tested (WCAG 2.2 AA).
"""

from collections.abc import Mapping
from importlib import resources
from pathlib import Path

from hashar.i18n import Translator

LIGHT: Mapping[str, str] = {
    "paper": "#ffffff",
    "ground": "#f6f7f5",
    "ink": "#1b2733",
    "quiet": "#52616f",
    "line": "#d8dedf",
    "faint": "#e9edec",
    "accent": "#0b5563",
    "accent-soft": "#e3f0f1",
    "mark": "#0e6f82",
    "warm": "#a34a0d",
    "warm-soft": "#fcefe3",
}
DARK: Mapping[str, str] = {
    "paper": "#12191f",
    "ground": "#0c1216",
    "ink": "#e8edef",
    "quiet": "#a5b3bd",
    "line": "#34424c",
    "faint": "#1f2a32",
    "accent": "#7fcfdb",
    "accent-soft": "#12313a",
    "mark": "#5cc0d0",
    "warm": "#f2b27c",
    "warm-soft": "#3a2717",
}

FAMILY = "Inter"
FALLBACK = "Inter, 'Noto Sans', 'Segoe UI', Arial, sans-serif"
WORD_FAMILY = "Calibri"
"""Word and Excel use a family that an office PC has; it holds Kazakh, Kyrgyz, Tajik, Turkmen and Uzbek letters."""


def fonts_folder() -> Path:
    """Where the shipped font files are."""
    return Path(str(resources.files("hashar.reports.render") / "fonts"))


def number_locale(translator: Translator) -> dict[str, object]:
    """The language's decimal comma and grouping, for d3-format."""
    sample = translator.decimal(1234567.5, 1)
    percent = translator.percent(0.5, 0)
    return {
        "decimal": sample[-2],
        "thousands": sample[1] if not sample[1].isdigit() else "",
        "grouping": [3],
        "currency": ["", ""],
        "percent": percent.replace("50", ""),
        "minus": "\N{MINUS SIGN}",
    }


def _point(**more: object) -> dict[str, object]:
    return {"shape": "circle", "size": 62, "stroke": LIGHT["mark"], "strokeWidth": 1.8, "opacity": 1, **more}


def _text(**more: object) -> dict[str, object]:
    return {"font": FAMILY, "fontSize": 11.5, "fill": LIGHT["ink"], "baseline": "middle", "align": "left", **more}


def _area_styles() -> dict[str, dict[str, object]]:
    """Areas of a map: five shades of one colour, told apart in grey too; labels with a ground of their own."""
    edge = {"stroke": LIGHT["quiet"], "strokeWidth": 0.7, "strokeJoin": "round"}
    dots = {"strokeDash": [0.1, 6], "strokeCap": "round"}
    shades = (0.08, 0.26, 0.46, 0.68, 0.92)
    return {
        "area": {"fill": LIGHT["accent-soft"], **edge},
        "area-here": {"fill": LIGHT["mark"], "fillOpacity": 0.35, **edge, "stroke": LIGHT["ink"], "strokeWidth": 1.2},
        "area-beside": {"fill": LIGHT["faint"], **edge, "stroke": LIGHT["line"]},
        "area-hidden": {"fill": LIGHT["paper"], **edge},
        "area-absent": {"fill": LIGHT["paper"], **edge},
        "pattern-lines": {"fill": None, "stroke": LIGHT["quiet"], "strokeWidth": 0.9},
        "pattern-dots": {"fill": None, "stroke": LIGHT["quiet"], "strokeWidth": 1.3, **dots},
        **{
            f"area-{step}": {"fill": LIGHT["mark"], "fillOpacity": shade, **edge}
            for step, shade in enumerate(shades, start=1)
        },
        "map-ground": {"fill": LIGHT["paper"]},
        "map-dot": _point(fill=LIGHT["mark"], stroke=LIGHT["paper"], size=34, strokeWidth=1),
        "map-label": _text(align="center", fontSize=10.5, fontWeight=600),
        "map-halo": _text(align="center", fontSize=10.5, fontWeight=600, stroke=LIGHT["paper"], strokeWidth=3.2),
        "map-key": _text(lineBreak="\n", lineHeight=13.5),
    }


def _model_styles() -> dict[str, dict[str, object]]:
    """Boxes and lines of a logic model."""
    line = {"stroke": LIGHT["quiet"], "strokeWidth": 1, "interpolate": "basis", "opacity": 1}
    text = {"lineBreak": "\n", "lineHeight": 16, "fontSize": 11}
    box = {"fill": LIGHT["paper"], "stroke": LIGHT["quiet"], "strokeWidth": 1, "cornerRadius": 4, "opacity": 1}
    return {
        "model-box": box,
        "model-box-error": {**box, "stroke": LIGHT["warm"], "strokeWidth": 2.2},
        "model-box-warning": {**box, "stroke": LIGHT["warm"], "strokeWidth": 1.4, "strokeDash": [5, 3]},
        "model-tag": {"fill": LIGHT["accent-soft"], "stroke": None, "cornerRadius": 3, "opacity": 1},
        "model-chain": line,
        "model-after": {**line, "strokeDash": [4, 3]},
        "model-odd": {**line, "strokeDash": [1.5, 3], "stroke": LIGHT["warm"]},
        "model-text": _text(**text, baseline="top"),
        "model-small": _text(fontSize=10, fill=LIGHT["accent"]),
        "model-head": _text(fontSize=11, fontWeight=600, fill=LIGHT["quiet"]),
    }


def chart_styles() -> dict[str, dict[str, object]]:
    """What each named style of ``hashar.reports.content.charts`` looks like."""
    mark, paper, quiet = LIGHT["mark"], LIGHT["paper"], LIGHT["quiet"]
    return {
        "interval": {"stroke": mark, "strokeWidth": 2.4, "strokeCap": "round", "opacity": 1},
        "point-reliable": _point(fill=mark),
        "point-review": _point(fill=paper),
        "point-unreliable": _point(fill=paper, shape="diamond", stroke=LIGHT["warm"], size=80),
        "point-not_rated": _point(fill=paper, shape="square"),
        "reference": {
            "orient": "vertical",
            "size": 16,
            "thickness": 2.4,
            "fill": LIGHT["warm"],
            "stroke": None,
            "opacity": 1,
        },
        "value": _text(align="right", fontWeight=600),
        "value-above": _text(fontSize=10.5, fontWeight=600, align="center", dy=-9),
        "hidden": _text(fill=quiet, fontStyle="italic", fontSize=11),
        **{f"label-beside-{n}": _text(lineBreak="\n", lineHeight=13.5, dy=-6.75 * (n - 1)) for n in (1, 2, 3, 4)},
        **{f"label-above-{n}": _text(lineBreak="\n", lineHeight=13.5, dy=-15 - 13.5 * (n - 1)) for n in (1, 2, 3)},
        "heading": _text(fontWeight=600, lineBreak="\n", lineHeight=13.5),
        "bar-firm": {"fill": mark, "stroke": mark, "strokeWidth": 1.3},
        "bar-arguable": {"fill": LIGHT["accent-soft"], "stroke": mark, "strokeWidth": 1.3},
        "threshold": {"stroke": LIGHT["warm"], "strokeDash": [4, 3], "strokeWidth": 1.5},
        "trend-shown": {"stroke": mark, "strokeWidth": 2.2, "opacity": 1},
        **_area_styles(),
        **_model_styles(),
        "trend-open": {"stroke": quiet, "strokeWidth": 1.4, "strokeDash": [3, 3], "opacity": 1},
    }


def dress(spec: Mapping[str, object]) -> dict[str, object]:
    """The spec with each mark's named style written out (a mark's own properties beat every default)."""
    dressed: dict[str, object] = dict(spec)
    for composition in ("layer", "concat"):
        parts = spec.get(composition)
        if isinstance(parts, list):
            dressed[composition] = [dress(part) for part in parts]
    mark = dressed.get("mark")
    if isinstance(mark, dict) and "style" in mark:
        dressed["mark"] = {**chart_styles()[mark["style"]], "type": mark["type"]}
    return dressed


def chart_config() -> dict[str, object]:
    """The Vega-Lite config shared by all charts."""
    axis = {
        "labelFont": FAMILY,
        "labelFontSize": 11,
        "labelColor": LIGHT["quiet"],
        "domainColor": LIGHT["line"],
        "gridColor": LIGHT["faint"],
        "tickColor": LIGHT["line"],
        "ticks": False,
        "domain": False,
        "labelPadding": 6,
    }
    return {
        "background": LIGHT["paper"],
        "font": FAMILY,
        "padding": 4,
        "view": {"stroke": None},
        "axis": axis,
        "axisY": {"labelColor": LIGHT["ink"], "labelFontSize": 11.5, "labelPadding": 8, "labelLineHeight": 13.5},
        "axisX": {"labelFlush": False},
        "axisYQuantitative": {"labelColor": LIGHT["quiet"], "labelFontSize": 10.5},
        "title": {
            "font": FAMILY,
            "fontSize": 12,
            "fontWeight": 600,
            "color": LIGHT["ink"],
            "anchor": "start",
            "frame": "group",
            "offset": 8,
            "lineHeight": 15,
        },
    }
