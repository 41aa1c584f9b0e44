"""What the compiler asks about practices where there is no site."""

import re
from collections.abc import Mapping

from hashar.exchange.queries.shipped import shipped_practice_facts
from hashar.plan.contracts.logic_model import LogicModel, PracticeFacts

_OWN = re.compile(r"o\d{1,18}-\d{1,18}")


def shipped_facts(model: LogicModel) -> Mapping[str, PracticeFacts]:
    """Practices that come with the program; of an organisation's own (``o12-3``) nothing is known or said."""
    found = {
        code: PracticeFacts(code, one.factors, ineffective=one.ineffective, evidence=one.evidence)
        for code, one in shipped_practice_facts().items()
    }
    own = {activity.practice for activity in model.activities if _OWN.fullmatch(activity.practice)}
    everything = frozenset(factor.code for factor in model.factors)
    return found | {code: PracticeFacts(code, everything, ineffective=False, evidence=True) for code in own}
