"""A worker does what waits, gives signs of life, and gives back what it cannot finish."""

import datetime as dt
import itertools
import threading

import pytest
from django.contrib.auth import get_user_model

from hashar.operations.working import Worker
from hashar.people.contracts import CONSOLE, Actor
from hashar.people.services.accounts import make_account
from hashar.people.services.organisations import create_organisation
from hashar.runs import queries, services
from hashar.runs.contracts import RunState

pytestmark = pytest.mark.django_db(transaction=True)
NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def clock():
    return dt.datetime.now(dt.UTC)


@pytest.fixture
def asked():
    """Ask for a run of a kind that a test registers."""
    person = make_account(actor=CONSOLE, login="worker.tests", name="Somebody", password=None, now=NOW)
    home = create_organisation(
        actor=CONSOLE, name="Home", kind="ngo", sector="civic", level="region", territory=None, now=NOW
    )

    numbers = itertools.count(1)

    def ask(kind):
        about = f"test:{next(numbers)}"
        actor = Actor(person=person)
        return services.ask(actor=actor, kind=kind, organisation=home, subject=about, parameters={}, now=NOW).id

    return ask


def test_it_works_until_it_is_asked_to_stop(asked):
    stop = threading.Event()
    done = []

    def handler(run, progress):
        progress("Halfway", 1, 2)
        done.append(run.id)
        if len(done) == 2:
            stop.set()
        return {"n": len(done)}

    services.register("test.count", handler)
    runs = [asked("test.count"), asked("test.count")]
    Worker(clock=clock, stop=stop).work()
    assert done == runs
    assert [queries.run(run).state for run in runs] == [RunState.DONE, RunState.DONE]


def test_what_it_cannot_finish_goes_back_to_the_queue_and_the_try_does_not_count(asked):
    stop = threading.Event()

    def handler(run, progress):
        stop.set()
        progress("Never finished", 1, 2)
        raise AssertionError("a worker that was asked to stop went on")

    services.register("test.long", handler)
    run = asked("test.long")
    Worker(clock=clock, stop=stop).work()
    left = queries.run(run)
    assert (left.state, left.attempt, left.step) == (RunState.QUEUED, 0, "")


def test_it_is_known_while_it_works_and_forgotten_when_it_goes(asked):
    stop, seen = threading.Event(), []

    def handler(run, progress):
        worker.beat_once()
        seen.extend(queries.queue(clock()).workers)
        stop.set()
        return {}

    services.register("test.look", handler)
    asked("test.look")
    worker = Worker(clock=clock, stop=stop)
    worker.work()
    assert seen == [worker.name]
    assert queries.queue(clock()).workers == ()


def test_a_sign_of_life_keeps_a_long_computation_from_being_taken_over(asked):
    services.register("test.slow", lambda run, progress: {})
    asked("test.slow")
    run = services.claim(clock=lambda: NOW)
    later = NOW + dt.timedelta(minutes=90)
    services.sign_of_life(worker="here:1", run=run, now=later)
    assert services.claim(clock=lambda: later + dt.timedelta(seconds=30)) is None
    assert services.claim(clock=lambda: later + dt.timedelta(minutes=3)).id == run.id


def test_two_workers_never_do_the_same_run(asked):
    """Both look at the same moment, many times over."""
    services.register("test.once", lambda run, progress: {})
    for _ in range(20):
        asked("test.once")
    taken, gate = [], threading.Barrier(2)

    def work():
        from django.db import connection

        gate.wait()
        while (run := services.claim(clock=clock)) is not None:
            taken.append(run.id)
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(taken) == len(set(taken)) == 20


def test_rows_of_killed_workers_go_after_a_day():
    services.sign_of_life(worker="killed:1", run=None, now=NOW)
    services.farewell(worker="other:2", now=NOW + dt.timedelta(hours=23))
    assert queries.queue(NOW).workers == ("killed:1",)
    services.farewell(worker="other:2", now=NOW + dt.timedelta(hours=25))
    assert queries.queue(NOW).workers == ()


def test_a_worker_removes_what_the_rules_of_retention_ask(asked):
    now = dt.datetime(2031, 3, 1, tzinfo=dt.UTC)
    old = make_account(
        actor=CONSOLE, login="long.gone", name="Long gone", password=None, now=now - dt.timedelta(days=900)
    )
    stop = threading.Event()
    services.register("test.last", lambda run, progress: stop.set() or {})
    asked("test.last")
    Worker(clock=lambda: now, stop=stop).work()
    assert not get_user_model()._base_manager.get(pk=old).is_active
