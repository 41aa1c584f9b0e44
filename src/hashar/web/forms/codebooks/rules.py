"""The form of a data-quality rule."""

import io

from django import forms
from django.forms.boundfield import BoundField

from hashar.assess.services.codebook_forms import Plain, entries_of
from hashar.i18n import N_
from hashar.web.forms.codebooks.base import choices_of, tidy
from hashar.web.forms.codebooks.items import CodesMixin, code_field, kept, needs_name
from hashar.web.forms.codebooks.values import codes_of, codes_text
from hashar.web.texts import waiting

KINDS = {
    "dummy_drug": N_("claims to use a drug that does not exist"),
    "inconsistent": N_("says never and reports use"),
    "impossible": N_("answers what cannot be"),
    "straight_line": N_("gives the same answer throughout"),
    "half_empty": N_("answered too little"),
}
ACTIONS = {"report": N_("reported, kept in all numbers"), "exclude": N_("left out of all numbers")}
CODES = (
    ("used", N_("Codes that mean use")),
    ("at", N_("Only these answers count as the same (empty: any)")),
)
LISTS = (
    ("never", N_("Codes that mean never, one list for each column")),
    ("use", N_("Codes that mean use, one list for each column")),
)
NUMBERS = (
    ("low", N_("Smallest possible number")),
    ("high", N_("Largest possible number")),
    ("at_least", N_("So many uses at once are impossible")),
    ("minimum_items", N_("From so many answered questions")),
    ("minimum_share", N_("Fewest answered, as a share")),
)


class RuleForm(CodesMixin):
    """Which questionnaires are doubtful, and what is done with them."""

    MORE = 2
    code_names = ("used", "at")

    def build(self) -> None:
        """Name, kind, columns, settings of the kind."""
        self.add("name", forms.CharField(label=waiting(N_("Short name")), max_length=100), self.entry.get("name"))
        kind = forms.ChoiceField(
            label=waiting(N_("Flags a questionnaire that")), choices=choices_of(KINDS, N_("choose"))
        )
        self.add("kind", kind, self.entry.get("kind"))
        self.add_texts("label", waiting(N_("Label")))
        action = forms.ChoiceField(label=waiting(N_("What is done with it")), choices=choices_of(ACTIONS))
        self.add("action", action, self.entry.get("action") or "report")
        self.items = entries_of(self.entry.get("items"))
        self.rows = len(self.items) + self.MORE
        for at in range(self.rows):
            self.add_columns(f"item_{at}_", self.items[at] if at < len(self.items) else {})
        for key, label in CODES:
            self.add(key, code_field(label, N_("Such as 2..7")), codes_text(self.entry.get(key)))
        for key, label in LISTS:
            help_text = waiting(N_("A list in brackets for each column: [1], [2..7]; [] where it does not matter."))
            made = forms.CharField(label=waiting(label), max_length=2000, help_text=help_text)
            self.add(key, made, lists_text(self.entry.get(key)))
        for key, label in NUMBERS:
            number = forms.FloatField(label=waiting(label), widget=forms.NumberInput(attrs={"step": "any"}))
            self.add(key, number, self.entry.get(key))

    def item_rows(self) -> list[list[BoundField]]:
        """Columns by wave of each question, for the template."""
        waves = range(len(self.book.waves))
        return [[self[f"item_{at}_{wave}"] for wave in waves] for at in range(self.rows)]

    def setting_fields(self) -> list[BoundField]:
        """What only some kinds need."""
        return [self[key] for key, _ in (*CODES, *LISTS, *NUMBERS)]

    def field_at(self, path: str) -> str:
        """Questions by their position."""
        first, _, rest = path.partition(".")
        at = rest.split(".")[0]
        if first == "items":
            return f"item_{at}_0" if at.isdigit() else "item_0_0"
        return {"": "name", "label": f"label_{self.book.own}"}.get(first, first)

    def clean(self) -> dict[str, object]:
        """A rule needs a name; lists have brackets."""
        given = super().clean()
        needs_name(self, given)
        for key, _ in LISTS:
            try:
                lists_of(str(given.get(key) or ""))
            except forms.ValidationError as error:
                self.add_error(key, error)
        return given

    def settings(self) -> dict[str, Plain]:
        """All of them; what is empty goes."""
        given = self.cleaned_data
        found: dict[str, Plain] = {
            "name": kept(self.entry, "name", given["name"].strip()),
            "kind": given["kind"],
            "label": self.texts("label"),
            "items": [one for at in range(self.rows) if (one := self._item(at))],
        }
        if given["action"] != "report" or "action" in self.entry:
            found["action"] = given["action"]
        found |= {key: self.codes(key, self.entry.get(key)) for key, _ in CODES}
        found |= {key: self._lists(key) for key, _ in LISTS}
        return found | {key: tidy(given[key]) for key, _ in NUMBERS}

    def _item(self, at: int) -> dict[object, Plain]:
        one = dict(self.items[at]) if at < len(self.items) else {}
        for key, value in self.columns(f"item_{at}_", one).items():
            one[key] = value
        return {key: value for key, value in one.items() if value not in ("", None, {})}

    def _lists(self, key: str) -> Plain:
        present = self.entry.get(key)
        text = self.cleaned_data[key]
        return present if lists_text(present) == text.strip() else lists_of(text)


def lists_text(value: Plain) -> str:
    """``[1], [2..7]``; a plain list of codes without brackets."""
    if not isinstance(value, list) or not any(isinstance(one, list) for one in value):
        return codes_text(value)
    return ", ".join(f"[{codes_text(one)}]" for one in value)


def lists_of(text: str) -> list[Plain]:
    """The lists as typed.

    Raises
    ------
    ValidationError
        A bracket is missing.

    """
    if "[" not in text and "]" not in text:
        return codes_of(text)
    found: list[Plain] = []
    rest = io.StringIO(text.strip())
    inside: str | None = None
    while letter := rest.read(1):
        if letter == "[" and inside is None:
            inside = ""
        elif letter == "]" and inside is not None:
            found.append(codes_of(inside))
            inside = None
        elif inside is not None and letter != "[":
            inside += letter
        elif inside is not None or letter not in ", ;":
            raise _brackets()
    if inside is not None:
        raise _brackets()
    return found


def _brackets() -> forms.ValidationError:
    return forms.ValidationError(waiting(N_("Write one list in brackets for each column: [1], [2..7].")))
