"""The form in which a responsible body answers, as data: the frame in its language, the measures in the plan's."""

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from hashar.i18n import N_, Translator
from hashar.implement.contracts.form_files import Fact, Printed, facts_of
from hashar.implement.contracts.progress import AskedMeasure, Field, Form, Status, Value
from hashar.implement.contracts.words import FIELD_WORDS, PRINTED_WORDS, STATUS_WORDS

LONGEST_NAME = 40
LONGEST_KNOWN = 1_000
"""Letters of what is known: a cell takes 32,767, and nobody reads so many beside a field."""
_TITLE = N_("Progress of the plan")
_BODY, _PERIOD, _RETURN = N_("Responsible body"), N_("Period"), N_("Return by")
_FILLED_BY = N_("Filled in by (name, telephone)")
_FILL = N_("Fill in only the coloured fields. What you leave empty stays as it is.")
_HOW = N_("Choose how far it is, write days as 25.12.2026, and name the document that shows what was carried out.")
_SEND_BOOK = N_("By {day}, save this file as .xlsx and send it back by any messenger.")
_SEND_PAGE = N_("By {day}, press “Save file to send” and send that file back by any messenger.")


@dataclass(frozen=True)
class FormLine:
    """One measure in the form; ``section`` is the heading above it, empty where it goes on."""

    asked: AskedMeasure
    section: str
    known: Sequence[str]


@dataclass(frozen=True)
class ProgressForm:
    """What the renderers of the form know."""

    form: Form
    language: str
    title: str
    facts: Sequence[tuple[str, str]]
    """Name and value: who is asked, for which period, until when."""
    filled_by: str
    guidance: Sequence[str]
    page_guidance: Sequence[str]
    heads: Mapping[Printed | Field, str]
    statuses: Mapping[Status, str]
    lines: Sequence[FormLine]
    keys: Mapping[Fact, str]
    words: Mapping[str, str]
    """What the form itself says while it is filled in."""


def progress_form(form: Form) -> ProgressForm:
    """A form as its document."""
    translator = Translator(form.language)
    say = translator.gettext
    period, day = _period(form, translator), translator.date(form.return_by)
    return ProgressForm(
        form=form,
        language=form.language,
        title=say(_TITLE),
        facts=[(say(_BODY), form.body_full or form.body), (say(_PERIOD), period), (say(_RETURN), day)],
        filled_by=say(_FILLED_BY),
        guidance=[say(_FILL), say(_HOW), say(_SEND_BOOK, day=day)],
        page_guidance=[say(_FILL), say(_HOW), say(_SEND_PAGE, day=day)],
        heads=_heads(form, translator),
        statuses={status: say(word) for status, word in STATUS_WORDS.items()},
        lines=list(_lines(form, translator)),
        keys=facts_of(form),
        words=_words(form, translator),
    )


def form_file_name(form: Form, ending: str) -> str:
    """A name that says whose form it is, and that every system takes: «progress-МВД-2026-12-31.xlsx»."""
    body = "-".join(re.findall(r"\w+", form.body))[:LONGEST_NAME].strip("-") or "body"
    return f"progress-{body}-{form.period.end.isoformat()}{ending}"


def _period(form: Form, translator: Translator) -> str:
    return f"{translator.date(form.period.start)} – {translator.date(form.period.end)}"


def _heads(form: Form, translator: Translator) -> dict[Printed | Field, str]:
    heads: dict[Printed | Field, str] = {part: translator.gettext(word) for part, word in PRINTED_WORDS.items()}
    heads |= {part: translator.gettext(word) for part, word in FIELD_WORDS.items()}
    if form.cost_unit:
        heads[Field.SPENT] += f", {form.cost_unit}"
    return heads


def _lines(form: Form, translator: Translator) -> Iterator[FormLine]:
    before = ""
    for asked in form.measures:
        yield FormLine(asked, asked.section if asked.section != before else "", list(_known(asked, form, translator)))
        before = asked.section


def _known(asked: AskedMeasure, form: Form, translator: Translator) -> Iterator[str]:
    if asked.due:
        yield translator.gettext("Due: {days}", days="; ".join(translator.date(day) for day in asked.due))
    if asked.partners:
        yield translator.gettext("Together with: {bodies}", bodies="; ".join(asked.partners))
    for which in Field:
        if which in asked.known:
            yield f"{translator.gettext(FIELD_WORDS[which])}: {shown(asked.known[which], form, translator)}"


def shown(value: Value, form: Form, translator: Translator) -> str:
    """A value as the form's reader sees it."""
    if isinstance(value, Status):
        return translator.gettext(STATUS_WORDS[value])
    if isinstance(value, dt.date):
        return translator.date(value)
    if isinstance(value, Decimal):
        digits = max(0, -int(value.normalize().as_tuple().exponent))
        return f"{translator.decimal(float(value), digits)} {form.cost_unit}".strip()
    return value if len(value) <= LONGEST_KNOWN else value[:LONGEST_KNOWN].rstrip() + "…"


def _words(form: Form, translator: Translator) -> dict[str, str]:
    gettext = translator.gettext  # a name that the gathering of texts knows
    start, end = (day.strftime("%d.%m.%Y") for day in (form.period.start, form.period.end))
    return {
        "choose": gettext("Choose from the list."),
        "day": gettext("Write a day from {start} to {end}.", start=start, end=end),
        "future": gettext("This day is still to come."),
        "amount": gettext("Write one number, such as 1250.5."),
        "evidence": gettext("Name the document: its number and date."),
        "status": gettext("A day is given: choose that it was carried out."),
        "save": gettext("Save file to send"),
        "saved": gettext("Saved as {file}. Send that file.", file="{file}"),
        "answered": gettext("Answered: {done} of {all}", done="{done}", all="{all}"),
        "open": gettext("To look at: {count}", count="{count}"),
        "kept": gettext("What you write is kept on this device until you send it."),
        "lost": gettext("This device keeps nothing: save the file before you close the page."),
        "copy": gettext("If no file is saved: copy this text and send it as a message."),
        "no_script": gettext(
            "This form cannot be saved here. Print it and fill it in by hand, or ask for the Excel form."
        ),
        "clear": gettext("Empty the form"),
        "really": gettext("Delete everything that was filled in here?"),
    }
