import math

import pytest

from hashar.i18n import Translator
from hashar.reports.content.document import (
    EmptyCell,
    HiddenCell,
    IntervalCell,
    Mark,
    MarkCell,
    NumberCell,
    ShareCell,
    TextCell,
)
from hashar.reports.content.wording import words
from hashar.reports.render.cells import cell_text

NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("cell", "english", "russian"),
    [
        (TextCell("word"), "word", "word"),
        (NumberCell(1234567), "1,234,567", f"1{NBSP}234{NBSP}567"),
        (NumberCell(-0.256, 2), "−0.26", "−0,26"),
        (NumberCell(0.5, 1, signed=True), "+0.5", "+0,5"),
        (NumberCell(-0.5, 1, signed=True), "−0.5", "−0,5"),
        (NumberCell(0.0, 1, signed=True), "0.0", "0,0"),
        (ShareCell(0.1234), "12.3%", f"12,3{NBSP}%"),
        (ShareCell(-0.0594, points=True), "−5.9", "−5,9"),
        (IntervalCell(0.101, 0.1499), "10.1–15.0%", f"10,1–15,0{NBSP}%"),
        (IntervalCell(0.0, 0.0123), "up to 1.2%", None),
        (IntervalCell(0.98, 1.0), "from 98.0%", None),
        (IntervalCell(0.0, 0.0), "0.0–0.0%", f"0,0–0,0{NBSP}%"),
        (IntervalCell(-0.087, -0.031, points=True), "−8.7 … −3.1", "−8,7 … −3,1"),
        (IntervalCell(12.5, 13.1, share=False), "12.5–13.1", "12,5–13,1"),
        (MarkCell(Mark.REVIEW, "use with care"), "use with care", "use with care"),
        (HiddenCell("hidden: too few", 4, "hidden"), "hidden: too few", "hidden: too few"),
        (HiddenCell("hidden: too few", 1, "hidden"), "hidden", "hidden"),
        (HiddenCell("not asked"), "not asked", "not asked"),
        (EmptyCell(), "–", "–"),
        (NumberCell(math.nan), "–", "–"),
        (ShareCell(math.inf), "–", "–"),
        (IntervalCell(0.1, math.nan), "–", "–"),
    ],
)
def test_a_cell_reads_as_its_language_writes(cell, english, russian):
    for language, expected in (("en", english), ("ru", russian)):
        translator = Translator(language)
        if expected is not None:
            assert cell_text(cell, translator, words(translator)) == expected
