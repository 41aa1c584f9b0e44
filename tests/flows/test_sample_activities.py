"""The activities of the demonstration: a range of people, and a pair for somebody to decide."""

import pytest

from hashar.flows.sample_activities import bring_activities
from hashar.implement.contracts.activities import Ages
from hashar.implement.contracts.reach import Range
from hashar.implement.queries.activities import activities
from hashar.implement.queries.doubles import doubles
from hashar.implement.queries.reach import reach_of
from hashar.people.contracts import CONSOLE, Role
from hashar.people.services.memberships import add_member
from tests.implement.test_reach import NOW, YEAR, make_plan


@pytest.mark.django_db
def test_they_show_a_range_and_a_pair(cast):
    person = cast.people["colleague"]
    add_member(actor=CONSOLE, organisation=cast.neighbour, person=person, role=Role.COORDINATOR, now=NOW)
    make_plan(cast, "План", "Занятия", "Фестиваль", "Встречи")
    youth, official = cast.actor("colleague"), cast.actor("official")
    made = bring_activities(coalition=youth, city=official, organisations=(cast.neighbour, cast.centre), now=NOW)
    found = activities(youth)
    assert made == found.total == 16
    assert all("(пример)" in one.title for one in found.items)
    (pair,) = doubles(official, NOW.date())
    assert {pair.first.contacts, pair.second.contacts} == {280, 300}
    report = reach_of(youth, ages=Ages(12, 17), organisation=cast.neighbour, **YEAR)
    assert report.whole.people == Range(280, 280 + 27 + 26 + 27)
    assert [one.reach.activities for one in report.measures] == [12, 1, 0]
