"""The numbers behind the compiler: what the surveys that are planned can show."""

from collections.abc import Mapping

from hashar.methods.survey.power import TwoWaves, detectable_change
from hashar.plan.contracts.logic_model import Indicator, LogicModel, Source


def detectable_changes(model: LogicModel) -> Mapping[str, float]:
    """Indicator code → smallest change of its share that two waves of its survey can show.

    Absent where the indicator is no share, has no baseline between 0 and 1, or its source no size. Source: Fleiss,
    Levin & Paik (2003), eq. 4.14, with design effect and finite population.
    """
    sources = {source.code: source for source in model.sources}
    found = {indicator.code: _least(indicator, sources.get(indicator.source)) for indicator in model.indicators}
    return {code: least for code, least in found.items() if least is not None}


def _least(indicator: Indicator, source: Source | None) -> float | None:
    if source is None or not source.n or source.kind != "survey" or not indicator.share:
        return None
    baseline, target = indicator.baseline, indicator.target
    if baseline is None or target is None or not 0 < baseline < 1 or source.deff <= 0:
        return None
    population = source.population if source.population and source.population >= source.n else None
    plan = TwoWaves(n=source.n, deff=source.deff, population=population)
    least = float(detectable_change(plan, baseline, rise=target > baseline))
    return least if least == least else 1.0  # noqa: PLR0124  (not a number: no change of this direction can be shown)
