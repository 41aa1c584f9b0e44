"""The shipped lists: indicators with what others call them, sectors, strategies."""

import string

import pytest

from hashar.errors import InputError
from hashar.i18n import LANGUAGES
from hashar.people.rules import ORGANISATION_KINDS, SECTORS
from hashar.reference import queries
from hashar.reference.rules import (
    DIRECTIONS,
    UNITS,
    indicator_code_of,
    kind_and_direction,
    slang_of,
    texts_of,
)


def test_every_indicator_is_complete():
    for one in queries.shipped_indicators().values():
        assert set(one.name) == set(LANGUAGES), one.code
        assert one.definition["en"].endswith("."), one.code
        assert one.kind in queries.INDICATOR_KINDS
        assert one.unit in UNITS
        assert one.direction in DIRECTIONS
        assert one.substance is None or one.substance in queries.substances()


def test_no_name_or_definition_stands_twice():
    found = list(queries.shipped_indicators().values())
    for language in LANGUAGES:
        names = [one.name[language] for one in found]
        assert len(set(names)) == len(names)
    assert len({one.definition["en"] for one in found}) == len(found)


def test_a_register_has_no_better_direction():
    detection = [one for one in queries.shipped_indicators().values() if one.kind == "detection"]
    assert {one.direction for one in detection} == {"neither"}
    assert {"drug_offences", "registered_users"} <= {one.code for one in detection}


def test_the_indicators_of_the_demonstration_are_in_the_list():
    """With the same kind and substance: what a profile says and what the reference says is the same."""
    from importlib import resources

    from ruamel.yaml import YAML

    text = (resources.files("hashar.flows") / "data" / "yrbs" / "codebook.yaml").read_text(encoding="utf-8")
    shipped = queries.shipped_indicators()
    for told in YAML(typ="safe").load(text)["indicators"]:
        one = shipped[told["name"]]
        assert (one.kind, one.substance) == (told.get("kind", "prevalence"), told.get("substance")), one.code


def test_every_correspondence_names_a_known_system_and_its_source():
    found = [(one.code, other) for one in queries.shipped_indicators().values() for other in one.correspondences]
    assert {other.system for _, other in found} == {"DFC", "ESPAD", "EUDA", "SDG", "UNODC ARQ"}
    for code, other in found:
        assert other.target, code
        assert other.source, code
        assert other.match in ("same", "close")


def test_the_core_measures_of_dfc_are_all_there():
    """Four measures for each of four substances."""
    dfc = [
        other.target
        for one in queries.shipped_indicators().values()
        for other in one.correspondences
        if other.system == "DFC"
    ]
    assert len(dfc) == len(set(dfc)) == 16


def test_indicators_come_kind_by_kind():
    kinds = [one.kind for one in queries.shipped_indicators().values()]
    assert kinds == sorted(kinds, key=queries.INDICATOR_KINDS.index)


def test_sectors_kinds_and_strategies_are_those_the_site_knows():
    assert tuple(queries.sectors()) == SECTORS
    assert set(queries.organisation_kinds()) == set(ORGANISATION_KINDS)
    assert len(queries.strategies()) == 7
    assert [one.scope for one in queries.strategies().values()] == ["individual"] * 3 + ["environmental"] * 4


@pytest.mark.parametrize("listed", ["sectors", "organisation_kinds", "strategies"])
def test_every_entry_is_named_in_every_language(listed):
    for one in getattr(queries, listed)().values():
        assert set(one.name) == set(LANGUAGES)
        assert not set(one.name["ru"].lower()) & set(string.ascii_lowercase)


@pytest.mark.parametrize("text", ["", "123", "x" * 61, "call +7 701 123", "a@b", "http://x", "<b>", "a\u200bb", "=cmd"])
def test_what_cannot_be_a_slang_name(text):
    with pytest.raises(InputError, match="cannot be a name"):
        slang_of(text)


def test_a_slang_name_keeps_its_letters_and_loses_extra_spaces():
    assert slang_of("  шишка   2С-B ") == "шишка 2С-B"


@pytest.mark.parametrize("code", ["", "a", "1a", "Код", "a-b", "x" * 41])
def test_what_cannot_be_a_code(code):
    with pytest.raises(InputError, match="cannot be a code"):
        indicator_code_of(code)


def test_a_code_is_written_small():
    assert indicator_code_of(" Clubs_2026 ") == "clubs_2026"


def test_a_register_cannot_claim_a_better_direction():
    assert kind_and_direction("detection", "count", "neither") == ("detection", "count", "neither")
    with pytest.raises(InputError, match="neither success nor failure"):
        kind_and_direction("detection", "count", "down")


@pytest.mark.parametrize("told", [("x", "share", "up"), ("process", "x", "up"), ("process", "share", "x")])
def test_only_words_of_the_lists_are_chosen(told):
    with pytest.raises(InputError, match="from the lists"):
        kind_and_direction(*told)


def test_texts_are_kept_in_our_languages_only():
    assert texts_of({"en": " A  b ", "ru": "", "xx": "y"}, 10) == {"en": "A b"}
    for told in ({}, {"xx": "y"}, {"en": "x" * 11}):
        with pytest.raises(InputError, match="in at least one language"):
            texts_of(told, 10)
