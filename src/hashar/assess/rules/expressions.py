"""The language of ``--where``: which rows belong to a domain. A small grammar of its own; nothing is ever executed.

    grade >= 9 and sex = 1            comparisons = != < <= > >= (== and <> are understood)
    region in ('Almaty', 'Astana')    lists of numbers or quoted words
    q31 is missing                    also "is not missing"
    not (age < 13 or age > 17)        and, or, not, brackets (&, |, ! and ~ are understood as these words)
    [my column] = 2                   odd names in [square brackets] or `backticks`
    spent / people > 3.5              + - * /

A comparison with a missing answer is neither true nor false (Kleene's three values); at the end only rows that are
certainly true belong to the domain.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from hashar.assess.contracts.table import Column
from hashar.assess.rules.expression_nodes import (
    Arithmetic,
    Both,
    Comparison,
    Either,
    IsMissing,
    Membership,
    Name,
    Negative,
    Node,
    Not,
    Number,
    Word,
    condition,
)
from hashar.assess.rules.levels import BoolArray
from hashar.errors import UsageError
from hashar.i18n import N_

LONGEST = 10_000
DEEPEST = 50
COMPARISONS = {"=": "=", "==": "=", "!=": "!=", "<>": "!=", "<": "<", "<=": "<=", ">": ">", ">=": ">="}
KEYWORDS = frozenset({"and", "or", "not", "in", "is", "missing"})
_SYMBOLS = {"&": "and", "&&": "and", "|": "or", "||": "or", "!": "not", "~": "not"}
_TOKEN = re.compile(
    r"""\s*(?:
        (?P<number>(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)(?![\w.])
      | (?P<word>'(?:[^']|'')*'|"(?:[^"]|"")*")
      | (?P<odd>`[^`]+`|\[[^\]]+\])
      | (?P<name>[^\W\d]\w*(?:\.\w+)*)
      | (?P<sign>==|=|!=|<>|<=|>=|<|>|\(|\)|,|\+|-|\*|/)
      | (?P<symbol>&&|\|\||&|\||!|~)
      | (?P<wrong>\S)
    )""",
    re.VERBOSE,
)


@dataclass(frozen=True)
class Expression:
    """A parsed condition and the columns that it needs."""

    text: str
    names: tuple[str, ...]
    root: Node

    def evaluate(self, columns: Mapping[str, Column]) -> BoolArray:
        """(n,) True where the condition certainly holds.

        Raises
        ------
        UsageError
            A column that is not there, or words compared with numbers.

        """
        found = condition(self.root, columns, self.text)
        result: BoolArray = np.asarray(found.true, dtype=np.bool_)
        return result


def parse(text: str) -> Expression:
    """The condition written in ``text``.

    Raises
    ------
    UsageError
        With the position (from 1) of what cannot be understood.

    """
    if len(text) > LONGEST:
        raise UsageError(N_("The condition is longer than {limit} characters; shorten it."), limit=LONGEST)
    parser = _Parser(text, _tokens(text))
    root = parser.whole()
    return Expression(text=text, names=tuple(dict.fromkeys(parser.names)), root=root)


@dataclass(frozen=True)
class _Token:
    kind: str
    text: str
    position: int


def _tokens(text: str) -> list[_Token]:
    found: list[_Token] = []
    position = 0
    while match := _TOKEN.match(text, position):
        kind = match.lastgroup or "wrong"
        token = _Token(kind, match.group(kind), match.start(kind) + 1)
        if kind == "symbol":
            token = _Token("keyword", _SYMBOLS[token.text], token.position)
        if kind == "wrong":
            raise _unexpected(token, text)
        if kind == "name" and token.text.lower() in KEYWORDS:
            token = _Token("keyword", token.text.lower(), token.position)
        found.append(token)
        position = match.end()
    return [*found, _Token("end", "", len(text) + 1)]


def _unexpected(token: _Token, text: str) -> UsageError:
    if token.kind == "end":
        return UsageError(N_('The condition "{text}" is not complete; something is missing at its end.'), text=text)
    return UsageError(
        N_('Position {position} of "{text}": "{found}" is not expected here.'),
        position=token.position,
        text=text,
        found=token.text,
    )


class _Parser:
    """Recursive descent, one method for each rule of the grammar."""

    def __init__(self, text: str, tokens: Sequence[_Token]) -> None:
        self.text = text
        self.tokens = tokens
        self.at = 0
        self.depth = 0
        self.names: list[str] = []

    @property
    def token(self) -> _Token:
        return self.tokens[self.at]

    def take(self, *texts: str) -> _Token | None:
        """The next sign or keyword if it is one of ``texts``."""
        if self.token.kind in ("sign", "keyword") and self.token.text in texts:
            self.at += 1
            return self.tokens[self.at - 1]
        return None

    def expect(self, text: str) -> None:
        """The next token has to be ``text``."""
        if self.take(text) is None:
            raise _unexpected(self.token, self.text)

    def whole(self) -> Node:
        """All of the text, which has to be a condition."""
        root = self.either()
        if self.token.kind != "end":
            raise _unexpected(self.token, self.text)
        return root

    def either(self) -> Node:
        left = self.both()
        while token := self.take("or"):
            left = Either(token.position, left, self.both())
        return left

    def both(self) -> Node:
        left = self.negation()
        while token := self.take("and"):
            left = Both(token.position, left, self.negation())
        return left

    def negation(self) -> Node:
        self._deeper()
        token = self.take("not")
        node = Not(token.position, self.negation()) if token else self.comparison()
        self.depth -= 1
        return node

    def comparison(self) -> Node:
        left = self.total()
        if token := self.take(*COMPARISONS):
            return Comparison(token.position, COMPARISONS[token.text], left, self.total())
        if token := self.take("is"):
            negated = self.take("not") is not None
            self.expect("missing")
            node: Node = IsMissing(token.position, left)
            return Not(token.position, node) if negated else node
        if token := self.take("not"):
            self.expect("in")
            return Not(token.position, self.membership(token.position, left))
        if token := self.take("in"):
            return self.membership(token.position, left)
        return left

    def membership(self, position: int, left: Node) -> Node:
        self.expect("(")
        members = [self.member()]
        while self.take(","):
            members.append(self.member())
        self.expect(")")
        return Membership(position, left, tuple(members))

    def member(self) -> Node:
        negative = self.take("-")
        token = self.token
        if token.kind not in ("number", "word") or (negative and token.kind == "word"):
            raise _unexpected(token, self.text)
        node = self.atom()
        return Negative(negative.position, node) if negative else node

    def total(self) -> Node:
        left = self.product()
        while token := self.take("+", "-"):
            left = Arithmetic(token.position, token.text, left, self.product())
        return left

    def product(self) -> Node:
        left = self.signed()
        while token := self.take("*", "/"):
            left = Arithmetic(token.position, token.text, left, self.signed())
        return left

    def signed(self) -> Node:
        self._deeper()
        token = self.take("-")
        node = Negative(token.position, self.signed()) if token else self.atom()
        self.depth -= 1
        return node

    def atom(self) -> Node:
        token = self.token
        if self.take("("):
            node = self.either()
            self.expect(")")
            return node
        if token.kind not in ("number", "word", "odd", "name"):
            raise _unexpected(token, self.text)
        self.at += 1
        if token.kind == "number":
            return Number(token.position, float(token.text))
        if token.kind == "word":
            mark = token.text[0]
            return Word(token.position, token.text[1:-1].replace(mark * 2, mark))
        name = token.text[1:-1] if token.kind == "odd" else token.text
        self.names.append(name)
        return Name(token.position, name)

    def _deeper(self) -> None:
        self.depth += 1
        if self.depth > DEEPEST:
            raise UsageError(
                N_('Position {position} of "{text}": too many brackets inside each other; simplify the condition.'),
                position=self.token.position,
                text=self.text,
            )
