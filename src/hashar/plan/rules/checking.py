"""What a person has to look at before a plan is taken as it was understood."""

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from hashar.errors import InputError
from hashar.i18n import N_
from hashar.plan.contracts.official import CostKind, Doubt, Edition, Measure
from hashar.plan.rules.costs import read_funds, written
from hashar.plan.rules.deadlines import read_deadlines
from hashar.plan.rules.doubts import SENTENCES, doubt
from hashar.plan.rules.numbering import slips

FEW, MOST = 0.3, 0.6
"""Shares of cells that read as deadlines: fewer under their own head, and more under another, means shifted columns."""
FEWEST_ROWS = 3
SLIPS: Mapping[str, str] = {"gap": "P04", "double": "P05", "order": "P06"}


def check(edition: Edition, file: str) -> Iterator[Doubt]:
    """All doubts about an understood plan.

    Raises
    ------
    InputError
        Deadlines stand under another head: nothing of such a plan can be trusted.

    """
    _check_columns(edition, file)
    yield from _numbers(edition)
    for measure in edition.measures:
        yield from _fields(measure, edition)
    yield from _totals(edition)


def _check_columns(edition: Edition, file: str) -> None:
    measures = edition.measures
    own = _share([measure.deadline for measure in measures])
    if len(measures) < FEWEST_ROWS or own >= FEW:
        return
    others: Mapping[str, Sequence[str]] = {
        N_("form of completion"): [measure.form for measure in measures],
        N_("responsible"): [", ".join(body.text for body in measure.bodies) for measure in measures],
        N_("measure"): [measure.text for measure in measures],
        N_("source of funds"): [measure.funds for measure in measures],
        N_("cost"): [cost.text for measure in measures for cost in measure.costs],
    }
    for head, texts in others.items():
        if _share(texts) > MOST:
            odd = next(measure for measure in measures if _is_deadline(measure.deadline) is False)
            raise InputError(
                N_(
                    "{file}: the columns are shifted. In row {row} “{text}” stands under the deadlines, and deadlines "
                    "stand under another head ({head}). Put the heads above their columns."
                ),
                file=file,
                row=odd.row,
                text=odd.deadline[:60],
                head=head,
            )


def _is_deadline(text: str) -> bool:
    reading = read_deadlines(text)
    return bool(reading.deadlines or reading.no_year) and not reading.rest


def _share(texts: Sequence[str]) -> float:
    return sum(map(_is_deadline, texts)) / len(texts) if texts else 0.0


def _numbers(edition: Edition) -> Iterator[Doubt]:
    measures = edition.measures
    for slip in slips([(measure.number, measure.section) for measure in measures]):
        before = next((one.number for one in reversed(measures[: slip.index]) if one.number), "")
        one = measures[slip.index]
        code = SLIPS[slip.kind]
        values = {"number": one.number, "before": before, "expected": slip.expected}
        yield Doubt(code, SENTENCES[code], values, one.row, one.number)


def _fields(measure: Measure, edition: Edition) -> Iterator[Doubt]:
    if not measure.number:
        yield doubt("P03", row=measure.row)
    if not measure.text:
        yield doubt("P25", row=measure.row, number=measure.number)
    yield from _deadline(measure, edition)
    if not measure.bodies:
        yield doubt("P11", row=measure.row, number=measure.number)
    for cost in measure.costs:
        if cost.kind is CostKind.UNKNOWN:
            yield doubt("P12", row=measure.row, number=measure.number, text=cost.text[:80])
    rest = read_funds(measure.funds)[1]
    if rest:
        yield doubt("P13", row=measure.row, number=measure.number, text=measure.funds[:80])


def _deadline(measure: Measure, edition: Edition) -> Iterator[Doubt]:
    reading = read_deadlines(measure.deadline, edition.years)
    text = measure.deadline.replace("\n", " ")[:80]
    code = ""
    values: Mapping[str, object] = {"text": text}
    if not measure.deadline:
        code, values = "P07", {}
    elif reading.rest and not reading.deadlines and _looks_shifted(measure):
        code = "P23"
    elif reading.rest:
        code, values = "P08", {"text": text, "rest": reading.rest[:60]}
    elif reading.no_year:
        code = "P09"
    elif reading.assumed_year:
        code = "P10"
    elif _outside(measure, edition.years):
        code, values = "P26", {}
    if code:
        yield Doubt(code, SENTENCES[code], values, measure.row, measure.number)


def _looks_shifted(measure: Measure) -> bool:
    bodies = ", ".join(body.text for body in measure.bodies)
    return _is_deadline(measure.form) or _is_deadline(bodies)


def _outside(measure: Measure, years: tuple[int, int] | None) -> bool:
    if years is None:
        return False
    ends = [each.end.year for each in measure.deadlines if each.end]
    starts = [each.start.year for each in measure.deadlines if each.start]
    return any(not years[0] <= year <= years[1] + 1 for year in (*ends, *starts))


def sums(edition: Edition) -> tuple[Decimal | None, ...]:
    """What the measures add up to in each cost column; None where no measure names a sum."""
    found: list[Decimal | None] = []
    for at in range(len(edition.cost_columns)):
        costs = [measure.costs[at] for measure in edition.measures if at < len(measure.costs)]
        amounts = [cost.total for cost in costs if cost.kind is CostKind.AMOUNT]
        found.append(sum(amounts, Decimal(0)) if amounts else None)
    return tuple(found)


def _totals(edition: Edition) -> Iterator[Doubt]:
    found = sums(edition)
    if any(found) and not edition.cost_unit:
        yield doubt("P24")
    for at, (said, counted) in enumerate(zip(edition.totals, found, strict=False)):
        if said is not None and said != (counted or Decimal(0)):
            column = edition.cost_columns[at] or "–"
            yield doubt("P14", column=column, said=written(said), sum=written(counted or Decimal(0)))
