"""The plain part of YAML in which logic models are written, read a hundred times faster than the whole of YAML.

Lists of flat entries in block style, with plain words, words in double quotes, and lists in brackets. A text with
anything else is not for this reader; whoever calls it asks the whole of YAML then. Both give the same nodes at the same
places.
"""

import re
from dataclasses import dataclass

from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

_WORD = r"[^\W_][\w./%–—«»№()-]*"
_PLAIN = rf"{_WORD}(?: [\w./%–—«»№();,?!-][\w./%–—«»№();,?!-]*)*[,;?!]?"
_QUOTED = '"[^"\\\\\x00-\x1f\x7f-\xa0\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]*"'
_NAME = r"[^\W_][\w.-]*"
_LIST = rf"\[(?:{_NAME}(?:, ?{_NAME})*)?\]"
_ENTRY = rf"([a-z_]+):(?: ({_PLAIN}|{_QUOTED}|{_LIST}))?"
_LINE = re.compile(rf"( *)(- )?{_ENTRY}")
_IN_LIST = re.compile(_NAME)
_EMPTY = re.compile(r" *(?:#[^\x00-\x1f\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff\ud800-\udfff]*)?")


@dataclass(frozen=True, slots=True)
class Mark:
    """A place in the text, from 0."""

    line: int
    column: int


def plain_nodes(text: str) -> MappingNode | None:
    """The nodes of a text; None where it is not of the plain part."""
    reader = _Plain()
    for number, line in enumerate(text.split("\n")):
        if not reader.take(number, line):
            return None
    return reader.root if reader.root.value else None


class _Plain:
    """A text being read, line by line."""

    def __init__(self) -> None:
        self.root = MappingNode(None, [], Mark(0, 0))
        self._part: SequenceNode | None = None
        self._indent = 0
        """Of the dashes of the list at hand."""
        self._entry: MappingNode | None = None
        self._waits: Node | None = None
        """The key of a list that may begin."""

    def take(self, number: int, line: str) -> bool:
        """Whether the line could be read."""
        if _EMPTY.fullmatch(line):
            return True
        found = _LINE.fullmatch(line)
        if found is None:
            return False
        indent = len(found[1])
        key = ScalarNode(None, found[3], Mark(number, found.start(3)))
        value = _value(found[4], number, found.start(4), found.end(3) + 1)
        if found[2]:
            return self._item(indent, key, value, Mark(number, found.start(3)))
        if indent:
            return self._field(indent, key, value)
        self._part, self._entry = None, None
        self._waits = key if found[4] is None else None
        self.root.value.append((key, value))
        return True

    def _item(self, indent: int, key: Node, value: Node, mark: Mark) -> bool:
        if self._waits is not None:
            self._part, self._indent, self._waits = SequenceNode(None, [], Mark(mark.line, indent)), indent, None
            self.root.value[-1] = (self.root.value[-1][0], self._part)
        if self._part is None or indent != self._indent:
            return False
        self._entry = MappingNode(None, [(key, value)], mark)
        self._part.value.append(self._entry)
        return True

    def _field(self, indent: int, key: Node, value: Node) -> bool:
        if self._entry is None or indent != self._indent + 2:
            return False
        self._entry.value.append((key, value))
        return True


def _value(text: str | None, line: int, column: int, after_key: int) -> Node:
    if text is None:
        return ScalarNode(None, "", Mark(line, after_key))
    mark = Mark(line, column)
    if text[0] == "[":
        names = [ScalarNode(None, one[0], Mark(line, column + one.start())) for one in _IN_LIST.finditer(text)]
        return SequenceNode(None, names, mark)
    return ScalarNode(None, text[1:-1] if text[0] == '"' else text, mark)
