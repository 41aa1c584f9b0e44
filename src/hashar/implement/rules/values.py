"""One answer as it was written → its value, or the sentence that says what is wrong with it."""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal

from hashar.i18n import N_
from hashar.implement.contracts.form_files import Raw, Written
from hashar.implement.contracts.progress import Field, Form, TroubleKind, Value
from hashar.implement.rules.amounts import read_amount
from hashar.implement.rules.days import read_day
from hashar.implement.rules.status_words import read_status

LONGEST = 10_000
"""Letters of one answer."""
_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_NOTHING = re.compile(r"[\s\-–—−_.…]*")


@dataclass(frozen=True)
class Wrong:
    """Why an answer cannot be taken as it is."""

    kind: TroubleKind
    sentence: str
    values: Mapping[str, object] = field(default_factory=dict)
    proposed: Value | None = None


def shown(raw: Raw) -> str:
    """A cell as its reader sees it, without letters that cannot be seen."""
    if isinstance(raw, dt.date):
        return raw.strftime("%d.%m.%Y")
    if isinstance(raw, Decimal):
        return f"{raw.normalize():f}"
    text = _UNSEEN.sub("", unicodedata.normalize("NFC", str(raw)).replace("\r\n", "\n").replace("\r", "\n"))
    return "\n".join(" ".join(line.split()) for line in text.split("\n")).strip()


def is_empty(written: Written) -> bool:
    """No answer: nothing, spaces, or only a dash."""
    return not written.formula and _NOTHING.fullmatch(shown(written.raw)) is not None


def read_value(which: Field, written: Written, form: Form, known: Value | None, today: dt.date) -> Value | Wrong:
    """The value of an answer that is not empty.

    Parameters
    ----------
    which
        What was asked.
    written
        The answer as it stands in the file.
    form
        The form that was sent.
    known
        What stood when it was sent.
    today
        When it came back.

    """
    if written.formula:
        return Wrong(TroubleKind.WRONG_VALUE, N_("This is a formula. Write the value itself."))
    if which is Field.STATUS:
        return read_status(shown(written.raw)) or Wrong(
            TroubleKind.WRONG_VALUE, N_("This is none of the words of the list. Choose one of them.")
        )
    if which is Field.DONE_ON:
        return _day(written.raw, form, known, today)
    if which is Field.SPENT:
        amount = read_amount(written.raw, form.cost_unit)
        return (
            Wrong(TroubleKind.WRONG_VALUE, N_("This is no clear amount. Write one number."))
            if amount is None
            else amount
        )
    text = shown(written.raw)
    return (
        text if len(text) <= LONGEST else Wrong(TroubleKind.WRONG_VALUE, N_("This is far too long. Write it shorter."))
    )


def _day(raw: Raw, form: Form, known: Value | None, today: dt.date) -> Value | Wrong:
    day = read_day(raw)
    if day is None:
        return Wrong(TroubleKind.WRONG_DATE, N_("This is not a day. Write it as 25.12.2026."))
    if day > today:
        return Wrong(TroubleKind.WRONG_DATE, N_("This day was still to come when the form was returned."), proposed=day)
    if day != known and not form.period.start <= day <= form.period.end:
        return Wrong(TroubleKind.WRONG_DATE, N_("This day is outside of the period of the form."), proposed=day)
    return day
