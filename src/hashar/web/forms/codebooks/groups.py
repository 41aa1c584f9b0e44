"""The form of a group: a variable to break down by, with its levels."""

from django import forms
from django.forms.boundfield import BoundField

from hashar.assess.services.codebook_forms import Plain, entries_of
from hashar.errors import InputError
from hashar.i18n import N_
from hashar.places.queries import recognised
from hashar.web.forms.codebooks.base import SETTLED, choices_of
from hashar.web.forms.codebooks.items import CodesMixin, code_field, column_at, kept, needs_name
from hashar.web.forms.codebooks.values import codes_text
from hashar.web.texts import sentence, waiting

PLACE = "place"
NO_PLACE = N_("“{place}” is no place of this site, or more than one. Write its code.")
ROLES = {
    PLACE: N_("place (shown by name, never ranked)"),
    "language": N_("language of the questionnaire"),
    "school": N_("school"),
    "class": N_("class"),
}


class GroupForm(CodesMixin):
    """A variable to break down by."""

    MORE = 3

    def build(self) -> None:
        """Name, label, columns, role, levels."""
        self.add("name", forms.CharField(label=waiting(N_("Short name")), max_length=100), self.entry.get("name"))
        self.add_texts("label", waiting(N_("Label")))
        self.add_columns("column_", self.entry)
        role = forms.ChoiceField(label=waiting(N_("Role")), choices=choices_of(ROLES, N_("none")))
        self.add("role", role, self.entry.get("role"))
        self.levels = entries_of(self.entry.get("levels"))
        self.rows = len(self.levels) + self.MORE
        for at in range(self.rows):
            one = self.levels[at] if at < len(self.levels) else {}
            self.add(f"level_{at}", forms.CharField(label=waiting(N_("Name")), max_length=200), one.get("name"))
            self.add(f"codes_{at}", code_field(N_("Codes")), codes_text(one.get("codes")))
            label = self.book.texts(one.get("label"))
            made = forms.CharField(label=waiting(N_("Label")), max_length=400)
            self.add(f"text_{at}", made, label.get(self.book.own, ""))
        self.of_places = PLACE in (self.entry.get("role"), self.data.get("role"))
        if self.of_places:
            self._add_territories()
        self.code_names = [f"codes_{at}" for at in range(self.rows)]
        self.add("settled", forms.BooleanField(label=waiting(SETTLED)))

    def _add_territories(self) -> None:
        """A territory for each level; while none is given, what a level's name or label fits in full."""
        given = [str(one.get("territory") or "") for one in self.levels]
        if not any(given):
            named = [(str(one.get("name", "")), *self.book.texts(one.get("label")).values()) for one in self.levels]
            known = recognised({text for texts in named for text in texts})
            given = [next((known[text].code for text in texts if text in known), "") for texts in named]
        for at in range(self.rows):
            made = forms.CharField(label=waiting(N_("Territory")), max_length=200)
            self.add(f"territory_{at}", made, given[at] if at < len(given) else "")

    def level_rows(self) -> list[list[BoundField]]:
        """Name, codes and label of each level, and its territory in a group of places, for the template."""
        keys = ("level", "codes", "text", *(("territory",) if self.of_places else ()))
        return [[self[f"{key}_{at}"] for key in keys] for at in range(self.rows)]

    def column_fields(self) -> list[BoundField]:
        """One for each wave."""
        return [self[f"column_{at}"] for at, _ in enumerate(self.book.waves)]

    def field_at(self, path: str) -> str:
        """Columns by wave; the levels begin with their first name, a territory is beside its level."""
        if path.startswith("levels.") and path.endswith(".territory"):
            return f"territory_{path.split('.')[1]}"
        return column_at(self, path) or {"levels": "level_0", "label": f"label_{self.book.own}"}.get(
            path.split(".", maxsplit=1)[0], path.split(".", maxsplit=1)[0]
        )

    def clean(self) -> dict[str, object]:
        """A group needs a name, a level too."""
        given = super().clean()
        needs_name(self, given)
        for at in range(self.rows):
            if given.get(f"codes_{at}") and not given.get(f"level_{at}"):
                self.add_error(f"level_{at}", waiting(N_("Give this level a short name.")))
        if self.of_places:
            self._find_territories(given)
        return given

    def _find_territories(self, given: dict[str, object]) -> None:
        """Codes for whatever names one territory."""
        typed = {name: str(given.get(name) or "").strip() for name in (f"territory_{at}" for at in range(self.rows))}
        known = recognised(text for text in typed.values() if text)
        for name, text in typed.items():
            if text in known:
                given[name] = known[text].code
            elif text:
                self.add_error(name, sentence(InputError(NO_PLACE, place=text[:60])))

    def settings(self) -> dict[str, Plain]:
        """All of them; what a level has beyond them stays."""
        return {
            "name": kept(self.entry, "name", self.cleaned_data["name"].strip()),
            "label": self.texts("label"),
            **self.columns("column_", self.entry),
            "role": self.cleaned_data["role"],
            "levels": [self._level(at) for at in range(self.rows) if self.cleaned_data[f"level_{at}"].strip()],
        }

    def _level(self, at: int) -> Plain:
        one = dict(self.levels[at]) if at < len(self.levels) else {}
        one["name"] = kept(one, "name", self.cleaned_data[f"level_{at}"].strip())
        one["codes"] = self.codes(f"codes_{at}", one.get("codes"))
        text = self.cleaned_data[f"text_{at}"].strip()
        label = one.get("label")
        one["label"] = {**label, self.book.own: text} if isinstance(label, dict) else text
        if self.of_places:
            one["territory"] = self.cleaned_data[f"territory_{at}"]
        return {key: value for key, value in one.items() if value not in ("", None, {})}
