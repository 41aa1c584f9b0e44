"""Claims that are kept: what is stored, and who may do what."""

import dataclasses

import pytest

from hashar.errors import Conflict, Forbidden, NotFound, UsageError
from hashar.evaluate import queries
from hashar.evaluate.contracts.claims import (
    Comparison,
    CoverageClaim,
    CoverageEvidence,
    DetectionClaim,
    DetectionEvidence,
    Direction,
    EffectClaim,
    EffectEvidence,
    PrevalenceClaim,
    PrevalenceEvidence,
    Reading,
    Verdict,
)
from hashar.evaluate.contracts.kept import Source, SourceKind
from hashar.evaluate.services import kept, reports
from hashar.people.models import AuditRow
from tests.evaluate.conftest import FELL, LATER, SENTENCE, STATED, printed
from tests.people.cast import NOW

pytestmark = pytest.mark.django_db
PAIRS = {
    "prevalence": (
        PrevalenceClaim(value=0.05, population="asked"),
        PrevalenceEvidence(estimate=None, population="asked", ci_high=float("inf"), df=float("nan")),
    ),
    "trend": (FELL, printed()),
    "coverage": (CoverageClaim(share=1.0), CoverageEvidence(contacts=1200, events_done=25)),
    "effect": (
        EffectClaim(direction=Direction.FELL, outcome="x"),
        EffectEvidence(comparison=Comparison.NOBODY, outcome="x"),
    ),
    "detection": (
        DetectionClaim(direction=Direction.ROSE, reading=Reading.USE),
        DetectionEvidence(earlier=1000, later=1200),
    ),
}


@pytest.mark.parametrize("kind", PAIRS)
def test_every_kind_of_claim_comes_back_as_it_was_kept(kit, kind):
    claim, evidence = PAIRS[kind]
    found = kit.read(kit.keep(claim, typed=evidence))
    assert (found.kind, found.claim, found.sentence) == (kind, claim, SENTENCE)
    assert repr(found.judgement.evidence) == repr(evidence)
    assert found.judgement.source == STATED
    assert found.judgement.verdict is not Verdict.SUPPORTED
    assert found.judgement.reasons[0].rule
    assert (found.judgement.by, found.judgement.at, found.judgement.number) == ("Analyst", NOW, 1)


def test_two_waves_of_600_with_ten_and_eight_percent_are_not_called_a_fall(kit):
    found = kit.read(kit.keep(typed=printed(0.10, 0.08, 600)))
    assert found.judgement.verdict is Verdict.NOT_SHOWN
    assert found.judgement.reasons[0].rule == "T07"
    shown = kit.read(kit.keep(typed=printed(0.20, 0.08, 600)))
    assert shown.judgement.verdict is Verdict.SUPPORTED


def test_25_events_with_1200_contacts_are_no_plan_executed(kit):
    done = CoverageEvidence(contacts=1200, events_done=25, events_planned=25)
    without = kit.read(kit.keep(CoverageClaim(share=1.0, of="events"), typed=done))
    assert without.judgement.verdict is Verdict.CANNOT_BE_KNOWN
    assert without.judgement.reasons[0].rule == "C13"
    share = dataclasses.replace(done, population=20000)
    with_share = kit.read(kit.keep(CoverageClaim(share=1.0, of="events"), typed=share))
    said = next(each for each in with_share.judgement.reasons if each.rule == "C14")
    assert said.values["population"] == 20000
    assert said.values["reached_high"] == 1200
    everyone = kit.read(kit.keep(CoverageClaim(share=1.0), typed=share))
    assert everyone.judgement.verdict is Verdict.NOT_SHOWN


def test_a_register_that_rises_by_a_fifth_names_what_else_makes_it_rise(kit):
    claim, evidence = PAIRS["detection"]
    found = kit.read(kit.keep(claim, typed=evidence))
    assert found.judgement.verdict is Verdict.CANNOT_BE_KNOWN
    assert len(found.judgement.explanations) >= 5


