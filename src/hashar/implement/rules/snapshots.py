"""What a form asked, as it is kept with it, and as a form in one language."""

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from hashar.i18n import Text, Translator
from hashar.implement.contracts.progress import AskedMeasure, Field, Value
from hashar.implement.rules.stored_values import as_text, from_text

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Asked:
    """A measure in a form, in all languages of the plan."""

    measure: int
    number: str
    section: Text
    text: Text
    form: Text
    deadline: Text
    due: tuple[dt.date, ...]
    overdue: tuple[dt.date, ...]
    """Days before the period."""
    partners: tuple[Text, ...]
    known: Mapping[Field, Value]


def as_json(asked: Sequence[Asked], cost_units: Text) -> dict[str, Any]:
    """All measures of a form."""
    return {"cost_units": dict(cost_units), "measures": [_one(each) for each in asked]}


def _one(one: Asked) -> dict[str, Any]:
    return {
        "measure": one.measure,
        "number": one.number,
        "section": dict(one.section),
        "text": dict(one.text),
        "form": dict(one.form),
        "deadline": dict(one.deadline),
        "due": [day.isoformat() for day in one.due],
        "overdue": [day.isoformat() for day in one.overdue],
        "partners": [dict(each) for each in one.partners],
        "known": {field.value: as_text(value) for field, value in one.known.items()},
    }


def from_json(stored: Json) -> tuple[Asked, ...]:
    """The measures again."""
    return tuple(
        Asked(
            **{
                **one,
                "due": _days(one["due"]),
                "overdue": _days(one["overdue"]),
                "partners": tuple(one["partners"]),
                "known": _known(one["known"]),
            }
        )
        for one in stored["measures"]
    )


def _days(stored: Sequence[str]) -> tuple[dt.date, ...]:
    return tuple(dt.date.fromisoformat(day) for day in stored)


def _known(stored: Mapping[str, str]) -> Mapping[Field, Value]:
    pairs = ((Field(field), from_text(Field(field), text)) for field, text in stored.items())
    return {field: value for field, value in pairs if value is not None}


def in_language(one: Asked, language: str) -> AskedMeasure:
    """A measure as a form in one language asks about it."""
    pick = Translator(language).pick
    return AskedMeasure(
        measure=one.measure,
        number=one.number,
        section=pick(one.section),
        text=pick(one.text),
        form=pick(one.form),
        deadline=pick(one.deadline),
        due=one.due,
        partners=tuple(pick(each) for each in one.partners),
        known=one.known,
    )
