"""Read a logic model (YAML). Every problem is found in one go, each with its line, column and remedy.

docs/reference/logic-model.md describes the form. Keys are the fields of
:mod:`hashar.plan.contracts.logic_model`; each part of the chain is a list of entries with a ``code``.
"""

import dataclasses
import datetime as dt
import types
import typing
from collections.abc import Mapping
from enum import StrEnum
from pathlib import Path

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hashar.errors import InputError
from hashar.i18n import N_
from hashar.plan.contracts.logic_model import (
    Activity,
    Condition,
    Element,
    Factor,
    Indicator,
    LogicModel,
    Problem,
    Source,
    Strategy,
)
from hashar.plan.sources.plain_yaml import plain_nodes

LARGEST = 1_000_000
"""Letters of a file."""
MOST_MARKS = 150_000
"""Commas, colons, dashes, brackets and lines of a file: reading takes a few seconds at most."""
MOST_NAMED = 100_000
"""Names in lists, also those that an alias repeats."""
PARTS: Mapping[str, type[Element]] = {
    "problems": Problem,
    "factors": Factor,
    "conditions": Condition,
    "strategies": Strategy,
    "activities": Activity,
    "indicators": Indicator,
    "sources": Source,
}
YES, NO = ("yes", "true", "on"), ("no", "false", "off")


def load_logic_model(path: Path, *, today: dt.date) -> LogicModel:
    """The logic model in ``path``.

    Raises
    ------
    InputError
        One sentence for a single problem; for several, a summary whose ``problems`` are the single ones.

    """
    try:
        data = path.read_bytes()
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise InputError(N_("{file} is not plain text; save it in UTF-8."), file=path.name) from None
    except OSError as error:
        raise InputError(N_("{file} cannot be read ({reason})."), file=path.name, reason=error.strerror) from None
    return parse_logic_model(text, file=path.name, today=today)


def parse_logic_model(text: str, *, file: str, today: dt.date) -> LogicModel:
    """The logic model in ``text``; errors as for :func:`load_logic_model`."""
    if len(text) > LARGEST or sum(map(text.count, ",:-[{\n")) > MOST_MARKS:
        raise InputError(N_("{file} is too large for a logic model."), file=file)
    reader = _Reader(file)
    model = reader.model(plain_nodes(text) or _compose(text, file), today)
    if len(reader.problems) == 1:
        raise reader.problems[0]
    if reader.problems:
        raise InputError(
            N_("{file} has {count} problems; correct them one by one."),
            problems=reader.problems,
            file=file,
            count=len(reader.problems),
        )
    return model


def _compose(text: str, file: str) -> MappingNode:
    try:
        node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise InputError(
            N_("{file}, line {line}, column {column}: this is not YAML ({reason}); check indents and quotes."),
            file=file,
            line=mark.line + 1,
            column=mark.column + 1,
            reason=error.problem,
        ) from None
    except (YAMLError, RecursionError) as error:
        raise InputError(
            N_("{file} is not valid YAML ({reason}); save it as plain text in UTF-8."), file=file, reason=error
        ) from None
    if not isinstance(node, MappingNode):
        raise InputError(N_("{file} is not a logic model: it must begin with “problems:”."), file=file)
    return node


