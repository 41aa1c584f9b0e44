"""The bundle holds what the PC it is for needs, and nothing that may not be handed on."""

import re
from pathlib import Path

import pytest

from bundle.pins import LOCK, NEVER, SYSTEMS, environment, pins

FILES = Path(__file__).resolve().parents[2] / "bundle" / "files"


def names(system, python="3.12"):
    return {pin.requirement.name for pin in pins(LOCK.read_text(encoding="utf-8"), environment(system, python))}


def test_each_kind_of_pc_gets_what_it_alone_needs():
    assert {"tzdata", "colorama"} <= names("win_amd64")
    assert not {"tzdata", "colorama"} & names("manylinux_2_28_x86_64")
    assert {"django", "granian", "numba"} <= names("win_amd64") & names("manylinux_2_28_x86_64")


@pytest.mark.parametrize("system", SYSTEMS)
def test_the_driver_under_the_lgpl_is_never_bundled(system):
    assert not NEVER & names(system)


def test_a_lock_with_the_driver_in_it_is_refused():
    with pytest.raises(ValueError, match="psycopg must not be bundled"):
        pins("psycopg==3.2 \\\n    --hash=sha256:00\n", environment("", ""))


def test_every_pin_has_its_digests():
    found = pins(LOCK.read_text(encoding="utf-8"), environment("win_amd64", "3.12"))
    assert len(found) > 40
    for pin in found:
        assert pin.hashes, pin.requirement
        assert re.fullmatch(r"\S+==\S+( \\\n    --hash=sha256:[0-9a-f]{64})+\n", pin.line())


@pytest.mark.parametrize("script", ["install.sh", "install.bat"])
def test_the_installation_fetches_nothing_and_checks_every_file(script):
    text = (FILES / script).read_text(encoding="utf-8")
    assert "--no-index --find-links wheels --require-hashes -r requirements.txt" in text
    assert "http" not in text


def test_both_read_me_files_tell_the_same_commands():
    def commands(name):
        found = re.findall(r"hashar (?:user add|demo|backup|doctor)", (FILES / name).read_text(encoding="utf-8"))
        return sorted(found)

    assert commands("READ-ME-FIRST.en.txt") == commands("READ-ME-FIRST.ru.txt")
