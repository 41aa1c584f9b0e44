"""A large register file is stored by a worker, once, as the preview showed it."""

import pytest

from hashar.assess.contracts.series import ImportState
from hashar.assess.models import Observation
from hashar.assess.queries.series_sources import import_detail
from hashar.assess.services import series_runs
from hashar.errors import Conflict, NotFound
from hashar.runs.contracts import RunState
from hashar.runs.queries import run
from hashar.runs.services import take, work_once
from tests.assess.series.conftest import LATER, NOW

pytestmark = pytest.mark.django_db
TEXT = "territory,year,value\nKZ-10,2022,7\nKZ-11,2022,120\n"


@pytest.fixture
def asked(world, monkeypatch):
    monkeypatch.setattr(series_runs, "LARGE", 10)
    made = world.upload(world.series(), TEXT)
    digest = world.preview(made).digest

    def ask(digest=digest):
        return made, series_runs.store(
            actor=world.actor("official"), import_id=made, digest=digest, good_only=False, now=NOW
        )

    return ask


def state(world, made):
    return import_detail(world.actor("official"), made).summary.state


def test_a_worker_stores_it_and_pressing_twice_asks_once(world, asked):
    made, waiting = asked()
    assert asked()[1].id == waiting.id
    assert state(world, made) is ImportState.PREVIEWED
    assert work_once(clock=lambda: NOW)
    assert run(waiting.id).state is RunState.DONE
    assert state(world, made) is ImportState.DONE
    assert Observation.objects.count() == 2


def test_what_is_stored_already_is_not_stored_twice(world, asked):
    made, _ = asked()
    claimed = take(now=NOW)
    for _ in range(2):
        assert series_runs.carry_out(run=claimed, actor=world.actor("official"), now=NOW) == {"import": made}
    assert Observation.objects.count() == 2


def test_a_worker_that_lost_its_run_stores_nothing(world, asked):
    _, waiting = asked()
    with pytest.raises(Conflict):
        series_runs.carry_out(run=waiting, actor=world.actor("official"), now=NOW)
    assert not Observation.objects.exists()


def test_numbers_that_changed_since_the_preview_are_not_stored_and_the_run_says_why(world, asked):
    _, waiting = asked(digest="old")
    assert work_once(clock=lambda: LATER)
    ended = run(waiting.id)
    assert ended.state is RunState.FAILED
    assert "changed since this preview" in ended.message


def test_only_the_person_who_uploaded_it_asks_for_it(world, asked, monkeypatch):
    made, _ = asked()
    with pytest.raises(NotFound):
        series_runs.store(actor=world.actor("reader"), import_id=made, digest="x", good_only=False, now=NOW)


def test_a_small_file_is_stored_at_once(world, asked, monkeypatch):
    monkeypatch.setattr(series_runs, "LARGE", 1000)
    made, waiting = asked()
    assert waiting is None
    assert state(world, made) is ImportState.DONE
