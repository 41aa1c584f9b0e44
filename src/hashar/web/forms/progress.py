"""Forms of progress: open a collection, answer on a measure, decide, send files."""

import datetime as dt
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from django import forms

from hashar.i18n import N_, Translator
from hashar.implement.contracts.collections import AnswerRecord, AnswerState, TroubleRecord
from hashar.implement.contracts.progress import Field, Period, Status, TroubleKind, Value
from hashar.implement.contracts.quarters import QUARTERS, quarter
from hashar.implement.contracts.words import FIELD_WORDS, STATUS_WORDS
from hashar.web.forms.choices import offer, shown
from hashar.web.progress_words import ProgressWords
from hashar.web.texts import waiting

LONGEST = 4000
DIGITS = 18
OWN, STAYS = "own", "stays"
BEFORE, AFTER = 1, 1
"""Years round the present one whose quarters are offered where the plan names none."""


def day_input() -> forms.DateInput:
    """A day as browsers ask for it."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class OpenForm(forms.Form):
    """Open a collection."""

    period = forms.ChoiceField(label=waiting(N_("Period")))
    return_by = forms.DateField(
        label=waiting(N_("Return by")),
        widget=day_input(),
        help_text=waiting(N_("It stands on every form.")),
    )
    whole = forms.BooleanField(
        label=waiting(N_("Ask about every measure of the plan")),
        required=False,
        help_text=waiting(N_("Otherwise: what is due or runs in the period, and what was due before and is not done.")),
    )

    def __init__(self, years: tuple[int, int] | None, t: Translator, today: dt.date, *args: Any) -> None:  # noqa: ANN401  (Django's own)
        super().__init__(*args)
        first, last = years or (today.year - BEFORE, today.year + AFTER)
        self._periods = {
            f"{year}-{part}": quarter(year, part) for year in range(first, last + 1) for part in range(1, QUARTERS + 1)
        }
        words = ProgressWords(t)
        offer(self, "period", [(key, words.period(one)) for key, one in self._periods.items()])
        past = [key for key, one in self._periods.items() if one.end < today + dt.timedelta(days=20)]
        self.initial["period"] = past[-1] if past else next(iter(self._periods))
        self.initial["return_by"] = today + dt.timedelta(days=10)

    @property
    def chosen(self) -> Period:
        """The period that was chosen."""
        return self._periods[self.cleaned_data["period"]]


class AmountField(forms.DecimalField):
    """Money as people type it: with a comma or a point, with spaces between thousands."""

    def to_python(self, value: Any) -> Any:  # noqa: ANN401  (Django's own)
        """The amount."""
        plain = "".join(value.split()).replace(",", ".") if isinstance(value, str) else value
        return super().to_python(plain)


def _value_field(field: Field, **more: Any) -> forms.Field:  # noqa: ANN401  (Django's own)
    label = waiting(FIELD_WORDS[field])
    if field is Field.STATUS:
        return forms.ChoiceField(
            label=label, required=False, choices=[("", waiting(N_("not said yet"))), *shown(STATUS_WORDS)], **more
        )
    if field is Field.DONE_ON:
        return forms.DateField(label=label, required=False, widget=day_input(), **more)
    if field is Field.SPENT:
        return AmountField(
            label=label,
            required=False,
            max_digits=DIGITS,
            decimal_places=3,
            localize=False,
            widget=forms.TextInput(attrs={"inputmode": "decimal"}),
            **more,
        )
    widget = forms.Textarea(attrs={"rows": 3}) if field in (Field.RESULT, Field.NOTE) else forms.TextInput()
    return forms.CharField(label=label, required=False, max_length=LONGEST, widget=widget, **more)


def _as_value(field: Field, said: Any) -> Value | None:  # noqa: ANN401  (whatever the field cleans to)
    if said in (None, ""):
        return None
    if field is Field.STATUS:
        return Status(said)
    return said if isinstance(said, dt.date | Decimal) else str(said)


class AnswerForm(forms.Form):
    """What a body says on one measure; beside it, hidden, what it saw when it began."""

    def __init__(self, stands: Mapping[Field, AnswerRecord], cost_unit: str, *args: Any) -> None:  # noqa: ANN401  (Django's own)
        super().__init__(*args)
        for field in Field:
            more = {"help_text": cost_unit} if field is Field.SPENT and cost_unit else {}
            self.fields[field.value] = _value_field(field, **more)
            self.fields[f"seen_{field.value}"] = forms.IntegerField(required=False, widget=forms.HiddenInput())
            one = stands.get(field)
            if one is not None:
                self.initial[field.value] = one.value
                self.initial[f"seen_{field.value}"] = one.id

    @property
    def values(self) -> Mapping[Field, Value | None]:
        """What is said."""
        return {field: _as_value(field, self.cleaned_data[field.value]) for field in Field}

    def see(self, stands: Mapping[Field, AnswerRecord]) -> None:
        """The page shows what stands by now: sending it again is sending it in sight of that."""
        seen = {f"seen_{field.value}": str(stands[field].id) if field in stands else "" for field in Field}
        self.data = {**{name: self.data.get(name, "") for name in self.fields}, **seen}

    @property
    def seen(self) -> Mapping[Field, int]:
        """What stood when the page was opened."""
        return {field: self.cleaned_data[f"seen_{field.value}"] or 0 for field in Field}


def _side(one: AnswerRecord, words: ProgressWords) -> str:
    """One of several answers, and whether it stands."""
    stands = f" ({words.stands(one.state)})" if one.state is AnswerState.STANDS else ""
    return f"{words.value(one.value)}{stands} — {words.source(one)}"


class DecideForm(forms.Form):
    """One of the answers, a value of one's own, or that it stays; and why."""

    choice = forms.ChoiceField(label=waiting(N_("What is right?")), widget=forms.RadioSelect())

    def __init__(self, it: TroubleRecord, t: Translator, *args: Any) -> None:  # noqa: ANN401  (Django's own)
        super().__init__(*args)
        self._field = it.field if it.measure is not None else None
        words = ProgressWords(t)
        choices: list[tuple[object, str]] = []
        if it.kind is TroubleKind.CONFLICT:
            choices += [(str(one.id), _side(one, words)) for one in it.choices]
        if self._field is not None:
            choices.append((OWN, t.gettext("Something else, written below")))
        if it.kind is not TroubleKind.CONFLICT:
            choices.append((STAYS, t.gettext("It stays as it is")))
        offer(self, "choice", choices)
        if self._field is not None:
            self.fields["value"] = _value_field(self._field)
            self.initial["value"] = it.proposed
        if it.kind is not TroubleKind.CONFLICT:
            self.initial["choice"] = OWN if it.proposed else ""
        self.fields["reason"] = forms.CharField(
            label=waiting(N_("Why")),
            max_length=LONGEST,
            widget=forms.Textarea(attrs={"rows": 2}),
            help_text=waiting(N_("It is kept with your name and the day.")),
        )

    def clean(self) -> dict[str, Any]:
        """A value of one's own must be there."""
        found = super().clean() or self.cleaned_data
        if found.get("choice") == OWN and "value" not in self.errors and self.value is None:
            self.add_error("value", waiting(N_("Write what is right, or choose another answer.")))
        return found

    @property
    def chosen(self) -> int | None:
        """Id of the answer that was chosen."""
        said = self.cleaned_data["choice"]
        return None if said in (OWN, STAYS) else int(said)

    @property
    def value(self) -> Value | None:
        """The value of one's own."""
        if self._field is None or self.cleaned_data.get("choice") != OWN:
            return None
        return _as_value(self._field, self.cleaned_data.get("value"))


class SeveralFiles(forms.FileInput):
    """Where several files are chosen at once."""

    allow_multiple_selected = True


class FilesField(forms.FileField):
    """Several files, each of them checked; at least one."""

    def clean(self, data: Any, initial: Any = None) -> Any:  # noqa: ANN401  (Django's own)
        """All of them."""
        return [super(FilesField, self).clean(each, initial) for each in data or [None]]


class ReturnedForm(forms.Form):
    """Forms that came back."""

    returned = FilesField(
        label=waiting(N_("Returned forms")),
        help_text=waiting(
            N_("Choose all of them at once. Each is checked by itself; the same file twice changes nothing.")
        ),
        widget=SeveralFiles(attrs={"accept": ".xlsx,.html,.htm,.json", "multiple": True}),
    )


def kinds_of(kinds: Sequence[str], t: Translator) -> Mapping[str, str]:
    """Formats by the words that people know."""
    words = {
        "xlsx": t.gettext("Excel"),
        "docx": t.gettext("Word"),
        "html": t.gettext("Page to fill in without a network"),
    }
    return {kind: words[kind] for kind in kinds}
