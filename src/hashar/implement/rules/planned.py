"""What a plan sets aside for a measure in a year, or as a whole; a sum that is written twice is counted once."""

from collections.abc import Iterable, Sequence
from decimal import Decimal

from hashar.plan.contracts.official import Cost, CostKind

TOTAL = "total"


def planned_year(costs: Iterable[Sequence[Cost]], columns: Sequence[str], year: int) -> int | None:
    """``year`` where the plan tells its costs by years and knows it; None: it tells them as a whole."""
    named = str(year) in columns or any(
        amount_year == year for cells in costs for cost in cells for amount_year, _ in cost.amounts
    )
    return year if named else None


def planned(costs: Sequence[Cost], columns: Sequence[str], year: int | None) -> Decimal | None:
    """The sum of one measure; None where it names none."""
    pairs = [(column, cost) for column, cost in zip(columns, costs, strict=False) if cost.kind is CostKind.AMOUNT]
    if year is not None:
        found = [amount for column, cost in pairs if column != TOTAL for each, amount in cost.amounts if each == year]
        return sum(found, Decimal(0)) if found else None
    whole = [cost.total for column, cost in pairs if column == TOTAL] or [cost.total for _, cost in pairs]
    return sum(whole, Decimal(0)) if whole else None
