"""The table of warnings: what a plan writes, on which day, and what is told. It is also read by the documentation."""

import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.plan.contracts.deadlines import Handled, Occurrence, Urgency
from hashar.plan.contracts.official import Deadline, DeadlineKind, Every
from hashar.plan.rules.deadlines import read_deadlines
from hashar.plan.rules.warnings import handled, months_before, notice, occurrences, of_measure, to_watch

FRAME = (dt.date(2026, 1, 1), dt.date(2028, 12, 31))
CASES = [
    # what the plan writes, the day it is looked at, what is told
    ("25 декабря 2026 года", "2026-11-24", "later 2026-12-25"),
    ("25 декабря 2026 года", "2026-11-25", "soon 2026-12-25"),
    ("25 декабря 2026 года", "2026-12-25", "soon 2026-12-25"),
    ("25 декабря 2026 года", "2026-12-26", "overdue 2026-12-25"),
    ("IV квартал 2026 года", "2026-12-16", "later 2026-12-31"),
    ("IV квартал 2026 года", "2026-12-17", "soon 2026-12-31"),
    ("IV квартал 2026 года", "2027-01-01", "overdue 2026-12-31"),
    ("2026 жылғы I тоқсан", "2026-03-17", "soon 2026-03-31"),
    ("2027 год", "2027-12-01", "soon 2027-12-31"),
    ("2027 год", "2027-11-30", "later 2027-12-31"),
    ("июнь 2026 года", "2026-06-22", "later 2026-06-30"),
    ("июнь 2026 года", "2026-06-23", "soon 2026-06-30"),
    ("февраль 2028 года", "2028-02-22", "soon 2028-02-29"),
    ("29 февраля 2028 года", "2028-01-30", "soon 2028-02-29"),
    ("29 февраля 2028 года", "2028-03-01", "overdue 2028-02-29"),
    ("ежегодно, к 25 декабря", "2026-11-24", "later 2026-12-25"),
    ("ежегодно, к 25 декабря", "2026-11-25", "soon 2026-12-25"),
    ("ежегодно, к 25 декабря", "2026-12-26", "overdue 2026-12-25, later 2027-12-25"),
    ("ежегодно, к 25 декабря", "2027-11-30", "overdue 2026-12-25, soon 2027-12-25"),
    ("ежегодно, к 25 декабря", "2028-12-26", "overdue 2028-12-25"),
    ("жыл сайын, 25 желтоқсанға дейін", "2026-12-01", "soon 2026-12-25"),
    ("ежегодно, до 29 февраля", "2028-02-10", "overdue 2027-02-28, soon 2028-02-28"),
    ("ежегодно", "2026-12-05", "soon 2026-12-31"),
    ("ежеквартально", "2026-03-16", "later 2026-03-31"),
    ("ежеквартально", "2026-03-17", "soon 2026-03-31"),
    ("ежеквартально", "2026-04-01", "overdue 2026-03-31, later 2026-06-30"),
    ("ежеквартально, до 20 числа месяца, следующего за отчётным кварталом", "2026-01-19", "later 2026-04-20"),
    ("ежеквартально, до 20 числа месяца, следующего за отчётным кварталом", "2026-04-06", "soon 2026-04-20"),
    ("один раз в полугодие", "2026-06-01", "soon 2026-06-30"),
    ("один раз в полугодие", "2026-05-30", "later 2026-06-30"),
    ("ежемесячно", "2026-02-20", "overdue 2026-01-31, later 2026-02-28"),
    ("ежемесячно", "2026-02-21", "overdue 2026-01-31, soon 2026-02-28"),
    ("еженедельно", "2026-06-01", "nothing"),
    ("постоянно", "2028-12-31", "nothing"),
    ("по мере необходимости", "2028-12-31", "nothing"),
    ("на постоянной основе, до конца плана", "2026-12-31", "nothing"),
    ("2026–2028 годы", "2028-12-01", "soon 2028-12-31"),
    ("20 мая 2026 года; 25 декабря 2026 года", "2026-12-01", "overdue 2026-05-20, soon 2026-12-25"),
]

NOTHING = Handled()


