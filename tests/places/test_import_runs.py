"""Large imports are written by a worker, once, and only with the rights that their person still has."""

import io

import pytest

from hashar.errors import Conflict, Forbidden, NotFound
from hashar.people.contracts import Actor
from hashar.places.queries.imports import import_preview
from hashar.places.services import import_runs, imports
from hashar.runs.queries import run
from hashar.runs.services import take
from tests.people.cast import NOW

pytestmark = pytest.mark.django_db


@pytest.fixture
def checked(cast, monkeypatch):
    monkeypatch.setattr(import_runs, "LARGE", 1)
    return imports.check(
        actor=cast.actor("official"),
        organisation=cast.centre,
        kind="territories",
        name="file.csv",
        content=io.BytesIO("code,name\n751110,Алмалинский район\n751210,Ауэзовский район\n".encode()),
        language="ru",
        parent="KZ-75",
        source="Statistics",
        licence="",
        now=NOW,
    ).summary.id


def test_a_run_that_lost_its_worker_after_it_had_written_is_done_and_writes_nothing_twice(cast, checked):
    asked = import_runs.confirm(actor=cast.actor("official"), import_id=checked, now=NOW)
    claimed = take(now=NOW)
    assert claimed.id == asked.id
    for _ in range(2):
        assert import_runs.carry_out(run=claimed, actor=cast.actor("official"), now=NOW) == {"import": checked}
    assert import_preview(cast.actor("official"), checked).summary.state == "done"


def test_a_run_that_another_worker_has_taken_over_writes_nothing(cast, checked):
    import_runs.confirm(actor=cast.actor("official"), import_id=checked, now=NOW)
    queued = run(import_runs.confirm(actor=cast.actor("official"), import_id=checked, now=NOW).id)
    with pytest.raises(Conflict):
        import_runs.carry_out(run=queued, actor=cast.actor("official"), now=NOW)
    assert import_preview(cast.actor("official"), checked).summary.state == "checked"


def test_who_lost_the_right_meanwhile_writes_nothing(cast, checked):
    import_runs.confirm(actor=cast.actor("official"), import_id=checked, now=NOW)
    with pytest.raises(NotFound):
        import_runs.carry_out(run=take(now=NOW), actor=Actor(person=cast.actor("official").person), now=NOW)


def test_nobody_else_can_ask_for_it(cast, checked):
    with pytest.raises((Forbidden, NotFound)):
        import_runs.confirm(actor=cast.actor("reader"), import_id=checked, now=NOW)


def test_a_small_import_is_written_at_once(cast, checked, monkeypatch):
    monkeypatch.setattr(import_runs, "LARGE", 2)
    assert import_runs.confirm(actor=cast.actor("official"), import_id=checked, now=NOW) is None
    assert import_runs.undo(actor=cast.actor("official"), import_id=checked, now=NOW) is None
    with pytest.raises(Conflict):
        import_runs.undo(actor=cast.actor("official"), import_id=checked, now=NOW)
