"""Deadlines warn their owners before they are missed: bodies that the plan names, and those who promised."""

import datetime as dt

import pytest

from hashar.flows.deadlines import due, due_at_home
from hashar.plan.contracts.commitments import Step
from hashar.plan.contracts.deadlines import Handled, Urgency
from hashar.plan.models import Plan
from hashar.plan.queries.deadlines import due_list, matters
from tests.plan.together import in_days, make_together, police

pytestmark = pytest.mark.django_db
CLOSE = dt.date(2026, 12, 20)
MISSED = dt.date(2027, 1, 2)


@pytest.fixture
def together(cast):
    return make_together(cast)


def said(lines):
    return [(line.number, str(line.due), str(line.urgency)) for line in lines]


def test_the_responsible_body_is_warned_and_then_told_that_it_missed(together):
    official = together.actor("official")
    assert said(due_at_home(official, today=CLOSE).lines) == [("1", "2026-12-31", "soon")]
    assert said(due_at_home(official, today=MISSED).lines) == [("1", "2026-12-31", "overdue")]
    assert due_at_home(official, today=dt.date(2026, 11, 20)).lines == ()


def test_others_are_not_warned_and_strangers_see_no_deadline(together):
    for who in ("youth", "reader", "manager", "stranger"):
        assert due_at_home(together.actor(who), today=CLOSE).lines == ()
    assert due(together.actor("stranger"), today=CLOSE).lines == ()
    assert due(together.actor("stranger"), today=CLOSE).bodies == ()
    assert len(due(together.actor("youth"), today=CLOSE).lines) == 2


def test_the_plans_organisation_is_told_how_many_of_others_are_close(together):
    found = due_at_home(together.actor("coordinator"), today=CLOSE)
    assert (len(found.lines), found.own_plans, found.more) == (1, 1, 0)
    assert due_at_home(together.actor("youth"), today=CLOSE).own_plans == 0


def test_a_promise_warns_who_made_it_until_it_is_kept(together):
    made = together.accepted(until=in_days(60))
    today = in_days(50)
    assert said(due_at_home(together.actor("youth"), today=today).lines) == [("1", str(in_days(60)), "soon")]
    found = due_at_home(together.actor("youth"), today=in_days(61)).lines[0]
    assert (found.urgency, found.promise, found.organisation_name) == (Urgency.OVERDUE, "Ten evenings", "Almaty youth")
    together.take("official", made, Step.KEEP)
    assert due_at_home(together.actor("youth"), today=today).lines == ()


def test_a_promise_that_nobody_accepted_or_without_a_day_warns_nobody(together):
    together.offer(until=in_days(20))
    together.accepted(at=1)
    assert due_at_home(together.actor("youth"), today=in_days(21)).lines == ()


def test_what_is_done_warns_no_more(together):
    official, measure = together.actor("official"), together.measures[0]
    done = {measure: Handled(finished=True)}
    assert [line.measure for line in due_list(official, today=MISSED, done=done).lines] == [together.measures[1]] * 2


def test_the_list_is_narrowed_to_a_body_of_the_site_or_by_name(cast):
    ministry = police(cast)
    together = make_together(cast)
    found = due(together.actor("police"), today=CLOSE)
    assert [(each.name, each.mine) for each in found.bodies] == [
        ("МВД", True),
        ("Almaty centre", False),
        ("МЗ", False),
    ]
    numbers = {}
    for each in found.bodies:
        lines = due(together.actor("police"), today=CLOSE, body=each.key).lines
        numbers[each.key] = [line.number for line in lines]
    assert numbers == {f"o{ministry}": ["2", "1"], f"o{cast.centre}": ["1"], "nМЗ": ["2"]}
    assert due(together.actor("police"), today=CLOSE, body="o999").lines == ()


def test_a_promise_stands_in_the_list_of_its_organisation(together):
    together.accepted(until=in_days(60))
    lines = due(together.actor("reader"), today=CLOSE, body=f"o{together.cast.neighbour}").lines
    assert [line.organisation_name for line in lines] == ["Almaty youth"]
    centre = due(together.actor("reader"), today=CLOSE, body=f"o{together.cast.centre}").lines
    assert [line.commitment for line in centre] == [None]
    assert due_at_home(together.actor("reader"), today=CLOSE).lines == ()


def test_a_plan_without_years_counts_from_the_day_it_came_in(together):
    Plan.objects.update(first_year=None, last_year=None)
    lines = due(together.actor("official"), today=CLOSE, every=True).lines
    assert said(line for line in lines if line.number == "2") == [
        ("2", "2026-12-25", "soon"),
        ("2", "2027-12-25", "later"),
    ]


def test_offers_and_invitations_wait_for_those_who_decide(together):
    together.offer()
    together.invite(together.cast.foreign, at=1)
    people = ("official", "youth", "stranger", "reader")
    seen = {who: [(one.number, one.invited) for one in matters(together.actor(who))] for who in people}
    assert seen == {"official": [("1", False)], "youth": [], "stranger": [("2", True)], "reader": []}


def test_many_measures_ask_no_more_queries(together, django_assert_max_num_queries):
    with django_assert_max_num_queries(8):
        due_at_home(together.actor("official"), today=CLOSE)
