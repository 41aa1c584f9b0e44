"""What the rules of the registry decide, as tables."""

from dataclasses import replace

import pytest

from hashar.errors import InputError
from hashar.exchange.contracts import Draft
from hashar.exchange.rules.ages import ages_of
from hashar.exchange.rules.concepts import Thesaurus, form_fit, misspelt_fit
from hashar.exchange.rules.drafts import checked
from hashar.exchange.rules.evidence import Read, contradictions, evidence_of, outcomes_seen
from hashar.exchange.rules.words import (
    FAIR,
    LITTLE_WORDS,
    asked_grams,
    asked_words,
    best,
    closeness,
    grams,
    soft,
    text_words,
)
from hashar.exchange.sources.thesaurus import thesaurus

EVIDENCE = [
    # lane, tier, outcomes, readings → the one word
    ("tested", "T1", "Less smoking", ["effective"], "shown"),
    ("tested", "T1", "Less smoking", ["effective", "listed", "unclear"], "shown"),
    ("tested", "T1", "Less smoking", [], "shown"),
    ("tested", "T1", "Less smoking", ["effective", "no_effect"], "mixed"),
    ("tested", "T2", "Less smoking", ["promising"], "some"),
    ("tested", "T2", "Less smoking", ["no_effect"], "some"),
    ("tested", "T2", "Less smoking", ["promising", "no_effect"], "mixed"),
    ("tested", "T3", "Less smoking", [], "mixed"),
    ("tested", "T4", "Less smoking", ["effective"], "none"),
    ("tested", "T1", "", ["effective"], "none"),
    ("tested", "T1", "Details not seen", ["effective"], "none"),
    ("tested", "T2", "Reach only: more than 250 young people", [], "none"),
    ("tested", "T2", "Reach figures only in the texts seen", ["promising"], "none"),
    ("tested", "T2", "Aims at risk of substance use; results not seen", ["promising"], "none"),
    ("tested", "T2", "No controlled outcome study seen in this search", [], "none"),
    ("tested", "", "Less smoking", ["effective"], "none"),
    ("tested", "T5", "Less than small", [], "against"),
    ("tested", "T1", "Less smoking", ["effective", "against"], "against"),
    ("community", "T1", "Less smoking", ["effective"], "own"),
    ("community", "", "", [], "own"),
]
AGES = [
    ("11-14", (11, 14)),
    ("11–14", (11, 14)),
    ("11-14 (to 18)", (11, 14)),
    ("0-24 (survey 11-18)", (0, 24)),
    ("all", (0, 120)),
    ("adults", (18, 120)),
    ("mostly adults", (18, 120)),
    ("adults (ages not in the excerpt)", (18, 120)),
    ("adults and youth in nightlife", (15, 120)),
    ("school age", (6, 17)),
    ("primary and middle school", (6, 15)),
    ("pregnancy to 2 years", (0, 2)),
    ("under 18", (0, 17)),
    ("under 18-21", (0, 20)),
    ("under age", None),
    ("14-11", None),
    ("", None),
    ("12-17 (general knowledge)", (12, 17)),
]
SAME = [
    ("қыз", "киз", "qiz", "kyz"),
    ("өспүрүм", "оспурум", "ospurum"),
    ("oʻyin", "o'yin", "o‘yin", "oyin"),
    ("ҷарима", "чарима", "жарима", "jarima"),
    ("maşgala", "masgala", "машгала"),
    ("школа", "shkola"),
    ("сабағы", "сабагы", "sabagy", "сабақы"),
    ("үй-бүлө", "уй-було"),
]
CLOSE = ["дағдысы дағдыларды", "оилаи оилавӣ", "mentor mentoring", "спортивное спортивной", "lif lifeskills"]
FAR = ["школа шкала", "оила олма", "дом дым", "abc abd", "спорт паспорт"]
SLIPS = ["настафничество наставничество", "каалиция коалиция", "skreening скрининг"]


@pytest.mark.parametrize(("lane", "tier", "outcomes", "readings", "word"), EVIDENCE)
def test_the_one_word_for_the_evidence(lane, tier, outcomes, readings, word):
    assert evidence_of(lane=lane, tier=tier, outcomes=outcomes, readings=readings) == word


@pytest.mark.parametrize(
    "outcomes", ["", "  ", "Details not seen", "Reach figures only; no controlled outcome study seen"]
)
def test_how_many_a_practice_reached_is_not_an_outcome(outcomes):
    assert not outcomes_seen(outcomes)


def test_an_effect_and_no_effect_contradict_each_other():
    found, none = Read("A", "Effective", 2016, "effective"), Read("B", "Null", 2020, "no_effect")
    harm = Read("C", "Against", None, "against")
    listed = Read("D", "listed", None, "listed")
    assert contradictions([found, none]) == [(found, none)]
    assert contradictions([none, harm, listed, found]) == [(found, none), (found, harm)]
    assert contradictions([found, listed]) == contradictions([none, harm]) == contradictions([]) == []


@pytest.mark.parametrize(("told", "ages"), AGES)
def test_ages_as_registries_write_them(told, ages):
    assert ages_of(told) == ages


@pytest.mark.parametrize("spellings", SAME, ids=lambda s: s[0])
def test_a_plain_keyboard_and_another_script_write_the_same_word(spellings):
    assert len({tuple(soft(one)) for one in spellings}) == 1


