"""What docs/reference/official-plan.md says is understood, row by row."""

import datetime as dt
import re

import pytest

from hashar.plan.contracts.official import (
    Body,
    Confidence,
    Deadline,
    DeadlineKind,
    Edition,
    Every,
    KnownOrganisation,
    Measure,
)
from hashar.plan.rules.bodies import Matcher, read_abbreviations, read_bodies, split_bodies
from hashar.plan.rules.columns import recognise
from hashar.plan.rules.comparing import compare
from hashar.plan.rules.costs import read_cost, read_funds
from hashar.plan.rules.deadlines import due_dates, read_deadlines
from hashar.plan.rules.numbering import measure_number, slips
from hashar.plan.rules.texts import tidy
from tests.consistency.source import ROOT
from tests.plan.notation import cost_in_words, deadlines_in_words

PAGE = (ROOT / "docs" / "reference" / "official-plan.md").read_text(encoding="utf-8")


def rows(chapter, head="Written"):
    text = re.split(r"^## ", PAGE.split(f"## {chapter}\n")[1], flags=re.MULTILINE)[0]
    found = [
        [cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines() if line.startswith("|")
    ]
    kept, title = [], ""
    for first, second in found:
        if first == head:
            title = second
        elif set(first) != {"-"}:
            kept.append((first, second, title))
    return kept


@pytest.mark.parametrize(("text", "meaning", "title"), rows("Deadlines"))
def test_a_deadline_means(text, meaning, title):
    years = (2027, 2027) if "2027" in title else (2026, 2028)
    assert deadlines_in_words(read_deadlines(text, years)) == meaning


@pytest.mark.parametrize(("text", "meaning", "_"), rows("Responsible bodies"))
def test_a_cell_names_the_bodies(text, meaning, _):
    found = [body.name + (" (convenes)" if body.convenes else "") for body in read_bodies(text, {})]
    assert " / ".join(found) == meaning


@pytest.mark.parametrize(("text", "meaning", "_"), rows("Costs"))
def test_a_cell_of_costs_means(text, meaning, _):
    assert cost_in_words(read_cost(text, None, "тыс. тенге")) == meaning


@pytest.mark.parametrize(("text", "meaning", "_"), rows("Sources of funds"))
def test_a_source_of_funds_means(text, meaning, _):
    kinds, rest = read_funds(text)
    assert (" / ".join(kinds) or "–") + ("; **asks**" if rest else "") == meaning


@pytest.mark.parametrize(("text", "meaning", "_"), rows("The table", "Head"))
def test_a_head_names_the_column(text, meaning, _):
    assert recognise(text)[0] == meaning


def test_the_page_has_many_examples():
    assert len(rows("Deadlines")) >= 90


def test_bodies_written_in_one_line_are_the_same_bodies():
    for text, _, _ in rows("Responsible bodies"):
        found = split_bodies(text)
        assert split_bodies(", ".join(found)) == found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("МВД,\nМЗ;\nМП", ["МВД", "МЗ", "МП"]),
        ("Министерство\nвнутренних дел", ["Министерство внутренних дел"]),
        ("МВД (созыв, МЗ\nМП", ["МВД (созыв, МЗ", "МП"]),
        ("", []),
        (",;", []),
        ("облыстардың, МВД", ["облыстардың, МВД"]),
        ("АО\n«Центр развития»\nМЗ", ["АО «Центр развития»", "МЗ"]),
    ],
)
def test_bodies_on_lines(text, expected):
    assert split_bodies(text) == expected


def test_abbreviations_are_read_from_the_notes():
    notes = [
        "Примечание: расшифровка аббревиатур:",
        "МВД – Министерство внутренних дел; МЗ - Министерство здравоохранения;",
    ]
    assert dict(read_abbreviations(notes)) == {
        "МВД": "Министерство внутренних дел",
        "МЗ": "Министерство здравоохранения",
    }


KNOWN = [
    KnownOrganisation(1, "МВД", ("Министерство внутренних дел Республики Казахстан", "Ішкі істер министрлігі")),
    KnownOrganisation(2, "Центр", ("Алматинский центр профилактики",)),
    KnownOrganisation(3, "a", ("Общественный фонд Луч",)),
    KnownOrganisation(4, "b", ("Общественный фонд «Луч»",)),
]


