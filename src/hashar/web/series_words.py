"""The words of registers and series: what each code is called on a page."""

import datetime as dt

from babel import dates

from hashar.assess.contracts.published import Suppression
from hashar.assess.contracts.series import Breakdown, Flag, Measure, PeriodKind
from hashar.assess.contracts.series_import import Change, Dash, Decimal, Totals, Use
from hashar.i18n import N_, Translator

KINDS = {
    "detection": N_("detection: who was found, registered, seized"),
    "prevalence": N_("prevalence: how many there are, from a survey"),
    "attitude": N_("attitude"),
    "availability": N_("availability"),
    "process": N_("process: what was done"),
}
MEASURES = {
    Measure.EVENTS: N_("events: offences, cases, calls"),
    Measure.PEOPLE: N_("people"),
    Measure.AMOUNT: N_("an amount: kilograms, litres, money"),
    Measure.SHARE: N_("a percentage, as the source prints it"),
}
PERIODS = {
    PeriodKind.YEAR: N_("years"),
    PeriodKind.HALF_YEAR: N_("half-years"),
    PeriodKind.QUARTER: N_("quarters"),
    PeriodKind.MONTH: N_("months"),
}
DEPTHS = {
    "country": N_("countries"),
    "region": N_("regions and cities of their rank"),
    "district": N_("districts"),
    "city": N_("cities and towns"),
}
SEXES = {"all": N_("everybody"), "female": N_("women and girls"), "male": N_("men and boys")}
FLAGS = {
    Flag.NONE: "",
    Flag.PARTIAL: N_("part of the period or territory"),
    Flag.PROVISIONAL: N_("provisional"),
    Flag.ESTIMATED: N_("estimated by the source"),
    Flag.BREAK: N_("counted in another way from here on"),
}
USES = {
    Use.IGNORE: N_("not used"),
    Use.TERRITORY: N_("territory"),
    Use.PERIOD: N_("period"),
    Use.PART: N_("month or quarter"),
    Use.VALUE: N_("numbers"),
    Use.BREAKDOWN: N_("breakdown"),
    Use.FLAG: N_("flag"),
    Use.NOTE: N_("note"),
    Use.ONLY: N_("only rows where it says"),
}
DECIMALS = {
    Decimal.AUTO: N_("find out"),
    Decimal.COMMA: N_("comma: 12,5"),
    Decimal.POINT: N_("point: 12.5"),
}
DASHES = {Dash.MISSING: N_("there is no number"), Dash.ZERO: N_("zero")}
TOTALS = {
    Totals.WHOLE: N_("the number for the whole territory of the series"),
    Totals.LEAVE_OUT: N_("left out"),
}
CHANGES = {Change.NEW: N_("new"), Change.CHANGED: N_("changed"), Change.SAME: N_("the same")}
HIDDEN = {
    Suppression.SMALL_COUNT: N_("hidden: too few to stay unknown"),
    Suppression.COMPLEMENTARY: N_("hidden: with it a hidden number could be worked out"),
}
EXPLANATIONS = (
    N_("More or less looking: police operations, campaigns, screenings, staff, equipment."),
    N_("Other rules: a new law, a new article, another threshold, another form of the register."),
    N_("Other people: more or fewer inhabitants, another age structure, migration."),
    N_("Other territory: regions that were split or joined count for a part of the year only."),
    N_("Late or corrected reports: the latest period is often not complete."),
    N_("More or less use, supply or harm. The register alone cannot tell this from the others."),
)
"""What else may lie behind a change of a register."""


def period_word(t: Translator, period: str) -> str:
    """A period as people say it: 2022, first half of 2022, July 2022."""
    year, _, part = period.partition("-")
    if not part:
        return year
    if part[0] == "H":
        return t.gettext("{year}, half {part}", year=year, part=part[1:])
    if part[0] == "Q":
        return t.gettext("{year}, quarter {part}", year=year, part=part[1:])
    return str(dates.format_skeleton("yMMMM", dt.date(int(year), int(part), 1), locale=t.locale))


def breakdown_word(t: Translator, breakdown: Breakdown) -> str:
    """A combination of levels in words."""
    if not breakdown:
        return t.gettext("all together")
    return ", ".join(f"{key} {level}" for key, level in breakdown)


def number_word(t: Translator, value: float) -> str:
    """A number of a series with as many decimals as it has, three at most."""
    digits = next((digits for digits in range(3) if round(value, digits) == value), 3)
    if 0 < abs(value) < 0.001:
        return f"{value:g}"
    return t.decimal(value, digits)


def hidden_word(t: Translator, reason: Suppression | None) -> str:
    """Why a number is not shown."""
    return t.gettext(HIDDEN.get(reason or Suppression.COMPLEMENTARY, HIDDEN[Suppression.COMPLEMENTARY]))