@pytest.mark.parametrize("stated", ["", "  ", "me", "\0\0\0\0\0\0", "x" * 1001])
def test_numbers_typed_by_hand_say_where_they_were_taken_from(kit, stated):
    with pytest.raises(UsageError, match="Say where"):
        kit.keep(source=Source(kind=SourceKind.TYPED, stated=stated))
    assert kit.detail().claims == ()


@pytest.mark.parametrize("sentence", [{}, {"en": "  "}, {"fr": "Moins."}, {"en": "x" * 1001}])
def test_a_claim_has_a_sentence(kit, sentence):
    with pytest.raises(UsageError, match="Write the sentence"):
        kit.keep(sentence=sentence)


def test_evidence_of_another_kind_is_refused_and_nothing_is_kept(kit):
    with pytest.raises(UsageError):
        kit.keep(FELL, typed=PAIRS["coverage"][1])
    with pytest.raises(UsageError):
        kept.keep(actor=kit.actor(), report=kit.report, sentence=SENTENCE, claim=FELL, source=STATED, now=NOW)
    with pytest.raises(UsageError):
        reports.keep_in_new(
            actor=kit.actor(),
            organisation=kit.cast.centre,
            title="New",
            sentence=SENTENCE,
            claim=FELL,
            source=STATED,
            typed=PAIRS["coverage"][1],
            now=NOW,
        )
    assert kit.detail().claims == ()
    assert queries.reports(kit.actor()).total == 1


def test_a_new_report_is_opened_with_its_first_claim(kit):
    claim = reports.keep_in_new(
        actor=kit.actor(),
        organisation=kit.cast.centre,
        title="  For  the mayor ",
        sentence=SENTENCE,
        claim=FELL,
        source=STATED,
        typed=printed(),
        now=NOW,
    )
    found = kit.read(claim)
    assert queries.report(kit.actor(), found.report).summary.title == "For the mayor"


@pytest.mark.parametrize("title", ["", " ", "x" * 201, "\0"])
def test_a_report_has_a_title(kit, title):
    with pytest.raises(UsageError, match="title"):
        kit.open(title)


def test_a_report_is_full_some_day(kit, monkeypatch):
    monkeypatch.setattr(kept, "MOST_CLAIMS", 1)
    kit.keep()
    with pytest.raises(UsageError, match="at most 1"):
        kit.keep()


@pytest.mark.parametrize("who", ["reader", "colleague", "stranger", "manager", "operator"])
def test_who_does_not_write_for_the_organisation_keeps_nothing(kit, who):
    claim = kit.keep()
    with pytest.raises((Forbidden, NotFound)):
        kit.keep(who=who)
    for service, more in (
        (kept.withdraw, {}),
        (kept.judge_again, {}),
        (kept.move, {"up": True}),
        (kept.add_words, {"sentence": {"ru": "Меньше."}}),
        (kept.override, {"judgement": 1, "reason": "It is printed because I want it printed."}),
    ):
        with pytest.raises((Forbidden, NotFound)):
            service(actor=kit.actor(who), claim=claim, now=LATER, **more)
    with pytest.raises((Forbidden, NotFound)):
        kept.judge_report_again(actor=kit.actor(who), report=kit.report, now=LATER)
    with pytest.raises(Forbidden):
        kit.open(who=who)


@pytest.mark.parametrize("who", ["coordinator", "official", "analyst"])
def test_who_prepares_writes(kit, who):
    claim = kit.keep(who=who)
    assert kit.read(claim, who).made_by == who.title()


def test_readers_of_the_organisation_read_and_nobody_else_does(kit):
    claim = kit.keep()
    assert kit.read(claim, "reader").sentence == SENTENCE
    assert len(kit.detail("reader").claims) == 1
    for who in ("colleague", "stranger", "manager", "operator"):
        assert queries.reports(kit.actor(who)).items == ()
        with pytest.raises(NotFound):
            kit.read(claim, who)
        with pytest.raises(NotFound):
            kit.detail(who)
    for absurd in (0, -1, 2**63, 10**30):
        with pytest.raises(NotFound):
            kit.read(absurd)
        with pytest.raises(NotFound):
            queries.report(kit.actor(), absurd)