def told(text, today, done=NOTHING, **more):
    found = []
    for _, days in of_measure(read_deadlines(text, (2026, 2028)).deadlines, FRAME):
        found += to_watch(days, done, dt.date.fromisoformat(today), **more)
    return (
        ", ".join(f"{urgency} {one.due}" for one, urgency in sorted(found, key=lambda pair: pair[0].due)) or "nothing"
    )


@pytest.mark.parametrize(("text", "today", "expected"), CASES)
def test_the_table(text, today, expected):
    assert told(text, today) == expected


DONE = [
    ("25 декабря 2026 года", "2026-12-26", Handled(finished=True), "nothing"),
    ("25 декабря 2026 года", "2027-03-01", Handled(days=[dt.date(2027, 2, 1)]), "nothing"),
    ("25 декабря 2026 года", "2026-12-01", Handled(days=[dt.date(2025, 2, 1)]), "soon 2026-12-25"),
    ("IV квартал 2026 года", "2026-12-26", Handled(days=[dt.date(2026, 3, 31)]), "nothing"),
    ("II, IV кварталы 2027 года", "2027-12-26", Handled(days=[dt.date(2027, 6, 30)]), "soon 2027-12-31"),
    ("II, IV кварталы 2027 года", "2027-06-26", Handled(days=[dt.date(2027, 3, 31)]), "later 2027-12-31"),
    ("ежегодно, к 25 декабря", "2026-12-26", Handled(days=[dt.date(2026, 12, 20)]), "later 2027-12-25"),
    (
        "ежегодно, к 25 декабря",
        "2027-12-26",
        Handled(days=[dt.date(2026, 12, 20)]),
        "overdue 2027-12-25, later 2028-12-25",
    ),
    ("ежеквартально", "2026-04-01", Handled(days=[dt.date(2026, 3, 31)]), "later 2026-06-30"),
    ("ежеквартально", "2026-04-10", Handled(finished=True), "nothing"),
]


@pytest.mark.parametrize(("text", "today", "done", "expected"), DONE)
def test_what_is_done_stops_the_warning_and_only_for_its_time(text, today, done, expected):
    assert told(text, today, done) == expected


def test_a_calendar_gets_every_day_to_come():
    assert told("ежегодно, к 25 декабря", "2026-06-01", every=True).count("later") == 3


def test_a_deadline_without_a_day_is_never_due():
    assert occurrences(Deadline(DeadlineKind.DATE), FRAME) == []


def test_what_ended_before_the_plan_begins_is_due_on_its_day():
    early = Deadline(DeadlineKind.DATE, end=dt.date(2025, 12, 1))
    assert occurrences(early, FRAME) == [Occurrence(*[dt.date(2025, 12, 1)] * 3)]


@pytest.mark.parametrize(
    ("day", "months", "before"),
    [
        *[("2026-03-31", 1, "2026-02-28"), ("2026-02-28", 12, "2025-02-28"), ("2028-02-29", 12, "2027-02-28")],
        *[("2026-12-25", 12, "2025-12-25"), ("2026-06-30", 3, "2026-03-31"), ("2026-01-15", 1, "2025-12-15")],
    ],
)
def test_months_before_a_day(day, months, before):
    assert months_before(dt.date.fromisoformat(day), months) == dt.date.fromisoformat(before)


DAYS = st.dates(dt.date(2024, 1, 1), dt.date(2032, 12, 31))


@settings(max_examples=60, deadline=None)
@given(DAYS, st.sampled_from([every for every in Every if every is not Every.WEEK]), st.data())
def test_every_day_has_its_own_time_and_nothing_is_told_twice(today, every, data):
    days = data.draw(st.lists(st.tuples(st.integers(0, 12), st.integers(1, 31)), max_size=2))
    found = occurrences(Deadline(DeadlineKind.REPEATED, every=every, days=tuple(days)), FRAME)
    assert all(one.start <= one.due for one in found)
    assert all(one.due < other.start for one, other in pairwise(found))
    watched = to_watch(found, Handled(), today)
    assert len(watched) <= 2
    for one, urgency in watched:
        assert (urgency is Urgency.OVERDUE) == (one.due < today)
        assert (urgency is Urgency.SOON) == (0 <= (one.due - today).days <= notice(one))
    assert all(handled(one, Handled(days=[one.due])) for one in found)
