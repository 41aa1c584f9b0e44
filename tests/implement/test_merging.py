"""Answers merge as docs/reference/progress-forms.md says, row by row, and whatever the order."""

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.implement.contracts.merging import Claim, Slot, Verdict
from hashar.implement.contracts.progress import Field, Origin, Period, Standing, Status, TroubleKind
from hashar.implement.rules.merging import conflict_trouble, merge, same
from hashar.implement.rules.overall import late, overall, statuses, wording
from tests.implement.page import table

SENT = dt.datetime(2026, 12, 1, tzinfo=dt.UTC)
RETURNED = dt.datetime(2026, 12, 20, tzinfo=dt.UTC)
AFTER = dt.datetime(2026, 12, 21, tzinfo=dt.UTC)
BETWEEN = dt.datetime(2026, 12, 10, tzinfo=dt.UTC)
SLOT = Slot("МЗ", 1, Field.RESULT)
NOTHING = "–"


def claim(value, known=None, *, file="first.xlsx", slot=SLOT, at=RETURNED, where="Form!I16"):
    return Claim(slot, value, known, file, f"sha of {file}", where, "Асель", at)


def standing(value, origin=Origin.SITE, at=BETWEEN):
    return Standing(value, origin, "", "", "Болат", at)


MOMENTS = {
    "decided after": (Origin.DECISION, AFTER),
    "entered after": (Origin.SITE, AFTER),
    "decided before": (Origin.DECISION, BETWEEN),
    "": (Origin.SITE, BETWEEN),
}


@pytest.mark.parametrize(("sent", "stands", "said", "verdict", "then"), table("How answers merge"))
def test_answers_merge_as_the_page_says(sent, stands, said, verdict, then):
    value, _, moment = stands.partition(", ")
    base = {} if value == NOTHING else {SLOT: standing(value, *MOMENTS[moment])}
    known = None if sent == NOTHING else sent
    claims = [claim(word, known, file=f"{at}.xlsx") for at, word in enumerate(said.split(", "))]
    merged = merge(base, claims)
    assert set(merged.verdicts.values()) == {Verdict(verdict)}
    assert (merged.standing[SLOT].value if SLOT in merged.standing else NOTHING) == then
    assert bool(merged.conflicts) == (verdict == "conflict")


def test_what_a_file_says_stands_with_its_place_and_its_writer():
    merged = merge({}, [claim("Проведены семинары")])
    assert merged.standing[SLOT] == Standing(
        "Проведены семинары", Origin.FILE, "first.xlsx", "Form!I16", "Асель", RETURNED
    )


def test_what_an_earlier_collection_left_does_not_settle_what_comes_now():
    merged = merge({SLOT: standing("A", Origin.FILE, AFTER)}, [claim("B", "A")])
    assert merged.standing[SLOT].value == "B"


def test_a_file_sent_again_after_the_decision_stays_settled():
    claims = [claim("A"), claim("B", file="second.xlsx"), claim("A", at=AFTER + dt.timedelta(days=3))]
    merged = merge({SLOT: standing("B", Origin.DECISION, AFTER)}, claims)
    assert set(merged.verdicts.values()) == {Verdict.SETTLED}
    assert merged.conflicts == ()


def test_a_decision_of_the_same_moment_is_made_in_sight_of_the_file_and_an_entry_is_not():
    assert merge({SLOT: standing("B", Origin.DECISION, RETURNED)}, [claim("A")]).conflicts == ()
    assert len(merge({SLOT: standing("B", Origin.SITE, RETURNED)}, [claim("A")]).conflicts) == 1


def test_letters_size_and_spaces_and_zeros_are_no_difference():
    assert same("Приказ  № 5 ") == same("приказ № 5")
    assert same(Decimal("5.00")) == same(Decimal(5))
    assert same(Decimal("0.00")) == same(Decimal(0)) == "0"
    assert same(Decimal(100)) == "100"
    assert same(Status.DONE) != same(Status.NOT_DONE)


def test_a_conflict_says_whether_files_differ_or_it_was_changed_here():
    between_files = merge({}, [claim("A"), claim("B", file="second.xlsx")]).conflicts[0]
    with_the_site = merge({SLOT: standing("C")}, [claim("A")]).conflicts[0]
    as_here = merge({SLOT: standing("A")}, [claim("A"), claim("B", file="second.xlsx")]).conflicts[0]
    first, second, third = map(conflict_trouble, (between_files, with_the_site, as_here))
    assert first.kind is second.kind is TroubleKind.CONFLICT
    assert first.sentence == third.sentence != second.sentence
    assert (first.measure, first.field, first.written) == (1, Field.RESULT, "A | B")
    assert first.place.file == "first.xlsx"
    assert with_the_site.standing.value == "C"


