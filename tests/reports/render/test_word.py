import dataclasses
import io
import zipfile

import docx
import pytest
from docx.oxml.ns import qn

from hashar.i18n import LANGUAGES
from hashar.reports.render.word import render_word
from hashar.reports.render.word_parts import LOCALES
from tests.reports.documents import every_block, whole
from tests.reports.sample import FORMULA, LONG_KK, MARKUP


@pytest.fixture(scope="module")
def small():
    return docx.Document(io.BytesIO(render_word(every_block("en"))))


def test_chapters_are_real_headings(small):
    found = [(p.style.name, p.text) for p in small.paragraphs if p.style.name.startswith("Heading")]
    assert found == [("Heading 1", "Chapter"), ("Heading 2", "Section"), ("Heading 3", "Part")]


def test_captions_number_themselves(small):
    captions = [p for p in small.paragraphs if p.style.name == "Caption"]
    assert [p.text for p in captions] == ["Figure 1. A chart", "Table 1. Every cell", "Table 2. No note"]
    assert all("SEQ" in p._p.xml for p in captions)


def test_heads_repeat_and_rows_stay_whole(small):
    tables = [table for table in small.tables if table.style.name == "Hashar Table"]
    assert len(tables) == 2
    for table in tables:
        assert table.rows[0]._tr.find(qn("w:trPr")).find(qn("w:tblHeader")) is not None
        assert all(row._tr.find(qn("w:trPr")).find(qn("w:cantSplit")) is not None for row in table.rows)


def test_cells_are_where_their_columns_are(small):
    table = next(table for table in small.tables if table.style.name == "Hashar Table")
    assert [cell.text for cell in table.rows[0].cells] == ["Group", "Share", "Interval", "n", "Mark"]
    assert table.rows[1].cells[0].text == "A head inside"
    assert [cell.text for cell in table.rows[2].cells] == ["Row\ndetail", "12.3%", "10.0–15.0%", "1,234", "● reliable"]
    assert table.rows[7].cells[1].text == table.rows[7].cells[3].text == "hidden for a reason"


def test_pictures_carry_alternative_text(small):
    pictures = [shape._inline.docPr for shape in small.inline_shapes]
    assert [picture.get("descr") for picture in pictures] == ["Alternative text of the chart"]


def test_the_contents_are_a_field_with_links_to_the_chapters(small):
    xml = small.element.xml
    assert "TOC \\o" in xml
    bookmarks = {node.get(qn("w:name")) for node in small.element.iter(qn("w:bookmarkStart"))}
    links = {node.get(qn("w:anchor")) for node in small.element.iter(qn("w:hyperlink"))}
    assert links == {"_chapter"}
    assert links <= bookmarks


def test_pages_are_numbered_and_headed(small):
    section = small.sections[0]
    assert "Sarykol" in section.header.paragraphs[0].text
    assert "PAGE" in section.footer._element.xml
    assert section.different_first_page_header_footer


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_is_set_for_the_whole_text(language):
    file = docx.Document(io.BytesIO(render_word(every_block(language))))
    found = {node.get(qn("w:val")) for node in file.styles.element.iter(qn("w:lang"))}
    assert found == {LOCALES[language]}
    assert file.core_properties.language == LOCALES[language]
    assert file.core_properties.author == "analyst"


def test_a_whole_profile_opens_and_its_labels_are_text():
    content = render_word(*whole("kk"))
    file = docx.Document(io.BytesIO(content))
    texts = {cell.text for table in file.tables for row in table.rows for cell in row.cells}
    assert MARKUP in texts
    assert FORMULA in texts
    assert any(LONG_KK in text for text in texts)
    assert len(file.inline_shapes) > 10


def test_nothing_in_the_file_points_outside():
    with zipfile.ZipFile(io.BytesIO(render_word(every_block("en")))) as file:
        relations = [file.read(name).decode() for name in file.namelist() if name.endswith(".rels")]
    assert not [text for text in relations if 'TargetMode="External"' in text]


def test_a_title_of_any_length_can_be_written():
    long = dataclasses.replace(every_block("en"), title="Ж" * 5000, subtitle="Ж" * 5000)
    read = docx.Document(io.BytesIO(render_word(long)))
    assert len(read.core_properties.title) == len(read.core_properties.subject) == 255
    assert "Ж" * 5000 in [p.text for p in read.paragraphs]
