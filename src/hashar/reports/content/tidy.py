"""Every published number as one tidy table: a row is a number with what it is about."""

from collections.abc import Iterator, Sequence

from hashar.assess.contracts.profile import Breakdown, FactorFinding, IndicatorFinding, Profile, WavePoint
from hashar.assess.contracts.published import Change, Figure, Published
from hashar.i18n import Translator
from hashar.reports.content.document import Records

COLUMNS: dict[str, type] = {
    "record": str,
    "subject": str,
    "name": str,
    "label": str,
    "kind": str,
    "statistic": str,
    "wave": str,
    "compared_with": str,
    "group": str,
    "level": str,
    "level_label": str,
    "n": int,
    "weighted_n": float,
    "estimate": float,
    "se": float,
    "ci_low": float,
    "ci_high": float,
    "df": float,
    "deff": float,
    "n_effective": float,
    "reliability": str,
    "p": float,
    "p_adjusted": float,
    "detectable": float,
    "shown": bool,
    "suppressed": str,
}
"""Column → type; ``record`` is total, wave, breakdown, distribution or change; ``suppressed`` why it is hidden."""

Row = dict[str, object]


def profile_records(profile: Profile, language: str) -> Records:
    """All figures and changes of indicators and factors, labels in ``language``."""
    translator = Translator(language)
    rows: list[Row] = []
    for indicator in profile.indicators:
        rows += _indicator(profile, translator, indicator)
    for factor in profile.factors:
        rows += _factor(profile, translator, factor)
    return Records(COLUMNS, rows, {"title": translator.pick(profile.title), "language": language})


def _row(**values: object) -> Row:
    return {name: values.get(name) for name in COLUMNS}


def _figure(published: Published[Figure]) -> Row:
    figure = published.value
    if figure is None:
        return {"suppressed": published.suppressed.value if published.suppressed else ""}
    fields = ("n", "weighted_n", "estimate", "se", "ci_low", "ci_high", "df", "deff", "n_effective")
    return {**{name: getattr(figure, name) for name in fields}, "reliability": figure.reliability.value}


def _change(published: Published[Change]) -> Row:
    change = published.value
    if change is None:
        return {"suppressed": published.suppressed.value if published.suppressed else ""}
    fields = ("se", "ci_low", "ci_high", "df", "p", "p_adjusted", "detectable", "shown")
    values = {name: getattr(change, name) for name in fields}
    return {**values, "estimate": change.difference, "wave": change.later, "compared_with": change.earlier}


def _indicator(profile: Profile, translator: Translator, item: IndicatorFinding) -> Iterator[Row]:
    about: Row = {
        "subject": "indicator",
        "name": item.name,
        "label": translator.pick(item.label),
        "kind": item.kind,
        "statistic": item.statistic,
        "wave": profile.wave,
    }
    yield _row(**{**about, "record": "total"} | _figure(item.total))
    yield from _waves(about, item.waves)
    yield from _breakdowns(about, translator, item.breakdowns)
    for answer in item.distribution:
        words = {"record": "distribution", "level": answer.level, "level_label": translator.pick(answer.label)}
        yield _row(**{**about, **words} | _figure(answer.figure))
    if item.change is not None:
        yield _row(**{**about, "record": "change"} | _change(item.change))


def _factor(profile: Profile, translator: Translator, factor: FactorFinding) -> Iterator[Row]:
    about: Row = {
        "subject": "factor",
        "name": factor.code,
        "label": translator.pick(factor.name),
        "kind": factor.type,
        "statistic": "proportion",
        "wave": profile.wave,
    }
    yield _row(**{**about, "record": "total"} | _figure(factor.elevated))
    yield _row(**{**about, "record": "total", "statistic": "mean"} | _figure(factor.mean_score))
    yield from _waves(about, factor.waves)
    yield from _breakdowns(about, translator, factor.breakdowns)
    if factor.change is not None:
        yield _row(**{**about, "record": "change"} | _change(factor.change))


def _waves(about: Row, waves: Sequence[WavePoint]) -> Iterator[Row]:
    for wave in waves:
        yield _row(**{**about, "record": "wave", "wave": wave.wave} | _figure(wave.figure))


def _breakdowns(about: Row, translator: Translator, breakdowns: Sequence[Breakdown]) -> Iterator[Row]:
    for breakdown in breakdowns:
        for row in breakdown.rows:
            words = {"group": breakdown.group, "level": row.level, "level_label": translator.pick(row.label)}
            yield _row(**{**about, "record": "breakdown", **words} | _figure(row.figure))
