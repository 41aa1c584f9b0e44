"""Which indicators stand on the same chain as another."""

from collections import defaultdict
from collections.abc import Iterable, Mapping

from hashar.plan.contracts.logic_model import Condition, Factor, Indicator, LogicModel, Problem

Links = Mapping[str, set[str]]


def chain_of(model: LogicModel, codes: Iterable[str]) -> frozenset[str]:
    """Problems, factors and conditions that lead to one of ``codes``, or that one of them leads to."""
    causes: dict[str, set[str]] = defaultdict(set)
    effects: dict[str, set[str]] = defaultdict(set)
    known = {one.code for one in model.elements() if isinstance(one, Problem | Factor | Condition)}
    above: list[Problem | Factor] = [*model.problems, *model.factors]
    for one in above:
        for code in one.because:
            if code in known:
                causes[one.code].add(code)
                effects[code].add(one.code)
    begin = {code for code in codes if code in known}
    tops = _reached(begin, effects)
    return frozenset(_reached(tops, causes))


def _reached(begin: set[str], links: Links) -> set[str]:
    found, ahead = set(begin), list(begin)
    while ahead:
        for code in links.get(ahead.pop(), ()):
            if code not in found:
                found.add(code)
                ahead.append(code)
    return found


def on_chain(model: LogicModel, measured: Iterable[str]) -> frozenset[str]:
    """Codes of the indicators that measure something on the chain of ``measured``."""
    chain = chain_of(model, measured)
    return frozenset(one.code for one in model.indicators if chain & set(one.measures))


def factors_on_chain(model: LogicModel, indicator: Indicator | None) -> frozenset[str]:
    """Factors on the chain of what an indicator measures; all of the model's for none."""
    if indicator is None:
        return frozenset(one.code for one in model.factors)
    return chain_of(model, indicator.measures) & {one.code for one in model.factors}
