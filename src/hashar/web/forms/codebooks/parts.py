"""Forms of the parts that a codebook has once: basics, waves, design, missing answers, thresholds."""

from django import forms

from hashar.assess.services.codebook_forms import Change, Plain
from hashar.i18n import LANGUAGE_NAMES, N_
from hashar.web.forms.codebooks.base import SETTLED, PartForm, choices_of, decimal, tidy
from hashar.web.forms.codebooks.values import as_code, code_text, codes_of
from hashar.web.texts import waiting

MISSING_KINDS = {
    "no_answer": N_("no answer"),
    "not_asked": N_("not asked"),
    "dont_know": N_("don't know"),
    "refused": N_("refused"),
    "invalid": N_("unexplained code"),
}
COUNTS_AS = {"missing": N_("left out of this number"), "yes": N_("counted as yes"), "no": N_("counted as no")}
SINGLE_PSU = {
    "fail": N_("refuse to compute"),
    "remove": N_("leave the stratum out of the variance"),
    "certainty": N_("treat the cluster as certain"),
    "centre": N_("centre at the mean of all"),
    "average": N_("take the average of the other strata"),
}
INTERVALS = {
    "logit": N_("logit (as CDC and R)"),
    "beta": N_("beta (Korn and Graubard)"),
    "wilson": N_("Wilson"),
    "wald": N_("Wald"),
    "asin": N_("arcsine"),
    "xlogit": N_("logit of the odds"),
    "likelihood": N_("likelihood"),
}
DF = {"design": N_("of the whole design"), "domain": N_("of each group")}


class BasicsForm(PartForm):
    """What the survey is."""

    def build(self) -> None:
        """Title, source, place, languages."""
        self.add_texts("title", waiting(N_("Title")))
        self.add_texts("source", waiting(N_("Source")), long=True)
        self.add_texts("place", waiting(N_("Place")))
        languages = list(LANGUAGE_NAMES.items())
        language = forms.ChoiceField(label=waiting(N_("Language of texts that name none")), choices=languages)
        self.add("language", language, self.book.own)
        checked = self.entry.get("machine_translated")
        unchecked = forms.MultipleChoiceField(
            label=waiting(N_("Languages that no native speaker has checked")),
            choices=languages,
            widget=forms.CheckboxSelectMultiple,
            help_text=waiting(N_("Reports in these languages say so.")),
        )
        self.add("machine_translated", unchecked, [str(code) for code in checked] if isinstance(checked, list) else [])
        self.add("settled", forms.BooleanField(label=waiting(SETTLED)))

    def field_at(self, path: str) -> str:
        """Texts are typed in the codebook's own language first."""
        key = path.split(".", maxsplit=1)[0]
        return f"{key}_{self.book.own}" if key in ("title", "source", "place") else key

    def settings(self) -> dict[str, Plain]:
        """All of them."""
        found: dict[str, Plain] = {key: self.texts(key) for key in ("title", "source", "place")}
        if self.cleaned_data["language"]:
            found["language"] = self.cleaned_data["language"]
        given = self.cleaned_data["machine_translated"]
        present = self.entry.get("machine_translated")
        order = [str(code) for code in present] if isinstance(present, list) else []
        found["machine_translated"] = sorted(given, key=lambda code: order.index(code) if code in order else 99)
        return found


class DesignForm(PartForm):
    """How the sample was drawn."""

    def build(self) -> None:
        """Columns of the design, and how errors are computed."""
        listed = {"list": "columns-0", "autocomplete": "off", "spellcheck": "false"}
        weight = forms.CharField(
            label=waiting(N_("Weight")),
            max_length=200,
            widget=forms.TextInput(attrs=listed),
            help_text=waiting(N_("Column of weights; empty: every questionnaire counts once.")),
        )
        self.add("weight", weight, self.entry.get("weight") or "")
        for key, label, help_text in (
            ("strata", N_("Strata"), N_("Parts of the area sampled separately; one column for each stage.")),
            ("clusters", N_("Clusters"), N_("Schools or classes drawn together, the first drawn first.")),
            ("fpc", N_("Population sizes"), N_("Columns for the finite-population correction, if any.")),
        ):
            made = forms.CharField(label=waiting(label), max_length=400, help_text=waiting(help_text))
            self.add(key, made, _joined(self.entry.get(key)))
        nest = forms.BooleanField(label=waiting(N_("Cluster codes begin anew in each stratum")))
        self.add("nest", nest, self.entry.get("nest") is True)
        for key, label, choices in (
            ("single_psu", N_("A stratum with a single cluster"), SINGLE_PSU),
            ("df", N_("Degrees of freedom"), DF),
            ("interval", N_("Interval of shares"), INTERVALS),
        ):
            choice = forms.ChoiceField(label=waiting(label), choices=choices_of(choices, N_("the usual")))
            self.add(key, choice, self.entry.get(key))
        level = forms.FloatField(
            label=waiting(N_("Confidence level")), min_value=0.5, max_value=0.999, widget=_number(0.01)
        )
        self.add("level", level, decimal(self.entry.get("level")))
        self.add("settled", forms.BooleanField(label=waiting(SETTLED)))

    def settings(self) -> dict[str, Plain]:
        """Empty ones go: then the default holds."""
        typed = self.cleaned_data
        found: dict[str, Plain] = {key: typed[key].strip() for key in ("weight", "single_psu", "df", "interval")}
        for key in ("strata", "clusters", "fpc"):
            found[key] = _split(typed[key], self.entry.get(key))
        found["nest"] = True if typed["nest"] else (False if self.entry.get("nest") is False else None)
        found["level"] = tidy(typed["level"])
        return found