CLAIMS = st.builds(
    claim,
    st.sampled_from(["A", "B", "C"]),
    st.sampled_from([None, "A", "B"]),
    file=st.sampled_from(["1.xlsx", "2.xlsx", "3.json"]),
    slot=st.builds(Slot, st.sampled_from(["МЗ", "МП"]), st.integers(1, 2), st.just(Field.RESULT)),
    at=st.sampled_from([SENT, RETURNED, AFTER]),
    where=st.sampled_from(["I16", "I17"]),
)
BASES = st.dictionaries(
    st.builds(Slot, st.sampled_from(["МЗ", "МП"]), st.integers(1, 2), st.just(Field.RESULT)),
    st.builds(standing, st.sampled_from("ABC"), st.sampled_from(Origin), st.sampled_from([BETWEEN, AFTER])),
)


@settings(max_examples=150, deadline=None)
@given(BASES, st.lists(CLAIMS, max_size=10), st.randoms(use_true_random=False))
def test_the_order_of_the_answers_does_not_matter(base, claims, random):
    other = list(claims)
    random.shuffle(other)
    assert merge(base, other) == merge(base, claims)


@settings(max_examples=100, deadline=None)
@given(BASES, st.lists(CLAIMS, max_size=8))
def test_the_same_files_again_change_nothing(base, claims):
    once = merge(base, claims)
    twice = merge(base, [*claims, *claims])
    assert twice == once


@settings(max_examples=150, deadline=None)
@given(BASES, st.lists(CLAIMS, max_size=10))
def test_nothing_written_is_lost_and_nothing_is_overwritten_silently(base, claims):
    merged = merge(base, claims)
    disputed = {conflict.slot: conflict for conflict in merged.conflicts}
    for one in claims:
        verdict = merged.verdicts.get(one) or next(
            merged.verdicts[each]
            for each in merged.verdicts
            if (each.slot, each.sha256, each.where, each.value) == (one.slot, one.sha256, one.where, one.value)
        )
        stands = merged.standing[one.slot].value if one.slot in merged.standing else None
        if verdict is Verdict.CONFLICT:
            assert any(one.value == each.value for each in disputed[one.slot].claims)
            assert merged.standing.get(one.slot) == base.get(one.slot)
        elif verdict is Verdict.SETTLED:
            assert base[one.slot].origin is not Origin.FILE
        else:
            assert stands == one.value
    for slot, before in base.items():
        if merged.standing[slot] != before:
            assert all(
                merged.verdicts[each] in (Verdict.CHANGED, Verdict.SETTLED)
                for each in merged.verdicts
                if each.slot == slot
            )


@settings(max_examples=60, deadline=None)
@given(BASES, st.lists(CLAIMS, max_size=10))
def test_each_body_may_be_merged_alone(base, claims):
    whole, parts = merge(base, claims), {}
    for body in ("МЗ", "МП"):
        own = {slot: each for slot, each in base.items() if slot.body == body}
        parts |= merge(own, [each for each in claims if each.slot.body == body]).standing
    assert parts == whole.standing


def said(text):
    pairs = (word.split("=") for word in text.strip("`").split())
    return {body: None if status == "none" else Status(status) for body, status in pairs}


@pytest.mark.parametrize(("bodies", "convening", "together"), table("A measure of several bodies"))
def test_a_measure_of_several_bodies_is_as_far_as_the_page_says(bodies, convening, together):
    assert overall(said(bodies), convening or None) is Status(together)


def test_a_measure_of_nobody_is_not_started():
    assert overall({}) is Status.NOT_STARTED


def test_the_convening_body_is_quoted_first():
    assert wording(["МП", "МЗ", "МВД", "МП"], "МВД") == ["МВД", "МП", "МЗ"]
    assert wording(["МП", "МЗ"]) == ["МП", "МЗ"]


def test_the_status_of_each_body_comes_from_what_stands():
    fields = {Field.STATUS: standing("done"), Field.NOTE: standing("да")}
    assert statuses({"МЗ": fields, "МП": {}}) == {"МЗ": Status.DONE, "МП": None}


PERIOD = Period(dt.date(2026, 10, 1), dt.date(2026, 12, 31))


@pytest.mark.parametrize(
    ("due", "status", "today", "is_late"),
    [
        ("2026-12-25", "under_way", "2026-12-26", True),
        ("2026-12-25", "not_done", "2027-02-01", True),
        ("2026-12-25", "under_way", "2026-12-25", False),
        ("2026-12-25", "done", "2026-12-28", False),
        ("2026-12-25", "taken_off", "2026-12-28", False),
        ("2026-12-31", "not_started", "2027-01-01", True),
        ("2026-09-30", "not_started", "2026-12-28", False),
        ("2027-01-15", "not_started", "2027-02-01", False),
    ],
)
def test_late_is_what_was_due_in_the_period_and_is_not_done(due, status, today, is_late):
    assert late([dt.date.fromisoformat(due)], PERIOD, Status(status), dt.date.fromisoformat(today)) is is_late
