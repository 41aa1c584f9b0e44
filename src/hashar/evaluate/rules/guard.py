"""How rules make a judgement: every rule that fires is named, the gravest decides."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from hashar.evaluate.contracts.claims import Judgement, Reason, Verdict

CaseT = TypeVar("CaseT")
GRAVITY = (Verdict.CANNOT_BE_KNOWN, Verdict.NOT_SHOWN, Verdict.SUPPORTED)


@dataclass(frozen=True)
class Rule(Generic[CaseT]):
    """One row of a table of rules."""

    code: str
    verdict: Verdict | None
    """What it makes of the claim when it fires; None for a caution."""
    fires: Callable[[CaseT], bool]
    sentence: str
    """msgid: what is the matter."""
    needed: str = ""
    """msgid: what would be needed."""


def judge(
    rules: Sequence[Rule[CaseT]], case: CaseT, values: Mapping[str, object], explanations: Sequence[str] = ()
) -> Judgement:
    """Every rule that fires, the deciding ones first. No rule, or only cautions: supported."""
    fired = [Reason(rule.code, rule.verdict, rule.sentence, rule.needed, values) for rule in rules if rule.fires(case)]
    verdicts = {reason.verdict for reason in fired}
    verdict = next((one for one in GRAVITY if one in verdicts), Verdict.SUPPORTED)
    deciding = [reason for reason in fired if reason.verdict is verdict]
    others = [reason for reason in fired if reason.verdict is not verdict]
    return Judgement(verdict, [*deciding, *others], explanations)
