"""The demonstration is made once, says that it is one, and never touches a folder that holds something else."""

import json

import pytest

from hashar.errors import Conflict
from hashar.flows import demonstration as demo

ACCOUNT = demo.Account("guest", "sample-123456", "reader", "Sample: somebody")


def test_a_new_folder_begins_empty(tmp_path):
    demo.begin(tmp_path / "demo")
    assert demo.accounts(tmp_path / "demo") == ()
    assert [path.name for path in (tmp_path / "demo").iterdir()] == ["demonstration.json"]


def test_a_finished_one_is_left_alone(tmp_path):
    demo.begin(tmp_path)
    (tmp_path / "hashar.sqlite3").write_text("rows")
    demo.finish(tmp_path, [ACCOUNT])
    demo.begin(tmp_path)
    assert demo.accounts(tmp_path) == (ACCOUNT,)
    assert (tmp_path / "hashar.sqlite3").read_text() == "rows"


def test_an_interrupted_one_begins_again(tmp_path):
    demo.begin(tmp_path / "demo")
    (tmp_path / "demo" / "hashar.sqlite3").write_text("half")
    demo.begin(tmp_path / "demo")
    assert not (tmp_path / "demo" / "hashar.sqlite3").exists()


def test_a_folder_with_something_else_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    with pytest.raises(Conflict, match="something else"):
        demo.begin(tmp_path)
    assert (tmp_path / "letter.txt").read_text() == "dear"


@pytest.mark.parametrize("note", ["", "no json", json.dumps({"accounts": []})])
def test_without_a_finished_note_there_are_no_accounts(tmp_path, note):
    (tmp_path / demo.NOTE).write_text(note)
    assert demo.accounts(tmp_path) == ()
