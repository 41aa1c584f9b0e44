"""``hashar plan check``: a logic model is read like a program."""

import pytest

from tests.cli.command import run
from tests.plan.test_logic_models import TEXT, changed, written


@pytest.fixture
def model(tmp_path):
    def write(words):
        path = tmp_path / "model.yaml"
        path.write_text(written(changed(words)) if words else TEXT, encoding="utf-8")
        return path

    return write


def test_a_good_model_passes(model):
    outcome = run("plan", "check", model(""))
    assert outcome.code == 0, outcome.err
    assert "no errors found" in outcome.err


def test_an_error_is_told_with_line_and_remedy(model):
    outcome = run("plan", "check", model("activities.order.responsible="))
    assert outcome.code == 3
    assert "D01 Activity “order” has no responsible. Name one body" in outcome.err


def test_several_errors_are_told_at_once(model):
    outcome = run("plan", "check", model("activities.order.responsible= indicators.drank.target=18%"))
    assert outcome.code == 3
    assert "D01" in outcome.err
    assert "T11" in outcome.err


def test_warnings_alone_do_not_stop(model):
    outcome = run("plan", "check", model("+sources.register"))
    assert outcome.code == 0
    assert "S18" in outcome.err


def test_the_findings_speak_the_readers_language(model):
    outcome = run("plan", "check", model("activities.order.responsible="), "--lang", "ru")
    assert outcome.code == 3
    assert "D01" in outcome.err
