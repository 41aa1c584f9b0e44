"""A returned form → answers and troubles. Nothing written is dropped: what is no answer is a trouble with its words."""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hashar.errors import InputError
from hashar.i18n import N_
from hashar.implement.contracts.form_files import Fact, Written, WrittenForm, WrittenRow
from hashar.implement.contracts.progress import (
    Answer,
    AskedMeasure,
    Field,
    Form,
    Place,
    ReturnedForm,
    Trouble,
    TroubleKind,
    Value,
)
from hashar.implement.rules.consistency import troubles_of
from hashar.implement.rules.values import Wrong, is_empty, read_value, shown


def read_answers(written: WrittenForm, form: Form, today: dt.date) -> ReturnedForm:
    """What a file says, checked by itself.

    Parameters
    ----------
    written
        The file as it was written.
    form
        The form that was sent to this body.
    today
        When it came back.

    Raises
    ------
    InputError
        It belongs to another form, or says nothing at all.

    """
    _check_belongs(written, form)
    reader = _Reader(written, form, today)
    for row in written.rows:
        reader.take(row)
    if not reader.said:
        raise InputError(
            N_("{file} holds no answers. Fill in the form, save it, and send that file."), file=written.file
        )
    return ReturnedForm(
        file=written.file,
        sha256=written.sha256,
        key=form.key,
        edition=form.edition,
        returned_by=written.returned_by,
        answers=tuple(reader.answers),
        troubles=tuple(sorted(reader.all_troubles(), key=reader.order)),
    )


_BELONGS: Mapping[Fact, str] = {
    Fact.PLAN: N_("{file} is a form of another plan, “{plan}”. Choose it at that plan."),
    Fact.BODY: N_("{file} is the form of {body}. Choose the form of {wanted}."),
    Fact.COLLECTION: N_("{file} belongs to another period, {start} – {end}. Choose it there."),
    Fact.EDITION: N_("{file} was made for another edition of the plan. Send {wanted} the new form."),
    Fact.KEY: N_("{file} is another form than the one that was sent to {wanted}. Send the form again."),
}
"""What tells forms apart, from the coarsest to the finest, and the sentence where it differs."""


def _check_belongs(written: WrittenForm, form: Form) -> None:
    wanted = {
        Fact.PLAN: str(form.plan),
        Fact.BODY: form.body,
        Fact.COLLECTION: str(form.collection),
        Fact.EDITION: form.edition,
        Fact.KEY: form.key,
    }
    facts = written.facts
    for fact, sentence in _BELONGS.items():
        if facts.get(fact, wanted[fact]) != wanted[fact]:
            raise InputError(
                sentence,
                file=written.file,
                plan=facts.get(Fact.PLAN_TITLE, ""),
                body=facts.get(Fact.BODY, ""),
                start=facts.get(Fact.START, ""),
                end=facts.get(Fact.END, ""),
                wanted=form.body,
            )


@dataclass(frozen=True)
class _Found:
    """The measure of a row, and whether its answers may be taken."""

    measure: AskedMeasure | None
    sure: bool = True
    changed: str = ""
    """The sentence about its number, wording or key."""


