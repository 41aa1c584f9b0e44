"""The numbers behind the compiler and behind targets: what the surveys that are planned can show."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence

from hashar.methods.survey.power import TwoWaves, detectable_change, needed_n
from hashar.plan.contracts.logic_model import Indicator, LogicModel, Source
from hashar.plan.contracts.targets import ANSWERING, Reach, TargetAnswer, TargetQuestion

LARGEST_N = 10**9
Plan = tuple[int, float, int | None, bool]
"""Answers in a wave, design effect, population, whether a rise is looked for."""


def detectable_changes(model: LogicModel) -> Mapping[str, float]:
    """Indicator code → smallest change of its share that two waves of its survey can show.

    Absent where the indicator is no share, has no baseline between 0 and 1, or its source no size. Source: Fleiss,
    Levin & Paik (2003), eq. 4.14, with design effect and finite population.
    """
    sources = {source.code: source for source in model.sources}
    asked: dict[Plan, list[Indicator]] = defaultdict(list)
    for indicator in model.indicators:
        plan = _plan(indicator, sources.get(indicator.source))
        if plan is not None:
            asked[plan].append(indicator)
    found: dict[str, float] = {}
    for plan, indicators in asked.items():
        least = detectable([indicator.baseline or 0.0 for indicator in indicators], plan)
        found |= {indicator.code: 1.0 if one is None else one for indicator, one in zip(indicators, least, strict=True)}
    return found


def _plan(indicator: Indicator, source: Source | None) -> Plan | None:
    """How an indicator is to be measured twice, where that is a comparison of two shares."""
    if source is None or source.kind != "survey" or not indicator.share or not usable(source.n, source.deff):
        return None
    baseline, target = indicator.baseline, indicator.target
    if baseline is None or target is None or not 0 < baseline < 1:
        return None
    return source.n or 0, source.deff, frame(source.n, source.population), target > baseline


def usable(n: int | None, deff: float) -> bool:
    """Whether a survey's size says anything."""
    return n is not None and 0 < n <= LARGEST_N and 0 < deff < LARGEST_N


def frame(n: int | None, population: int | None) -> int | None:
    """The population, where it can hold those who answered."""
    return population if population and population >= (n or 0) else None


def detectable(baselines: Sequence[float], plan: Plan) -> Sequence[float | None]:
    """Smallest changes of these shares that two waves can show; None where even the largest could not be shown."""
    n, deff, population, rise = plan
    waves = TwoWaves(n=n, deff=deff, population=population)
    least = [float(one) for one in detectable_change(waves, baselines, rise=rise)]
    return [None if math.isnan(one) else one for one in least]


def answer_target(question: TargetQuestion) -> TargetAnswer:
    """Whether two waves can show a target, and what it takes; shares differ and lie inside (0, 1) and [0, 1].

    Power 80 %, two-sided 5 %. ``needed`` respects the finite population where it is known.
    """
    wanted, rise = abs(question.target - question.baseline), question.target > question.baseline
    population = frame(question.n, question.population)
    least = detectable([question.baseline], (question.n, question.deff, population, rise))[0]
    unlimited = TwoWaves(deff=question.deff, population=population)
    needed = math.ceil(float(needed_n(unlimited, question.baseline, question.target - question.baseline)))
    reachable = math.floor(ANSWERING * population) if population else None
    if least is not None and wanted >= least:
        reach = Reach.SHOWN
    elif reachable is None or needed <= reachable:
        reach = Reach.LARGER
    else:
        reach = Reach.NEVER
    return TargetAnswer(
        question=question, reach=reach, wanted=wanted, rise=rise, least=least, needed=needed, reachable=reachable
    )
