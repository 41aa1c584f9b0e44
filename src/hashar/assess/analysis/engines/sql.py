"""The SQL that adds up cells, in one dialect (DuckDB's; Spark's is translated from it).

Only ``CASE``, ``SUM``, ``COUNT`` and ``GROUP BY``: every SQL engine has them. Values of the user (names, codes, words)
enter as quoted identifiers and literals, never as text of the statement.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from hashar.assess.analysis.engines.plan import CellPlan, Code, Item
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
)
from hashar.assess.sources.words import NO_VALUE

CHUNK = 500
"""Items added up in one statement; more make the engines' planners slow."""

TABLE = "survey"


@dataclass(frozen=True)
class RawColumn:
    """A column of the file: ``kind`` is ``number``, ``text``, or ``words`` (numbers written as text, in a CSV file)."""

    name: str
    kind: str
    comma: bool = False
    """Decimal commas may occur."""

    @property
    def is_text(self) -> bool:
        """Whether its values are words."""
        return self.kind == "text"


def identifier(name: str) -> str:
    """``name`` quoted as a column."""
    return '"' + name.replace('"', '""') + '"'


def literal(value: Code) -> str:
    """``value`` quoted as a literal."""
    if isinstance(value, str):
        return "'" + value.replace("'", "''") + "'"
    return f"CAST('{float(value)!r}' AS DOUBLE)"


def word_as_number(column: RawColumn) -> str:
    """A word of a CSV file as a number, NULL where it is none."""
    word = f"TRIM({identifier(column.name)})"
    if column.comma:
        word = f"REPLACE({word}, ',', '.')"
    return f"TRY_CAST({word} AS DOUBLE)"


def is_no_number(column: RawColumn) -> str:
    """True for a word that is neither a number nor one of those that stand for no answer."""
    empty = ", ".join(literal(word) for word in sorted(NO_VALUE))
    return f"(TRIM({identifier(column.name)}) NOT IN ({empty}) AND {word_as_number(column)} IS NULL)"


def clean(column: RawColumn) -> str:
    """The column as DOUBLE or text, NULL where there is no answer."""
    if column.kind == "text":
        return f"NULLIF(CAST({identifier(column.name)} AS VARCHAR), '')"
    number = word_as_number(column) if column.kind == "words" else f"CAST({identifier(column.name)} AS DOUBLE)"
    return f"NULLIF({number}, CAST('nan' AS DOUBLE))"


