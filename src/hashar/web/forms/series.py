"""Forms of registers and monitoring series: what a series counts, a file, its columns, names of territories."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.http import QueryDict

from hashar.assess.contracts.series import Measure, PeriodKind, SeriesDescription
from hashar.assess.contracts.series_draft import SeriesDraft
from hashar.assess.contracts.series_import import ColumnUse, Dash, Decimal, FileMapping, Totals, Use
from hashar.i18n import N_, Translator
from hashar.people.contracts import PREPARING, Actor
from hashar.reference.queries.own import indicators
from hashar.web.forms.choices import named_places, offer, shown
from hashar.web.series_words import DASHES, DECIMALS, DEPTHS, KINDS, MEASURES, PERIODS, SEXES, TOTALS, USES
from hashar.web.texts import waiting

ACCEPTED = ".csv,.tsv,.txt,.xlsx,.xlsm,.xls,.ods"
MOST_COLUMNS = 300


def territories(t: Translator, paths: set[str]) -> list[tuple[str, str]]:
    """Codes and names of the places that lie in one of the paths."""
    return [(place.code, name) for place, name in named_places(t) if place.path.startswith(tuple(paths))]


class SeriesForm(forms.Form):
    """What a series counts, where, for which periods, and who counts it."""

    title = forms.CharField(
        label=waiting(N_("Title")), max_length=200, help_text=waiting(N_("What is counted, in a few words."))
    )
    organisation = forms.TypedChoiceField(label=waiting(N_("Organisation")), coerce=int)
    territory = forms.ChoiceField(
        label=waiting(N_("Territory")), help_text=waiting(N_("What the series is about as a whole."))
    )
    level = forms.ChoiceField(label=waiting(N_("Its numbers are for")), choices=shown(DEPTHS), initial="region")
    period_kind = forms.ChoiceField(label=waiting(N_("Its periods are")), choices=shown(PERIODS))
    measure = forms.ChoiceField(
        label=waiting(N_("What a number counts")),
        choices=shown(MEASURES),
        help_text=waiting(N_("Of people and events, small numbers are hidden from others.")),
    )
    unit = forms.CharField(
        label=waiting(N_("Unit")), max_length=40, required=False, help_text=waiting(N_("For amounts: kg, litres."))
    )
    indicator = forms.ChoiceField(
        label=waiting(N_("Indicator of the reference list")),
        required=False,
        help_text=waiting(N_("Series of the same indicator can be found together.")),
    )
    kind = forms.ChoiceField(
        label=waiting(N_("What the series measures")),
        choices=shown(KINDS),
        initial="detection",
        help_text=waiting(N_("A register always measures detection. The indicator, if chosen, decides.")),
    )
    source = forms.CharField(
        label=waiting(N_("Source")),
        max_length=300,
        help_text=waiting(N_("Who counts, in which register, form or publication.")),
    )
    licence = forms.CharField(label=waiting(N_("Licence or permission")), max_length=120, required=False)
    definition = forms.CharField(
        label=waiting(N_("Definition")),
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=waiting(N_("What is counted and what is not, and when.")),
    )
    caveats = forms.CharField(
        label=waiting(N_("What a reader has to know")),
        max_length=4000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=waiting(N_("Changes of rules, late reports, territories that were split. One to a line.")),
    )
    rate_sex = forms.ChoiceField(
        label=waiting(N_("Rates are per 100,000 of")), choices=shown(SEXES), initial="all", required=False
    )
    rate_age_from = forms.IntegerField(label=waiting(N_("From age")), min_value=0, max_value=120, required=False)
    rate_age_to = forms.IntegerField(label=waiting(N_("To age")), min_value=0, max_value=120, required=False)

    def __init__(self, actor: Actor, t: Translator, *args: Any, edited: bool = False, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to Django)
        super().__init__(*args, **kwargs)
        paths = {m.territory_path for m in actor.mandates if m.role in PREPARING}
        own = [(one.code, t.pick(one.name)) for one in indicators(actor)]
        offer(self, "territory", territories(t, paths))
        offer(self, "indicator", [("", t.gettext("none of them")), *own])
        if edited:
            del self.fields["organisation"]
        else:
            offer(self, "organisation", actor.organisations(PREPARING).items())

    def draft(self) -> SeriesDraft:
        """What was said, for the domain."""
        said = self.cleaned_data
        return SeriesDraft(
            title=said["title"],
            source=said["source"],
            territory=said["territory"],
            measure=Measure(said["measure"]),
            period_kind=PeriodKind(said["period_kind"]),
            level=said["level"],
            kind=said["kind"],
            indicator=said["indicator"],
            definition=said["definition"],
            licence=said["licence"],
            caveats=said["caveats"],
            unit=said["unit"],
            rate_sex=said["rate_sex"] or "all",
            rate_age_from=said["rate_age_from"] or 0,
            rate_age_to=said["rate_age_to"],
        )

    @staticmethod
    def initial_of(it: SeriesDescription) -> dict[str, object]:
        """The form's contents for a series that exists."""
        return {
            "title": it.summary.title,
            "territory": it.summary.territory_code,
            "level": it.level,
            "period_kind": it.period_kind.value,
            "measure": it.measure.value,
            "unit": it.unit,
            "indicator": it.summary.indicator,
            "kind": it.summary.kind,
            "source": it.source,
            "licence": it.licence,
            "definition": it.definition,
            "caveats": it.caveats,
            "rate_sex": it.rate_sex,
            "rate_age_from": it.rate_age[0],
            "rate_age_to": it.rate_age[1],
        }


