"""Charts as files of their own: for a page that loads them, in the colours of the light or of the dark page."""

import hashlib
import json
import re
from collections.abc import Mapping
from importlib import metadata
from typing import TYPE_CHECKING

from hashar.i18n import Translator
from hashar.late import late
from hashar.reports.content.document import Chart
from hashar.reports.render.charts import Gallery
from hashar.reports.render.theme import DARK, FALLBACK, FAMILY, LIGHT, chart_config, dress, number_locale

if TYPE_CHECKING:
    import vl_convert
else:
    vl_convert = late("vl_convert")

_COLOUR = re.compile(r'\b(fill|stroke)="(#[0-9a-f]{6})"')
_DARKER: Mapping[str, str] = {colour: DARK[name] for name, colour in LIGHT.items()}


def key_of(chart: Chart, language: str) -> str:
    """What tells one picture from any other: its specification, its look, and the programs that draw it."""
    drawn = [chart.wide, chart.narrow, chart_config(), language, metadata.version("vl-convert-python"), LIGHT, DARK]
    text = json.dumps(drawn, sort_keys=True, default=dict, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()[:32]


def picture(chart: Chart, translator: Translator, *, narrow: bool, dark: bool) -> bytes:
    """The chart as an SVG file without a ground of its own.

    A picture cannot use the page's fonts: it names those that the reader's machine may have.
    """
    svg = Gallery(translator).svg(chart, narrow=narrow)
    svg = svg.replace(f'font-family="{FAMILY}"', f'font-family="{FALLBACK}"')
    svg = re.sub(r'(<rect width="\d+(?:\.\d+)?" height="\d+(?:\.\d+)?" fill=")[^"]+', r"\1none", svg, count=1)
    if dark:
        svg = _COLOUR.sub(lambda found: f'{found[1]}="{_DARKER.get(found[2], found[2])}"', svg)
    return svg.encode()


def specification(chart: Chart, translator: Translator, *, narrow: bool) -> bytes:
    """The chart as Vega, for a page that draws it itself: compiled here, so that the page needs no compiler."""
    numbers = {"number": number_locale(translator)}
    config = {**chart_config(), "locale": numbers, "mark": {"tooltip": {"content": "data"}}}
    dressed = {**dress(chart.narrow if narrow else chart.wide), "description": chart.alternative}
    spec = vl_convert.vegalite_to_vega(dressed, config=config)
    return json.dumps(spec, ensure_ascii=False).encode()


def size_of(chart: Chart, *, narrow: bool) -> tuple[int, int]:
    """About how large the picture will be, so that a page can keep its place."""
    spec = chart.narrow if narrow else chart.wide
    parts = spec.get("concat")
    if isinstance(parts, list):
        columns = _number(spec.get("columns"), 1)
        rows = -(-len(parts) // columns)
        return columns * (_number(parts[0].get("width"), 180) + 55), rows * (_number(parts[0].get("height"), 120) + 70)
    return _number(spec.get("width"), 680) + 8, _number(spec.get("height"), 200) + 30


def _number(value: object, default: int) -> int:
    return round(value) if isinstance(value, int | float) else default
