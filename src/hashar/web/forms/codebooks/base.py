"""What the forms of all parts share: texts in several languages, columns by wave, problems beside the fields."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from django import forms
from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict, ErrorList

from hashar.assess.services.codebook_columns import FileColumn
from hashar.assess.services.codebook_forms import Change, Plain, Settings
from hashar.i18n import LANGUAGE_NAMES, N_
from hashar.web.forms.choices import shown
from hashar.web.texts import waiting

Entry = Mapping[object, Plain]
Choices = Sequence[tuple[str, object]]
_PLACE = re.compile(r"^[^:]{0,200}?\d[^:]{0,40}: ")


@dataclass(frozen=True)
class Problem:
    """What is wrong, at which setting, in the reader's words."""

    path: str
    sentence: str
    line: int = 0

    @property
    def brief(self) -> str:
        """Without the file and line, which a form does not show."""
        return _PLACE.sub("", self.sentence, count=1)


@dataclass(frozen=True)
class Book:
    """The codebook at hand, as all forms see it."""

    settings: Settings
    language: str
    """The reader's."""
    columns: Mapping[str, Mapping[str, FileColumn]] = field(default_factory=dict)
    """Wave → columns of its file; empty where no file is there."""
    problems: Sequence[Problem] = ()

    @property
    def own(self) -> str:
        """The codebook's language: of texts that name none."""
        given = str(self.settings.values.get("language", "en"))
        return given if given in LANGUAGE_NAMES else "en"

    @property
    def waves(self) -> list[str]:
        """Names of the waves, in the order of time."""
        return [str(one.get("name", "")) for one in self.settings.entries("waves") if one.get("name")]

    def texts(self, value: Plain) -> dict[str, str]:
        """A text by language, however it is written."""
        if isinstance(value, dict):
            return {str(code): str(text) for code, text in value.items() if text is not None}
        return {self.own: str(value)} if value not in (None, "") else {}

    def pick(self, value: Plain) -> str:
        """A text for the reader."""
        return self.picked(self.texts(value))

    def picked(self, texts: Mapping[str, str]) -> str:
        """The one of some texts by language that the reader understands best."""
        return texts.get(self.language) or texts.get(self.own) or next(iter(texts.values()), "")


class PartForm(forms.Form):
    """One part of a codebook. ``path`` leads to its mapping in the YAML, ``base`` to its problems."""

    def __init__(self, book: Book, entry: Entry, path: tuple[str | int, ...], base: str, data: object = None) -> None:
        super().__init__(data)  # type: ignore[arg-type]  # Django's own
        self.book = book
        self.entry = entry
        self.path = path
        self.base = base
        self.groups: list[tuple[str, list[str]]] = []
        self.build()
        self.told, self.elsewhere = self._told()

    def build(self) -> None:
        """Add the fields."""

    def changes(self) -> list[Change]:
        """What a valid form changes in the text."""
        return [Change(self.path, self.settings(), settled=bool(self.cleaned_data.get("settled")))]

    def settings(self) -> dict[str, Plain]:
        """The settings of this part as the form has them."""
        raise NotImplementedError

    @property
    def errors(self) -> ErrorDict:
        """What is wrong with what was typed; before anything is typed, what the check found."""
        if self.is_bound:
            return super().errors
        return self.told

    def _told(self) -> tuple[ErrorDict, list[Problem]]:
        found = ErrorDict()
        rest = []
        for problem in self.book.problems:
            if problem.path != self.base and not problem.path.startswith(f"{self.base}." if self.base else ""):
                continue
            name = self.field_at(problem.path.removeprefix(self.base).strip("."))
            if name in self.fields:
                found.setdefault(name, ErrorList()).append(problem.brief)
            elif self.base:
                rest.append(problem)
        return found, rest

    def field_at(self, path: str) -> str:
        """The field in which the setting at ``path`` (within this part) is typed; empty for none."""
        return path.split(".", maxsplit=1)[0]

    def add(self, name: str, made: forms.Field, value: object = None) -> None:
        """A field with its present value."""
        made.required = False
        if value is not None:
            made.initial = value
        self.fields[name] = made

    # Texts in several languages: one field for the codebook's own, the others folded away.

    def add_texts(self, key: str, label: str, *, long: bool = False) -> None:
        """Fields for a text in all languages."""
        present = self.book.texts(self.entry.get(key))
        order = list(dict.fromkeys([self.book.own, self.book.language, *LANGUAGE_NAMES]))
        for language in order:
            widget = (
                forms.Textarea(attrs={"rows": 2, "lang": language})
                if long
                else forms.TextInput(attrs={"lang": language})
            )
            made = forms.CharField(label=f"{label} ({LANGUAGE_NAMES[language]})", max_length=2000, widget=widget)
            self.add(f"{key}_{language}", made, present.get(language, ""))
        self.groups.append((key, [f"{key}_{language}" for language in order]))

    def texts(self, key: str) -> Plain:
        """The text as the codebook holds it: in the form it had, as long as that can say it."""
        present = self.entry.get(key)
        typed = {language: str(self.cleaned_data.get(f"{key}_{language}") or "").strip() for language in LANGUAGE_NAMES}
        given: dict[object, Plain] = {language: text for language, text in typed.items() if text}
        if isinstance(present, dict):
            kept = {code: present[code] for code in present if code not in LANGUAGE_NAMES}
            order = [code for code in present if code in given]
            return {**{code: given[code] for code in order}, **given, **kept}
        if set(given) <= {self.book.own}:
            return given.get(self.book.own, "")
        return given

    def text_rows(self) -> list[tuple[str, list[BoundField]]]:
        """Texts with their fields, for the template: the first in sight, the others folded."""
        return [(key, [self[name] for name in names]) for key, names in self.groups]

    # Columns, wave by wave.

    def add_columns(self, prefix: str, entry: Entry) -> None:
        """One field for each wave."""
        one, many = entry.get("variable"), entry.get("variables")
        for at, wave in enumerate(self.book.waves):
            value = many.get(wave) if isinstance(many, dict) else one
            widget = forms.TextInput(attrs={"list": f"columns-{at}", "autocomplete": "off", "spellcheck": "false"})
            self.add(f"{prefix}{at}", forms.CharField(label=wave, max_length=200, widget=widget), value or "")

    def columns(self, prefix: str, entry: Entry) -> dict[str, Plain]:
        """``variable`` or ``variables``, whichever says it; the one that was there where both do."""
        typed = {w: str(self.cleaned_data.get(f"{prefix}{at}") or "").strip() for at, w in enumerate(self.book.waves)}
        given: dict[object, Plain] = {wave: column for wave, column in typed.items() if column}
        same = len(set(typed.values())) == 1
        if same and not isinstance(entry.get("variables"), dict):
            return {"variable": next(iter(typed.values()), ""), "variables": None}
        return {"variable": None, "variables": given}


def choices_of(pairs: Mapping[str, str], empty: str = "") -> list[tuple[str, object]]:
    """Choices with translated names."""
    first = [("", waiting(empty))] if empty else []
    return [*first, *shown(pairs)]


def decimal(value: Plain) -> float | None:
    """A number of the codebook for a field."""
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def tidy(value: float | None) -> Plain:
    """A number as it is written: whole ones without a point."""
    return None if value is None else int(value) if float(value).is_integer() else value


SETTLED = N_("I have looked at the guesses here: take their marks away")
