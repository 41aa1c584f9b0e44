"""The documentation of counting shows every case of the table of tests, with its numbers."""

import re

import pytest

from tests.consistency.source import ROOT
from tests.implement.test_counting import CASES

PAGE = ROOT / "docs/explanation/counting-people.md"
LINE = re.compile(r"^\| (.+?) \| (\d+) \| (\d+) \| (\d+) \|$", re.MULTILINE)


@pytest.fixture(scope="module")
def shown():
    return {name: tuple(map(int, numbers)) for name, *numbers in LINE.findall(PAGE.read_text(encoding="utf-8"))}


def test_the_page_shows_every_case(shown):
    assert shown == {name: (case.contacts, case.low, case.high) for name, case in CASES.items()}
