"""What the forms of groups, indicators, scales and rules share: lists of codes, names, columns by wave."""

from collections.abc import Mapping, Sequence

from django import forms

from hashar.assess.services.codebook_forms import Plain
from hashar.i18n import N_
from hashar.web.forms.codebooks.base import Entry, PartForm
from hashar.web.forms.codebooks.values import codes_of
from hashar.web.texts import waiting


def code_field(label: str, help_text: str = "") -> forms.CharField:
    """A list of codes."""
    return forms.CharField(label=waiting(label), max_length=2000, help_text=waiting(help_text) if help_text else "")


class CodesMixin(PartForm):
    """Fields that hold lists of codes."""

    code_names: Sequence[str] = ()

    def clean(self) -> dict[str, object]:
        """Codes that can be read."""
        given: dict[str, object] = super().clean() or self.cleaned_data
        for name in self.code_names:
            try:
                codes_of(str(given.get(name) or ""))
            except forms.ValidationError as error:
                self.add_error(name, error)
        return given

    def codes(self, name: str, present: Plain) -> Plain:
        """The list as typed; a single code that was written without brackets stays so."""
        given = codes_of(str(self.cleaned_data.get(name) or ""))
        single = present is not None and not isinstance(present, list)
        return given[0] if single and len(given) == 1 else given


def kept(entry: Entry, key: str, text: str) -> Plain:
    """What was there when it reads the same: a name that was written as a number stays one."""
    present = entry.get(key)
    return present if present is not None and str(present) == text else text


def needs_name(form: PartForm, given: Mapping[str, object]) -> None:
    """A name is how the rest of the codebook speaks of it."""
    if not given.get("name"):
        form.add_error("name", waiting(N_("Give it a short name; tables use it.")))


def column_at(form: PartForm, path: str) -> str:
    """``variables.2019`` to the field of that wave; empty for other paths."""
    key, _, wave = path.partition(".")
    if key not in ("variable", "variables"):
        return ""
    waves = form.book.waves
    return f"column_{waves.index(wave) if wave in waves else 0}"
