"""The form of a scale: the questions that measure one risk or protective factor."""

from collections.abc import Mapping

from django import forms
from django.forms.boundfield import BoundField

from hashar.assess.services.codebook_forms import Plain, entries_of
from hashar.i18n import N_
from hashar.reference.queries import factors
from hashar.web.forms.codebooks.base import PartForm, choices_of, decimal, tidy
from hashar.web.forms.codebooks.values import Code, as_code, code_text, codes_of, loose, typed
from hashar.web.texts import waiting


class ScaleForm(PartForm):
    """The questions that measure one risk or protective factor."""

    MORE = 2
    NUMBERS = (
        ("minimum_answered", N_("Share of the questions that must be answered"), 0.0, 1.0),
        ("cut_value", N_("Cut-point (mean of the points)"), -1e6, 1e6),
        ("cut_quantile", N_("Cut-point as a quantile of the first wave"), 0.0, 1.0),
        ("reference", N_("Share beyond the cut-point in a reference population"), 0.0, 1.0),
        ("changeability", N_("How far local action can move it (0–1)"), 0.0, 1.0),
    )
    CUTS = {
        "codebook": N_("the codebook"),
        "norm": N_("a norm sample"),
        "first_wave": N_("the first wave of this survey"),
    }

    def build(self) -> None:
        """Factor, questions with points, cut-point."""
        listed = [(code, f"{code} {self.book.picked(one.name)}") for code, one in factors().items()]
        factor = forms.ChoiceField(label=waiting(N_("Factor")), choices=[("", waiting(N_("choose"))), *listed])
        self.add("factor", factor, self.entry.get("factor"))
        self.items = entries_of(self.entry.get("items"))
        self.rows = len(self.items) + self.MORE
        for at in range(self.rows):
            one = self.items[at] if at < len(self.items) else {}
            self.add_columns(f"item_{at}_", one)
            points = one.get("points")
            shown = (
                ", ".join(f"{code_text(as_code(c))}={p}" for c, p in points.items()) if isinstance(points, dict) else ""
            )
            help_text = waiting(N_("Points for each code: 1=0, 2=1, 3=2"))
            made = forms.CharField(label=waiting(N_("Points")), max_length=1000, help_text=help_text)
            self.add(f"points_{at}", made, shown)
        cut = forms.ChoiceField(
            label=waiting(N_("The cut-point comes from")), choices=choices_of(self.CUTS, N_("choose"))
        )
        self.add("cut", cut, self.entry.get("cut"))
        for key, label, low, high in self.NUMBERS:
            number = forms.FloatField(
                label=waiting(label), min_value=low, max_value=high, widget=forms.NumberInput(attrs={"step": "any"})
            )
            self.add(key, number, decimal(self.entry.get(key)))
        self.add_texts("cut_source", waiting(N_("Where the cut-point comes from")))
        self.add_texts("reference_source", waiting(N_("Where the reference comes from")))
        inferred = forms.BooleanField(label=waiting(N_("That these questions measure it is a judgement")))
        self.add("inferred", inferred, self.entry.get("inferred") is not False)

    def item_rows(self) -> list[tuple[list[BoundField], BoundField]]:
        """Columns by wave and points of each question, for the template."""
        waves = range(len(self.book.waves))
        return [([self[f"item_{at}_{wave}"] for wave in waves], self[f"points_{at}"]) for at in range(self.rows)]

    def number_fields(self) -> list[BoundField]:
        """The numbers."""
        return [self[key] for key, *_ in self.NUMBERS]

    def field_at(self, path: str) -> str:
        """Questions by their position."""
        first, _, rest = path.partition(".")
        at = rest.split(".")[0]
        if first == "items" and at.isdigit():
            return f"points_{at}" if "points" in rest else f"item_{at}_0"
        texts = {key: f"{key}_{self.book.own}" for key in ("cut_source", "reference_source")}
        return {"items": "points_0", "": "factor", **texts}.get(first, first)

    def clean(self) -> dict[str, object]:
        """Points that can be read."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        if not given.get("factor"):
            self.add_error("factor", waiting(N_("Choose the factor that these questions measure.")))
        for at in range(self.rows):
            try:
                points_of(str(given.get(f"points_{at}") or ""))
            except forms.ValidationError as error:
                self.add_error(f"points_{at}", error)
        return given

    def settings(self) -> dict[str, Plain]:
        """All of them; what a question has beyond them stays."""
        given = self.cleaned_data
        found: dict[str, Plain] = {"factor": given["factor"], "cut": given["cut"]}
        found["items"] = [one for at in range(self.rows) if (one := self._item(at))]
        found |= {key: tidy(given[key]) for key, *_ in self.NUMBERS}
        found |= {key: self.texts(key) for key in ("cut_source", "reference_source")}
        said = "inferred" in self.entry
        found["inferred"] = False if not given["inferred"] else (True if said else None)
        return found

    def _item(self, at: int) -> dict[object, Plain]:
        one = dict(self.items[at]) if at < len(self.items) else {}
        columns = self.columns(f"item_{at}_", one)
        points = points_of(self.cleaned_data[f"points_{at}"])
        if not any(columns.values()) and not points:
            return {}
        for key, value in columns.items():
            one[key] = value
        old = one.get("points")
        one["points"] = old if isinstance(old, dict) and _alike(old, points) else loose(points)
        return {key: value for key, value in one.items() if value not in ("", None, {})}


def _alike(old: Mapping[object, Plain], new: Mapping[Code, Plain]) -> bool:
    return {typed(k): v for k, v in old.items()} == {typed(k): v for k, v in new.items()}


def points_of(text: str) -> dict[Code, Plain]:
    """``1=0, 2=1`` as a mapping.

    Raises
    ------
    ValidationError
        A piece is not ``code=points``.

    """
    found: dict[Code, Plain] = {}
    for piece in filter(None, (part.strip() for part in text.replace(";", ",").split(","))):
        code, equal, points = piece.rpartition("=")
        keys, values = codes_of(code), codes_of(points)
        fitting = equal and len(keys) == 1 and len(values) == 1
        if not fitting or not isinstance(values[0], int | float) or not isinstance(keys[0], int | float | str):
            raise forms.ValidationError(waiting(N_("Write points as code=points with commas between: 1=0, 2=1.")))
        found[keys[0]] = values[0]
    return found