class _Reader:
    """One file being read, with what is wrong so far."""

    def __init__(self, file: str) -> None:
        self._file = file
        self._named = 0
        self.problems: list[InputError] = []

    def _problem(self, node: Node, message: str, **values: object) -> None:
        line, column = _place(node)
        self.problems.append(InputError(message, problems=(), file=self._file, line=line, column=column, **values))

    def model(self, root: MappingNode, today: dt.date) -> LogicModel:
        """The whole file."""
        values: dict[str, typing.Any] = {"today": today}
        for key, node in self._entries(root, {*PARTS, "title", "weekly_hours"}):
            if key in PARTS:
                values[key] = self._part(PARTS[key], node)
            else:
                values[key] = self._value(str if key == "title" else float, node)
        return LogicModel(**{key: value for key, value in values.items() if value is not None})

    def _entries(self, node: MappingNode, allowed: set[str]) -> list[tuple[str, Node]]:
        found: dict[str, Node] = {}
        for key, value in node.value:
            if isinstance(key, ScalarNode) and key.value in found:
                self._problem(
                    key, N_("{file}, line {line}, column {column}: “{key}” stands here twice."), key=key.value
                )
            elif not isinstance(key, ScalarNode) or key.value not in allowed:
                self._problem(
                    key,
                    N_("{file}, line {line}, column {column}: there is no setting “{key}”. Use any of: {allowed}."),
                    key=key.value if isinstance(key, ScalarNode) else "?",
                    allowed=", ".join(sorted(allowed)),
                )
            else:
                found[key.value] = value
        return list(found.items())

    def _part(self, kind: type[Element], node: Node) -> list[Element]:
        if isinstance(node, ScalarNode) and not node.value.strip():
            return []
        if not isinstance(node, SequenceNode) or not all(isinstance(item, MappingNode) for item in node.value):
            self._problem(
                node, N_("{file}, line {line}, column {column}: write a list of entries, each with “- code:”.")
            )
            return []
        return [element for item in node.value if (element := self._element(kind, item)) is not None]

    def _element(self, kind: type[Element], node: MappingNode) -> Element | None:
        hints = _HINTS[kind]
        allowed = set(hints) - {"place"}
        values = {key: self._value(hints[key], value) for key, value in self._entries(node, allowed)}
        if not values.get("code"):
            self._problem(node, N_("{file}, line {line}, column {column}: this entry has no “code”."))
            return None
        return kind(place=_place(node), **{key: value for key, value in values.items() if value is not None})

    def _value(self, hint: object, node: Node) -> typing.Any:  # noqa: ANN401  (whatever the field's type is)
        wanted = [option for option in typing.get_args(hint) if option is not types.NoneType]
        if typing.get_origin(hint) not in (None, types.UnionType):
            return self._many(wanted[0], node)
        kind = wanted[0] if wanted else hint
        if not isinstance(node, ScalarNode):
            self._problem(node, N_("{file}, line {line}, column {column}: one value is wanted here, not a list."))
            return None
        if node.value.strip() in ("", "~", "null"):
            return None
        try:
            return _convert(typing.cast("type", kind), node.value.strip())
        except ValueError:
            self._problem(
                node,
                N_("{file}, line {line}, column {column}: “{value}” is not what is wanted here ({wanted})."),
                value=node.value,
                wanted=_wanted(typing.cast("type", kind)),
            )
            return None

    def _many(self, kind: object, node: Node) -> tuple[typing.Any, ...]:
        items = node.value if isinstance(node, SequenceNode) else [node]
        self._named += len(items)
        if self._named > MOST_NAMED:
            raise InputError(N_("{file} is too large for a logic model."), file=self._file)
        return tuple(value for item in items if (value := self._value(kind, item)) is not None)


_HINTS: Mapping[type[Element], Mapping[str, object]] = {
    kind: {field.name: typing.get_type_hints(kind)[field.name] for field in dataclasses.fields(kind)}
    for kind in PARTS.values()
}


def _place(node: Node) -> tuple[int, int]:
    return node.start_mark.line + 1, node.start_mark.column + 1


def _convert(kind: type, text: str) -> object:
    """A word of the file as the field's type; “12 %” is 0.12."""
    if issubclass(kind, StrEnum) or kind is str:
        return kind(text)
    if kind is bool:
        if text.lower() not in YES + NO:
            raise ValueError(text)
        return text.lower() in YES
    if kind is dt.date:
        return dt.date.fromisoformat(text)
    if kind is float and text.endswith("%"):
        return float(text[:-1]) / 100
    return float(text) if kind is float else int(text)


def _wanted(kind: type) -> str:
    if issubclass(kind, StrEnum):
        return ", ".join(kind)
    return {bool: "yes, no", dt.date: "2027-05-31", float: "0.12, 12 %", int: "600"}[kind]
