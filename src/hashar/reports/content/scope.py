"""What every chapter needs: the profile, its language, the confidence level, and the few choices derived from them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hashar.assess.contracts.profile import Breakdown, IndicatorFinding, Profile, Row
from hashar.i18n import Text, Translator
from hashar.reports.content.cells import SHARE, Unit, unit_of

PREVALENCE = "prevalence"


@dataclass(frozen=True)
class Ground:
    """Boundaries for maps, as GeoJSON geometry in degrees."""

    shapes: Mapping[str, Mapping[str, object]]
    """Territory as the findings name it → its boundary."""
    beside: Sequence[tuple[Text, Mapping[str, object]]]
    """Names and boundaries of what lies beside them and is not in the survey."""
    attributions: Sequence[str]
    """What the boundaries' licences ask for."""


@dataclass(frozen=True)
class Scope:
    """One profile, told in one language."""

    profile: Profile
    translator: Translator
    ground: Ground | None = None
    """None where no maps are drawn."""

    @property
    def level(self) -> str:
        """The confidence level as text, ``95 %``."""
        level = float(self.profile.provenance.parameters.get("level", "0.95"))
        return self.translator.percent(level, 0 if abs(level * 100 - round(level * 100)) < 1e-9 else 1)

    def unit(self, indicator: IndicatorFinding) -> Unit:
        """How this indicator's numbers are written."""
        return unit_of(self.translator, indicator.statistic, indicator.unit)

    def use(self) -> list[IndicatorFinding]:
        """Indicators of substance use: prevalences that name a substance, or all where the codebook names none."""
        found = [i for i in self.profile.indicators if i.kind == PREVALENCE and self.unit(i) == SHARE]
        return [i for i in found if i.substance] or found

    def others(self) -> list[IndicatorFinding]:
        """All other indicators: attitudes, availability, ages."""
        use = self.use()
        return [i for i in self.profile.indicators if i not in use]

    def rows(self, breakdown: Breakdown) -> Sequence[Row]:
        """Rows in the codebook's order; places by name, because a report never ranks them."""
        if is_place(breakdown):
            return sorted(breakdown.rows, key=lambda row: self.translator.pick(row.label).casefold())
        return breakdown.rows


def is_place(breakdown: Breakdown) -> bool:
    """Whether the rows are places (or crossed with places)."""
    return breakdown.role == "place" or "place" in breakdown.group.split("*")
