"""``hashar detectable`` says what two waves can show, before a target is signed."""

import pytest

from tests.cli.command import run

QUESTION = ["detectable", "--n", 600, "--deff", 2]


def test_two_waves_of_600_can_show_a_fall_of_3_9_points_from_5_percent_and_5_9_from_10():
    assert "3.9 percentage points" in run(*QUESTION, "--baseline", 0.05).out
    assert "5.9 percentage points" in run(*QUESTION, "--baseline", 0.1).out


def test_the_needed_n_for_a_wanted_change_is_told():
    outcome = run(*QUESTION, "--baseline", 0.05, "--change", -0.02)
    assert "from 5.0% to 3.0%: 3,012 answers" in outcome.out


def test_a_small_population_makes_smaller_changes_detectable():
    assert "3.9" not in run(*QUESTION, "--baseline", 0.05, "--population", 1000).out


def test_what_can_never_be_shown_is_said():
    assert "No fall can be shown" in run("detectable", "--n", 50, "--deff", 2, "--baseline", 0.01).out
    assert "No rise can be shown" in run("detectable", "--n", 50, "--deff", 2, "--baseline", 0.99).out


def test_numbers_are_written_as_the_language_writes_them():
    assert "3,9" in run(*QUESTION, "--baseline", 0.05, "--lang", "ru").out


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (["--baseline", 5], "0.05"),
        (["--baseline", 0.05, "--power", 2], "power"),
        (["--baseline", 0.05, "--alpha", 0], "alpha"),
        (["--baseline", 0.05, "--change", 0], "change"),
        (["--baseline", 0.05, "--change", -0.5], "change"),
        (["--baseline", 0.05, "--population", 100], "100"),
        ([], "--baseline"),
    ],
)
def test_a_value_out_of_its_range_is_refused(arguments, word):
    outcome = run(*QUESTION, *arguments)
    assert outcome.code == 2
    assert word in outcome.err
    assert outcome.out == ""
