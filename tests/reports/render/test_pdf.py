import io

import pypdf
import pytest

from hashar.i18n import LANGUAGES
from hashar.reports.render.pdf import render_pdf
from tests.reports.documents import every_block, whole
from tests.reports.sample import LONG_KK, LONG_RU


def read(document, gallery=None):
    return pypdf.PdfReader(io.BytesIO(render_pdf(document, gallery)))


def words(reader):
    return " ".join(" ".join(page.extract_text() for page in reader.pages).split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_typeset_and_says_which_it_is(language):
    reader = read(every_block(language))
    assert reader.root_object["/Lang"].startswith(language)
    text = words(reader)
    for expected in ("Sarykol", "Chapter", "A chart", "Every cell", "A note.", "grounds", "slanted"):
        assert expected in text


def test_the_pdf_is_tagged_with_title_author_outline_and_date():
    reader = read(every_block("en"))
    assert reader.root_object["/MarkInfo"]["/Marked"]
    assert reader.metadata.title == "Sarykol – Community prevention profile"
    assert reader.metadata.author == "analyst"
    assert [entry.title for entry in reader.outline if not isinstance(entry, list)] == ["Chapter"]
    assert reader.metadata.creation_date.year == 2024


def test_pictures_carry_alternative_text():
    reader = read(every_block("en"))

    def alternatives(node, depth=0):
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            return [text for child in node for text in alternatives(child, depth + 1)]
        if not isinstance(node, dict) or depth > 40:
            return []
        own = [node["/Alt"]] if "/Alt" in node else []
        return own + (alternatives(node["/K"], depth + 1) if "/K" in node else [])

    assert "Alternative text of the chart" in alternatives(reader.root_object["/StructTreeRoot"])


@pytest.mark.parametrize(("language", "label"), [("ru", LONG_RU), ("kk", LONG_KK)])
def test_a_whole_profile_is_typeset_with_its_long_labels(language, label):
    reader = read(*whole(language))
    assert 10 <= len(reader.pages) <= 30
    assert label.split()[0] in words(reader)


def test_labels_are_text_and_never_markup():
    text = words(read(*whole("ru")))
    assert "<script>alert(1)</script> & Sons" in text
    assert "=1+1" in text


def test_only_the_shipped_fonts_are_used():
    reader = read(every_block("kk"))
    fonts = {font.split("+")[-1] for page in reader.pages for font in _fonts(page)}
    assert fonts
    assert all(name.startswith("Inter") for name in fonts)


def _fonts(page):
    resources = page["/Resources"].get_object()
    return [font.get_object()["/BaseFont"] for font in resources.get("/Font", {}).get_object().values()]
