"""SECURITY.md names where each promise is kept and tested: those files are there, and they are tests."""

import re

import pytest

from tests.consistency.source import ROOT

LINES = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in (ROOT / "SECURITY.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("| ") and not line.startswith("| Promise")
]
NAMED = re.compile(r"`([^`]+)`")


def test_the_page_has_promises():
    assert len(LINES) > 20


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0][:50])
def test_a_promise_names_files_that_are_there(line):
    _, kept, tested = line
    named = NAMED.findall(kept), NAMED.findall(tested)
    assert all(named)
    assert [path for path in named[0] + named[1] if not (ROOT / path).exists()] == []
    assert all(path.startswith("src/") for path in named[0])
    assert all(path.startswith("tests/") for path in named[1])


@pytest.mark.parametrize("line", LINES, ids=lambda line: line[0][:50])
def test_what_is_named_as_a_test_has_tests(line):
    for path in NAMED.findall(line[2]):
        found = ROOT / path
        files = sorted(found.rglob("test_*.py")) if found.is_dir() else [found]
        assert any("def test_" in file.read_text(encoding="utf-8") for file in files) or found.name in (
            "expectations.py",
            "conftest.py",
        )
