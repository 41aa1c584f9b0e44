"""What a parsed condition is made of, and what it yields on columns: numbers, words or three-valued truth."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from hashar.assess.contracts.table import Column
from hashar.assess.rules.levels import BoolArray, answered
from hashar.errors import UsageError
from hashar.i18n import N_

Columns = Mapping[str, Column]
_COMPARE: dict[str, Callable[..., object]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
_ARITHMETIC: dict[str, Callable[..., npt.NDArray[np.float64]]] = {
    "+": np.add,
    "-": np.subtract,
    "*": np.multiply,
    "/": np.divide,
}


@dataclass(frozen=True)
class Node:
    """A part of a condition; ``position`` is where it stands in the text, from 1."""

    position: int


@dataclass(frozen=True)
class Number(Node):
    """A number."""

    value: float


@dataclass(frozen=True)
class Word(Node):
    """A quoted word."""

    value: str


@dataclass(frozen=True)
class Name(Node):
    """A column."""

    name: str


@dataclass(frozen=True)
class Negative(Node):
    """Minus a number."""

    inner: Node


@dataclass(frozen=True)
class Arithmetic(Node):
    """Two numbers joined by + - * or /."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Comparison(Node):
    """Two values compared."""

    sign: str
    left: Node
    right: Node


@dataclass(frozen=True)
class Membership(Node):
    """A value in a list."""

    left: Node
    members: tuple[Node, ...]


@dataclass(frozen=True)
class IsMissing(Node):
    """A value that is not there."""

    inner: Node


@dataclass(frozen=True)
class Not(Node):
    """The opposite."""

    inner: Node


@dataclass(frozen=True)
class Both(Node):
    """Two conditions that both hold."""

    left: Node
    right: Node


@dataclass(frozen=True)
class Either(Node):
    """Two conditions of which one holds."""

    left: Node
    right: Node


@dataclass(frozen=True, eq=False)
class Truth:
    """Three values: where a condition certainly holds, and where it cannot be known."""

    true: BoolArray
    unknown: BoolArray


@dataclass(frozen=True, eq=False)
class Value:
    """Numbers or words, (n,) or one of them, and where they are missing."""

    data: npt.NDArray[np.float64] | npt.NDArray[np.object_]
    missing: BoolArray

    @property
    def is_text(self) -> bool:
        """Whether it holds words."""
        return self.data.dtype == object


def condition(node: Node, columns: Columns, text: str) -> Truth:
    """Where the condition holds; a mere value is refused."""
    match node:
        case Both(left=left, right=right):
            first, second = condition(left, columns, text), condition(right, columns, text)
            false = (~first.true & ~first.unknown) | (~second.true & ~second.unknown)
            true = first.true & second.true
            return Truth(true, ~true & ~false)
        case Either(left=left, right=right):
            first, second = condition(left, columns, text), condition(right, columns, text)
            true = first.true | second.true
            return Truth(true, ~true & (first.unknown | second.unknown))
        case Not(inner=inner):
            found = condition(inner, columns, text)
            return Truth(~found.true & ~found.unknown, found.unknown)
        case Comparison() | Membership() | IsMissing():
            return _test(node, columns, text)
        case _:
            raise UsageError(
                N_('Position {position} of "{text}": compare this with something, for example "= 1".'),
                position=node.position,
                text=text,
            )


def _test(node: Comparison | Membership | IsMissing, columns: Columns, text: str) -> Truth:
    rows = len(next(iter(columns.values())).values) if columns else 1
    if isinstance(node, IsMissing):
        missing = np.broadcast_to(_value(node.inner, columns, text).missing, rows)
        return Truth(missing, np.zeros(rows, dtype=np.bool_))
    if isinstance(node, Comparison):
        left, right = _value(node.left, columns, text), _value(node.right, columns, text)
        return _compare(node, left, right, rows, text)
    left = _value(node.left, columns, text)
    true = np.zeros(rows, dtype=np.bool_)
    for member in node.members:
        equal = Comparison(member.position, "=", node.left, member)
        true |= _compare(equal, left, _value(member, columns, text), rows, text).true
    return Truth(true, np.broadcast_to(left.missing, rows))


def _compare(node: Comparison, left: Value, right: Value, rows: int, text: str) -> Truth:
    if left.is_text != right.is_text:
        raise UsageError(
            N_(
                'Position {position} of "{text}": words are compared with numbers; '
                "quote the values of a column of words, and do not quote numbers."
            ),
            position=node.position,
            text=text,
        )
    with np.errstate(invalid="ignore"):
        true = np.broadcast_to(np.asarray(_COMPARE[node.sign](left.data, right.data), dtype=np.bool_), rows)
    unknown = np.broadcast_to(left.missing | right.missing, rows)
    return Truth(true & ~unknown, unknown)


def _value(node: Node, columns: Columns, text: str) -> Value:
    match node:
        case Number(value=number):
            return Value(np.array([number]), np.zeros(1, dtype=np.bool_))
        case Word(value=word):
            return Value(np.array([word], dtype=object), np.zeros(1, dtype=np.bool_))
        case Name(name=name):
            return _column(node, name, columns, text)
        case Negative(inner=inner):
            value = _number(inner, columns, text)
            return Value(-value.data.astype(np.float64), value.missing)
        case Arithmetic(sign=sign, left=left, right=right):
            first, second = _number(left, columns, text), _number(right, columns, text)
            with np.errstate(all="ignore"):
                data = _ARITHMETIC[sign](first.data, second.data)
            return Value(data, first.missing | second.missing | ~np.isfinite(data))
        case _:
            raise UsageError(
                N_('Position {position} of "{text}": a condition stands where a number or a word is expected.'),
                position=node.position,
                text=text,
            )


def _column(node: Node, name: str, columns: Columns, text: str) -> Value:
    if name not in columns:
        raise UsageError(
            N_('Position {position} of "{text}": there is no column "{name}".'),
            position=node.position,
            text=text,
            name=name,
        )
    column = columns[name]
    there = answered(column)
    if column.is_text:
        return Value(np.array([str(word).strip() for word in column.values], dtype=object), ~there)
    return Value(column.values.astype(np.float64), ~there)


def _number(node: Node, columns: Columns, text: str) -> Value:
    value = _value(node, columns, text)
    if value.is_text:
        raise UsageError(
            N_('Position {position} of "{text}": words cannot be calculated with.'), position=node.position, text=text
        )
    return value