@pytest.mark.parametrize(
    ("name", "full", "confidence", "organisation"),
    [
        ("Министерство внутренних дел", "", "exact", 1),
        ("МВД", "Министерство внутренних дел", "exact", 1),
        ("ІІМ", "Ішкі істер министрлігі", "exact", 1),
        ("МВД", "", "close", 1),
        ("Алматинский центр профилактик", "", "close", 2),
        ("Общественный фонд Луч", "", "close", 3),
        ("Министерство финансов", "", "unknown", None),
        ("М", "", "unknown", None),
    ],
)
def test_a_body_is_matched_or_asked(name, full, confidence, organisation):
    match = Matcher(KNOWN).match(Body(name, name, full))
    assert (match.confidence, match.organisation) == (Confidence(confidence), organisation)


@pytest.mark.parametrize(
    ("numbers", "expected"),
    [
        ("1 2 3", []),
        ("1 1.1 1.2 2 2.1", []),
        ("1.1 1.2 2.1 2.2 3.1", []),
        ("1 2 4", [("gap", 2, "3")]),
        ("1 2 2 3", [("double", 2, "2")]),
        ("1 3 2", [("gap", 1, "2"), ("order", 2, "4")]),
        ("1|1 2", []),
        ("1 2|1 2", []),
        ("1 2|3 4", []),
        ("1 - 2", []),
    ],
)
def test_numbers_that_do_not_follow_are_told(numbers, expected):
    listed = [
        ("" if number == "-" else number, at) for at, part in enumerate(numbers.split("|")) for number in part.split()
    ]
    assert [(slip.kind, slip.index, slip.expected) for slip in slips(listed)] == expected


@pytest.mark.parametrize(
    ("text", "number"), [("1.", "1"), ("№ 3", "3"), ("1.2)", "1.2"), ("п. 7", "7"), ("01", "1"), ("I", ""), ("", "")]
)
def test_a_number_of_a_measure(text, number):
    assert measure_number(text) == number


DAY = dt.date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("до 1 июля 2027 года", [DAY(2027, 7, 1)]),
        ("до 1 июля 2029 года", []),
        ("IV квартал 2026 года", [DAY(2026, 12, 31)]),
        ("ежегодно, к 25 декабря", [DAY(2026, 12, 25), DAY(2027, 12, 25)]),
        ("ежегодно", [DAY(2026, 12, 31), DAY(2027, 12, 31)]),
        ("раз в полугодие", [DAY(2026, 6, 30), DAY(2026, 12, 31), DAY(2027, 6, 30), DAY(2027, 12, 31)]),
        ("ежегодно, начиная с 2027 года, к 1 июля", [DAY(2027, 7, 1)]),
        ("постоянно", []),
    ],
)
def test_days_on_which_something_is_due(text, expected):
    found = [
        day for one in read_deadlines(text).deadlines for day in due_dates(one, DAY(2026, 1, 1), DAY(2027, 12, 31))
    ]
    assert found == expected


def test_a_report_after_each_quarter():
    one = read_deadlines("ежеквартально, к 10 числу месяца, следующего за отчетным кварталом").deadlines[0]
    found = due_dates(one, DAY(2026, 1, 1), DAY(2026, 12, 31))
    assert found == [DAY(2026, 1, 10), DAY(2026, 4, 10), DAY(2026, 7, 10), DAY(2026, 10, 10)]


def test_a_weekly_deadline_falls_on_every_seventh_day():
    one = Deadline(DeadlineKind.REPEATED, every=Every.WEEK)
    assert due_dates(one, DAY(2026, 1, 1), DAY(2026, 1, 15)) == [DAY(2026, 1, 7), DAY(2026, 1, 14)]


def test_a_text_is_tidied_without_loss_of_lines():
    assert tidy("  а\u00a0б \r\n\n\u200bв\x07 ") == "а б\nв"


def edition(texts):
    return Edition("ru", "План", (), tuple(Measure(*text.split(" ", 1)) for text in texts))


SURVEY = "Провести опрос школьников города"


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        (["1 " + SURVEY], ["1 " + SURVEY], ["same 0 0 sure"]),
        (["1 " + SURVEY], ["9 " + SURVEY], ["changed 0 0 sure"]),
        (["1 " + SURVEY], ["1 Провести опрос студентов города"], ["changed 0 0 sure"]),
        (["1 " + SURVEY], ["9 Провести опрос студентов города"], ["changed 0 0 asked"]),
        (["1 " + SURVEY], ["1 Опросить продавцов"], ["added None 0 sure", "removed 0 None sure"]),
        (
            ["1 " + SURVEY],
            ["8 Провести опрос студентов города", "9 Провести опрос школьников области"],
            ["added None 0 sure", "changed 0 1 asked"],
        ),
    ],
)
def test_what_became_of_a_measure(before, after, expected):
    found = compare(edition(before), edition(after))
    assert [f"{one.kind} {one.before} {one.after} {'sure' if one.sure else 'asked'}" for one in found] == expected