def _number(step: float | str) -> forms.NumberInput:
    return forms.NumberInput(attrs={"step": step, "inputmode": "decimal"})


def _joined(value: Plain) -> str:
    return ", ".join(str(item) for item in value) if isinstance(value, list) else str(value or "")


def _split(text: str, present: Plain) -> Plain:
    """A list of names; one that was written as a single word stays one."""
    names: list[Plain] = [name.strip() for name in text.replace(";", ",").split(",") if name.strip()]
    return names[0] if len(names) == 1 and isinstance(present, str) else names


class WavesForm(PartForm):
    """The rounds of the survey, with the files that belong to each."""

    MORE = 2

    def build(self) -> None:
        """A row for each wave, and empty ones."""
        entries = self.book.settings.entries("waves")
        languages = [("", "–"), *LANGUAGE_NAMES.items()]
        self.rows = len(entries) + self.MORE
        for at in range(self.rows):
            one = entries[at] if at < len(entries) else {}
            self.add(f"name_{at}", forms.CharField(label=waiting(N_("Wave")), max_length=200), one.get("name"))
            label = forms.CharField(label=waiting(N_("How reports call it")), max_length=400)
            self.add(f"label_{at}", label, self.book.texts(one.get("label")).get(self.book.own, ""))
            files = forms.CharField(
                label=waiting(N_("Patterns of file names")),
                max_length=1000,
                help_text=waiting(N_("* stands for anything: *2024*")),
            )
            self.add(f"files_{at}", files, _joined(one.get("files")))
            language = forms.ChoiceField(label=waiting(N_("Language of the questionnaire")), choices=languages)
            self.add(f"language_{at}", language, one.get("language"))

    def field_at(self, path: str) -> str:
        """By the wave's name."""
        name, _, key = path.partition(".")
        at = self.book.settings.position("waves", name)
        return f"{key or 'name'}_{at}" if at is not None else ""

    def clean(self) -> dict[str, object]:
        """A new wave with files needs a name; one that was there and loses it is taken out."""
        typed: dict[str, object] = super().clean() or self.cleaned_data
        for at in range(len(self.book.settings.entries("waves")), self.rows):
            if typed.get(f"files_{at}") and not typed.get(f"name_{at}"):
                self.add_error(f"name_{at}", waiting(N_("Give the wave a name, such as 2024.")))
        return typed

    def changes(self) -> list[Change]:
        """Waves that were there; new ones come through :meth:`added`."""
        entries = self.book.settings.entries("waves")
        return [Change(("waves", at), self._row(at, one)) for at, one in enumerate(entries) if self._named(at)]

    def added(self) -> list[dict[str, Plain]]:
        """New waves."""
        first = len(self.book.settings.entries("waves"))
        return [self._row(at, {}) for at in range(first, self.rows) if self._named(at)]

    def removed(self) -> list[int]:
        """Waves whose name was emptied, the last first."""
        entries = self.book.settings.entries("waves")
        return [at for at in reversed(range(len(entries))) if not self._named(at)]

    def _named(self, at: int) -> bool:
        return bool(str(self.cleaned_data.get(f"name_{at}") or "").strip())

    def _row(self, at: int, one: dict[object, Plain]) -> dict[str, Plain]:
        typed = self.cleaned_data
        label = one.get("label")
        text = typed[f"label_{at}"].strip()
        if isinstance(label, dict):
            label = {**label, self.book.own: text} if text else {k: v for k, v in label.items() if k != self.book.own}
        else:
            label = text
        name: Plain = typed[f"name_{at}"].strip()
        return {
            "name": one["name"] if str(one.get("name")) == name else name,
            "label": label,
            "files": _split(typed[f"files_{at}"], one.get("files")),
            "language": typed[f"language_{at}"],
        }


