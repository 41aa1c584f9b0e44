"""An edition as JSON and back, as it is kept with its import."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import asdict
from decimal import Decimal
from typing import Any

from hashar.plan.contracts.official import (
    Body,
    Cost,
    CostKind,
    Deadline,
    DeadlineKind,
    Doubt,
    Edition,
    Every,
    Fund,
    Measure,
    Section,
)

Json = Mapping[str, Any]


def as_json(edition: Edition) -> dict[str, Any]:
    """The whole edition."""
    found: dict[str, Any] = _plain(asdict(edition))
    return found


def _plain(value: Any) -> Any:  # noqa: ANN401  (whatever the fields hold)
    if isinstance(value, dict):
        return {key: _plain(each) for key, each in value.items()}
    if isinstance(value, list | tuple):
        return [_plain(each) for each in value]
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value) if isinstance(value, Decimal) else value


def doubts_as_json(doubts: tuple[Doubt, ...]) -> list[dict[str, Any]]:
    """What was unsure, its values as words."""
    return [{**asdict(one), "values": {name: str(value) for name, value in one.values.items()}} for one in doubts]


def doubts_from_json(stored: list[Json]) -> tuple[Doubt, ...]:
    """The same read back."""
    return tuple(Doubt(**one) for one in stored)


def from_json(stored: Json) -> Edition:
    """The edition again."""
    return Edition(
        **{
            **stored,
            "sections": tuple(Section(**one) for one in stored["sections"]),
            "measures": tuple(map(_measure, stored["measures"])),
            "cost_columns": tuple(stored["cost_columns"]),
            "head": tuple(stored["head"]),
            "notes": tuple(stored["notes"]),
            "abbreviations": tuple((short, full) for short, full in stored["abbreviations"]),
            "years": tuple(stored["years"]) if stored["years"] else None,
            "totals": tuple(None if one is None else Decimal(one) for one in stored["totals"]),
        }
    )


def _measure(stored: Json) -> Measure:
    return Measure(
        **{
            **stored,
            "bodies": tuple(Body(**one) for one in stored["bodies"]),
            "costs": tuple(_cost(one) for one in stored["costs"]),
            "fund_kinds": tuple(Fund(one) for one in stored["fund_kinds"]),
            "deadlines": tuple(map(deadline_from_json, stored["deadlines"])),
        }
    )


def _cost(stored: Json) -> Cost:
    amounts = tuple((year, Decimal(amount)) for year, amount in stored["amounts"])
    return Cost(stored["text"], CostKind(stored["kind"]), amounts)


def deadline_from_json(stored: Json) -> Deadline:
    """One deadline."""
    return Deadline(
        DeadlineKind(stored["kind"]),
        dt.date.fromisoformat(stored["start"]) if stored["start"] else None,
        dt.date.fromisoformat(stored["end"]) if stored["end"] else None,
        Every(stored["every"]) if stored["every"] else None,
        tuple((month, day) for month, day in stored["days"]),
    )
