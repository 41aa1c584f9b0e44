"""``hashar plan check``: a logic model is read like a program."""

import pytest

from hashar.plan.services.official_plans import read_plan_at
from tests.cli.command import run
from tests.plan.other_hands import FILES
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


@pytest.fixture
def official(tmp_path):
    path = tmp_path / "plan.docx"
    path.write_bytes(FILES["plain.docx"]())
    return path


def test_what_is_unsure_in_an_official_plan_is_told(official):
    outcome = run("plan", "import", official)
    assert outcome.code == 0, outcome.err
    assert "plan.docx, row 4: “в течение года” names no year." in " ".join(outcome.err.split())
    assert "3 measures were read, 1 things are unsure" in " ".join(outcome.err.split())


@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_an_official_plan_is_written_again_in_its_form(official, tmp_path, kind):
    out = tmp_path / f"out.{kind}"
    assert run("plan", "import", official, "--out", out).code == 0
    assert read_plan_at(path=out).edition == read_plan_at(path=official).edition


def test_an_official_plan_in_no_known_form_is_refused(official, tmp_path):
    assert run("plan", "import", official, "--out", tmp_path / "out.pdf").code == 2
    assert run("plan", "import", tmp_path / "gone.docx").code == 3
