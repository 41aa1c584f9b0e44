"""The claim guard does what docs/reference/claims.md says, row by row."""

import dataclasses
import re
import types
import typing
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hashar.errors import UsageError
from hashar.evaluate.contracts import claims as contracts
from hashar.evaluate.contracts.claims import Verdict
from hashar.evaluate.rules import coverage, detection, effect, prevalence, trend
from hashar.evaluate.services.guard import judge_claim, override, trend_from_samples
from hashar.i18n import Translator
from tests.consistency.source import ROOT

SPECIFICATION = (ROOT / "docs" / "reference" / "claims.md").read_text(encoding="utf-8")
TYPES = ("Prevalence", "Trend", "Coverage", "Effect", "Detection")
TABLES = {"P": prevalence, "T": trend, "C": coverage, "E": effect, "D": detection}
ALL_RULES = [rule for module in (prevalence, trend, coverage, effect, detection) for rule in module.RULES]


def section(kind):
    return re.search(rf"^## {kind}\n(.*?)(?=^## |\Z)", SPECIFICATION, re.MULTILINE | re.DOTALL)[1]


def settings(text):
    return dict(word.split("=") for word in text.strip().strip("`").split())


def convert(kind, text):
    """A word of the table as the field's type."""
    if text == "none":
        return None
    options = typing.get_args(kind) if isinstance(kind, types.UnionType) else (kind,)
    wanted = next(option for option in options if option is not type(None))
    if wanted is bool:
        return {"yes": True, "no": False}[text]
    if isinstance(wanted, type) and issubclass(wanted, Enum):
        return wanted(text)
    return wanted(text)


def build(record, words):
    hints = typing.get_type_hints(record)
    return record(**{name: convert(hints[name], text) for name, text in words.items()})


def base(kind):
    claim, evidence = re.search(r"Base case: `([^`]*)` with `([^`]*)`", section(kind)).groups()
    return settings(claim), settings(evidence)


def case(kind, words):
    claim, evidence = base(kind)
    for name, text in words.items():
        (claim if name.startswith("claim.") else evidence)[name.removeprefix("claim.")] = text
    return build(getattr(contracts, f"{kind}Claim"), claim), build(getattr(contracts, f"{kind}Evidence"), evidence)


def judged(kind, words):
    claim, evidence = case(kind, words)
    return judge_claim(claim=claim, evidence=evidence)


def rows():
    for kind in TYPES:
        for line in section(kind).splitlines():
            if re.match(r"\| [A-Z]\d\d ", line):
                rule, verdict, fires, silent = [cell.strip() for cell in line.strip("|").split("|")]
                yield kind, rule.split()[0], verdict, settings(fires), settings(silent)


ROWS = list(rows())


@pytest.mark.parametrize("kind", TYPES)
def test_the_base_case_is_supported(kind):
    assert judged(kind, {}).verdict is Verdict.SUPPORTED


@pytest.mark.parametrize(("kind", "rule", "verdict", "fires", "silent"), ROWS)
def test_the_rule_fires(kind, rule, verdict, fires, silent):
    judgement = judged(kind, fires)
    fired = {reason.rule: reason.verdict for reason in judgement.reasons}
    assert fired.get(rule, "silent") == (None if verdict == "caution" else Verdict(verdict))
    if verdict != "caution":
        assert judgement.verdict is Verdict(verdict)


@pytest.mark.parametrize(("kind", "rule", "verdict", "fires", "silent"), ROWS)
def test_the_rule_is_silent(kind, rule, verdict, fires, silent):
    assert rule not in {reason.rule for reason in judged(kind, silent).reasons}


def test_every_rule_has_a_row():
    assert {rule.code for rule in ALL_RULES} == {row[1] for row in ROWS}


def test_there_are_at_least_forty_cases_each_way():
    assert len(ROWS) >= 40


def test_rule_codes_are_unique():
    codes = [rule.code for rule in ALL_RULES]
    assert len(codes) == len(set(codes))


def test_two_waves_of_600_do_not_show_a_fall_from_10_to_8_percent():
    judgement = judged("Trend", {"earlier": "0.10", "later": "0.08", "se": "0.0233", "n": "600", "deff": "2"})
    assert judgement.verdict is Verdict.NOT_SHOWN
    assert judgement.reasons[0].values["needed"] > 6000


def test_no_row_is_needed_for_a_difference_of_zero():
    judgement = judged("Trend", {"later": "0.2"})
    assert judgement.verdict is Verdict.NOT_SHOWN
    assert judgement.reasons[0].values["needed"] == "?"


def test_a_register_that_rises_by_a_fifth_gets_competing_explanations():
    judgement = judged("Detection", {"claim.reading": "use"})
    assert len(judgement.explanations) >= 5


