"""How rules make diagnostics: each looks at one kind of element, with the whole model at hand."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from hashar.plan.contracts.logic_model import Diagnostic, Element, LogicModel, Severity
from hashar.plan.rules.graph import Context

ElementT = TypeVar("ElementT", bound=Element)
Values = Mapping[str, object]


@dataclass(frozen=True)
class Rule(Generic[ElementT]):
    """One row of a table of rules.

    ``finds`` returns None where all is well, else the values for the places of the sentence.
    """

    code: str
    severity: Severity
    over: Callable[[LogicModel], Sequence[ElementT]]
    finds: Callable[[Context, ElementT], Values | None]
    sentence: str
    remedy: str


def fires(condition: bool, **values: object) -> Values | None:  # noqa: FBT001  (reads as a sentence: fires(x > 1))
    """Values where the condition holds, None where it does not."""
    return values if condition else None


def run(rules: Sequence[Rule[ElementT]], context: Context) -> Iterator[Diagnostic]:
    """All findings of some rules, rule by rule."""
    for rule in rules:
        for element in rule.over(context.model):
            values = rule.finds(context, element)
            if values is not None:
                yield Diagnostic(
                    rule.code,
                    rule.severity,
                    element.code,
                    element.place,
                    rule.sentence,
                    rule.remedy,
                    {"code": element.code, **values},
                )