class _Reader:
    """Takes the rows of a form one after the other."""

    def __init__(self, written: WrittenForm, form: Form, today: dt.date) -> None:
        self._file, self._form, self._today = written.file, form, today
        self._measures = {each.measure: each for each in form.measures}
        self._by_text: dict[tuple[str, str], list[AskedMeasure]] = defaultdict(list)
        for each in form.measures:
            self._by_text[_named(each.number, each.text)].append(each)
        self._places = {each.measure: at for at, each in enumerate(form.measures)}
        self._touched: set[int] = set()
        self.answers: list[Answer] = []
        self.troubles: list[Trouble] = []
        self.said = False
        """Whether anything at all was written."""

    def take(self, row: WrittenRow) -> None:
        """One row: its answers, and what is wrong with it."""
        fields = {which: one for which, one in row.fields.items() if not is_empty(one)}
        found = self._find(row)
        if not found.sure and not fields:
            return
        if found.changed:
            written = f"{row.number} {row.text}".strip()
            kind = TroubleKind.CHANGED_TEXT if found.sure else TroubleKind.UNKNOWN_MEASURE
            self._trouble(kind, found.changed, found.measure, place=self._place(row.where), written=written)
        for which in Field:
            if which in fields:
                self.said = True
                self._answer(which, fields[which], found)

    def _find(self, row: WrittenRow) -> _Found:
        if row.key and row.key != self._form.key:
            return _Found(None, sure=False, changed=N_("This row comes from another form. It was not taken."))
        same = self._by_text.get(_named(row.number, row.text), [])
        named = same[0] if len(same) == 1 else None
        keyed = self._measures.get(int(row.measure)) if row.measure.isdecimal() else None
        if keyed is None:
            return self._without_key(row, named)
        if keyed in same:
            return _Found(keyed)
        if named is not None:
            return _Found(
                named, changed=N_("The rows were moved without their hidden keys. It was read by its wording.")
            )
        return _Found(keyed, changed=N_("The number or the wording of the measure was changed in the form."))

    def _without_key(self, row: WrittenRow, named: AskedMeasure | None) -> _Found:
        if not row.key and not row.measure and named is not None:
            return _Found(named)
        sentence = N_("The hidden key of this row was changed. Decide which measure it is.")
        if not row.key and not row.measure:
            sentence = N_("This row was added: no measure of the form is like it.")
        return _Found(named, sure=False, changed=sentence)

    def _answer(self, which: Field, written: Written, found: _Found) -> None:
        measure, place = found.measure, self._place(written.where)
        known = measure.known.get(which) if measure else None
        value = read_value(which, written, self._form, known, self._today)
        said = written.formula or shown(written.raw)
        if measure is not None and found.sure:
            self._touched.add(measure.measure)
        if isinstance(value, Wrong):
            self._trouble(value.kind, value.sentence, measure, which, place, said, value.proposed, value.values)
        elif measure is None or not found.sure:
            sentence = N_("This answer stands in a row that is not known. Decide which measure it is.")
            self._trouble(TroubleKind.UNKNOWN_MEASURE, sentence, measure, which, place, said, value)
        else:
            self.answers.append(Answer(measure.measure, which, value, place))

    def _trouble(
        self,
        kind: TroubleKind,
        sentence: str,
        measure: AskedMeasure | None,
        which: Field | None = None,
        place: Place | None = None,
        written: str = "",
        proposed: Value | None = None,
        values: Mapping[str, object] | None = None,
    ) -> None:
        number = measure.measure if measure else None
        self.troubles.append(Trouble(kind, sentence, values or {}, number, which, place, written, proposed))

    def _place(self, where: str) -> Place:
        return Place(self._file, where)

    def all_troubles(self) -> Iterator[Trouble]:
        """Those of single answers, then those of a measure as a whole."""
        yield from self.troubles
        answers: dict[int, list[Answer]] = defaultdict(list)
        for answer in self.answers:
            answers[answer.measure].append(answer)
        wrong = {(one.measure, one.field) for one in self.troubles}
        for measure in self._form.measures:
            tried = frozenset(which for which in Field if (measure.measure, which) in wrong)
            touched = measure.measure in self._touched
            yield from troubles_of(measure, answers[measure.measure], tried=tried, touched=touched)

    def order(self, trouble: Trouble) -> tuple[int, int]:
        """By measure as the form lists them, rows of no measure last; then by field."""
        at = self._places.get(trouble.measure, len(self._places)) if trouble.measure is not None else len(self._places)
        return at, list(Field).index(trouble.field) if trouble.field else -1


def _named(number: str, text: str) -> tuple[str, str]:
    return " ".join(number.split()).rstrip("."), " ".join(text.split()).casefold()
