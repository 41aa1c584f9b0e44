"""Kept claims in print."""

import datetime as dt

import pytest

from hashar.errors import UsageError
from hashar.evaluate.contracts.claims import (
    CoverageClaim,
    CoverageEvidence,
    DetectionClaim,
    DetectionEvidence,
    Direction,
    PrevalenceClaim,
    PrevalenceEvidence,
    Reading,
    TrendClaim,
    TrendEvidence,
)
from hashar.evaluate.contracts.kept import (
    ClaimKind,
    KeptClaim,
    ReportDetail,
    ReportSummary,
    Source,
    SourceKind,
    StoredJudgement,
    StoredOverride,
)
from hashar.evaluate.services.guard import judge_claim, trend_from_samples
from hashar.i18n import LANGUAGES, Translator
from hashar.reports.claims import claims_file
from hashar.reports.content.claim_numbers import number_lines
from hashar.reports.content.claims import claims_blocks, claims_document
from hashar.reports.content.document import Callout, DefinitionList, Heading, Statements, Verdict

NOW = dt.datetime(2026, 5, 4, 9, tzinfo=dt.UTC)
STATED = Source(kind=SourceKind.TYPED, stated="Report of 2026, page 4.")
SERIES = Source(
    kind=SourceKind.SERIES, series=3, title={"": "Registered"}, label={"en": "Almaty"}, periods=("2024", "2025")
)
RELEASE = Source(
    kind=SourceKind.RELEASE,
    release=3,
    title={"en": "Survey"},
    label={"en": "Alcohol"},
    periods=("2024", "2026"),
    number=2,
    noted=("same_definition",),
)
FALL = (
    TrendClaim(direction=Direction.FELL),
    trend_from_samples(earlier=0.1, later=0.08, n_earlier=600, n_later=600, clusters=60),
)
EXECUTED = (
    CoverageClaim(share=1, of="events"),
    CoverageEvidence(contacts=1200, events_done=25, events_planned=25, population=20000),
)
USE = (DetectionClaim(direction=Direction.ROSE, reading=Reading.USE), DetectionEvidence(earlier=1000, later=1200))


def claim(pair=FALL, source=STATED, override=None, outdated=(), number=1):
    judged = judge_claim(claim=pair[0], evidence=pair[1])
    judgement = StoredJudgement(
        number=1,
        verdict=judged.verdict,
        reasons=tuple(judged.reasons),
        explanations=tuple(judged.explanations),
        evidence=pair[1],
        source=source,
        together=3,
        guard="0.2.0",
        by="Aigul",
        at=NOW,
        override=override,
    )
    sentence = {"en": "It fell.", "ru": "Стало меньше."}
    return KeptClaim(number, 1, 1, sentence, ClaimKind.TREND, pair[0], judgement, (), outdated, "Aigul", NOW)


def report(*claims, withdrawn=(), hidden=0, together=3):
    summary = ReportSummary(1, "Quarter", 1, "Almaty centre", None, None, len(claims), NOW)
    return ReportDetail(summary, claims, withdrawn, hidden, together, may_write=True, may_override=True)


def blocks(one, language="en"):
    return claims_blocks([one], Translator(language))


def terms(found):
    items = next(each for each in found if isinstance(each, DefinitionList)).items
    return {term: "".join(span.text for span in spans) for term, spans in items}


def boxes(found):
    return {
        each.title: ["".join(s.text for s in p) for p in each.paragraphs] for each in found if isinstance(each, Callout)
    }


def test_the_verdict_stands_beside_its_sentence_with_the_rule():
    found = blocks(claim())
    said = next(each for each in found if isinstance(each, Statements)).items[0]
    assert (said.verdict, said.word, said.spans[0].text) == (Verdict.NOT_SHOWN, "Not shown", "It fell.")
    assert said.grounds.endswith("[T07]")


def test_the_sentence_is_printed_in_the_language_of_the_document():
    assert next(e for e in blocks(claim(), "ru") if isinstance(e, Statements)).items[0].spans[0].text == "Стало меньше."


