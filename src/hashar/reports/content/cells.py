"""Published figures as table cells and as words: every number with its interval, n and reliability."""

import math
from dataclasses import dataclass

from hashar.assess.contracts.published import Change, Figure, Published, Suppression
from hashar.i18n import Translator
from hashar.reports.content.document import (
    Align,
    Cell,
    Column,
    HiddenCell,
    IntervalCell,
    MarkCell,
    NumberCell,
    ShareCell,
)
from hashar.reports.content.wording import RELIABILITY, SUPPRESSION


@dataclass(frozen=True)
class Unit:
    """How an indicator's numbers are written: as shares, or as plain numbers with ``digits`` and a unit's name."""

    share: bool = True
    digits: int = 1
    name: str = ""


SHARE = Unit()
UNDEFINED = "–"


def unit_of(translator: Translator, statistic: str, unit: dict[str, str] | object) -> Unit:
    """The unit of an indicator: proportions are shares, all else plain numbers."""
    if statistic == "proportion":
        return SHARE
    return Unit(share=False, name=translator.pick(unit) if isinstance(unit, dict) else "")


def hidden(translator: Translator, reason: Suppression | None, span: int = 1) -> HiddenCell:
    """The marker of a number that is not shown."""
    why = reason or Suppression.NOT_ASKED
    brief = translator.gettext("hidden") if why is not Suppression.NOT_ASKED else ""
    return HiddenCell(translator.gettext(SUPPRESSION[why]), span, brief)


def value_cell(value: float, unit: Unit) -> Cell:
    """One number in its unit."""
    return ShareCell(value, unit.digits) if unit.share else NumberCell(value, unit.digits)


def figure_columns(translator: Translator, level: str, unit: Unit = SHARE) -> list[Column]:
    """Heads for the cells of :func:`figure_cells`."""
    head = translator.gettext("Share of pupils") if unit.share else translator.gettext("Mean")
    return [
        Column(f"{head}, {unit.name}" if unit.name else head, Align.END, 1.15),
        Column(translator.gettext("{level} interval", level=level), Align.END, 1.45),
        Column(translator.gettext("Pupils"), Align.END, 1.1),
        Column(translator.gettext("Reliability"), Align.START, 1.3),
    ]


def figure_cells(translator: Translator, published: Published[Figure], unit: Unit = SHARE) -> list[Cell]:
    """Estimate, interval, n and reliability; one marker over all four when hidden."""
    figure = published.value
    if figure is None:
        return [hidden(translator, published.suppressed, 4)]
    return [
        value_cell(figure.estimate, unit),
        IntervalCell(figure.ci_low, figure.ci_high, unit.digits, unit.share),
        NumberCell(figure.n),
        mark_cell(translator, figure),
    ]


def mark_cell(translator: Translator, figure: Figure) -> MarkCell:
    """The reliability mark with its word."""
    mark, name = RELIABILITY[figure.reliability]
    return MarkCell(mark, translator.gettext(name))


def count_cell(translator: Translator, published: Published[int]) -> Cell:
    """A count or its marker."""
    if published.value is None:
        return hidden(translator, published.suppressed)
    return NumberCell(published.value)


def share_cell(translator: Translator, published: Published[float]) -> Cell:
    """A share or its marker."""
    if published.value is None:
        return hidden(translator, published.suppressed)
    return ShareCell(published.value)


def difference_cell(change: Change, unit: Unit) -> Cell:
    """A difference with its sign, in points for shares."""
    if unit.share:
        return ShareCell(change.difference, unit.digits, points=True)
    return NumberCell(change.difference, unit.digits, signed=True)


def write_value(translator: Translator, value: float, unit: Unit = SHARE) -> str:
    """A number in running text; a dash where it is not defined."""
    if not math.isfinite(value):
        return UNDEFINED
    return translator.percent(value, unit.digits) if unit.share else translator.decimal(value, unit.digits)


def write_interval(translator: Translator, figure: Figure, unit: Unit = SHARE) -> str:
    """``16.2 – 20.8 %`` as the language writes it."""
    low, high = (write_value(translator, limit, unit) for limit in (figure.ci_low, figure.ci_high))
    return translator.gettext("{low} to {high}", low=low, high=high)


def write_difference(translator: Translator, value: float, unit: Unit) -> str:
    """A difference with its sign; of shares in percentage points, without the word."""
    if not math.isfinite(value):
        return UNDEFINED
    scaled = value * 100 if unit.share else value
    sign = "\N{MINUS SIGN}" if scaled < 0 else "+"
    return sign + translator.decimal(abs(scaled), unit.digits)


def write_grounds(translator: Translator, figure: Figure, unit: Unit, level: str) -> str:
    """What a number rests on, as one line of small print."""
    return translator.gettext(
        "{level} interval {interval} · {n} pupils · {reliability}",
        level=level,
        interval=write_interval(translator, figure, unit),
        n=translator.integer(figure.n),
        reliability=translator.gettext(RELIABILITY[figure.reliability][1]),
    )