def test_an_effect_without_comparison_gets_competing_explanations():
    assert judged("Effect", {"comparison": "nobody"}).explanations
    assert not judged("Effect", {}).explanations


@pytest.mark.parametrize("kind", TYPES)
def test_evidence_of_another_kind_is_refused(kind):
    other = TYPES[(TYPES.index(kind) + 1) % len(TYPES)]
    with pytest.raises(UsageError, match="not of the kind"):
        judge_claim(claim=case(kind, {})[0], evidence=case(other, {})[1])


def test_a_claim_of_no_type_is_refused():
    with pytest.raises(UsageError, match="not of the kind"):
        judge_claim(claim="it worked", evidence=case("Effect", {})[1])


@pytest.mark.parametrize("language", ["en", "ru", "kk"])
@pytest.mark.parametrize(("kind", "rule", "verdict", "fires", "silent"), ROWS)
def test_every_sentence_fills_its_places(kind, rule, verdict, fires, silent, language):
    translator = Translator(language)
    for reason in judged(kind, fires).reasons:
        for text in (reason.sentence, reason.needed):
            assert "{" not in translator.gettext(text, **reason.values)


def test_an_override_prints_its_reason():
    judgement = judged("Trend", {"later": "0.19"})
    made = override(judgement=judgement, reason=" The ministry asked for this sentence. ", by="M. S.")
    assert made.reason == "The ministry asked for this sentence."
    assert made.judgement.verdict is Verdict.NOT_SHOWN


def test_an_override_without_a_reason_is_refused():
    with pytest.raises(UsageError, match="at least 20 letters"):
        override(judgement=judged("Trend", {"later": "0.19"}), reason="because   ", by="M. S.")


def test_a_supported_claim_needs_no_override():
    with pytest.raises(UsageError, match="needs no override"):
        override(judgement=judged("Trend", {}), reason="A long reason that nobody needs here.", by="M. S.")


share = st.floats(0.01, 0.99)


@given(earlier=share, later=share, se=st.floats(0.001, 0.2), many=st.integers(1, 100))
def test_looking_at_more_changes_never_makes_a_claim_stronger(earlier, later, se, many):
    claim, evidence = case("Trend", {})
    one = dataclasses.replace(evidence, earlier=earlier, later=later, se=se)
    verdict = judge_claim(claim=claim, evidence=one).verdict
    among_many = judge_claim(claim=claim, evidence=dataclasses.replace(one, comparisons=many)).verdict
    assert verdict is Verdict.SUPPORTED or among_many is not Verdict.SUPPORTED


@given(earlier=share, later=share, se=st.floats(0.001, 0.2))
def test_a_fall_and_a_rise_are_never_both_supported(earlier, later, se):
    claim, evidence = case("Trend", {})
    seen = dataclasses.replace(evidence, earlier=earlier, later=later, se=se)
    rise = dataclasses.replace(claim, direction=contracts.Direction.ROSE)
    verdicts = [judge_claim(claim=one, evidence=seen).verdict for one in (claim, rise)]
    assert verdicts.count(Verdict.SUPPORTED) <= 1


@given(
    contacts=st.integers(0, 10_000),
    largest=st.integers(0, 10_000),
    population=st.integers(1, 10_000),
    reporters=st.integers(1, 5),
)
def test_reach_is_a_range_within_the_population(contacts, largest, population, reporters):
    evidence = contracts.CoverageEvidence(
        population=population, contacts=contacts, largest_event=largest, reporters=reporters
    )
    found = coverage.reach(evidence)
    assert 0 <= found.low <= found.high <= min(population, contacts)


def test_a_printed_report_is_evidence_enough():
    evidence = trend_from_samples(earlier=0.10, later=0.08, n_earlier=600, n_later=600, clusters=60, deff=2)
    assert evidence.se == pytest.approx((2 * (0.09 + 0.0736) / 600) ** 0.5)
    claim = contracts.TrendClaim(direction=contracts.Direction.FELL)
    assert judge_claim(claim=claim, evidence=evidence).verdict is Verdict.NOT_SHOWN


@pytest.mark.parametrize(
    "wrong", [{"earlier": 1.2}, {"later": -0.1}, {"n_later": 0}, {"deff": 0}, {"clusters": 1}], ids=str
)
def test_a_report_that_cannot_be_is_refused(wrong):
    given_values = {"earlier": 0.1, "later": 0.08, "n_earlier": 600, "n_later": 600, "clusters": 60, "deff": 2.0}
    with pytest.raises(UsageError):
        trend_from_samples(**(given_values | wrong))
