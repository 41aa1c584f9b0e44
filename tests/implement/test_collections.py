"""A collection asks the right bodies about the right measures, keeps every answer, and lets people decide."""

import datetime as dt
from decimal import Decimal

import pytest

from hashar.errors import Conflict, Forbidden, NotFound, UsageError
from hashar.implement.contracts.collections import AnswerState, CollectionState
from hashar.implement.contracts.progress import Field, Origin, Period, Status
from hashar.implement.queries import collections as queries
from hashar.implement.queries import forms as form_queries
from hashar.implement.queries.troubles import measure_history
from hashar.implement.services import answers, collections
from tests.implement.collecting import DONE, FIRST_QUARTER, MEASURES, SECOND_QUARTER, SPENT, collecting, plan_file

__all__ = ["collecting"]
pytestmark = pytest.mark.django_db


def test_each_body_is_asked_about_what_is_due_or_runs_and_what_is_overdue(collecting):
    made = collecting.open()
    assert collecting.asked(made) == {
        "Almaty youth": ["1", "4"],
        "МВД": ["1", "3"],
        "МЗ": ["2", "3"],
        "МП": ["6"],
    }
    assert collecting.detail(made).summary.bodies == 4


def test_the_whole_plan_is_asked_about_if_wanted(collecting):
    assert collecting.asked(collecting.open(whole=True))["МП"] == ["5", "6"]


def test_what_was_due_before_is_asked_until_it_is_done(collecting):
    first = collecting.open()
    collecting.say(first, "МП", "6", status=Status.UNDER_WAY)
    second = collecting.open(SECOND_QUARTER)
    assert "6" in collecting.asked(second)["МП"]
    form = form_queries.form(collecting.official, collecting.form(second, "МП"), "ru")
    assert form.measures[0].known == {Field.STATUS: Status.UNDER_WAY}
    collecting.say(second, "МП", "6", **DONE)
    third = collecting.open(Period(dt.date(2026, 7, 1), dt.date(2026, 9, 30)))
    assert "МП" not in collecting.asked(third)


def test_money_and_repeated_measures_begin_anew_each_period(collecting):
    first = collecting.open()
    collecting.say(first, "МЗ", "2", **DONE, spent=SPENT)
    second = collecting.open(SECOND_QUARTER)
    form = form_queries.form(collecting.official, collecting.form(second, "МЗ"), "ru")
    assert {one.number: dict(one.known) for one in form.measures} == {"2": {}, "3": {}}


def test_a_period_is_asked_about_once(collecting):
    collecting.open()
    with pytest.raises(Conflict, match="already asked"):
        collecting.open()


def test_a_period_in_which_nothing_falls_is_not_opened(collecting):
    days = Period(dt.date(2040, 1, 1), dt.date(2040, 3, 31))
    only = [MEASURES["ru"][0]]
    other = collecting.import_plan(plan_file(measures=only, mark=" другой"))
    collecting.plan = other
    first = collecting.open()
    for body in ("МВД", "Almaty youth"):
        collecting.numbers = {one.number: one.id for one in collecting.measures()}
        collecting.say(first, body, "1", **DONE)
    with pytest.raises(UsageError, match="Nothing of this plan"):
        collecting.open(days)
    with pytest.raises(UsageError, match="before the period begins"):
        collections.open_collection(
            actor=collecting.official,
            plan=other,
            period=SECOND_QUARTER,
            return_by=dt.date(2026, 1, 1),
            now=collecting.tick(),
        )


def test_a_form_speaks_the_language_it_is_made_in(collecting):
    form = form_queries.form(collecting.official, collecting.form(collecting.open(), "МВД"), "kk")
    assert form.measures[0].text == MEASURES["kk"][0][1]
    assert form.plan_title == "2026–2027 жылдарға арналған профилактика жоспары"
    assert form.cost_unit == "мың теңге"
    assert form.body_full == "Министерство внутренних дел"
    with pytest.raises(NotFound):
        form_queries.form(collecting.official, 1, "de")


def test_an_answer_stands_and_what_stood_before_stays_in_the_history(collecting):
    made = collecting.open()
    assert collecting.say(made, "МВД", "1", status=Status.UNDER_WAY) == 1
    assert collecting.say(made, "МВД", "1", **DONE, spent=SPENT) == 5
    assert collecting.say(made, "МВД", "1", **DONE) == 0
    assert collecting.standing(made, "МВД", "1") == {**DONE, "spent": SPENT}
    records = measure_history(collecting.official, made, collecting.numbers["1"]).records
    said = [(one.value, one.state) for one in records if one.field is Field.STATUS]
    assert said == [(Status.DONE, AnswerState.STANDS), (Status.UNDER_WAY, AnswerState.REPLACED)]
    assert {one.origin for one in records} == {Origin.SITE}
    assert {one.by for one in records} == {"Official"}