def test_a_supported_sentence_says_that_no_rule_speaks_against_it():
    good = (FALL[0], TrendEvidence(earlier=0.2, later=0.1, se=0.02, df=60, n=1500))
    said = next(each for each in blocks(claim(good)) if isinstance(each, Statements)).items[0]
    assert (said.verdict, said.grounds) == (Verdict.SHOWN, "No rule speaks against the sentence.")


def test_the_reason_of_an_override_is_printed_with_who_and_when():
    found = boxes(blocks(claim(override=StoredOverride("The council asked for it.", "Daniyar", NOW))))
    assert found == {"Printed against the verdict": ["The council asked for it.", "Daniyar, May 4, 2026"]}


def test_a_judgement_on_earlier_numbers_says_so():
    found = boxes(blocks(claim(outdated=("The numbers of its source have changed since.",))))
    assert found == {"Judged on earlier numbers": ["The numbers of its source have changed since."]}


def test_what_would_be_needed_the_numbers_and_their_source_are_printed():
    found = terms(blocks(claim()))
    assert found["What would be needed"].startswith("About 6,426 answers")
    assert found["Numbers"].startswith("Earlier wave, %: 10.0; Later wave, %: 8.0")
    assert "Changes looked at together: 3" in found["Numbers"]
    assert found["Where it comes from"] == "Typed by hand. Source stated: Report of 2026, page 4."


def test_25_of_25_events_are_printed_with_the_share_of_the_youth():
    assert (
        "0 to 1,200 different people; the target group has 20,000"
        in terms(blocks(claim(EXECUTED)))["To be said with it"]
    )


def test_a_register_read_as_use_is_printed_with_what_else_makes_it_rise():
    found = terms(blocks(claim(USE, SERIES)))
    assert "A law or a rule of recording changed." in found["What else would make the same numbers"]
    assert found["Where it comes from"] == "From the series “Registered”: Almaty, 2024 → 2025, as published."


def test_what_the_person_noted_is_printed():
    found = terms(blocks(claim(source=RELEASE)))
    assert found["Noted by whoever kept it"] == "The question, its answers or the way of asking changed"
    assert found["Where it comes from"] == "From the profile “Survey”, release 2: Alcohol, 2024 → 2026."


def test_what_is_hidden_is_said_and_means_are_no_percentages():
    t = Translator("en")
    level = PrevalenceEvidence(estimate=None, population="asked")
    assert number_lines(t, level)[0] == ("Estimate, %", "hidden")
    mean = TrendEvidence(earlier=12.5, later=13, se=0.2, df=40, share=False)
    assert [value for _, value in number_lines(t, mean)] == ["12.50", "13.00", "0.200", "1"]
    assert ("Confidence interval to, %", "100.0") in number_lines(t, level)


def test_the_document_says_how_many_are_printed_left_out_and_withdrawn():
    level = (PrevalenceClaim(value=0.05, population="asked"), PrevalenceEvidence(estimate=None, population="asked"))
    over = StoredOverride("The council asked for it.", "Daniyar", NOW)
    whole = claims_document(report(claim(override=over), claim(level, number=2), withdrawn=(claim(),), hidden=2), "en")
    text = repr(whole.blocks)
    assert "Supported: 0; Not shown: 1; Cannot be known from these data: 1" in text
    for note in (
        "1 sentence is printed against its verdict.",
        "3 changes together",
        "1 sentence was withdrawn",
        "2 sentences are left out",
    ):
        assert note in text
    assert [each.text for each in whole.blocks if isinstance(each, Heading)][1:] == ["Sentence 1", "Sentence 2"]
    assert whole.created == NOW


def test_an_empty_report_is_a_document_too():
    for language in LANGUAGES:
        assert claims_document(report(together=0), language).blocks
    assert claims_blocks([], Translator("en")) == []


@pytest.mark.parametrize(("kind", "begins"), [("docx", b"PK"), ("pdf", b"%PDF"), ("html", b"<!doctype html>")])
def test_the_document_is_written(kind, begins):
    found = claims_file(report(claim(), claim(USE, SERIES, number=2)), language="kk", kind=kind)
    assert found[:20].lower().startswith(begins.lower())


def test_there_is_no_other_format():
    with pytest.raises(UsageError, match="docx, pdf, html"):
        claims_file(report(), language="en", kind="xlsx")
