"""Change a codebook's YAML in places: everything else, comments too, stays as its authors wrote it."""

import io
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeAlias

from ruamel.yaml import YAML
from ruamel.yaml.comments import CommentedMap, CommentedSeq
from ruamel.yaml.error import CommentMark, YAMLError
from ruamel.yaml.scalarstring import DoubleQuotedScalarString
from ruamel.yaml.tokens import CommentToken

from hashar.assess.rules.line_merge import transplant
from hashar.errors import CodebookError
from hashar.i18n import N_

Plain: TypeAlias = "str | int | float | bool | list[Plain] | dict[object, Plain] | None"
Path: TypeAlias = Sequence[str | int]
CHECK = "# check:"
_TEXTS = frozenset({"title", "source", "place", "label", "question", "unit", "cut_source", "reference_source"})
_BLOCKS = frozenset({"answers", "levels", "items", "codes"})
"""Values that take a line for each part."""


class CodebookEdit:
    """One codebook, open for changes.

    Raises
    ------
    CodebookError
        It is not YAML, or not a mapping: it can be corrected as text only.

    """

    def __init__(self, text: str) -> None:
        self._yaml = YAML()
        self._yaml.preserve_quotes = True
        self._yaml.allow_duplicate_keys = True
        self._yaml.width = 1_000_000
        self._yaml.indent(mapping=2, sequence=4, offset=2)
        try:
            root = self._yaml.load(text)
        except (YAMLError, RecursionError, ValueError, TypeError, AttributeError) as error:
            raise _unreadable() from error
        if not isinstance(root, CommentedMap):
            raise _unreadable()
        self._original = text
        self._root = root
        for node in _nodes(root):
            if node.anchor.value:
                node.anchor.always_dump = True
        self._before: str | None = None

    def values(self) -> dict[object, Plain]:
        """All settings as plain values, codes and ranges (``2..7``) as they are written."""
        return {key: plain(value) for key, value in self._root.items()}

    def change(self, path: Path, values: Mapping[str, Plain]) -> None:
        """Set ``values`` in the mapping at ``path`` (made when it is missing); an empty value takes the setting away.

        A setting that has this value already is not touched, however it is written.
        """
        self._remember()
        entry = self._entry(path)
        before = _comments(entry)
        for key, value in values.items():
            _assign(entry, key, value)
        _put_back(entry, before)

    def add(self, section: str, values: Mapping[str, Plain]) -> int:
        """Add an entry to a list of entries; returns its position."""
        self._remember()
        entries = self._root.get(section)
        if not entries:
            entries = CommentedSeq()
            self._root[section] = entries
        if not isinstance(entries, CommentedSeq):
            raise _not_a_form(section)
        entry = CommentedMap()
        for key, value in values.items():
            if not _is_empty(value):
                entry[key] = _made(key, value)
        trailing = _take_trailing(entries)
        entries.append(entry)
        _append_to(_last_holder(entry), trailing)
        if entries.fa.flow_style():
            entries.fa.set_block_style()
        return len(entries) - 1

    def remove(self, section: str, at: int) -> None:
        """Take an entry out; comments in it go with it, those before the next entry stay."""
        self._remember()
        entries = self._root.get(section)
        if not isinstance(entries, CommentedSeq) or not 0 <= at < len(entries):
            raise _not_a_form(section)
        trailing = _last_token(entries[at])
        del entries[at]
        if not entries:
            entries.fa.set_flow_style()
        if trailing is not None and at > 0:
            _append_to(_last_holder(entries[at - 1]), _following_lines(trailing))

    def settle(self, path: Path) -> None:
        """Take the ``# check:`` marks off the entry at ``path``: somebody looked at its guesses."""
        self._remember()
        entry = self._entry(path)
        for node in _nodes(entry):
            for token in _tokens_of(node):
                token.value = "".join(_unmarked(token.value))

    def text(self) -> str:
        """The YAML: lines that nothing changed are as their authors laid them out."""
        if self._before is None:
            return self._original
        after = self._dump()
        kept = transplant(self._before, after, self._original)
        return kept if _same_settings(kept, self._root) else after

    def _remember(self) -> None:
        """How this program would lay out the text before anything is changed, to know later what was."""
        if self._before is None:
            self._before = self._dump()

    def _dump(self) -> str:
        out = io.StringIO()
        self._yaml.dump(self._root, out)
        return out.getvalue()

    def _entry(self, path: Path) -> CommentedMap:
        node: object = self._root
        for step in path:
            if isinstance(node, CommentedMap) and isinstance(step, str):
                if not isinstance(node.get(step), CommentedMap | CommentedSeq):
                    node[step] = CommentedMap()
                node = node[step]
            elif isinstance(node, CommentedSeq) and isinstance(step, int) and 0 <= step < len(node):
                node = node[step]
            else:
                raise _not_a_form(path[0])
        if not isinstance(node, CommentedMap):
            raise _not_a_form(path[0] if path else "")
        return node


