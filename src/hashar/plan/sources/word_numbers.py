"""Numbers that Word writes by itself: a paragraph of a list has none in its text."""

import re
from collections import defaultdict
from typing import Any

from lxml import etree

ROMANS = ((10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"))
Element = Any  # lxml has no types


def roman(number: int) -> str:
    """A number up to 39 as the heads of sections write it."""
    text = ""
    for value, letters in ROMANS:
        while number >= value:
            text, number = text + letters, number - value
    return text


class AutoNumbers:
    """Counts the lists of a file while its paragraphs pass in their order."""

    def __init__(self, root: Element | None) -> None:
        self._levels: dict[str, dict[int, tuple[str, str, int]]] = {}
        self._lists: dict[str, str] = {}
        self._counts: dict[str, dict[int, int]] = defaultdict(dict)
        for one in root if root is not None else ():
            if _name(one) == "abstractNum":
                self._levels[_get(one, "abstractNumId")] = dict(_level(level) for level in one if _name(level) == "lvl")
            elif _name(one) == "num":
                target = next((_get(each, "val") for each in one if _name(each) == "abstractNumId"), "")
                self._lists[_get(one, "numId")] = target

    def of(self, paragraph: Element) -> str:
        """The number that Word shows before a paragraph; empty for a bullet or none."""
        place = _place(paragraph)
        if place is None:
            return ""
        which, depth = self._lists.get(place[0], ""), place[1]
        levels = self._levels.get(which, {})
        if depth not in levels or levels[depth][0] not in ("decimal", "upperRoman"):
            return ""
        counts = self._counts[which]
        counts[depth] = counts.get(depth, levels[depth][2] - 1) + 1
        for deeper in [each for each in counts if each > depth]:
            del counts[deeper]

        def shown(match: re.Match[str]) -> str:
            level = int(match[1]) - 1
            number = counts.get(level, levels.get(level, ("", "", 1))[2])
            return roman(number) if levels.get(level, ("",))[0] == "upperRoman" else str(number)

        return re.sub(r"%(\d)", shown, levels[depth][1])


def _level(level: Element) -> tuple[int, tuple[str, str, int]]:
    """Depth → kind, pattern and first number."""
    values = {_name(one): _get(one, "val") for one in level}
    start = values.get("start", "1")
    depth = _get(level, "ilvl")
    return int(depth) if depth.isdigit() else 0, (
        values.get("numFmt", ""),
        values.get("lvlText", ""),
        int(start) if start.isdigit() else 1,
    )


def _place(paragraph: Element) -> tuple[str, int] | None:
    """List and depth of a paragraph."""
    for one in paragraph:
        if _name(one) == "pPr":
            for each in one:
                if _name(each) == "numPr":
                    values = {_name(item): _get(item, "val") for item in each}
                    depth = values.get("ilvl", "0")
                    return values.get("numId", ""), int(depth) if depth.isdigit() else 0
    return None


def _name(element: Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _get(element: Element, name: str) -> str:
    return next((str(value) for key, value in element.attrib.items() if etree.QName(key).localname == name), "")
