"""Blocks as parts of a page that others lay out: no style attribute, pictures by address, numbers with their origin."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import jinja2
import markupsafe

from hashar.i18n import Translator
from hashar.reports.content.document import Block, Chart, Reference, Words
from hashar.reports.render.blocks import BlockView, environment
from hashar.reports.render.pictures import key_of, size_of

NARROW = "(max-width: 44rem)"
DARK = "(prefers-color-scheme: dark)"

LOOKS: Mapping[str, Sequence[tuple[str, str]]] = {
    "": [("narrow-dark", f"{NARROW} and {DARK}"), ("narrow-light", NARROW), ("wide-dark", DARK)],
    "light": [("narrow-light", NARROW)],
    "dark": [("narrow-dark", NARROW)],
}
"""Chosen look → pictures other than the wide one, with when they are taken."""

_templates = environment()


@dataclass(frozen=True)
class Addresses:
    """Where things of a page are; each returns ``""`` for what has no address."""

    why: Callable[[Reference], str]
    """A number → the page on where it comes from."""
    page: Callable[[Reference], str]
    """What a row is about → its own page."""
    picture: Callable[[int, str, str], str]
    """Position of a chart, its key, and its look (``wide-light``) → the picture."""
    specification: Callable[[int, str], str]
    """Position and key of a chart → its specification."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a picture, for a width and a look."""

    media: str
    address: str
    width: int
    height: int


def sources_of(chart: Chart, look: str, address: Callable[[str], str]) -> tuple[Source, Sequence[Source]]:
    """The wide picture of a chart, and those that the browser takes instead of it where they fit better.

    ``look`` is ``light``, ``dark``, or empty for what the device says; ``address`` says where the picture of a look is.
    """

    def source(shown: str, media: str) -> Source:
        return Source(media, address(shown), *size_of(chart, narrow=shown.startswith("narrow")))

    return source(f"wide-{look or 'light'}", ""), [source(shown, media) for shown, media in LOOKS[look]]


def render_fragment(
    blocks: Sequence[Block], translator: Translator, words: Words, addresses: Addresses, look: str = ""
) -> markupsafe.Markup:
    """``blocks`` as HTML, every text escaped; ``look`` is ``light``, ``dark``, or empty for what the device says."""
    view = _View(translator, words, addresses, look)
    fragment = _templates.get_template("fragment.html").render(items=blocks, view=view)
    return markupsafe.Markup(fragment)  # noqa: S704  (our own template, which escapes)


class _View(BlockView):
    numbers = False
    styled = False

    def __init__(self, translator: Translator, words: Words, addresses: Addresses, look: str) -> None:
        super().__init__(translator, words)
        self._look = look
        self._addresses = addresses
        self._frame: jinja2.Template = _templates.get_template("picture.html")
        self._charts = 0
        self.why_word = translator.gettext("Why this number?")
        self.why_brief = translator.gettext("Why?")

    def why(self, about: Reference | None) -> str:
        """The page on where a number comes from."""
        return self._addresses.why(about) if about is not None else ""

    def page(self, about: Reference | None) -> str:
        """The page of the indicator or factor that a row is about."""
        return self._addresses.page(about) if about is not None else ""

    def frame(self, chart: Chart) -> markupsafe.Markup:
        """The pictures of a chart, of which the browser loads the one that fits."""
        key = key_of(chart, self._translator.language)
        at, self._charts = self._charts, self._charts + 1
        fallback, sources = sources_of(chart, self._look, lambda look: self._addresses.picture(at, key, look))
        framed = self._frame.render(
            chart=chart,
            sources=sources,
            fallback=fallback,
            interactive=self._addresses.specification(at, key),
            word=self._translator.gettext("Interactive"),
            failed=self._translator.gettext(
                "The interactive picture could not be loaded. The picture and its table stay as they are."
            ),
        )
        return markupsafe.Markup(framed)  # noqa: S704  (our own template, which escapes)
