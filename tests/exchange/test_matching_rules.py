"""Which practices are suggested for a factor, in which order, with which reasons."""

from dataclasses import replace

import pytest

from hashar.exchange.contracts import PracticeSummary, Reason, Wanted
from hashar.exchange.rules.matching import Candidate, fitting, suggest

PRACTICE = PracticeSummary(
    code="P",
    names={"en": "P"},
    lane="tested",
    state="shared",
    organisation=None,
    organisation_name="",
    settings=("school",),
    levels=(),
    age_from=11,
    age_to=14,
    cost="medium",
    languages=("ru",),
    evidence="some",
    used_in=(),
)
UNKNOWN = replace(PRACTICE, settings=(), age_from=None, age_to=None, cost="", languages=())
FITS = [
    # what is asked, of whom → the reasons (None: it does not fit)
    (Wanted(), PRACTICE, []),
    (Wanted(), UNKNOWN, []),
    (Wanted(age_from=12, age_to=13), PRACTICE, ["age_fits"]),
    (Wanted(age_from=11, age_to=14), PRACTICE, ["age_fits"]),
    (Wanted(age_from=13, age_to=17), PRACTICE, ["age_part"]),
    (Wanted(age_from=13), PRACTICE, ["age_part"]),
    (Wanted(age_to=11), PRACTICE, ["age_part"]),
    (Wanted(age_from=15), PRACTICE, None),
    (Wanted(age_to=10), PRACTICE, None),
    (Wanted(age_from=12), UNKNOWN, ["age_unknown"]),
    (Wanted(setting="school"), PRACTICE, ["setting_fits"]),
    (Wanted(setting="family"), PRACTICE, None),
    (Wanted(setting="family"), UNKNOWN, ["setting_unknown"]),
    (Wanted(language="ru"), PRACTICE, ["language_fits"]),
    (Wanted(language="kk"), PRACTICE, None),
    (Wanted(language="kk"), UNKNOWN, ["language_unknown"]),
    (Wanted(cost="high"), PRACTICE, ["cost_fits"]),
    (Wanted(cost="medium"), PRACTICE, ["cost_fits"]),
    (Wanted(cost="low"), PRACTICE, None),
    (Wanted(cost="low"), UNKNOWN, ["cost_unknown"]),
    (
        Wanted(age_from=12, age_to=12, setting="school", language="ru", cost="high"),
        PRACTICE,
        ["age_fits", "setting_fits", "language_fits", "cost_fits"],
    ),
]


@pytest.mark.parametrize(("wanted", "practice", "reasons"), FITS)
def test_how_a_practice_fits_what_is_asked(wanted, practice, reasons):
    found = fitting(practice, wanted)
    assert (found if found is None else [reason.key for reason in found]) == reasons


def one(code, evidence="some", basis="source", factor="F-R1", **changes):
    made = replace(PRACTICE, code=code, names={"en": code}, evidence=evidence, **changes)
    return Candidate(made, factor, basis, contradicted=False)


def codes(candidates, wanted=Wanted()):  # noqa: B008  (frozen)
    return [each.practice.code for each in suggest("F-R1", candidates, wanted).suggestions]


ORDER = [
    # (each earlier before each later)
    ([one("Z", "shown"), one("A", "some")], "evidence"),
    ([one("Z", "some"), one("A", "mixed")], "evidence"),
    ([one("Z", "mixed"), one("A", "none")], "evidence"),
    ([one("Z", "none"), one("A", "own")], "evidence"),
    ([one("Z", basis="source"), one("A", basis="confirmed")], "basis"),
    ([one("Z", basis="confirmed"), one("A", basis="inferred")], "basis"),
    ([one("Z", "shown", "inferred"), one("A", "some", "source")], "evidence before basis"),
    ([one("A"), one("B")], "name"),
    ([one("Z", "none", "inferred"), one("A", "shown", "source", factor="ALL")], "for this factor before for any"),
]


@pytest.mark.parametrize(("pair", "why"), ORDER, ids=[why for _, why in ORDER])
def test_the_order_of_suggestions(pair, why):
    wanted = [each.practice.code for each in pair]
    assert codes(pair) == codes(pair[::-1]) == wanted


def test_what_is_known_to_fit_comes_before_what_is_not_known():
    known, unknown = one("Z"), one("A", age_from=None, age_to=None)
    assert codes([unknown, known], Wanted(age_from=12, age_to=12)) == ["Z", "A"]
    assert codes([unknown, known]) == ["A", "Z"]


def test_a_practice_without_effect_is_named_and_never_suggested():
    found = suggest("F-R1", [one("A", "against"), one("B")], Wanted())
    assert [each.code for each in found.against] == ["A"]
    assert [each.practice.code for each in found.suggestions] == ["B"]


def test_what_does_not_fit_is_counted():
    found = suggest("F-R1", [one("A"), one("B", settings=("family",))], Wanted(setting="family"))
    assert (found.left_out, [each.practice.code for each in found.suggestions]) == (1, ["B"])


def test_a_factor_for_which_nothing_is_known_comes_back_with_nothing():
    found = suggest("P-P3", [one("A")], Wanted())
    assert (found.factor, found.suggestions, found.left_out, found.against) == ("P-P3", (), 0, ())


def test_every_suggestion_says_why():
    candidate = Candidate(PRACTICE, "F-R1", "inferred", True)
    reasons = suggest("F-R1", [candidate], Wanted(setting="school")).suggestions[0].reasons
    assert [reason.key for reason in reasons] == ["evidence_some", "link_inferred", "contradicted", "setting_fits"]
    assert reasons[-1] == Reason("setting_fits", {"setting": "school"})
    anywhere = suggest("F-R1", [one("A", factor="ALL")], Wanted()).suggestions[0].reasons
    assert [reason.key for reason in anywhere] == ["evidence_some", "any_factor"]