def test_an_answer_can_be_taken_away_and_is_still_known(collecting):
    made = collecting.open()
    collecting.say(made, "МВД", "1", note="лишнее")
    collecting.say(made, "МВД", "1", note=None)
    assert collecting.standing(made, "МВД", "1") == {}
    records = measure_history(collecting.official, made, collecting.numbers["1"]).records
    assert [one.value for one in records] == [None, "лишнее"]


def test_nobody_overwrites_what_they_have_not_seen(collecting):
    made = collecting.open()
    collecting.say(made, "МВД", "1", status=Status.DONE)
    with pytest.raises(Conflict, match="in between"):
        collecting.say(made, "МВД", "1", seen={}, status=Status.NOT_STARTED)
    assert collecting.standing(made, "МВД", "1") == {"status": Status.DONE}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ({"done_on": dt.date(2027, 1, 1)}, "still to come"),
        ({"status": Status.NOT_DONE, "done_on": dt.date(2026, 3, 1)}, "said not to be done"),
        ({"spent": Decimal(-1)}, "at least 0"),
        ({"spent": Decimal("NaN")}, "at least 0"),
        ({"note": "о" * 5000}, "at most"),
    ],
)
def test_what_cannot_be_right_is_refused(collecting, values, sentence):
    made = collecting.open()
    with pytest.raises(UsageError, match=sentence):
        collecting.say(made, "МВД", "1", **values)
    assert collecting.standing(made, "МВД", "1") == {}


def test_done_without_evidence_is_listed_until_it_is_shown_or_accepted(collecting):
    made = collecting.open()
    collecting.say(made, "МВД", "1", status=Status.DONE)
    collecting.say(made, "МЗ", "2", status=Status.DONE)
    open_ones = collecting.detail(made).troubles
    assert [(one.number, one.body, one.kind.value) for one in open_ones] == [
        ("1", "МВД", "missing_evidence"),
        ("2", "МЗ", "missing_evidence"),
    ]
    collecting.say(made, "МВД", "1", evidence="приказ № 5")
    answers.decide(actor=collecting.official, trouble=open_ones[1].id, reason="Видел сам", now=collecting.tick())
    detail = collecting.detail(made)
    assert detail.troubles == ()
    assert [(one.reason, one.decided_by) for one in detail.decided] == [("Видел сам", "Official")]
    collecting.say(made, "МЗ", "2", result="Обучено 40")
    assert collecting.detail(made).troubles == ()


def test_evidence_can_be_written_by_who_decides(collecting):
    made = collecting.open()
    collecting.say(made, "МВД", "1", status=Status.DONE)
    one = collecting.detail(made).troubles[0]
    answers.decide(
        actor=collecting.official, trouble=one.id, value="письмо № 7", reason="Пришло письмо", now=collecting.tick()
    )
    assert collecting.standing(made, "МВД", "1")["evidence"] == "письмо № 7"
    with pytest.raises(Conflict, match="decided already"):
        answers.decide(actor=collecting.official, trouble=one.id, reason="Ещё раз", now=collecting.tick())


def test_a_decision_has_a_reason(collecting):
    made = collecting.open()
    collecting.say(made, "МВД", "1", status=Status.DONE)
    one = collecting.detail(made).troubles[0]
    with pytest.raises(UsageError, match="Say why"):
        answers.decide(actor=collecting.official, trouble=one.id, reason=" ", now=collecting.tick())
    with pytest.raises(UsageError, match="Choose one"):
        answers.decide(actor=collecting.official, trouble=one.id, choice=10**9, reason="так", now=collecting.tick())


def test_a_closed_collection_takes_nothing_in_until_it_is_opened_again(collecting):
    made = collecting.open()
    state = {"actor": collecting.official, "collection": made}
    collections.set_state(**state, state=CollectionState.CLOSED, now=collecting.tick())
    with pytest.raises(Conflict, match="closed"):
        collecting.say(made, "МВД", "1", status=Status.DONE)
    assert not any(each.may_answer for each in collecting.detail(made).bodies)
    collections.set_state(**state, state=CollectionState.OPEN, now=collecting.tick())
    collecting.say(made, "МВД", "1", status=Status.DONE)


