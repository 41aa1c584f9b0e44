"""The queue: asked once, done by one worker, taken over from a dead one, never told done when it is not."""

import datetime as dt

import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection

from hashar.errors import CodebookError, Conflict, NotFound
from hashar.people.contracts import ANONYMOUS
from hashar.runs import services
from hashar.runs.contracts import RunState, Stopping
from hashar.runs.models import Run, Worker
from hashar.runs.queries import latest_runs, queue, run, run_for, runs_about
from hashar.runs.rules import ATTEMPTS, SILENCE
from tests.people.cast import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + SILENCE + dt.timedelta(seconds=1)


@pytest.fixture
def handled():
    """Kinds of work that the tests do; what they did is noted."""
    done = []

    def add(task, progress):
        progress("Adding", 1, 2)
        done.append(task.id)
        return {"sum": sum(task.parameters["numbers"])}

    def refuse(task, progress):
        problems = [CodebookError("{line} is wrong", line=3), CodebookError("{line} too", line=7)]
        raise CodebookError("{count} problems", problems=problems, count=2)

    def stumble(task, progress):
        raise ZeroDivisionError

    kinds = {"add": add, "refuse": refuse, "stumble": stumble}
    before = dict(services._handlers)
    for kind, handler in kinds.items():
        services.register(kind, handler)
    yield done
    services._handlers.clear()
    services._handlers.update(before)


def ask(cast, kind="add", subject="survey:1", who="analyst", now=NOW, **parameters):
    return services.ask(
        actor=cast.actor(who),
        kind=kind,
        organisation=cast.centre,
        subject=subject,
        parameters=parameters or {"numbers": [1, 2]},
        now=now,
    )


def clock():
    return NOW


def test_what_is_asked_for_waits_and_is_done(cast, handled):
    asked = ask(cast)
    assert (asked.state, asked.asked_at, asked.asked_by) == (RunState.QUEUED, NOW, cast.people["analyst"])
    assert services.work_once(clock=clock)
    done = run(asked.id)
    assert (done.state, done.result, done.attempt) == (RunState.DONE, {"sum": 3}, 1)
    assert (done.started_at, done.finished_at, done.step, done.done, done.steps) == (NOW, NOW, "Adding", 1, 2)
    assert not services.work_once(clock=clock)


def test_work_is_done_in_the_order_it_was_asked_for(cast, handled):
    later = ask(cast, now=NOW, numbers=[2])
    first = ask(cast, now=NOW - dt.timedelta(hours=1), numbers=[1])
    while services.work_once(clock=clock):
        pass
    assert handled == [first.id, later.id]


def test_the_same_wish_twice_is_one_run_while_it_waits(cast, handled):
    first = ask(cast)
    assert ask(cast).id == first.id
    assert ask(cast, numbers=[3]).id != first.id
    assert ask(cast, who="coordinator").id != first.id
    assert ask(cast, subject="survey:2").id != first.id
    services.work_once(clock=clock)
    assert ask(cast).id != first.id


def test_nobody_and_unknown_work_are_mistakes_of_the_program(cast, handled):
    with pytest.raises(ValueError, match="needs a person"):
        ask(cast, kind="unknown")
    with pytest.raises(ValueError, match="needs a person"):
        services.ask(actor=ANONYMOUS, kind="add", organisation=cast.centre, subject="x", parameters={}, now=NOW)


def test_an_anticipated_error_ends_the_run_with_its_sentence_and_every_problem(cast, handled):
    asked = ask(cast, kind="refuse")
    services.work_once(clock=clock)
    told = run(asked.id)
    assert (told.state, told.message, told.values) == (RunState.FAILED, "{count} problems", {"count": "2"})
    assert told.result["problems"] == [
        {"message": "{line} is wrong", "values": {"line": "3"}},
        {"message": "{line} too", "values": {"line": "7"}},
    ]


def test_an_unexpected_error_is_told_plainly_and_the_worker_lives_on(cast, handled, caplog):
    asked = ask(cast, kind="stumble")
    assert services.work_once(clock=clock)
    told = run(asked.id)
    assert (told.state, told.values) == (RunState.FAILED, {"run": asked.id})
    assert "ZeroDivisionError" not in told.message
    assert "ZeroDivisionError" in caplog.text
    ask(cast)
    assert services.work_once(clock=clock)


def test_a_kind_that_this_version_does_not_know_fails_plainly(cast, handled, caplog):
    asked = ask(cast)
    del services._handlers["add"]
    assert services.work_once(clock=clock)
    assert run(asked.id).state is RunState.FAILED


def test_a_claimed_run_is_claimed_once(cast, handled):
    ask(cast)
    assert services.claim(clock=clock) is not None
    assert services.claim(clock=clock) is None


def test_a_run_whose_worker_is_silent_is_taken_over(cast, handled):
    asked = ask(cast)
    services.claim(clock=clock)
    assert services.claim(clock=lambda: NOW + SILENCE) is None
    taken = services.claim(clock=lambda: LATER)
    assert (taken.id, taken.attempt, taken.started_at) == (asked.id, 2, LATER)


def test_a_sign_of_life_keeps_it(cast, handled):
    ask(cast)
    mine = services.claim(clock=clock)
    services.sign_of_life(worker="a", run=mine, now=LATER)
    assert services.claim(clock=lambda: LATER) is None


def test_progress_is_a_sign_of_life(cast, handled):
    asked = ask(cast)
    mine = services.claim(clock=clock)

    def slow(task, progress):
        progress("Adding", 1, 2)
        assert services.claim(clock=lambda: LATER) is None
        return {}

    services.register("add", slow)
    services.perform(run=mine, clock=lambda: LATER)
    assert run(asked.id).state is RunState.DONE


