"""Every text exists in all seven languages, with its placeholders, compiled and up to date."""

import io
import re
import string

import pytest
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

from hashar.i18n import LANGUAGES
from tests.consistency.source import SRC

KEYWORDS = {"N_": None, "_": None, "gettext": None, "ngettext": (1, 2)}
METHODS = [("**.py", "python"), ("**.html", "jinja2")]
TRANSLATED = LANGUAGES[1:]


def catalogue(language):
    with (SRC / "i18n" / "catalogues" / f"{language}.po").open("rb") as file:
        return read_po(file)


def places(text):
    return sorted({field for _, field, _, _ in string.Formatter().parse(text) if field is not None})


def messages_in_source():
    found = set()
    for _, _, message, _, _ in extract_from_dir(str(SRC), method_map=METHODS, keywords=KEYWORDS):
        found.add(message if isinstance(message, str) else message[0])
    return found - {""}


def test_the_template_holds_every_text_of_the_source():
    with (SRC / "i18n" / "hashar.pot").open("rb") as file:
        template = {m.id if isinstance(m.id, str) else m.id[0] for m in read_po(file) if m.id}
    assert template ^ messages_in_source() == set()


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_text_is_untranslated(language):
    untranslated = []
    for message in catalogue(language):
        strings = (message.string,) if isinstance(message.string, str) else message.string
        if message.id and not all(strings):
            untranslated.append(message.id)
    assert untranslated == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_translation_loses_or_invents_a_placeholder(language):
    wrong = {}
    for message in catalogue(language):
        if not message.id:
            continue
        ids = (message.id,) if isinstance(message.id, str) else message.id
        allowed = set().union(*(places(text) for text in ids))
        strings = (message.string,) if isinstance(message.string, str) else message.string
        for text in strings:
            needed = set(places(ids[-1])) - {"count"}
            if text and not needed <= set(places(text)) <= allowed | {"count"}:
                wrong[ids[0]] = text
    assert wrong == {}


@pytest.mark.parametrize("language", TRANSLATED)
def test_the_compiled_catalogue_is_fresh(language):
    buffer = io.BytesIO()
    write_mo(buffer, catalogue(language))
    compiled = (SRC / "i18n" / "catalogues" / f"{language}.mo").read_bytes()
    assert buffer.getvalue() == compiled


@pytest.mark.parametrize("language", TRANSLATED)
def test_a_translation_is_in_the_right_script(language):
    """Latin for uz and tk, Cyrillic for the rest: a text left in English (or pasted from a neighbour) shows here."""
    cyrillic = re.compile(r"[Ѐ-ӿ]")
    strangers = []
    for message in catalogue(language):
        text = message.string if isinstance(message.string, str) else message.string[0]
        letters = re.sub(r"\{[^}]*\}|`[^`]*`|[\W\d_]", "", text)
        if message.id and len(letters) > 12 and bool(cyrillic.search(letters)) == (language in ("uz", "tk")):
            strangers.append(text)
    assert strangers == []
