"""The glossary is whole, and the catalogues keep to it."""

import pytest

from hashar.i18n import LANGUAGES
from tests.consistency.source import ROOT
from tests.consistency.test_translations import catalogue


def terms():
    lines = (ROOT / "GLOSSARY.md").read_text(encoding="utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in lines if line.startswith("|")]
    return rows[0], rows[2:]


def test_every_term_has_all_seven_languages():
    head, rows = terms()
    assert tuple(head) == LANGUAGES
    assert [row for row in rows if len(row) != len(LANGUAGES) or not all(row)] == []


def test_no_term_stands_twice():
    _, rows = terms()
    english = [row[0] for row in rows]
    assert len(english) == len(set(english))


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_a_text_that_is_a_term_is_translated_as_the_glossary_says(language):
    head, rows = terms()
    wanted = {row[0].lower(): row[head.index(language)].lower() for row in rows}
    texts = {message.id: message.string for message in catalogue(language) if isinstance(message.id, str)}
    wrong = {text: told for text, told in texts.items() if told.lower() != wanted.get(text.lower(), told.lower())}
    assert wrong == {}
