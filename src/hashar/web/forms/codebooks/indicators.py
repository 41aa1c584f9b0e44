"""The form of an indicator: where the question is, and what each of its codes counts as."""

from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.forms.boundfield import BoundField

from hashar.assess.services.codebook_forms import Plain
from hashar.i18n import N_
from hashar.reference.queries import substances
from hashar.web.forms.codebooks.base import SETTLED, Entry, choices_of
from hashar.web.forms.codebooks.items import CodesMixin, code_field, column_at, kept, needs_name
from hashar.web.forms.codebooks.parts import MISSING_KINDS
from hashar.web.forms.codebooks.values import (
    Code,
    Key,
    code_text,
    codes_text,
    gathered,
    loose,
    spread,
    typed,
    unfolded,
)
from hashar.web.texts import waiting

KINDS = {
    "prevalence": N_("prevalence: how common something is"),
    "attitude": N_("attitude: what pupils think"),
    "availability": N_("availability: how easily one gets it"),
    "detection": N_("detection: what was noticed"),
    "process": N_("process: what was done"),
}
TYPES = {
    "yes_no": N_("yes or no"),
    "ordered": N_("answers in an order"),
    "frequency_of_use": N_("how often used"),
    "age_of_first_use": N_("age of first use"),
    "number": N_("a number"),
}
STATISTICS = {"proportion": N_("share of pupils"), "mean": N_("mean")}
HIGHER = {"worse": N_("worse"), "better": N_("better"), "neutral": N_("neither")}
STATES = {"yes": N_("counts as yes"), "no": N_("counts as no"), **MISSING_KINDS}
MOST_CODES = 60


@dataclass(frozen=True)
class CodeRow:
    """One code of a question, for the template."""

    code: Code
    shown: str
    label: str
    occurs: bool
    state: BoundField
    answer: BoundField


class IndicatorForm(CodesMixin):
    """One question: where it is, what counts."""

    def build(self) -> None:
        """Names, columns, kinds, codes."""
        self.add("name", forms.CharField(label=waiting(N_("Short name")), max_length=100), self.entry.get("name"))
        self.add_texts("label", waiting(N_("Label")))
        self.add_texts("question", waiting(N_("Question as it was asked")), long=True)
        self.derived = "of" in self.entry
        self.add_columns("column_", self.entry)
        for key, label, choices in (
            ("type", N_("Kind of question"), TYPES),
            ("statistic", N_("What is computed"), STATISTICS),
            ("kind", N_("What it measures"), KINDS),
            ("higher_is", N_("A higher value is"), HIGHER),
        ):
            made = forms.ChoiceField(label=waiting(label), choices=choices_of(choices, N_("the usual")))
            self.add(key, made, self.entry.get(key))
        listed = [(code, self.book.picked(one.name)) for code, one in substances().items()]
        substance = forms.ChoiceField(label=waiting(N_("Substance")), choices=[("", waiting(N_("none"))), *listed])
        self.add("substance", substance, self.entry.get("substance"))
        self.add_texts("unit", waiting(N_("Unit of a mean")))
        self._codes()
        self._derived()
        self.add("settled", forms.BooleanField(label=waiting(SETTLED)))

    def _codes(self) -> None:
        self.known = known_codes(self)
        self.listed = 0 < len(self.known) <= MOST_CODES and not self.derived
        if not self.listed:
            self.known = {}
            self.add(
                "yes", code_field(N_("Codes that count"), N_("Such as 2..7, 9")), codes_text(self.entry.get("yes"))
            )
            self.add("no", code_field(N_("Codes that count against")), codes_text(self.entry.get("no")))
            self.code_names = ["yes", "no"]
            return
        answers = self.entry.get("answers")
        texts = {typed(code): text for code, text in unfolded(answers if isinstance(answers, dict) else {}).items()}
        states = present_states(self)
        for at, code in enumerate(self.known.values()):
            choices = choices_of(STATES, N_("not explained"))
            state = forms.ChoiceField(label=waiting(N_("counts as")), choices=choices)
            self.add(f"state_{at}", state, states.get(typed(code.code), ""))
            label = self.book.texts(texts.get(typed(code.code))).get(self.book.own, "")
            self.add(f"answer_{at}", forms.CharField(label=waiting(N_("answer in reports")), max_length=400), label)

    def _derived(self) -> None:
        of = self.entry.get("of")
        if not self.derived:
            return
        help_text = waiting(N_("Short names of other indicators, with commas."))
        made = forms.CharField(label=waiting(N_("Counts these indicators")), max_length=2000, help_text=help_text)
        self.add("of", made, ", ".join(str(one) for one in of) if isinstance(of, list) else of)
        least = forms.IntegerField(label=waiting(N_("At least so many of them")), min_value=1, max_value=1000)
        self.add("at_least", least, self.entry.get("at_least"))
        as_no = forms.BooleanField(label=waiting(N_("A missing one counts as no if another was answered")))
        self.add("missing_as_no", as_no, self.entry.get("missing_as_no") is True)

    def column_fields(self) -> list[BoundField]:
        """One for each wave."""
        return [] if self.derived else [self[f"column_{at}"] for at, _ in enumerate(self.book.waves)]

    def code_rows(self) -> list[CodeRow]:
        """The table of codes."""
        return [
            CodeRow(one.code, code_text(one.code), one.label, one.occurs, self[f"state_{at}"], self[f"answer_{at}"])
            for at, one in enumerate(self.known.values())
        ]

    def field_at(self, path: str) -> str:
        """Columns by wave; codes at the first row where they are listed."""
        first = path.split(".", maxsplit=1)[0]
        if first in ("yes", "no", "missing", "answers", ""):
            return "state_0" if self.listed else ("yes" if first in ("yes", "no") else "name")
        texts = {key: f"{key}_{self.book.own}" for key in ("label", "question", "unit")}
        return column_at(self, path) or texts.get(first, first)

    def clean(self) -> dict[str, object]:
        """An indicator needs a name."""
        given = super().clean()
        needs_name(self, given)
        return given

    def settings(self) -> dict[str, Plain]:
        """All of them."""
        given = self.cleaned_data
        found: dict[str, Plain] = {"name": kept(self.entry, "name", given["name"].strip())}
        found |= {key: self.texts(key) for key in ("label", "question", "unit")}
        found |= {key: given[key] for key in ("type", "statistic", "kind", "substance", "higher_is")}
        if self.derived:
            return found | self._derived_settings()
        found |= self.columns("column_", self.entry)
        if not self.listed:
            return found | {key: self.codes(key, self.entry.get(key)) for key in ("yes", "no")}
        return found | explained(self)

    def _derived_settings(self) -> dict[str, Plain]:
        names: list[Plain] = [one.strip() for one in self.cleaned_data["of"].split(",") if one.strip()]
        said = "missing_as_no" in self.entry
        return {
            "of": names,
            "at_least": self.cleaned_data["at_least"],
            "missing_as_no": True if self.cleaned_data["missing_as_no"] else (False if said else None),
        }