class MissingForm(PartForm):
    """Codes that mean no answer in every question, and what each kind counts as."""

    def build(self) -> None:
        """Codes for each kind; what the kind counts as."""
        codes = self.entry.get("codes")
        counts = self.entry.get("counts_as")
        for kind, name in MISSING_KINDS.items():
            mine = [key for key, value in codes.items() if value == kind] if isinstance(codes, dict) else []
            made = forms.CharField(label=waiting(name), max_length=400)
            self.add(f"codes_{kind}", made, ", ".join(code_text(as_code(key)) for key in mine))
            choice = forms.ChoiceField(label=waiting(name), choices=choices_of(COUNTS_AS))
            self.add(f"counts_{kind}", choice, counts.get(kind, "missing") if isinstance(counts, dict) else "missing")
        self.kinds = [(self[f"codes_{kind}"], self[f"counts_{kind}"]) for kind in MISSING_KINDS]

    def settings(self) -> dict[str, Plain]:
        """``codes`` and ``counts_as``, in the order in which they were written."""
        return {"codes": self._codes(), "counts_as": self._counts()}

    def _codes(self) -> Plain:
        present = self.entry.get("codes")
        given: dict[object, Plain] = {}
        for kind in MISSING_KINDS:
            for code in codes_of(self.cleaned_data[f"codes_{kind}"]):
                given[as_code(code)] = kind
        order = [key for key in present if key in given] if isinstance(present, dict) else []
        return {**{key: given[key] for key in order}, **given}

    def _counts(self) -> Plain:
        present = self.entry.get("counts_as")
        known = present if isinstance(present, dict) else {}
        given: dict[object, Plain] = {kind: self.cleaned_data[f"counts_{kind}"] or "missing" for kind in MISSING_KINDS}
        return {kind: value for kind, value in given.items() if value != "missing" or kind in known}

    def clean(self) -> dict[str, object]:
        """Codes that can be read."""
        typed: dict[str, object] = super().clean() or self.cleaned_data
        for kind in MISSING_KINDS:
            try:
                codes_of(str(typed.get(f"codes_{kind}") or ""))
            except forms.ValidationError as error:
                self.add_error(f"codes_{kind}", error)
        return typed


class DisclosureForm(PartForm):
    """When a number is hidden."""

    NUMBERS = (
        ("minimum_n", N_("Fewest pupils who answered"), N_("Fewer are not shown (30 where nothing is said).")),
        ("minimum_count", N_("Fewest pupils who gave an answer"), N_("Nor a share that stands for fewer (5).")),
        ("minimum_clusters", N_("Fewest schools or classes"), N_("Nor a figure from fewer (2).")),
    )

    def build(self) -> None:
        """Three thresholds and a switch."""
        for key, label, help_text in self.NUMBERS:
            made = forms.IntegerField(label=waiting(label), min_value=1, max_value=10**6, help_text=waiting(help_text))
            self.add(key, made, self.entry.get(key))
        hide = forms.BooleanField(label=waiting(N_("Hide numbers that are too uncertain")))
        self.add("hide_unreliable", hide, self.entry.get("hide_unreliable") is True)

    def settings(self) -> dict[str, Plain]:
        """Empty ones go: then the default holds."""
        found: dict[str, Plain] = {key: self.cleaned_data[key] for key, _, _ in self.NUMBERS}
        said = "hide_unreliable" in self.entry
        found["hide_unreliable"] = True if self.cleaned_data["hide_unreliable"] else (False if said else None)
        return found


class PrioritiesForm(PartForm):
    """How factors are put in order."""

    WHOLE = (
        ("top", N_("How many are “the top”"), 1, 100),
        ("draws", N_("How often the ranking is drawn anew"), 100, 10**7),
    )
    NUMBERS = (
        ("firm_at", N_("Probability from which a place is firm"), 0.5, 1.0),
        ("level", N_("Weight of how high a factor is"), 0.0, 100.0),
        ("gap", N_("Weight of the distance to the reference"), 0.0, 100.0),
        ("trend", N_("Weight of the change"), 0.0, 100.0),
        ("changeability", N_("Weight of how far local action can move it"), 0.0, 100.0),
    )

    def build(self) -> None:
        """All of them are numbers."""
        for key, label, low, high in self.WHOLE:
            self.add(key, forms.IntegerField(label=waiting(label), min_value=low, max_value=high), self.entry.get(key))
        for key, label, least, most in self.NUMBERS:
            made = forms.FloatField(label=waiting(label), min_value=least, max_value=most, widget=_number("any"))
            self.add(key, made, decimal(self.entry.get(key)))

    def settings(self) -> dict[str, Plain]:
        """Empty ones go: then the default holds."""
        whole: dict[str, Plain] = {key: self.cleaned_data[key] for key, *_ in self.WHOLE}
        return {**whole, **{key: tidy(self.cleaned_data[key]) for key, *_ in self.NUMBERS}}
