"""YAML with the line and column of everything, read against a form: every deviation is a problem with its place."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence

from ruamel.yaml import YAML
from ruamel.yaml.error import MarkedYAMLError, YAMLError
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode, SequenceNode

from hashar.assess.contracts.codebook import Code, Text
from hashar.assess.rules.names import close_match
from hashar.errors import CodebookError
from hashar.i18n import LANGUAGES, N_

LONGEST_RANGE = 10_000
MOST_CODES = 1_000_000
"""So many codes all ranges of a codebook may spell out together."""
MOST_PARTS = 1_000_000
"""So many settings and values a codebook may have once its aliases (``*name``) are written out."""
_NUMBERS = ("tag:yaml.org,2002:int", "tag:yaml.org,2002:float")


class Form:
    """One file being read: what is wrong with it so far, and where every setting stands."""

    def __init__(self, file: str) -> None:
        self.file = file
        self.language = "en"
        self.problems: list[CodebookError] = []
        self.positions: dict[str, tuple[int, int]] = {}
        self.codes = 0

    def problem(self, node: Node, message: str, **values: object) -> None:
        """Add a problem at ``node``; ``message`` starts with ``{file}, line {line}, column {column}``."""
        line, column = place(node)
        values |= {"file": self.file, "line": line, "column": column}
        self.problems.append(CodebookError(message, problems=(), **values))

    def root(self, text: str, allowed: Collection[str]) -> "Entry":
        """The file's outermost mapping."""
        try:
            node = YAML(typ="safe", pure=True).compose(text)
            too_many = node is not None and _parts(node, {}) > MOST_PARTS
        except MarkedYAMLError as error:
            mark = error.problem_mark or error.context_mark
            raise CodebookError(
                N_("{file}, line {line}, column {column}: this is not YAML ({reason}); check indents and quotes."),
                file=self.file,
                line=mark.line + 1,
                column=mark.column + 1,
                reason=error.problem,
            ) from None
        except YAMLError as error:
            raise CodebookError(
                N_("{file} is not valid YAML ({reason}); save it as plain text in UTF-8."), file=self.file, reason=error
            ) from None
        except RecursionError:
            raise CodebookError(
                N_("{file}: its settings are nested too deeply for a codebook; correct the brackets."), file=self.file
            ) from None
        if too_many:
            raise CodebookError(
                N_("{file} repeats its parts by aliases (*name) until there are too many; write out what you mean."),
                file=self.file,
            )
        if not isinstance(node, MappingNode):
            raise CodebookError(
                N_('{file} is not a codebook: it must begin with settings such as "waves:" and "indicators:".'),
                file=self.file,
            )
        return Entry(self, node, "", allowed)


def place(node: Node) -> tuple[int, int]:
    """Line and column from 1."""
    return node.start_mark.line + 1, node.start_mark.column + 1


def _parts(node: Node, known: dict[int, float]) -> float:
    """How many settings and values there are with every alias written out; without end for one that holds itself."""
    if isinstance(node, ScalarNode):
        return 1
    if id(node) not in known:
        known[id(node)] = math.inf  # what is met again before it is counted holds itself
        inner = node.value if isinstance(node, SequenceNode) else [one for pair in node.value for one in pair]
        known[id(node)] = 1 + sum(_parts(one, known) for one in inner)
    return known[id(node)]


def _is_null(node: Node) -> bool:
    return isinstance(node, ScalarNode) and str(node.tag) == "tag:yaml.org,2002:null"


def _code(node: ScalarNode) -> Code:
    """A number as float64, anything else (a quoted number too) as the word it is."""
    return float(node.value.replace("_", "")) if str(node.tag) in _NUMBERS else str(node.value)


