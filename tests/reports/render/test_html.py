import itertools
import re
from html.parser import HTMLParser

import pytest

from hashar.i18n import LANGUAGES
from hashar.reports.content.document import Column, Document, NumberCell, Paragraph, Span, Table, TableRow, TextCell
from hashar.reports.render.html import render_html
from tests.reports.documents import every_block, whole
from tests.reports.sample import LONG_KK, LONG_RU


class Page(HTMLParser):
    """What a test asks of a page: elements with their attributes, text, nesting."""

    VOID = frozenset({"meta", "col", "br", "hr", "img", "link", "input"})

    def __init__(self, source):
        super().__init__(convert_charrefs=True)
        self.elements = []
        self.open = []
        self.text = []
        self.broken = []
        self.feed(source)

    def handle_starttag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag, attrs):
        self.elements.append((tag, dict(attrs)))

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            self.broken.append(tag)

    def handle_data(self, data):
        if not {"style", "script"} & set(self.open):
            self.text.append(data)

    def all(self, tag):
        return [attributes for name, attributes in self.elements if name == tag]


@pytest.fixture(scope="module")
def russian():
    return render_html(*whole("ru")).decode()


def test_the_page_is_well_formed(russian):
    page = Page(russian)
    assert page.broken == []
    assert page.open == []


def test_nothing_is_fetched_and_nothing_runs(russian):
    assert "http://" not in russian
    assert "https://" not in russian
    page = Page(russian)
    assert not page.all("script")
    assert not page.all("link")
    assert not page.all("img")
    assert not page.all("iframe")
    assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
    assert all(source.startswith("data:") for source in re.findall(r"url\(\"?([^#\")]+)", russian))
    policy = next(meta for meta in page.all("meta") if meta.get("http-equiv") == "Content-Security-Policy")
    assert policy["content"].startswith("default-src 'none'")


def test_labels_are_escaped(russian):
    assert "<script>alert" not in russian
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Sons" in russian


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_renders_and_says_which_it_is(language):
    page = Page(render_html(every_block(language)).decode())
    assert page.all("html")[0]["lang"] == language
    assert page.broken == []


def test_landmarks_lead_a_screen_reader(russian):
    page = Page(russian)
    assert page.all("a")[0] == {"class": "skip", "href": "#content"}
    assert page.all("main")[0]["id"] == "content"
    assert page.all("nav")[0]["aria-label"]
    assert len(page.all("h1")) == 1
    ids = {attributes["id"] for _, attributes in page.elements if "id" in attributes}
    assert {link["href"][1:] for link in page.all("a")} <= ids


def test_headings_do_not_skip_a_level(russian):
    levels = [int(tag[1]) for tag, _ in Page(russian).elements if re.fullmatch(r"h[1-6]", tag)]
    assert all(lower - upper <= 1 for upper, lower in itertools.pairwise(levels))


def test_every_picture_has_alternative_text_and_is_itself_silent(russian):
    page = Page(russian)
    pictures = [a for _, a in page.elements if a.get("role") == "img"]
    drawings = page.all("svg")
    assert len(pictures) == len(drawings) > 10
    assert all(picture["aria-label"] for picture in pictures)
    assert all(drawing["aria-hidden"] == "true" for drawing in drawings)


def test_ids_are_unique(russian):
    ids = re.findall(r'\sid="([^"]+)"', russian)
    assert len(ids) == len(set(ids))


def test_every_table_has_a_caption_and_scopes(russian):
    page = Page(russian)
    assert len(page.all("caption")) == len(page.all("table"))
    assert all(head.get("scope") for head in page.all("th"))


def test_the_pictures_differ_by_width_and_both_are_there(russian):
    assert russian.count('class="chart wide"') == russian.count('class="chart narrow"') > 5


@pytest.mark.parametrize(("language", "label"), [("ru", LONG_RU), ("kk", LONG_KK)])
def test_long_labels_are_whole_in_the_tables(language, label):
    page = Page(render_html(*whole(language)).decode())
    assert any(label in text for text in page.text)


def test_a_row_that_does_not_fill_its_table_is_refused():
    columns = [Column("a"), Column("b")]
    source = every_block("en")
    bad = Table("Bad", columns, [TableRow([TextCell("x"), NumberCell(1), NumberCell(2)])])
    fields = {name: getattr(source, name) for name in source.__dataclass_fields__}
    with pytest.raises(ValueError, match="3 cells for 2 columns"):
        render_html(Document(**{**fields, "blocks": [Paragraph([Span("x")]), bad]}))


def test_a_document_without_blocks_is_a_cover():
    source = every_block("en")
    fields = {name: getattr(source, name) for name in source.__dataclass_fields__}
    page = Page(render_html(Document(**{**fields, "blocks": []})).decode())
    assert page.all("section") == []
