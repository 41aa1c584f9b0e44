"""Vega-Lite to SVG and PNG, on this machine, with the shipped fonts."""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING

from hashar.i18n import Translator
from hashar.late import late
from hashar.reports.content.document import Chart
from hashar.reports.render.theme import chart_config, dress, fonts_folder, number_locale

if TYPE_CHECKING:
    import vl_convert
else:
    vl_convert = late("vl_convert")

PIXELS_PER_UNIT = 2.0
"""PNG pixels for one unit of the picture: 2 prints at about 200 dots an inch."""


@cache
def _fonts() -> None:
    vl_convert.register_font_directory(str(fonts_folder()))


class Gallery:
    """The pictures of one document, each drawn once however many formats show it."""

    def __init__(self, translator: Translator, drawn: Callable[[], None] | None = None) -> None:
        self._locale = number_locale(translator)
        self._drawn = drawn
        self._svg: dict[tuple[int, bool], str] = {}
        self._charts: list[Chart] = []

    def svg(self, chart: Chart, *, narrow: bool = False) -> str:
        """The picture as SVG. No address is ever fetched: data are in the spec, and every base URL is refused."""
        key = (id(chart), narrow)
        if key not in self._svg:
            self._charts.append(chart)  # keeps the object alive, so that its id stays its own
            self._svg[key] = self._draw(chart.narrow if narrow else chart.wide)
            if self._drawn is not None:
                self._drawn()
        return self._svg[key]

    def _draw(self, spec: Mapping[str, object]) -> str:
        _fonts()
        picture: str = vl_convert.vegalite_to_svg(
            dress(spec), config=chart_config(), format_locale=self._locale, allowed_base_urls=[]
        )
        return picture

    def png(self, chart: Chart) -> bytes:
        """The wide picture as PNG."""
        drawn: bytes = vl_convert.svg_to_png(self.svg(chart), scale=PIXELS_PER_UNIT)
        return drawn


def shape(picture: str) -> float:
    """Height of an SVG over its width."""
    found = re.search(r'viewBox="0 0 ([\d.]+) ([\d.]+)"', picture)
    if found is None:
        message = "the picture does not say its size"
        raise ValueError(message)
    return float(found[2]) / float(found[1])
