"""The report as one HTML file: styles, fonts and pictures inside, no script, nothing fetched."""

import base64
import re

import jinja2
import markupsafe

from hashar.i18n import Translator
from hashar.reports.content.document import Chart, Document
from hashar.reports.render.blocks import BlockView, environment
from hashar.reports.render.charts import Gallery
from hashar.reports.render.theme import DARK, LIGHT, fonts_folder

WOFF2 = (("Inter-Regular.woff2", 400), ("Inter-SemiBold.woff2", 600))


def render_html(document: Document, gallery: Gallery | None = None) -> bytes:
    """``document`` as UTF-8 HTML."""
    translator = Translator(document.language)
    templates = environment()
    view = _View(document, translator, gallery or Gallery(translator), templates)
    page = templates.get_template("report.html").render(document=document, view=view, style=_style(templates))
    return page.encode()


def _style(templates: jinja2.Environment) -> markupsafe.Markup:
    source = templates.get_template("report.css").render(
        light=LIGHT, dark=DARK, fonts=[(_data(name), weight) for name, weight in WOFF2]
    )
    return markupsafe.Markup(source)  # noqa: S704  (our own style sheet; nothing of a user's is in it)


def _data(name: str) -> str:
    return base64.b64encode((fonts_folder() / name).read_bytes()).decode("ascii")


class _View(BlockView):
    """Pictures stand in the page itself."""

    def __init__(
        self, document: Document, translator: Translator, gallery: Gallery, templates: jinja2.Environment
    ) -> None:
        super().__init__(translator, document.words)
        self._gallery = gallery
        self._frame = templates.get_template("frame.html")

    def frame(self, chart: Chart) -> markupsafe.Markup:
        """Both pictures; the style sheet shows the one that fits."""
        wide, narrow = (self.picture(chart, narrow=narrow) for narrow in (False, True))
        framed = self._frame.render(chart=chart, wide=wide, narrow=narrow)
        return markupsafe.Markup(framed)  # noqa: S704  (our own template, which escapes)

    def picture(self, chart: Chart, *, narrow: bool) -> markupsafe.Markup:
        """The chart as inline SVG, hidden from screen readers because the frame around it carries the alternative text.

        Ids are made its own; namespaces are dropped (HTML does not need them).
        """
        prefix = f"c{self._counts['figure']}{'n' if narrow else 'w'}-"
        svg = self._gallery.svg(chart, narrow=narrow)
        svg = re.sub(r'\sxmlns(:\w+)?="[^"]*"', "", svg)
        svg = re.sub(r'\bid="([^"]+)"', rf'id="{prefix}\1"', svg)
        svg = re.sub(r"url\(#([^)]+)\)", rf"url(#{prefix}\1)", svg)
        svg = re.sub(r' aria-[a-z]+="[^"]*"| role="[^"]*"', "", svg)
        svg = svg.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1)
        return markupsafe.Markup(svg)  # noqa: S704  (drawn by vl-convert, which escapes every text)