class RegisterForm(forms.Form):
    """One register file."""

    file = forms.FileField(
        label=waiting(N_("Register file")),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        allow_empty_file=True,
        max_length=255,
    )


class HeadForm(forms.Form):
    """Where the header stands."""

    header_row = forms.IntegerField(label=waiting(N_("The header begins in row")), min_value=1)
    header_rows = forms.IntegerField(label=waiting(N_("Rows of the header")), min_value=1, max_value=3)
    first_row = forms.IntegerField(label=waiting(N_("The first numbers stand in row")), min_value=2)


class SheetForm(forms.Form):
    """Which sheet of the workbook."""

    sheet = forms.ChoiceField(label=waiting(N_("Sheet")))

    def __init__(self, sheets: Sequence[str], *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to Django)
        super().__init__(*args, **kwargs)
        offer(self, "sheet", ((name, name) for name in sheets))


class MappingForm(forms.Form):
    """What holds for the whole sheet; the columns are beside it (:func:`columns_of`)."""

    territory = forms.ChoiceField(
        label=waiting(N_("One territory for all rows")),
        required=False,
        help_text=waiting(N_("Only if no column says it.")),
    )
    period = forms.CharField(
        label=waiting(N_("One period for all rows")),
        max_length=40,
        required=False,
        help_text=waiting(N_("Only if no column says it: 2022, 2022-H1, 2022-Q3, 2022-07.")),
    )
    level_key = forms.CharField(
        label=waiting(N_("Name of the groups side by side")),
        max_length=30,
        required=False,
        help_text=waiting(N_("If columns of numbers are groups: sex, age, article.")),
    )
    decimal = forms.ChoiceField(label=waiting(N_("Decimals come after a")), choices=shown(DECIMALS))
    dash = forms.ChoiceField(label=waiting(N_("A dash in a cell means")), choices=shown(DASHES))
    totals = forms.ChoiceField(label=waiting(N_("Rows called “total” are")), choices=shown(TOTALS))
    fractions = forms.BooleanField(label=waiting(N_("Shares stand as 0–1, not as percentages")), required=False)

    def __init__(self, t: Translator, path: str, *args: Any, **kwargs: Any) -> None:  # noqa: ANN401  (passed on to Django)
        super().__init__(*args, **kwargs)
        offer(self, "territory", [("", t.gettext("a column says it")), *territories(t, {path})])

    def mapping(self, columns: tuple[ColumnUse, ...]) -> FileMapping:
        """What was said, for the domain, which adds where the header stands."""
        said = self.cleaned_data
        return FileMapping(
            columns=columns,
            territory=said["territory"],
            period=said["period"].strip(),
            level_key=said["level_key"].strip(),
            decimal=Decimal(said["decimal"]),
            dash=Dash(said["dash"]),
            totals=Totals(said["totals"]),
            fractions=said["fractions"],
        )

    @staticmethod
    def initial_of(mapping: FileMapping) -> dict[str, object]:
        """The form's contents for a mapping as it stands."""
        names = ("territory", "period", "level_key", "fractions")
        enums = ("decimal", "dash", "totals")
        return {name: getattr(mapping, name) for name in names} | {name: getattr(mapping, name).value for name in enums}


def columns_of(said: QueryDict, count: int) -> tuple[ColumnUse, ...]:
    """What each column was said to be: ``use-3``, with ``text-3`` and ``level-3`` beside it."""
    found = []
    for at in range(min(count, MOST_COLUMNS)):
        use = Use(word) if (word := said.get(f"use-{at}", "")) in USES else Use.IGNORE
        text, level = said.get(f"text-{at}", "").strip()[:120], said.get(f"level-{at}", "").strip()[:120]
        found.append(
            ColumnUse(
                header="",
                use=use,
                key=text[:30] if use is Use.BREAKDOWN else "",
                period=text if use is Use.VALUE else "",
                level=level if use is Use.VALUE else "",
                text=text if use is Use.ONLY else "",
            )
        )
    return tuple(found)


def names_of(said: QueryDict, unknown: Sequence[str]) -> dict[str, str]:
    """Which territory each unknown name was said to be; what was left open is missing."""
    found = {name: said.get(f"name-{at}", "") for at, name in enumerate(unknown)}
    return {name: code for name, code in found.items() if code}