def test_a_new_edition_keeps_the_answers_and_asks_anew(collecting):
    made = collecting.open()
    collecting.say(made, "МВД", "1", **DONE)
    old = collecting.form(made, "МЗ")
    changed = [*MEASURES["ru"][:5], ("6", "Подвести итоги", "отчёт", "до 1 февраля 2026 года", "МФ", "–")]
    collecting.import_plan(plan_file(measures=changed), collecting.plan)
    assert collecting.detail(made).outdated
    collections.ask_anew(actor=collecting.official, collection=made, now=collecting.tick())
    detail = collecting.detail(made)
    assert not detail.outdated
    assert [each.name for each in detail.bodies] == ["Almaty youth", "МВД", "МЗ", "МФ"]
    assert collecting.standing(made, "МВД", "1") == DONE
    with pytest.raises(Conflict, match="newer form"):
        answers.answer(
            actor=collecting.official,
            form=old,
            measure=collecting.numbers["2"],
            values={Field.STATUS: Status.DONE},
            seen={},
            now=collecting.tick(),
        )
    form = form_queries.form(collecting.official, collecting.form(made, "МВД"), "ru")
    assert form.measures[0].known[Field.RESULT] == DONE["result"]


RIGHTS = {
    # who: sees the collection, manages it, answers for Almaty youth
    "official": (True, True, True),
    "coordinator": (True, True, True),
    "analyst": (True, False, False),
    "reader": (True, False, False),
    "colleague": (True, False, True),
    "manager": (True, False, False),
    "stranger": (False, False, False),
    "operator": (False, False, False),
}


@pytest.mark.parametrize("who", RIGHTS)
def test_who_sees_manages_and_answers(collecting, who):
    sees, manages, answers_it = RIGHTS[who]
    made = collecting.open()
    form = collecting.form(made, "Almaty youth")
    other = collecting.form(made, "МВД")
    actor = collecting.cast.actor(who)

    def works(what, **more):
        try:
            what(actor=actor, now=collecting.tick(), **more)
        except (Forbidden, NotFound):
            return False
        return True

    said = {"measure": collecting.numbers["1"], "values": {Field.STATUS: Status.DONE}, "seen": {}}
    assert works(answers.answer, form=form, **said) is answers_it
    assert works(answers.answer, form=other, **said) is manages
    assert works(collections.set_state, collection=made, state=CollectionState.OPEN) is manages
    assert works(collections.ask_anew, collection=made) is manages
    try:
        detail = queries.collection(actor, made, today=collecting.now.date())
    except NotFound:
        assert not sees
    else:
        assert sees
        assert detail.may_manage is manages
        assert {each.name for each in detail.bodies if each.may_answer} == (
            {each.name for each in detail.bodies} if manages else {"Almaty youth"} if answers_it else set()
        )


def test_an_organisation_is_told_which_forms_wait_for_it(collecting):
    made = collecting.open()
    colleague = collecting.cast.actor("colleague")
    (one,) = form_queries.invitations(colleague, collecting.now.date())
    assert (one.asked, one.answered) == (2, 0)
    assert one.period == FIRST_QUARTER
    collecting.say(made, "Almaty youth", "1", actor=colleague, status=Status.DONE)
    (one,) = form_queries.invitations(colleague, collecting.now.date())
    assert one.answered == 1
    assert form_queries.invitations(collecting.cast.actor("stranger"), collecting.now.date()) == ()


def test_late_is_what_was_due_and_is_not_done(collecting):
    made = collecting.open()
    collecting.say(made, "МВД", "1", **DONE)
    late = {one.number: one.late for one in collecting.detail(made).measures}
    assert late == {"1": True, "2": True, "3": False, "4": False, "6": True}
    collecting.say(made, "Almaty youth", "1", **DONE)
    assert not collecting.detail(made).measures[0].late
    assert not collecting.detail(made, today=dt.date(2026, 3, 31)).measures[1].late


def test_the_plan_shows_how_far_its_measures_are(collecting):
    today = collecting.now.date()
    assert queries.latest(collecting.official, collecting.plan, today=today) == {}
    made = collecting.open()
    collecting.say(made, "МЗ", "2", **DONE)
    found = queries.latest(collecting.official, collecting.plan, today=today)
    assert found[collecting.numbers["2"]].status is Status.DONE
    assert found[collecting.numbers["1"]].status is None
    assert found[collecting.numbers["1"]].collection == made
    with pytest.raises(NotFound):
        queries.latest(collecting.cast.actor("stranger"), collecting.plan, today=today)


def test_collections_are_listed_with_what_is_open(collecting):
    made = collecting.open()
    collecting.say(made, "МП", "6", status=Status.DONE)
    collecting.open(SECOND_QUARTER)
    found = queries.collections(collecting.official, collecting.plan)
    assert [one.period for one in found] == [SECOND_QUARTER, FIRST_QUARTER]
    assert (found[1].bodies, found[1].answered, found[1].troubles) == (4, 1, 1)


def test_reading_a_collection_takes_as_many_queries_for_many_answers(collecting, django_assert_max_num_queries):
    made = collecting.open()
    for body, number in (("МВД", "1"), ("МВД", "3"), ("МЗ", "2"), ("МЗ", "3"), ("МП", "6")):
        collecting.say(made, body, number, status=Status.DONE)
    with django_assert_max_num_queries(40):
        collecting.detail(made)
