"""Values of answers as they are kept in a row, and back."""

import datetime as dt
from decimal import Decimal

from hashar.implement.contracts.progress import Field, Status, Value


def as_text(value: Value | None) -> str:
    """One form for each value; empty for none."""
    if value is None:
        return ""
    if isinstance(value, Decimal):
        return f"{value.normalize():f}" if value else "0"
    if isinstance(value, dt.date):
        return value.isoformat()
    return str(value)


def from_text(field: Field, text: str) -> Value | None:
    """The value again; None for an empty text."""
    if not text:
        return None
    if field is Field.STATUS:
        return Status(text)
    if field is Field.DONE_ON:
        return dt.date.fromisoformat(text)
    return Decimal(text) if field is Field.SPENT else text