def _same_settings(text: str, root: CommentedMap) -> bool:
    """Whether a text says what the changed codebook says."""
    try:
        found = YAML(typ="rt").load(text)
    except YAMLError:
        return False
    return isinstance(found, CommentedMap) and _same(plain(found), plain(root))


def _unreadable() -> CodebookError:
    return CodebookError(N_("This codebook cannot be shown as a form. Correct it as text first."))


def _not_a_form(section: object) -> CodebookError:
    return CodebookError(
        N_("The part “{section}” of the codebook cannot be shown as a form. Correct it as text."), section=section
    )


def plain(value: object) -> Plain:
    """A value of the YAML as Python's own; what is none of these, as its text."""
    if isinstance(value, Mapping):
        return {_key(key): plain(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        return float(value)
    return str(value)


def _key(key: object) -> object:
    return (
        int(key) if isinstance(key, int) and not isinstance(key, bool) else key if isinstance(key, float) else str(key)
    )


def _is_empty(value: Plain) -> bool:
    return value is None or value in ("", [], {})


def _assign(entry: CommentedMap, key: str, value: Plain) -> None:
    if _is_empty(value):
        if key in entry:
            del entry[key]
        return
    present = entry.get(key)
    if key in entry and _same(plain(present), value):
        return
    if isinstance(present, CommentedMap) and isinstance(value, dict) and not present.anchor.value:
        _update(present, key, value)
        return
    made = _made(key, value)
    if key in entry or not entry:
        entry[key] = made
    else:
        entry.insert(max(1, len(entry) - 1), key, made)  # before the last, whose comment leads to the next entry


def _same(one: Plain, other: Plain) -> bool:
    """Equal in value and kind: the number 1 is not the word "1"."""
    if isinstance(one, dict) and isinstance(other, dict):
        return list(map(_typed, one)) == list(map(_typed, other)) and all(_same(one[k], other[k]) for k in one)
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(_same, one, other))
    return _typed(one) == _typed(other)


def _typed(value: object) -> tuple[bool, object]:
    return isinstance(value, str), value


def _update(present: CommentedMap, key: str, value: Mapping[object, Plain]) -> None:
    """Change a mapping in place, line by line, so that its comments stay."""
    for old in [k for k in present if _key(k) not in value]:
        del present[old]
    for name, item in value.items():
        if name not in present or not _same(plain(present[name]), item):
            present[name] = _scalar(key, item) if not isinstance(item, dict | list) else _made(str(name), item)


def _made(key: str, value: Plain) -> object:
    """A new value as YAML: texts in quotes, lists and small mappings in one line."""
    if isinstance(value, list):
        sequence = CommentedSeq(_made(key if isinstance(item, dict) else "", item) for item in value)
        if key not in _BLOCKS or not any(isinstance(item, dict) for item in value):
            sequence.fa.set_flow_style()
        return sequence
    if isinstance(value, dict):
        mapping = CommentedMap((name, _made(str(name), item)) for name, item in value.items())
        if key in _TEXTS:
            for name in mapping:
                mapping[name] = _scalar(key, value[name])
        if key not in ("answers", "missing", "codes", "counts_as"):
            mapping.fa.set_flow_style()
        return mapping
    return _scalar(key, value)


def _scalar(key: str, value: object) -> object:
    return DoubleQuotedScalarString(value) if isinstance(value, str) and key in (*_TEXTS, "answers", "files") else value


def _nodes(node: object) -> Iterator[CommentedMap | CommentedSeq]:
    """The collections inside, each once."""
    seen: set[int] = set()
    waiting = [node]
    while waiting:
        one = waiting.pop()
        if not isinstance(one, CommentedMap | CommentedSeq) or id(one) in seen:
            continue
        seen.add(id(one))
        yield one
        waiting += list(one.values() if isinstance(one, CommentedMap) else one)


def _tokens_of(node: CommentedMap | CommentedSeq) -> Iterator[CommentToken]:
    for kept in [node.ca.comment, *node.ca.items.values(), node.ca.end]:
        for token in kept or ():
            if isinstance(token, CommentToken):
                yield token
            elif isinstance(token, list):
                yield from (one for one in token if isinstance(one, CommentToken))


def _comments(entry: CommentedMap) -> list[str]:
    """All comment lines in an entry, without marks to check (a changed guess needs none)."""
    lines = [line.strip() for node in _nodes(entry) for token in _tokens_of(node) for line in token.value.splitlines()]
    return [line for line in lines if line.startswith("#") and not line.startswith(CHECK)]


def _put_back(entry: CommentedMap, before: Sequence[str]) -> None:
    """Comments that stood beside what is gone now stand before the second setting of the entry."""
    left = _comments(entry)
    lost = [line for line in before if line not in left or left.remove(line)]  # type: ignore[func-returns-value]  # removes one of several equal lines
    keys = list(entry)
    if lost and keys:
        place = keys[1] if len(keys) > 1 else keys[0]
        text = "\n".join(line.removeprefix("#").removeprefix(" ") for line in lost)
        indent = entry.lc.col if entry.lc.col is not None else 0
        entry.yaml_set_comment_before_after_key(place, before=text, indent=indent)


def _last_holder(node: object) -> tuple[CommentedMap | CommentedSeq, object] | None:
    """The innermost collection that ends an entry, and its last key: comments after the entry hang there."""
    holder: tuple[CommentedMap | CommentedSeq, object] | None = None
    while isinstance(node, CommentedMap | CommentedSeq) and len(node):
        key: object = list(node)[-1] if isinstance(node, CommentedMap) else len(node) - 1
        holder = (node, key)
        inner = node[key]
        if isinstance(inner, CommentedMap | CommentedSeq) and inner.fa.flow_style():
            break  # what follows a line hangs at the setting that begins it
        node = inner
    return holder


def _last_token(node: object) -> CommentToken | None:
    """What follows an entry: blank lines and comments up to the next one."""
    last: CommentToken | None = None
    while isinstance(node, CommentedMap | CommentedSeq) and len(node):
        key: object = list(node)[-1] if isinstance(node, CommentedMap) else len(node) - 1
        for token in node.ca.items.get(key) or ():
            last = token if isinstance(token, CommentToken) else last
        node = node[key]
    return last


def _take_trailing(entries: CommentedSeq) -> str:
    """Take the lines after the last entry off it, so that a new entry can stand before them."""
    token = _last_token(entries)
    if token is None:
        return ""
    kept, cut, rest = token.value.partition("\n")
    token.value = kept + cut
    return rest


def _following_lines(token: CommentToken) -> str:
    return token.value.partition("\n")[2]


def _append_to(holder: tuple[CommentedMap | CommentedSeq, object] | None, lines: str) -> None:
    if holder is None or not lines:
        return
    node, key = holder
    kept = node.ca.items.setdefault(key, [None, None, None, None])
    where = 2 if isinstance(node, CommentedMap) else 0
    if isinstance(kept[where], CommentToken):
        kept[where].value += lines
    else:
        kept[where] = CommentToken("\n" + lines, CommentMark(0), None)


def _unmarked(text: str) -> Iterator[str]:
    """The lines of a comment without marks to check."""
    for line in text.splitlines(keepends=True):
        stripped = line.strip()
        if stripped.startswith(CHECK):
            yield "\n" if line.endswith("\n") else ""
        else:
            yield line
