"""From what organisations told of themselves to the measures they could serve, both ways, with rights."""

import pytest

from hashar.exchange.contracts import Draft
from hashar.exchange.services import own
from hashar.flows.fitting import Kind
from hashar.flows.fulfilment import candidates, measures_for
from hashar.implement.contracts.activities import Ages, State
from hashar.implement.queries.planned import planned_activities
from hashar.plan.contracts.commitments import Side, Step
from tests.implement.activities import PUPILS, log
from tests.plan.test_plans import NOW
from tests.plan.together import TODAY, in_days, make_together

pytestmark = pytest.mark.django_db


@pytest.fixture
def together(cast):
    return make_together(cast)


def enter(together, who="youth", organisation=None, share=True):
    draft = Draft(
        language="en",
        name="Family evenings",
        summary="Training for parents of pupils.",
        settings=("family",),
        age_from=10,
        age_to=14,
        cost="low",
        languages=(),
        factors=("F-R1",),
    )
    home = organisation or together.cast.neighbour
    code = own.enter(actor=together.actor(who), organisation=home, draft=draft, now=NOW)
    if share:
        own.share(actor=together.actor(who), code=code, now=NOW)
    return code


def names(together, who="official", at=0):
    return [one.organisation.name for one in candidates(together.actor(who), together.page(who, at), today=TODAY).found]


def test_an_ngo_with_a_practice_like_the_measure_is_suggested_with_reasons(together):
    code = enter(together)
    found = candidates(together.actor("official"), together.page("official"), today=TODAY)
    assert [one.organisation.name for one in found.found] == ["Almaty youth"]
    one = found.found[0]
    assert (one.side, one.works, one.grounds[0].known.address) == (Side.CIVIL, "whole", code)
    assert one.grounds[0].known.kind is Kind.PRACTICE
    assert set(one.grounds[0].words) == {"тренинги", "родителей", "школьников"}


def test_a_practice_that_is_not_shared_suggests_nobody_to_others(together):
    enter(together, share=False)
    assert names(together) == []
    assert "Almaty youth" in names(together, "youth")


def test_who_takes_part_already_or_works_elsewhere_is_not_suggested(together):
    enter(together)
    enter(together, "stranger", together.cast.foreign)
    assert names(together) == ["Almaty youth"]
    together.offer()
    assert names(together) == []


def test_an_earlier_promise_for_a_like_measure_is_a_reason_unless_it_was_broken(together):
    made = together.accepted(at=1, text="Тренинги для родителей и психологов школ")
    found = candidates(together.actor("official"), together.page("official"), today=TODAY).found
    assert [each.known.kind for each in found[0].grounds] == [Kind.PROMISE]
    together.take("official", made, Step.BREAK, reason="Nobody came")
    assert names(together) == []


def intend(together, who="youth", now=NOW, **changes):
    """An organisation plans training for parents; returns the activity's id."""
    told = {
        "organisation": together.cast.neighbour,
        "title": "Training for parents of pupils",
        "date": in_days(9),
        "state": State.PLANNED,
        "ages": Ages(30),
        "contacts": None,
    }
    return log(together.cast, who, now=now, **{**told, **changes})


def test_a_planned_activity_like_the_measure_is_a_reason_both_ways(together):
    made = intend(together)
    found = candidates(together.actor("official"), together.page("official"), today=TODAY).found
    assert [one.organisation.name for one in found] == ["Almaty youth"]
    known = found[0].grounds[0].known
    assert (known.kind, known.title, known.address) == (Kind.ACTIVITY, "Training for parents of pupils", str(made))
    served = measures_for(together.actor("youth"), today=TODAY)
    assert [(one.measure.number, one.grounds[0].known.kind) for one in served] == [("1", Kind.ACTIVITY)]


@pytest.mark.parametrize(
    "changes",
    [
        {"date": in_days(-1)},
        {"state": State.CANCELLED},
        {"date": in_days(-1), "state": State.DONE, "contacts": 9},
        {"title": "Football tournament of districts"},
    ],
)
def test_an_activity_that_is_over_cancelled_or_of_something_else_is_no_reason(together, changes):
    intend(together, **changes)
    assert names(together) == []
    assert measures_for(together.actor("youth"), today=TODAY) == ()


def test_an_activity_is_a_reason_until_its_day_is_over(together):
    intend(together, date=TODAY)
    assert names(together) == ["Almaty youth"]
    later = candidates(together.actor("official"), together.page("official"), today=in_days(1))
    assert later.found == ()


def test_a_partner_of_a_planned_activity_is_suggested_as_its_lead_is(together):
    intend(together, who="stranger", organisation=together.cast.foreign, territory=together.cast.elsewhere)
    assert names(together) == []  # in another territory: not even the title is known
    intend(together, partners=(together.cast.ministry,))
    assert names(together) == ["Almaty youth", "Ministry"]


def test_of_what_others_plan_only_what_when_where_and_for_whom_is_read(together):
    made = intend(together, note="Ask the mother of a pupil", place="School 12", ages=PUPILS, partners=())
    intend(together, date=in_days(3), title="Earlier talk")
    for who in ("official", "reader", "manager"):
        first, it = planned_activities(together.actor(who), TODAY)
        assert first.title == "Earlier talk"
        assert it.__dict__ == {
            "id": made,
            "title": "Training for parents of pupils",
            "date": in_days(9),
            "place": "School 12",
            "ages": PUPILS,
            "organisations": (together.cast.neighbour,),
        }
    for who in ("stranger", "operator"):
        assert planned_activities(together.actor(who), TODAY) == []


def test_nobody_found_says_how_many_could_have_told_something(together):
    found = candidates(together.actor("official"), together.page("official", 2), today=TODAY)
    assert (found.found, found.here, found.with_practices) == ((), 3, 0)


def test_an_organisation_finds_the_measures_that_its_work_could_serve(together):
    enter(together, share=False)
    found = measures_for(together.actor("youth"), today=TODAY)
    assert [(one.measure.number, one.organisation.name) for one in found] == [("1", "Almaty youth")]
    assert measures_for(together.actor("stranger"), today=TODAY) == ()
    together.offer()
    assert measures_for(together.actor("youth"), today=TODAY) == ()


def test_a_measure_that_was_left_out_asks_for_nobody(together):
    from dataclasses import replace

    page = together.page("official")
    gone = replace(page, measure=replace(page.measure, id=10**9))
    assert candidates(together.actor("official"), gone, today=TODAY).found == ()


def test_many_measures_and_organisations_ask_few_queries(together, django_assert_max_num_queries):
    enter(together)
    for title in ("Training for parents", "Evening for parents of pupils", "Parents' club"):
        intend(together, title=title)
    page = together.page("official")
    with django_assert_max_num_queries(15):
        candidates(together.actor("official"), page, today=TODAY)
    with django_assert_max_num_queries(15):
        measures_for(together.actor("youth"), today=TODAY)
