"""Whatever a command raises becomes one sentence and an exit code."""

import runpy
import signal
import sys

import click
import pytest
from click.testing import CliRunner

from hashar.cli import app
from hashar.cli.console import Console
from hashar.cli.translated import TaughtCommand, console_of, spread
from hashar.errors import DesignError, HasharError, InputError
from tests.cli.command import run


def outcome(error, *arguments):
    """What a program whose only command raises ``error`` does."""

    @click.command(cls=TaughtCommand, name="fail")
    def fail():
        raise error

    program = app.Application(name="hashar", help="", commands={"fail": fail})
    return CliRunner(env={"HASHAR_LANG": "en"}).invoke(program, ["fail", *arguments])


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (DesignError("No weight in {row}.", row=3), 5, "Error: No weight in 3."),
        (HasharError("Neither fish nor fowl."), 70, "Error: Neither fish nor fowl."),
        (KeyboardInterrupt(), 130, "Interrupted; nothing was written."),
        (MemoryError(), 8, "memory is too small"),
        (RuntimeError("secret detail"), 70, "unexpected happened (RuntimeError)"),
    ],
)
def test_every_failure_is_one_sentence_and_a_code(error, code, words):
    result = outcome(error)
    assert result.exit_code == code
    assert words in result.stderr
    assert "Traceback" not in result.stderr
    assert "secret detail" not in result.stderr
    assert result.stdout == ""


def test_debug_shows_what_is_behind_the_unexpected():
    result = outcome(RuntimeError("secret detail"), "--debug")
    assert result.exit_code == 70
    assert "RuntimeError: secret detail" in result.stderr


def test_problems_found_together_are_listed_below_the_sentence():
    problems = [InputError("no {name}", name=name) for name in ("one", "two")]
    result = outcome(InputError("two problems", problems=problems))
    assert result.stderr.splitlines() == ["Error: two problems", "  no one", "  no two"]


def test_the_system_may_ask_the_program_to_stop():
    with pytest.raises(SystemExit) as stopped:
        app._stop(signal.SIGTERM, None)
    assert stopped.value.code == 143


def test_the_program_runs_as_a_module_too(monkeypatch, capsys):
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr(sys, "argv", ["hashar", "--version"])
    with pytest.raises(SystemExit) as ended:
        runpy.run_module("hashar", run_name="__main__")
    signal.signal(signal.SIGTERM, before)
    assert ended.value.code == 0
    assert capsys.readouterr().out.startswith("hashar ")


def test_a_command_called_by_itself_speaks_english():
    assert isinstance(console_of(click.Context(click.Command("alone"))), Console)


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["estimate", "--zzz"], "There is no option --zzz."),
        (["estimate", "--wieght"], "There is no option --wieght; did you mean --weight?"),
        (["nonsense"], "There is no command “nonsense”."),
        (["estimat"], "There is no command “estimat”; did you mean estimate?"),
        (["detectable", "--baseline"], "--baseline needs a value."),
        (["detectable", "--baseline", "much", "--n", "5"], "--baseline must be a number."),
        (["detectable", "--baseline", ".1", "--n", "1"], "--n must be a number in the range ≥ 2."),
        (["profile", "x.csv", "--out", "y"], "--codebook is missing."),
        (["profile"], "is missing."),
        (["estimate", "x", "--nest=1"], "--nest"),
    ],
)
def test_what_click_complains_of_is_said_in_our_words(arguments, words):
    result = run(*arguments)
    assert result.code == 2
    assert words in result.err


def test_what_click_complains_of_is_said_in_the_users_language():
    english, russian = (run("nonsense", "--lang", language).err for language in ("en", "ru"))
    assert "nonsense" in english
    assert "nonsense" in russian


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("f.csv --by sex grade --weight w", "f.csv --by sex --by grade --weight w"),
        ("--nest f.csv --by a b -o x", "--nest f.csv --by a --by b -o x"),
        ("f.csv --level=.9 --by a b", "f.csv --level=.9 --by a --by b"),
        ("--by sex f.csv --weight w", "--by sex f.csv --weight w"),
        ("f.csv --weight w other.csv", "f.csv --weight w other.csv"),
        ("f.csv --variable a b --out -", "f.csv --variable a --variable b --out -"),
    ],
)
def test_an_option_that_may_be_repeated_takes_several_values_once_the_file_is_named(typed, meant):
    options = [p for p in app.application.commands["estimate"].params if isinstance(p, click.Option)]
    assert spread(typed.split(), options) == meant.split()


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--replicate-weights", "r*", "--weight", "w"], "--replicate-type"),
        (["--replicate-weights", "r*", "--weight", "w", "--replicate-type", "fay"], "--fay-rho"),
        (["--replicate-weights", "r*", "--weight", "w", "--replicate-type", "jkn"], "--rscales"),
        (["--replicate-weights", "r*", "--replicate-type", "brr", "--fpc", "f"], "--fpc"),
    ],
)
def test_replicate_weights_need_what_belongs_to_them(arguments, word):
    result = run("estimate", "x.csv", "--statistic", "mean", "--variable", "y", *arguments)
    assert result.code == 2
    assert word in result.err