class Statements:
    """The statements for one plan on a table :data:`TABLE` with the ``columns``."""

    def __init__(self, plan: CellPlan, columns: Mapping[str, RawColumn]) -> None:
        self.plan = plan
        self.columns = columns
        self.alias = {name: f"v{at}" for at, name in enumerate(plan.columns)}

    def source(self) -> str:
        """The table of clean columns v0 …, with ``inside`` 1 where the condition certainly holds."""
        chosen = [f"{clean(self.columns[name])} AS {alias}" for name, alias in self.alias.items()]
        if self.plan.cluster is None:
            chosen.append("ROW_NUMBER() OVER (ORDER BY 1) AS own")
        where = self.plan.where
        condition = "1" if where is None else f"CASE WHEN {self.condition(where.root)} THEN 1 ELSE 0 END"
        inner = f"(SELECT {', '.join(chosen)} FROM {TABLE}) AS clean"  # noqa: S608  (quoted above)
        return f"(SELECT *, {condition} AS inside FROM {inner}) AS coded"  # noqa: S608  (as above)

    def design_problems(self) -> str:
        """One row: rows, rows with a bad weight, and rows without a code in each of the design's other columns."""
        weight = self.alias[self.plan.weight]
        bad = f"{weight} IS NULL OR {weight} <= 0 OR {weight} = CAST('inf' AS DOUBLE)"
        parts = ["COUNT(*) AS n", f"COUNT(CASE WHEN {bad} THEN 1 END) AS bad"]
        parts += [f"COUNT(*) - COUNT({self.alias[name]}) AS empty{at}" for at, name in enumerate(self.design_columns())]
        return f"SELECT {', '.join(parts)} FROM {self.source()}"  # noqa: S608  (as above)

    def design_columns(self) -> list[str]:
        """The columns that may have no gaps, besides the weight."""
        return [name for name in (self.plan.stratum, self.plan.cluster, self.plan.fpc) if name is not None]

    def levels(self, column: str) -> str:
        """The codes of a column that occur in the domains, in ``level``."""
        alias = self.alias[column]
        placed = [f"{self.alias[name]} IS NOT NULL" for name in self.plan.by]
        where = " AND ".join(["inside = 1", f"{alias} IS NOT NULL", *placed])
        return f"SELECT DISTINCT {alias} AS level FROM {self.source()} WHERE {where}"  # noqa: S608  (as above)

    def sums(self) -> Iterator[tuple[str, Sequence[Item], Mapping[tuple[str, str], str]]]:
        """Per chunk of items: the statement, its items, and the column that holds each (item, sum)."""
        keys = self.keys()
        for begin in range(0, len(self.plan.items), CHUNK):
            items = self.plan.items[begin : begin + CHUNK]
            aliases: dict[str, str] = {}
            holds = {
                (item.name, name): aliases.setdefault(expression, f"s{len(aliases)}")
                for item in items
                for name, expression in self.item(item).items()
            }
            weight = self.alias[self.plan.weight]
            chosen = [f"{expression} AS {name}" for name, expression in keys.items()]
            chosen += [
                "COUNT(*) AS questionnaires",
                f"SUM({weight}) AS weight",
                f"SUM({weight} * {weight}) AS weight2",
                *(f"{expression} AS {name}" for expression, name in aliases.items()),
            ]
            grouped = ", ".join(keys.values())
            sql = f"SELECT {', '.join(chosen)} FROM {self.source()} GROUP BY {grouped}"  # noqa: S608  (as above)
            yield sql, items, holds

    def keys(self) -> dict[str, str]:
        """What identifies a row of sums: name → column."""
        plan = self.plan
        named = {"stratum": plan.stratum, "cluster": plan.cluster, "fpc": plan.fpc}
        keys = {key: self.alias[name] for key, name in named.items() if name is not None}
        if plan.cluster is None:
            keys["cluster"] = "own"
        return keys | {"inside": "inside"} | {f"g{at}": self.alias[name] for at, name in enumerate(plan.by)}

    def item(self, item: Item) -> dict[str, str]:
        """The five sums of an item."""
        value, weight = self.alias[item.column], self.alias[self.plan.weight]
        if item.beside is not None:
            beside = self.alias[item.beside]
            worth = f"{value} * {beside}" if item.product else value
            value = f"(CASE WHEN {beside} IS NOT NULL THEN {worth} END)"
        known = {
            "n": f"COUNT({value})",
            "w": f"SUM(CASE WHEN {value} IS NOT NULL THEN {weight} ELSE 0 END)",
        }
        if item.level is not None:
            yes = f"{value} = {literal(item.level)}"
            total = f"SUM(CASE WHEN {yes} THEN {weight} ELSE 0 END)"
            return known | {"yes": f"COUNT(CASE WHEN {yes} THEN 1 END)", "wy": total, "wyy": total}
        return known | {
            "yes": f"COUNT(CASE WHEN {value} <> 0 THEN 1 END)",
            "wy": f"COALESCE(SUM({weight} * {value}), 0)",
            "wyy": f"COALESCE(SUM({weight} * {value} * {value}), 0)",
        }

    def condition(self, node: Node) -> str:
        """A parsed condition; SQL's three-valued logic is the one of :mod:`hashar.assess.rules.expressions`."""
        match node:
            case Both(left=left, right=right):
                text = f"{self.condition(left)} AND {self.condition(right)}"
            case Either(left=left, right=right):
                text = f"{self.condition(left)} OR {self.condition(right)}"
            case Not(inner=inner):
                text = f"NOT {self.condition(inner)}"
            case Comparison(sign=sign, left=left, right=right):
                text = f"{self.value(left)} {'<>' if sign == '!=' else sign} {self.value(right)}"
            case Membership(left=left, members=members):
                text = f"{self.value(left)} IN ({', '.join(self.value(member) for member in members)})"
            case IsMissing(inner=inner):
                text = f"{self.value(inner)} IS NULL"
            case _:
                text = self.value(node)
        return f"({text})"

    def value(self, node: Node) -> str:
        """A number or word of a condition, which was checked before."""
        match node:
            case Number(value=code) | Word(value=code):
                return literal(code)
            case Name(name=name):
                return f"TRIM({self.alias[name]})" if self.columns[name].is_text else self.alias[name]
            case Negative(inner=inner):
                return f"(- {self.value(inner)})"
            case Arithmetic(sign=sign, left=left, right=right):
                divisor = f"NULLIF({self.value(right)}, 0)" if sign == "/" else self.value(right)
                return f"({self.value(left)} {sign} {divisor})"
            case _:
                return self.condition(node)
