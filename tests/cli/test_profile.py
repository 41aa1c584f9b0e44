"""``hashar profile`` and ``hashar demo``: one command from the file to the documents."""

import json

import pytest

from hashar.cli import profile as command
from tests.assess import small_survey
from tests.cli.command import run

FORMATS = ["--formats", "json,csv"]


@pytest.fixture(scope="module")
def waves(tmp_path_factory):
    """Two waves of a made-up survey and their codebook."""
    folder = tmp_path_factory.mktemp("waves")
    earlier, _ = small_survey.write(folder, 2020)
    later, book = small_survey.write(folder, 2022)
    return earlier, later, book


def test_a_profile_is_one_command(waves, tmp_path):
    earlier, later, book = waves
    out = tmp_path / "profile"
    outcome = run("profile", later, "--codebook", book, "--compare", earlier, "--out", out, *FORMATS, "--lang", "ru")
    assert outcome.code == 0, outcome.err
    assert outcome.out.splitlines() == [str(out / "profile.ru.json"), str(out / "profile.ru.csv")]
    assert sorted(path.name for path in out.iterdir()) == ["profile.ru.csv", "profile.ru.json"]
    assert str(out) in outcome.err


def test_the_same_seed_gives_the_same_numbers(waves, tmp_path):
    _, later, book = waves
    found = []
    for name in ("a", "b"):
        assert run("profile", later, "--codebook", book, "--out", tmp_path / name, *FORMATS, "--seed", 7).code == 0
        found.append((tmp_path / name / "profile.en.csv").read_text())
    assert found[0] == found[1]


def test_groups_may_be_chosen(waves, tmp_path):
    _, later, book = waves
    outcome = run("profile", later, "--codebook", book, "--out", tmp_path, "--by", "sex", *FORMATS)
    assert outcome.code == 0, outcome.err
    profile = json.loads((tmp_path / "profile.en.json").read_text())["profile"]
    groups = {b["group"] for indicator in profile["indicators"] for b in indicator["breakdowns"]}
    assert "sex" in groups
    assert "place" not in groups


def test_an_unknown_group_is_refused(waves, tmp_path):
    _, later, book = waves
    outcome = run("profile", later, "--codebook", book, "--out", tmp_path / "p", "--by", "planet", *FORMATS)
    assert outcome.code == 4, outcome.err
    assert "planet" in outcome.err
    assert not (tmp_path / "p").exists()


def test_an_unknown_format_is_refused_before_the_work(waves, tmp_path):
    _, later, book = waves
    outcome = run("profile", later, "--codebook", book, "--out", tmp_path / "p", "--formats", "html,odt")
    assert outcome.code == 2
    assert "docx" in outcome.err
    assert not (tmp_path / "p").exists()


def test_a_file_in_place_of_the_folder_is_refused(waves, tmp_path):
    _, later, book = waves
    target = tmp_path / "p"
    target.write_text("mine")
    outcome = run("profile", later, "--codebook", book, "--out", target, *FORMATS)
    assert outcome.code == 2
    assert target.read_text() == "mine"


def test_a_broken_codebook_stops_the_profile(waves, tmp_path):
    _, later, book = waves
    broken = tmp_path / "broken.yaml"
    broken.write_text(book.read_text().replace("weight: w", "weight: absent"))
    outcome = run("profile", later, "--codebook", broken, "--out", tmp_path / "p", *FORMATS)
    assert outcome.code in (3, 4)
    assert "absent" in outcome.err
    assert not (tmp_path / "p").exists()


def test_the_demonstration_needs_nothing_but_the_program(tmp_path):
    outcome = run("demo", "--out", tmp_path / "demo", *FORMATS)
    assert outcome.code == 0, outcome.err
    profile = json.loads((tmp_path / "demo" / "profile.en.json").read_text())["profile"]
    assert profile["wave"] == "2019"
    assert profile["waves"] == ["2015", "2017", "2019"]


def test_names_may_be_separated_by_commas_or_given_apart():
    assert command.split(("place,sex", " grade ", "sex")) == ("place", "sex", "grade")


def test_the_operator_is_who_the_system_says(monkeypatch):
    monkeypatch.setenv("LOGNAME", "analyst")
    assert command.operator() == "analyst"
