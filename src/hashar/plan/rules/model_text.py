"""A logic model as text again: a part, the whole, and a text in which one part was changed."""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from hashar.plan.contracts.logic_model import AnyElement, Element, LogicModel

PARTS: Mapping[str, str] = {
    "problem": "problems",
    "factor": "factors",
    "condition": "conditions",
    "strategy": "strategies",
    "activity": "activities",
    "indicator": "indicators",
    "source": "sources",
}
"""Kind of a part → its key in the file."""
_PLAIN = re.compile(r"[^\W\d_][\w./–—«»№()%-]*( [\w./–—«»№()%-]+)*")
_WORDS = frozenset({"null", "true", "false", "yes", "no", "on", "off", "nan", "inf", "y", "n"})
_ESCAPES = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"}
LINKS = ("because", "addresses", "measures", "after")
"""Fields that name several other parts."""


def kind_of(element: Element) -> str:
    """The kind of a part in one word."""
    return type(element).__name__.lower()


def place_in_file(element: Element) -> str:
    """The key of the list that a part belongs to."""
    return PARTS[kind_of(element)]


def write_model(model: LogicModel) -> str:
    """The whole model."""
    lines = [f"title: {_text(model.title)}"] if model.title else []
    if model.weekly_hours != LogicModel().weekly_hours:
        lines.append(f"weekly_hours: {model.weekly_hours:.12g}")
    for key in PARTS.values():
        elements: Sequence[AnyElement] = getattr(model, key)
        if elements:
            lines += [f"{key}:", *(line for element in elements for line in write_part(element))]
    return "\n".join(lines) + "\n"


def write_part(element: Element, indent: str = "  ") -> list[str]:
    """The lines of one part; what is as it is by default is left out."""
    lines = [f"{name}: {value}" for name, value in _fields(element)]
    return [f"{indent}- {lines[0]}", *(f"{indent}  {line}" for line in lines[1:])]


def _fields(element: Element) -> Iterator[tuple[str, str]]:
    for field in dataclasses.fields(element):
        value = getattr(element, field.name)
        if field.name == "code" or (field.name != "place" and value not in (field.default, [])):
            yield field.name, _value(value)


def _value(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value)
    if isinstance(value, int):
        return str(value)
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple | list):
        return "[" + ", ".join(_value(item) for item in value) + "]"
    return _text(str(value))


def _text(text: str) -> str:
    if _PLAIN.fullmatch(text) and text.lower() not in _WORDS:
        return text
    return '"' + "".join(_escaped(letter) for letter in text) + '"'


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    return letter if letter.isprintable() else f"\\U{ord(letter):08x}"


def put_part(model: LogicModel, at: int | None, element: AnyElement) -> LogicModel:
    """The model with a part changed (``at``: its position among all) or added; links follow a new code."""
    if at is None:
        key = place_in_file(element)
        lists: dict[str, Any] = {key: (*getattr(model, key), element)}
        return dataclasses.replace(model, **lists)
    old = list(model.elements())[at].code
    changed = _each(model, lambda position, one: element if position == at else one)
    return changed if old == element.code else _each(changed, lambda _, one: _naming(one, old, element.code))


def remove_part(model: LogicModel, at: int) -> LogicModel:
    """The model without a part; other parts no longer name it, unless another part has the same code."""
    elements = list(model.elements())
    gone = elements[at].code
    kept = _each(model, lambda position, one: None if position == at else one)
    if sum(element.code == gone for element in elements) > 1:
        return kept
    return _each(kept, lambda _, one: _naming(one, gone, ""))


def _each(model: LogicModel, change: Callable[[int, AnyElement], AnyElement | None]) -> LogicModel:
    """The model with every part changed; None takes one out."""
    changed: dict[str, list[AnyElement]] = {key: [] for key in PARTS.values()}
    for position, element in enumerate(model.elements()):
        found = change(position, element)
        if found is not None:
            changed[place_in_file(found)].append(found)
    lists: dict[str, Any] = {key: tuple(elements) for key, elements in changed.items()}
    return dataclasses.replace(model, **lists)


def _naming(element: AnyElement, old: str, new: str) -> AnyElement:
    """The part naming another code instead; empty: naming it no more."""
    changes: dict[str, Any] = {}
    for name in LINKS:
        codes = getattr(element, name, ())
        if old in codes:
            changes[name] = tuple(dict.fromkeys(new if code == old else code for code in codes if code != old or new))
    for name in ("strategy", "source"):
        if getattr(element, name, None) == old:
            changes[name] = new
    return dataclasses.replace(element, **changes) if changes else element


def spliced(text: str, before: LogicModel, after: LogicModel) -> str:
    """``text`` (which reads as ``before``) with only those parts written anew that ``after`` has otherwise.

    Comments, order and spelling of everything else stay. It is for parts in block style; whoever calls it reads the
    result again, and writes the whole model where it does not say the same.
    """
    lines = text.split("\n")
    while lines and not lines[-1].strip():
        lines.pop()
    edits = [edit for key in PARTS.values() for edit in _edits(lines, key, getattr(before, key), getattr(after, key))]
    for start, end, new in sorted(edits, key=lambda edit: (edit[0], edit[1]), reverse=True):
        lines[start:end] = new
    return "\n".join(lines) + "\n"


Edit = tuple[int, int, list[str]]


def _edits(lines: Sequence[str], key: str, before: Sequence[Element], after: Sequence[Element]) -> Iterator[Edit]:
    """Lines from, to, and what stands there instead, for one list of the file."""
    kept = {id(one): other for one, other in _pairs(before, after)}
    for one in before:
        start, end, indent = _lines_of(lines, one)
        other = kept.get(id(one))
        if other is None:
            yield start, end, []
        elif write_part(other) != write_part(one):
            yield start, end, write_part(other, indent)
    if len(after) > len(before):
        new = after[-1]
        if not before:
            yield len(lines), len(lines), [f"{key}:", *write_part(new)]
        else:
            _, end, indent = _lines_of(lines, before[-1])
            yield end, end, write_part(new, indent)


def _pairs(before: Sequence[Element], after: Sequence[Element]) -> Iterator[tuple[Element, Element]]:
    """Parts that are the same one; a part keeps its place when it is changed."""
    if len(before) <= len(after):
        yield from zip(before, after, strict=False)
        return
    places = {one.place: one for one in after}
    for one in before:
        if one.place in places:
            yield one, places[one.place]


def _lines_of(lines: Sequence[str], element: Element) -> tuple[int, int, str]:
    """First line of a part, the line after its last, and what stands before its dash."""
    start = element.place[0] - 1
    indent = lines[start][: len(lines[start]) - len(lines[start].lstrip())]
    end = start + 1
    for at in range(start + 1, len(lines)):
        content = lines[at].lstrip()
        if content and not content.startswith("#"):
            if len(lines[at]) - len(content) <= len(indent):
                break
            end = at + 1
    return start, end, indent