@dataclass(frozen=True)
class KnownCode:
    """A code that a file or the codebook knows of."""

    code: Code
    label: str = ""
    missing: str = ""
    occurs: bool = True


def known_codes(form: IndicatorForm) -> dict[Key, KnownCode]:
    """Codes of the question's columns in all files, then those that only the codebook names."""
    found: dict[Key, KnownCode] = {}
    many, one = form.entry.get("variables"), form.entry.get("variable")
    for wave, columns in form.book.columns.items():
        name = many.get(wave) if isinstance(many, dict) else one
        column = columns.get(str(name or ""))
        for seen in column.codes if column else ():
            found.setdefault(typed(seen.code), KnownCode(seen.code, seen.label, seen.missing, seen.occurs))
    if not found and not form.entry.get("yes") and not form.entry.get("no"):
        return {}
    for code in (*spread(form.entry.get("yes")), *spread(form.entry.get("no")), *_own_missing(form.entry)):
        if code != "system":
            found.setdefault(typed(code), KnownCode(code, occurs=not form.book.columns))
    return dict(sorted(found.items(), key=lambda pair: _place_of(pair[1].code)))


def _place_of(code: Code) -> tuple[bool, float]:
    """Numbers by their size, then words as they came."""
    return (True, 0.0) if isinstance(code, str) else (False, float(code))


def _own_missing(entry: Entry) -> dict[Code, Plain]:
    part = entry.get("missing")
    codes = part.get("codes") if isinstance(part, dict) else None
    return unfolded(codes) if isinstance(codes, dict) else {}


def present_states(form: IndicatorForm) -> dict[Key, str]:
    """What each code counts as now: by the indicator, by the codebook's default, by the file."""
    default = form.book.settings.mapping("missing").get("codes")
    found = {typed(one.code): one.missing for one in form.known.values()}
    found |= {typed(code): str(kind) for code, kind in unfolded(default if isinstance(default, dict) else {}).items()}
    found |= {typed(code): str(kind) for code, kind in _own_missing(form.entry).items()}
    found |= {typed(code): "no" for code in spread(form.entry.get("no"))}
    return found | {typed(code): "yes" for code in spread(form.entry.get("yes"))}


def explained(form: IndicatorForm) -> dict[str, Plain]:
    """``yes``, ``no``, ``missing`` and ``answers`` from the table; what did not change is written as it was."""
    before = present_states(form)
    lists: dict[str, list[Code]] = {key: spread(form.entry.get(key)) for key in ("yes", "no")}
    missing: dict[Code, Plain] = _own_missing(form.entry)
    changed: set[str] = set()
    for at, one in enumerate(form.known.values()):
        new, old = form.cleaned_data[f"state_{at}"], before.get(typed(one.code), "")
        if new == old:
            continue
        changed |= {_place(new), _place(old)}
        lists = {key: [code for code in codes if typed(code) != typed(one.code)] for key, codes in lists.items()}
        missing = {code: kind for code, kind in missing.items() if typed(code) != typed(one.code)}
        if new in lists:
            lists[new].append(one.code)
        elif new:
            missing[one.code] = new
    found: dict[str, Plain] = {
        key: gathered(_sorted(lists[key])) if key in changed else form.entry.get(key) for key in ("yes", "no")
    }
    if "missing" in changed:
        part = form.entry.get("missing")
        found["missing"] = {**(part if isinstance(part, dict) else {}), "codes": loose(missing)}
        if not missing:
            found["missing"] = {k: v for k, v in part.items() if k != "codes"} if isinstance(part, dict) else None
    found["answers"] = answers(form)
    return found


def _place(state: str) -> str:
    return state if state in ("yes", "no", "") else "missing"


def _sorted(codes: Sequence[Code]) -> list[Code]:
    return sorted(codes, key=_place_of)


def answers(form: IndicatorForm) -> Plain:
    """Labels of answers; those of codes that are not in the table stay."""
    present = form.entry.get("answers")
    known = unfolded(present) if isinstance(present, dict) else {}
    by_key = {typed(code): text for code, text in known.items()}
    given = loose(known)
    touched = False
    for at, one in enumerate(form.known.values()):
        text = form.cleaned_data[f"answer_{at}"].strip()
        old = by_key.get(typed(one.code))
        if form.book.texts(old).get(form.book.own, "") == text:
            continue
        touched = True
        if isinstance(old, dict):
            given[one.code] = {**old, form.book.own: text}
        elif text:
            given[one.code] = text
        else:
            given.pop(one.code, None)
    return given if touched else present
