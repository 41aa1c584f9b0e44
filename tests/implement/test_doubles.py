"""Entries of one event: found, decided by a person, counted once, taken back."""

import datetime as dt
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hashar.errors import Conflict, Forbidden, NotFound, UsageError
from hashar.implement.contracts.activities import State
from hashar.implement.queries import activities as queries
from hashar.implement.queries.doubles import doubles
from hashar.implement.queries.reach import reach_of
from hashar.implement.rules.doubles import Entry, joined, reasons
from hashar.implement.services import activities as entries
from hashar.implement.services import doubles as services
from hashar.people.contracts import CONSOLE, Role
from hashar.people.models import AuditRow
from hashar.people.services import memberships
from tests.implement.activities import NOW, PUPILS, log

TODAY = NOW.date()
ONE = Entry(
    id=1, organisation=1, date=TODAY, path="KZ/KZ-75/", title="Talk on peer pressure", place="School 12", contacts=25
)
OTHER = replace(ONE, id=2, organisation=2, contacts=27)
PAIRS = {
    "the same by another organisation": ({}, ("title", "place")),
    "spelt otherwise": ({"title": "talk about  Peer pressure", "place": "school № 12, hall"}, ("title", "place")),
    "another title at the same hour": ({"title": "Sports day", "time": dt.time(10)}, ("place", "time")),
    "another title at an unknown hour": ({"title": "Sports day"}, ()),
    "another school": ({"place": "School 14"}, ()),
    "no place was told": ({"place": ""}, ("title",)),
    "another day": ({"date": TODAY - dt.timedelta(days=1)}, ()),
    "another city": ({"path": "KZ/KZ-71/"}, ()),
    "entered for the whole country": ({"path": "KZ/"}, ("title", "place")),
    "two groups": ({"group": "7b"}, ()),
    "two classes of one organisation": ({"organisation": 1}, ()),
    "sent twice by one organisation": ({"organisation": 1, "contacts": 25}, ("title", "place")),
    "itself": ({"id": 1}, ()),
}


@pytest.mark.parametrize(("changes", "expected"), PAIRS.values(), ids=PAIRS)
def test_which_entries_may_be_of_one_event(changes, expected):
    one = replace(ONE, group="7a", time=dt.time(10))
    other = replace(OTHER, **changes)
    assert reasons(one, other) == reasons(other, one) == expected


decisions = st.lists(
    st.tuples(st.integers(1, 6), st.integers(1, 6)).filter(lambda pair: pair[0] != pair[1]), max_size=8
)


@settings(max_examples=80, deadline=None)
@given(decisions)
def test_joining_twice_is_joining_once_and_all_point_at_the_one_that_counts(pairs):
    same_as = {}
    for kept, other in pairs:
        same_as = joined(same_as, kept, other)
        assert joined(same_as, kept, other) == same_as
        assert kept not in same_as
        assert same_as[other] == kept
        assert not set(same_as.values()) & set(same_as)


@settings(max_examples=60, deadline=None)
@given(decisions, st.randoms(use_true_random=False))
def test_which_events_there_are_does_not_depend_on_the_order_of_decisions(pairs, chance):
    def events(order):
        same_as = {}
        for kept, other in order:
            same_as = joined(same_as, kept, other)
        roots = {one: same_as.get(one, one) for one in range(1, 7)}
        return {frozenset(one for one in roots if roots[one] == root) for root in roots.values()}

    mixed = list(pairs)
    chance.shuffle(mixed)
    assert events(mixed) == events(pairs)


@pytest.fixture
def youth(cast):
    """The neighbour's coordinator."""
    memberships.add_member(
        actor=CONSOLE, organisation=cast.neighbour, person=cast.people["colleague"], role=Role.COORDINATOR, now=NOW
    )
    return cast.actor("colleague")


@pytest.fixture
def pair(cast, youth):
    first = log(cast, contacts=25)
    return first, log(cast, who="colleague", organisation=cast.neighbour, contacts=27, title="Talk on peer pressure!")


def counted(actor, **more):
    year = {"start": dt.date(2026, 1, 1), "end": dt.date(2026, 12, 31)}
    return reach_of(actor, ages=PUPILS, **year, **more).whole.contacts


@pytest.mark.django_db
def test_a_person_decides_and_both_entries_stay(cast, youth, pair):
    first, second = pair
    (found,) = doubles(cast.actor("official"), TODAY)
    assert {found.first.id, found.second.id} == set(pair)
    assert found.reasons == ("title", "place")
    assert len(doubles(youth, TODAY)) == 1
    assert doubles(cast.actor("reader"), TODAY) == doubles(cast.actor("stranger"), TODAY) == ()
    assert counted(youth) == 52
    for _ in range(2):
        services.decide(actor=youth, kept=first, other=second, same=True, now=NOW)
    assert (
        counted(youth) == counted(youth, organisation=cast.neighbour) == counted(youth, organisation=cast.centre) == 25
    )
    assert doubles(cast.actor("official"), TODAY) == ()
    kept, other = (queries.activity(youth, each) for each in pair)
    assert [each.name for each in kept.also] == ["Almaty youth"]
    assert other.same_as.id == first
    assert kept.summary.mine
    assert queries.activities(youth).total == 1
    assert AuditRow.objects.filter(action="activity.join").count() == 4


@pytest.mark.django_db
def test_the_decision_is_taken_back(cast, youth, pair):
    first, second = pair
    services.decide(actor=youth, kept=second, other=first, same=True, now=NOW)
    with pytest.raises(Conflict):
        entries.cancel(actor=youth, activity=second, now=NOW)
    services.part(actor=cast.actor("official"), activity=first, now=NOW)
    assert counted(youth) == 52
    assert doubles(youth, TODAY) == ()
    with pytest.raises(Conflict):
        services.part(actor=cast.actor("official"), activity=first, now=NOW)
    with pytest.raises(Forbidden):
        services.part(actor=youth, activity=first, now=NOW)


@pytest.mark.django_db
def test_two_events_are_not_asked_about_again(cast, youth, pair):
    services.decide(actor=youth, kept=pair[0], other=pair[1], same=False, now=NOW)
    assert doubles(youth, TODAY) == ()
    assert counted(youth) == 52


@pytest.mark.django_db
def test_who_may_change_neither_decides_nothing(cast, pair):
    first, second = pair
    for who, error in (("reader", Forbidden), ("manager", Forbidden), ("stranger", NotFound)):
        with pytest.raises(error):
            services.decide(actor=cast.actor(who), kept=first, other=second, same=True, now=NOW)
    with pytest.raises(UsageError):
        services.decide(actor=cast.actor("official"), kept=first, other=first, same=True, now=NOW)


@pytest.mark.django_db
def test_what_is_done_counts_before_what_is_planned(cast, youth):
    planned = log(cast, state=State.PLANNED)
    done = log(cast, who="colleague", organisation=cast.neighbour)
    with pytest.raises(Conflict):
        services.decide(actor=youth, kept=planned, other=done, same=True, now=NOW)
    services.decide(actor=youth, kept=done, other=planned, same=True, now=NOW)
    gone = log(cast, title="Other")
    entries.cancel(actor=cast.actor("official"), activity=gone, now=NOW)
    with pytest.raises(Conflict):
        services.decide(actor=youth, kept=done, other=gone, same=True, now=NOW)