def test_a_worker_that_dies_on_it_again_and_again_is_not_sent_once_more(cast, handled):
    asked = ask(cast)
    now = NOW
    for attempt in range(1, ATTEMPTS + 1):
        claimed = services.claim(clock=lambda now=now: now)
        assert claimed.attempt == attempt
        now += SILENCE * 2
    assert services.claim(clock=lambda: now) is None
    told = run(asked.id)
    assert (told.state, told.values, told.finished_at) == (RunState.FAILED, {"attempts": ATTEMPTS}, now)


def test_a_worker_that_lost_its_run_learns_it_and_changes_nothing(cast, handled):
    asked = ask(cast)
    slow = services.claim(clock=clock)
    services.claim(clock=lambda: LATER)
    services.perform(run=slow, clock=lambda: LATER)
    told = run(asked.id)
    assert (told.state, told.attempt, told.result, told.message, handled) == (RunState.RUNNING, 2, {}, "", [])


def test_a_lost_run_cannot_be_held(cast, handled):
    ask(cast)
    slow = services.claim(clock=clock)
    services.still_mine(slow)
    services.claim(clock=lambda: LATER)
    with pytest.raises(Conflict):
        services.still_mine(slow)


def test_work_given_back_waits_again_and_the_try_does_not_count(cast, handled):
    asked = ask(cast)
    mine = services.claim(clock=clock)

    def leave():
        raise Stopping

    with pytest.raises(Stopping):
        services.perform(run=mine, clock=clock, leave=leave)
    services.give_back(run=mine)
    told = run(asked.id)
    assert (told.state, told.attempt) == (RunState.QUEUED, 0)
    assert services.work_once(clock=clock)
    assert run(asked.id).attempt == 1


def test_what_was_taken_over_cannot_be_given_back(cast, handled):
    asked = ask(cast)
    slow = services.claim(clock=clock)
    services.claim(clock=lambda: LATER)
    services.give_back(run=slow)
    assert run(asked.id).state is RunState.RUNNING


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("failure", [OperationalError("disk is full"), InterfaceError("connection already closed")])
def test_when_the_database_fails_the_run_is_tried_again_and_then_told(cast, handled, failure):
    def stuck(task, progress):
        raise failure

    services.register("add", stuck)
    asked = ask(cast)
    for attempt in range(1, ATTEMPTS + 1):
        assert services.work_once(clock=clock)
        told = run(asked.id)
        assert (told.attempt, told.state) == (
            attempt,
            RunState.QUEUED if attempt < ATTEMPTS else RunState.FAILED,
        )
    assert "could not store" in told.message
    assert not services.work_once(clock=clock)


@pytest.mark.django_db(transaction=True)
def test_a_database_that_is_away_leaves_the_run_to_be_taken_over(cast, handled):
    asked = ask(cast)
    mine = services.claim(clock=clock)

    def away(execute, sql, params, many, context):
        raise OperationalError("server closed the connection unexpectedly")

    with connection.execute_wrapper(away), pytest.raises(DatabaseError):
        services.perform(run=mine, clock=clock)
    assert run(asked.id).state is RunState.RUNNING
    assert services.work_once(clock=lambda: LATER)
    assert run(asked.id).state is RunState.DONE


def test_the_queue_tells_what_waits_and_who_works(cast, handled):
    ask(cast)
    ask(cast, numbers=[5])
    services.claim(clock=clock)
    services.sign_of_life(worker="one", run=None, now=NOW)
    services.sign_of_life(worker="gone", run=None, now=NOW - SILENCE * 2)
    told = queue(NOW)
    assert (told.queued, told.running, told.silent, told.workers, told.oldest) == (1, 1, 0, ("one",), NOW)
    assert queue(LATER).silent == 1
    services.farewell(worker="one", now=NOW)
    assert list(Worker.objects.values_list("name", flat=True)) == ["gone"]


@pytest.mark.parametrize("name", ["coordinator", "official", "analyst"])
def test_a_run_is_known_to_those_who_prepare_surveys(cast, handled, name):
    asked = ask(cast)
    assert run_for(cast.actor(name), asked.id).id == asked.id


@pytest.mark.parametrize("name", ["reader", "colleague", "stranger", "manager", "operator"])
def test_for_others_there_is_no_such_run(cast, handled, name):
    asked = ask(cast)
    with pytest.raises(NotFound):
        run_for(cast.actor(name), asked.id)


@pytest.mark.parametrize("number", [0, -3, 10**6, 2**63, 2**70])
def test_a_run_that_is_not_there_is_not_found(cast, number):
    with pytest.raises(NotFound):
        run(number)


def test_runs_about_a_subject_come_newest_first(cast, handled):
    first, second = ask(cast), ask(cast, numbers=[9])
    ask(cast, subject="survey:2")
    assert [told.id for told in runs_about("survey:1")] == [second.id, first.id]
    assert [told.id for told in runs_about("survey:1", limit=1)] == [second.id]


def test_the_latest_run_of_each_subject(cast, handled):
    ask(cast)
    newest = ask(cast, numbers=[9])
    other = ask(cast, subject="survey:2", now=NOW + dt.timedelta(hours=1))
    ask(cast, subject="survey:3", now=NOW - dt.timedelta(days=30))
    found = latest_runs([cast.centre], NOW - dt.timedelta(days=14))
    assert [told.id for told in found] == [other.id, newest.id]
    assert latest_runs([cast.foreign], NOW - dt.timedelta(days=14)) == []
    assert latest_runs([], NOW) == []


def test_a_run_holds_no_result_of_a_failed_try(cast, handled):
    asked = ask(cast, kind="refuse")
    services.work_once(clock=clock)
    assert Run.objects.get(pk=asked.id).result.keys() == {"problems"}
