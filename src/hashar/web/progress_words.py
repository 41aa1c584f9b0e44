"""The words of progress for the pages: periods, how far a measure is, where an answer comes from."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.urls import reverse

from hashar.i18n import N_, Translator
from hashar.implement.contracts.collections import AnswerRecord, AnswerState, FormInvitation
from hashar.implement.contracts.progress import Field, Origin, Period, Status, TroubleKind, Value
from hashar.implement.contracts.quarters import quarter_of
from hashar.implement.contracts.words import FIELD_WORDS, STATUS_WORDS, TROUBLE_WORDS
from hashar.web.home_page import Line

TONES: Mapping[Status | None, str] = {
    Status.DONE: "good",
    Status.UNDER_WAY: "wait",
    Status.NOT_STARTED: "neutral",
    Status.NOT_DONE: "stop",
    Status.TAKEN_OFF: "neutral",
    None: "warm",
}
STATES: Mapping[AnswerState, str] = {
    AnswerState.STANDS: N_("stands"),
    AnswerState.AGREES: N_("says the same"),
    AnswerState.WAITS: N_("waits for a decision"),
    AnswerState.REPLACED: N_("replaced"),
    AnswerState.DECLINED: N_("another one was chosen"),
    AnswerState.UNDONE: N_("its file was taken back"),
}
ORIGINS: Mapping[Origin, str] = {
    Origin.FILE: N_("returned form"),
    Origin.SITE: N_("on this site"),
    Origin.DECISION: N_("decision"),
}


class ProgressWords:
    """Values of progress in the language of the page."""

    def __init__(self, translator: Translator) -> None:
        self._t = translator

    def period(self, period: Period) -> str:
        """A quarter by its name, any other time by its days."""
        part = quarter_of(period)
        if part is None:
            return f"{self._t.date(period.start)} – {self._t.date(period.end)}"
        return self._t.gettext("{year}, quarter {part}", year=str(period.start.year), part=str(part))

    def waiting(self, forms: Iterable[FormInvitation]) -> Sequence[Line]:
        """Lines of the home page: forms of one's organisation that are not answered on everything."""
        title = self._t.gettext("Forms that wait for your answers")
        return [
            Line(
                f"{title}: {self.period(one.period)}",
                reverse("progress_form", args=[one.form]),
                " · ".join((self._t.pick(one.body), self._part(one))),
                dt.datetime.combine(one.return_by, dt.time(12), dt.UTC),
                self._t.pick(one.plan_titles),
            )
            for one in forms
            if one.answered < one.asked
        ]

    def _part(self, one: FormInvitation) -> str:
        part, whole = self._t.integer(one.answered), self._t.integer(one.asked)
        return self._t.gettext("{part} of {whole}", part=part, whole=whole)

    def status(self, status: Status | None) -> str:
        """How far a measure is."""
        return self._t.gettext(STATUS_WORDS[status]) if status else self._t.gettext("No answer")

    def tone(self, status: Status | None) -> str:
        """The colour of its badge, always beside the word."""
        return TONES[status]

    def field(self, field: Field) -> str:
        """What is answered."""
        return self._t.gettext(FIELD_WORDS[field])

    def trouble(self, kind: TroubleKind) -> str:
        """What there is to decide."""
        return self._t.gettext(TROUBLE_WORDS[kind])

    def value(self, value: Value | None) -> str:
        """An answer."""
        if value is None:
            return "–"
        if isinstance(value, Status):
            return self.status(value)
        if isinstance(value, Decimal):
            digits = -int(value.normalize().as_tuple().exponent)
            return self._t.decimal(float(value), max(digits, 0))
        return self._t.date(value) if isinstance(value, dt.date) else value

    def stands(self, state: AnswerState) -> str:
        """What became of an answer."""
        return self._t.gettext(STATES[state])

    def source(self, one: AnswerRecord) -> str:
        """Where an answer comes from: the file and its place, or how else; who; when."""
        if one.origin is Origin.FILE:
            where = " · ".join(part for part in (one.file, self._place(one.where)) if part)
        else:
            where = self._t.gettext(ORIGINS[one.origin])
        return " · ".join((where, one.by, self._t.date(one.at.date())))

    def _place(self, where: str) -> str:
        """A place in a file; an answer file names the field by its code."""
        start, _, code = where.rpartition(": ")
        return f"{start}: {self.field(Field(code))}" if start and code in set(Field) else where