def test_an_override_has_a_reason_of_twenty_letters_and_is_told_with_who_and_when(kit):
    claim = kit.keep()
    for short in ("", "Because.", "." * 40, "1234567890 1234567890 1234567890"):
        with pytest.raises(UsageError, match="at least 20"):
            kit.override(claim, short)
    with pytest.raises(UsageError, match="at most"):
        kit.override(claim, "reason " * 200)
    kit.override(claim, "The ministry asked for the sentence as it is.")
    found = kit.read(claim).judgement
    assert found.verdict is Verdict.NOT_SHOWN
    assert found.override.reason == "The ministry asked for the sentence as it is."
    assert (found.override.by, found.override.at) == ("Coordinator", LATER)


def test_an_analyst_does_not_override(kit):
    claim = kit.keep()
    with pytest.raises(Forbidden):
        kit.override(claim, who="analyst")
    kit.override(claim, who="official")


def test_what_is_supported_needs_no_override(kit):
    claim = kit.keep(typed=printed(0.2, 0.08))
    with pytest.raises(UsageError, match="needs no override"):
        kit.override(claim)


def test_an_override_is_for_the_judgement_that_was_read_and_once(kit):
    claim = kit.keep()
    with pytest.raises(Conflict, match="judged again"):
        kit.override(claim, number=2)
    kit.override(claim)
    with pytest.raises(Conflict, match="already"):
        kit.override(claim)


def test_a_withdrawn_claim_stays_in_the_history_and_takes_no_more(kit):
    claim = kit.keep()
    kept.withdraw(actor=kit.actor(), claim=claim, now=LATER)
    found = kit.detail()
    assert found.claims == ()
    assert [each.id for each in found.withdrawn] == [claim]
    assert (found.withdrawn[0].withdrawn_by, found.withdrawn[0].withdrawn_at) == ("Coordinator", LATER)
    for again in (kept.withdraw, kept.judge_again):
        with pytest.raises(Conflict, match="withdrawn"):
            again(actor=kit.actor(), claim=claim, now=LATER)


def test_words_are_added_and_never_changed(kit):
    claim = kit.keep()
    kept.add_words(actor=kit.actor(), claim=claim, sentence={"ru": "Пьют меньше."}, now=LATER)
    assert kit.read(claim).sentence == {**SENTENCE, "ru": "Пьют меньше."}
    with pytest.raises(Conflict, match="already"):
        kept.add_words(actor=kit.actor(), claim=claim, sentence={"en": "More drink."}, now=LATER)


def test_claims_change_places(kit):
    first, second, third = kit.keep(), kit.keep(), kit.keep()
    kept.move(actor=kit.actor(), claim=third, up=True, now=LATER)
    kept.move(actor=kit.actor(), claim=first, up=True, now=LATER)
    kept.move(actor=kit.actor(), claim=second, up=False, now=LATER)
    assert [each.id for each in kit.detail().claims] == [first, third, second]


def test_every_write_leaves_an_audit_row_without_words(kit):
    claim = kit.keep()
    kit.override(claim)
    kept.add_words(actor=kit.actor(), claim=claim, sentence={"ru": "Пьют меньше."}, now=LATER)
    kit.keep()
    kept.move(actor=kit.actor(), claim=claim, up=False, now=LATER)
    kept.judge_again(actor=kit.actor(), claim=claim, now=LATER)
    kept.withdraw(actor=kit.actor(), claim=claim, now=LATER)
    rows = AuditRow.objects.filter(organisation=kit.cast.centre)
    actions = {row.action for row in rows}
    wanted = {"keep", "override", "translate", "move", "withdraw"}
    assert {f"claim.{each}" for each in wanted} | {"report.open"} <= actions
    assert "drink" not in str([row.details for row in rows])
