"""The field's vocabulary."""

import string

import pytest

from hashar.i18n import LANGUAGES
from hashar.reference import queries

RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя"
LETTERS = {
    "en": string.ascii_lowercase + "'",
    "ru": RUSSIAN,
    "kk": RUSSIAN + "әғқңөұүһі",
    "ky": RUSSIAN + "ңөү",
    "uz": string.ascii_lowercase + "ʻʼ",
    "tg": RUSSIAN + "ғӣқӯҳҷ",
    "tk": string.ascii_lowercase + "çäžňöşüý",
}


def test_every_factor_has_a_name_a_definition_a_source_and_a_known_domain():
    domains = {"community", "family", "school", "peer_individual", "all_domains"}
    for factor in queries.factors().values():
        assert set(factor.name) == set(LANGUAGES), factor.code
        assert factor.definition["en"]
        assert factor.source
        assert factor.domain in domains
        assert factor.type in {"risk", "protective"}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_factor_is_named_and_defined_in_the_letters_of_the_language(language):
    """A text left out, left in English or pasted from a neighbour's column shows here."""
    strangers = {}
    for factor in queries.factors().values():
        for text in (factor.name.get(language, ""), factor.definition.get(language, "")):
            letters = {letter for letter in text.lower() if letter.isalpha() or letter in "'`‘’"}
            if not letters or not letters <= set(LETTERS[language]):
                strangers[factor.code] = text
    assert strangers == {}


def test_no_definition_stands_twice():
    texts = [text for factor in queries.factors().values() for text in factor.definition.values()]
    assert len(set(texts)) == len(texts) == len(queries.factors()) * len(LANGUAGES)


def test_the_letter_of_a_code_tells_risk_from_protection():
    assert all(factor.type == {"R": "risk", "P": "protective"}[code[2]] for code, factor in queries.factors().items())


def test_every_substance_is_named_in_every_language():
    assert all(set(substance.name) == set(LANGUAGES) for substance in queries.substances().values())


def test_the_vocabulary_cannot_be_changed():
    assert not hasattr(queries.factors(), "__setitem__")
