"""What is shown beside the result: bars and colours on a terminal only."""

import io
import sys

import click
import pytest

from hashar.cli.console import Console, language_of


class Terminal(io.StringIO):
    """A standard error that is a terminal."""

    def isatty(self):
        return True


def terminal(monkeypatch):
    """In the test itself: between set-up and test pytest puts its own standard error back."""
    screen = Terminal()
    monkeypatch.setattr(sys, "stderr", screen)
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    return screen


def test_long_work_shows_a_bar_on_a_terminal(monkeypatch):
    screen = terminal(monkeypatch)
    with Console("en").progress("Estimating") as progress:
        for done in range(5):
            progress(done, 4)
    assert "Estimating" in screen.getvalue()
    assert "100%" in screen.getvalue()


def test_steps_are_named_on_a_terminal_and_the_bar_may_start_again(monkeypatch):
    screen = terminal(monkeypatch)
    with Console("en").steps() as tell:
        tell("Reading files", 0, 2)
        tell("Reading files", 2, 2)
        tell("Writing the documents", 0, 1)
        tell("", 1, 1)
    shown = screen.getvalue()
    assert shown.index("Reading files") < shown.index("Writing the documents")
    assert "200%" not in shown


def test_nothing_moves_where_nobody_looks(capsys):
    console = Console("en")
    with console.progress("Estimating") as progress:
        progress(1, 2)
    with console.steps() as tell:
        tell("Reading files", 1, 2)
    assert capsys.readouterr().err == ""


def test_notes_are_coloured_on_a_terminal_unless_the_user_wants_none(monkeypatch):
    screen = terminal(monkeypatch)
    Console("en").note("Careful.")
    assert screen.getvalue() == click.style("Note:", fg="yellow", bold=True) + " Careful.\n"
    monkeypatch.setenv("NO_COLOR", "1")
    screen.truncate(0)
    screen.seek(0)
    Console("en").note("Careful.")
    assert screen.getvalue() == "Note: Careful.\n"


def test_notes_are_plain_elsewhere(capsys):
    Console("en").note("Careful.")
    assert capsys.readouterr().err == "Note: Careful.\n"


@pytest.mark.parametrize(
    ("arguments", "environment", "language"),
    [
        (["--lang", "kk"], {"HASHAR_LANG": "ru"}, "kk"),
        (["--lang=uz"], {}, "uz"),
        (["estimate", "--", "--lang", "kk"], {"HASHAR_LANG": "ru"}, "ru"),
        ([], {"LANG": "tg_TJ.UTF-8"}, "tg"),
        ([], {"LC_ALL": "C", "LANG": "ky_KG.UTF-8"}, "ky"),
        (["--lang"], {}, "en"),
    ],
)
def test_the_language_is_the_first_that_is_ours(arguments, environment, language, monkeypatch):
    for name in ("HASHAR_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert language_of(arguments) == language