@pytest.mark.parametrize("pair", CLOSE)
def test_another_ending_is_the_same_word(pair):
    asked, word = soft(pair)
    assert closeness(asked, word) >= FAIR


@pytest.mark.parametrize("pair", FAR)
def test_another_word_is_not(pair):
    asked, word = soft(pair)
    assert closeness(asked, word) == 0


@pytest.mark.parametrize("pair", SLIPS)
def test_a_slip_of_the_pen_is_forgiven_only_when_asked(pair):
    asked, word = soft(pair)
    assert closeness(asked, word) < 0.8
    assert closeness(asked, word, forgiving=True) >= FAIR


@pytest.mark.parametrize("pair", ["тут тот", "шар пар", "баба лапа", "наставничество на"])
def test_short_words_and_far_ones_are_not_forgiven(pair):
    asked, word = soft(pair)
    assert closeness(asked, word, forgiving=True) == 0


def test_the_same_word_is_the_closest():
    assert closeness("maktab", "maktab") == best("maktab", ["maktablar", "maktab"]) == 1
    assert best("maktab", []) == 0


def test_words_of_a_text_and_of_a_query():
    assert text_words("Ата-аналар мен 10-14 жас") == ["atanalar", "10", "14", "jas", "ata", "analar"]
    assert text_words("и в на") == []
    assert asked_words("и в на") == ["i", "v", "na"]
    assert asked_words("Школа и школа и семья") == [*soft("школа"), *soft("семья")]
    assert len(asked_words(" ".join(f"word{n}x" for n in range(40)))) == 12
    assert soft("и")[0] in LITTLE_WORDS


def test_grams_hold_the_beginning_of_a_word():
    assert grams("oila") == {" o", " oi", "oil", "ila"}
    assert asked_grams("oila") == {" oi", "oil", "ila"}
    assert asked_grams("oi") == {" oi"}


FORMS = [
    # word, form → how surely it is this form
    ("oila", "oila", 1.0),
    ("oilasinda", "oila", 0.9),
    ("ana", "ana", 1.0),
    ("ananin", "ana", 0.9),
    ("analitika", "ana", 0.0),
    ("ui", "ui", 1.0),
    ("uilenu", "ui", 0.0),
    ("sabagi", "sabak", 0.8),
    ("mektep", "oila", 0.0),
    ("nasta", "nastavnik", 0.7),
    ("nas", "nastavnik", 0.0),
]


@pytest.mark.parametrize(("word", "form", "sure"), FORMS)
def test_how_surely_a_word_names_a_concept(word, form, sure):
    assert form_fit(word, form) == sure


def test_a_misspelt_form_is_less_sure_and_short_ones_are_not_guessed():
    assert misspelt_fit("nastafnik", "nastavnik") == pytest.approx(0.65)
    assert misspelt_fit("anu", "ana") == 0
    assert misspelt_fit("voksal", "nastavnik") == 0
    assert misspelt_fit("nastavnikalaridanmisiz", "nastavnik") == 0


def test_an_expression_is_a_concept_only_as_a_whole():
    made = Thesaurus({"nurse": ["şepagat uýasy"], "mercy": ["merhemet"]})
    assert made.named_in(soft("şepagat uýasynyň")) == [{"nurse": 0.9}, {"nurse": 0.9}]
    assert made.named_in(soft("şepagat")) == [{}]
    assert made.named_in(soft("şepagat günleri")) == [{}, {}]
    assert made.named_in(soft("merhamet"), forgiving=True)[0]["mercy"] < 0.8
    assert made.named_in(soft("zzz"), forgiving=True) == [{}]


@pytest.mark.parametrize(
    "words",
    [
        "family семья отбасы үй-бүлө oila оила maşgala",
        "price цена баға нарх baha narx",
        "mentor наставник тәлімгер насаатчы halypa",
    ],
)
def test_seven_languages_name_one_concept(words):
    named = thesaurus().named_in(soft(words))
    assert set.intersection(*(set(one) for one in named))


def draft(**changes):
    told = {"language": "en", "name": "Evenings", "summary": "Families meet.", "settings": ("family",), "age_from": 10}
    told |= {"age_to": 14, "cost": "low", "languages": ("kk",), "factors": ("F-R1",)}
    return Draft(**{**told, **changes})


@pytest.mark.parametrize(
    "changes",
    [
        {"name": "  "},
        {"summary": ""},
        {"name": "x" * 161},
        {"summary": "x" * 2001},
        {"name": "a\x07b"},
        {"age_from": None},
        {"age_to": None},
        {"age_from": 15},
        {"age_from": -1},
        {"age_to": 121},
        {"language": "de"},
        {"languages": ("de",)},
        {"settings": ("moon",)},
        {"cost": "free"},
        {"factors": ("Z-R9",)},
        {"factors": ()},
    ],
    ids=str,
)
def test_a_draft_that_cannot_be_is_refused(changes):
    with pytest.raises(InputError):
        checked(draft(**changes), ["F-R1"])


def test_a_draft_keeps_what_was_told_in_one_form():
    loose = draft(name="  Family   evenings ", summary="One.\n\n Two.", factors=("F-R1", "F-R1"))
    told = checked(replace(loose, age_from=None, age_to=None), ["F-R1"])
    assert (told.name, told.summary) == ("Family evenings", "One.\n\nTwo.")
    assert (told.factors, told.age_from) == (("F-R1",), None)
