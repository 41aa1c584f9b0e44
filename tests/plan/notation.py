"""How docs/reference/official-plan.md writes what was understood."""

from hashar.plan.contracts.official import CostKind, DeadlineKind


def one_deadline(deadline):
    match deadline.kind:
        case DeadlineKind.DATE:
            return f"by {deadline.end}"
        case DeadlineKind.PERIOD:
            return f"{deadline.start} … {deadline.end}"
        case DeadlineKind.REPEATED:
            days = ", ".join(
                f"{month:02}-{day:02}" if month else f"day {day} of the next month" for month, day in deadline.days
            )
            return f"every {deadline.every.replace('_', '-')}" + (f" by {days}" if days else "") + frame(deadline)
        case _:
            return deadline.kind.replace("_", " ") + frame(deadline)


def frame(deadline):
    start = f" from {deadline.start}" if deadline.start else ""
    return start + (f" until {deadline.end}" if deadline.end else "")


def deadlines_in_words(reading):
    said = "; ".join(map(one_deadline, reading.deadlines))
    asks = f"not understood: {reading.rest}" if reading.rest else "no year" if reading.no_year else ""
    assumed = "years of the plan" if reading.assumed_year else ""
    return "; ".join(
        part for part in (said, f"({assumed})" if assumed else "", f"**asks** ({asks})" if asks else "") if part
    )


def cost_in_words(cost):
    if cost.kind is not CostKind.AMOUNT:
        return str(cost.kind).replace("_", " ")
    return "; ".join(f"{year}: {amount:f}" if year else f"{amount:f}" for year, amount in cost.amounts)