class Entry:
    """A mapping of the file and the keys that it may have."""

    def __init__(self, form: Form, node: Node, path: str, allowed: Collection[str]) -> None:
        self.form = form
        self.node = node
        self.path = path
        self.values: dict[str, Node] = {}
        form.positions[path] = place(node)
        if not isinstance(node, MappingNode):
            form.problem(node, N_('{file}, line {line}, column {column}: here "key: value" lines are expected.'))
            return
        for key, value in node.value:
            self._add(key, value, allowed)

    def _add(self, key: Node, value: Node, allowed: Collection[str]) -> None:
        name = str(key.value) if isinstance(key, ScalarNode) else "?"
        if name not in allowed:
            close = close_match(name, allowed)
            self.form.problem(
                key,
                N_('{file}, line {line}, column {column}: "{key}" is not a setting here; did you mean "{close}"?')
                if close
                else N_('{file}, line {line}, column {column}: "{key}" is not a setting here; allowed are {allowed}.'),
                key=name,
                close=close,
                allowed=", ".join(sorted(allowed)),
            )
        elif name in self.values:
            self.form.problem(
                key, N_('{file}, line {line}, column {column}: "{key}" is given twice; keep one of the two.'), key=name
            )
        elif not _is_null(value):
            self.values[name] = value
            self.form.positions[self._path(name)] = place(key)

    def _path(self, key: str) -> str:
        return f"{self.path}.{key}" if self.path else key

    def __contains__(self, key: str) -> bool:
        return key in self.values

    def require(self, *keys: str) -> None:
        """Add a problem for each of ``keys`` that is not set."""
        for key in keys:
            if key not in self.values:
                self.form.problem(
                    self.node, N_('{file}, line {line}, column {column}: "{key}" is missing; add it.'), key=key
                )

    def rename(self, path: str) -> None:
        """Call this entry ``path`` from here on, so that messages can find it by its name."""
        for key in self.values:
            self.form.positions[f"{path}.{key}"] = self.form.positions[self._path(key)]
        self.form.positions[path] = place(self.node)
        self.path = path

    def word(self, key: str, default: str = "", choices: Collection[str] = ()) -> str:
        """One word; any of ``choices`` when they are given."""
        node = self.values.get(key)
        if node is None:
            return default
        if not isinstance(node, ScalarNode):
            self._expected(node, N_('{file}, line {line}, column {column}: "{key}" takes one word.'), key)
            return default
        if choices and node.value not in choices:
            self.form.problem(
                node,
                N_('{file}, line {line}, column {column}: "{value}" is not known for "{key}"; use {choices}.'),
                value=node.value,
                key=key,
                choices=", ".join(choices),
            )
            return default
        return str(node.value)

    def words(self, key: str) -> tuple[str, ...]:
        """One word or a list of words."""
        return tuple(str(node.value) for node in self._scalars(key))

    def codes(self, key: str) -> tuple[Code, ...]:
        """One code or a list of codes; ``1..40`` stands for all whole numbers from 1 to 40."""
        return tuple(code for node in self._scalars(key) for code in self._spread(node))

    def _spread(self, node: ScalarNode) -> Sequence[Code]:
        low, dots, high = str(node.value).partition("..")
        if node.style or not dots:
            return [_code(node)]
        if not (low.isdigit() and high.isdigit() and int(low) <= int(high) < int(low) + LONGEST_RANGE):
            self.form.problem(
                node,
                N_('{file}, line {line}, column {column}: "{value}" is no range; write it as 1..40.'),
                value=node.value,
            )
            return []
        self.form.codes += int(high) - int(low)
        if self.form.codes > MOST_CODES:
            raise CodebookError(
                N_("{file}, line {line}, column {column}: the ranges of this codebook hold too many codes."),
                file=self.form.file,
                line=place(node)[0],
                column=place(node)[1],
            )
        return [float(code) for code in range(int(low), int(high) + 1)]

    def _scalars(self, key: str) -> list[ScalarNode]:
        node = self.values.get(key)
        if node is None:
            return []
        nodes = node.value if isinstance(node, SequenceNode) else [node]
        wrong = [each for each in nodes if not isinstance(each, ScalarNode)]
        if wrong:
            self._expected(
                wrong[0], N_('{file}, line {line}, column {column}: "{key}" takes a list such as [1, 2].'), key
            )
        return [each for each in nodes if isinstance(each, ScalarNode)]

    def number(self, key: str, default: float, low: float, high: float) -> float:
        """A number from ``low`` to ``high``."""
        node = self.values.get(key)
        if node is None:
            return default
        if isinstance(node, ScalarNode) and str(node.tag) in _NUMBERS and low <= float(node.value) <= high:
            return float(node.value)
        self.form.problem(
            node,
            N_('{file}, line {line}, column {column}: "{key}" must be a number from {low} to {high}.'),
            key=key,
            low=f"{low:g}",
            high=f"{high:g}",
        )
        return default

    def whole(self, key: str, default: int, low: int, high: int) -> int:
        """A whole number from ``low`` to ``high``."""
        value = self.number(key, default, low, high)
        if value != int(value):
            self._expected(
                self.values[key], N_('{file}, line {line}, column {column}: "{key}" must be a whole number.'), key
            )
        return int(value)

    def flag(self, key: str) -> bool:
        """``true`` or ``false`` (the default)."""
        return self.word(key, "false", ("true", "false")) == "true"

    def text(self, key: str) -> Text:
        """A text by language; one without a language is in the codebook's own."""
        node = self.values.get(key)
        if node is None:
            return {}
        if isinstance(node, ScalarNode):
            return {self.form.language: str(node.value)}
        entry = Entry(self.form, node, self._path(key), LANGUAGES)
        return {language: text for language in entry.values if (text := entry.word(language))}

    def entry(self, key: str, allowed: Collection[str]) -> "Entry | None":
        """The mapping under ``key``."""
        node = self.values.get(key)
        return None if node is None else Entry(self.form, node, self._path(key), allowed)

    def entries(self, key: str, allowed: Collection[str]) -> Iterator["Entry"]:
        """The mappings in the list under ``key``."""
        node = self.values.get(key)
        if node is None:
            return
        if not isinstance(node, SequenceNode):
            self._expected(
                node, N_('{file}, line {line}, column {column}: "{key}" takes a list whose parts begin with "- ".'), key
            )
            return
        for position, each in enumerate(node.value):
            yield Entry(self.form, each, f"{self._path(key)}.{position}", allowed)

    def pairs(self, key: str) -> Iterator[tuple[Code, Node]]:
        """Code and value node of each line of the mapping under ``key``, each code once."""
        node = self.values.get(key)
        if node is None:
            return
        if not isinstance(node, MappingNode):
            self._expected(node, N_('{file}, line {line}, column {column}: "{key}" takes lines such as "1: …".'), key)
            return
        seen: set[Code] = set()
        for name, value in node.value:
            codes = self._spread(name) if isinstance(name, ScalarNode) else []
            for code in codes:
                if code in seen:
                    self.form.problem(
                        name, N_("{file}, line {line}, column {column}: code {code} is given twice."), code=name.value
                    )
                seen.add(code)
                yield code, value

    def by_wave(self, one: str, many: str, waves: Sequence[str]) -> Mapping[str, str]:
        """Wave → column, from ``variable`` (the same in all waves) or ``variables`` (one line for each)."""
        if one in self.values:
            if many in self.values:
                self._expected(
                    self.values[many],
                    N_('{file}, line {line}, column {column}: give either "variable" or "variables", not both.'),
                    many,
                )
            self.form.positions.update({f"{self._path(many)}.{w}": place(self.values[one]) for w in waves})
            name = self.word(one)
            return dict.fromkeys(waves, name) if name else {}
        entry = self.entry(many, waves)
        if entry is None:
            return {}
        return {wave: column for wave in waves if (column := entry.word(wave))}

    def _expected(self, node: Node, message: str, key: str) -> None:
        self.form.problem(node, message, key=key)


def scalar(node: Node) -> ScalarNode | None:
    """``node`` if it is a single value."""
    return node if isinstance(node, ScalarNode) else None


def code_of(node: ScalarNode) -> Code:
    """The code that a single value stands for."""
    return _code(node)


def items_of(node: Node) -> list[Node]:
    """The parts of a list, or the node itself."""
    return list(node.value) if isinstance(node, SequenceNode) else [node]
