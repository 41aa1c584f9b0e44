"""Levels that released profiles publish, as evidence."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from hashar.assess.contracts.profile import Breakdown, FactorFinding, IndicatorFinding, Profile, WavePoint
from hashar.assess.contracts.published import Figure, Published, Reliability
from hashar.assess.contracts.surveys import FindingKind
from hashar.assess.queries import releases
from hashar.errors import NotFound
from hashar.evaluate.contracts.claims import PrevalenceEvidence
from hashar.i18n import N_, Text
from hashar.people.contracts import Actor

ASKED = "asked"
"""The people whom a survey asked: the population of its evidence."""


@dataclass(frozen=True)
class Level:
    """A share that a profile publishes, and its place there."""

    about: FindingKind
    name: str
    """Of the indicator, or code of the factor."""
    label: Text
    wave: str
    group: str
    """Empty for everybody."""
    level: str
    level_label: Text
    kind: str
    figure: Published[Figure]

    @property
    def place(self) -> Mapping[str, str]:
        """Where it stands in its profile."""
        own = {"about": self.about.value, "name": self.name}
        return {**own, "wave": self.wave, "group": self.group, "level": self.level}


def levels(actor: Actor, release_id: int, name: str = "") -> tuple[Level, ...]:
    """Shares that a release publishes, in the order of the profile: of all, or of one indicator or factor.

    Raises
    ------
    NotFound
        There is no such release, it is not shared with the actor, or it has no share of that name.

    """
    releases.release(actor, release_id)
    found = tuple(one for one in levels_of(releases.profile(actor, release_id)) if not name or one.name == name)
    if name and not found:
        raise NotFound(N_("This profile has no share of that name. Choose one from its list."))
    return found


def the_level(profile: Profile, place: Mapping[str, str]) -> Level:
    """The share that stands at a place.

    Raises
    ------
    NotFound
        The profile has none there.

    """
    found = next((one for one in levels_of(profile) if one.place == place), None)
    if found is None:
        raise NotFound(N_("This profile has no share of that name. Choose one from its list."))
    return found


def levels_of(profile: Profile) -> Iterator[Level]:
    """All shares of a profile: each indicator and factor by wave, then by group."""
    for item in profile.indicators:
        if item.statistic == "proportion":
            yield from _lines(item, profile.wave)
    for factor in profile.factors:
        yield from _lines(factor, factor.waves[-1].wave if factor.waves else profile.wave)


def _lines(finding: IndicatorFinding | FactorFinding, wave: str) -> Iterator[Level]:
    indicator = isinstance(finding, IndicatorFinding)
    about = FindingKind.INDICATOR if indicator else FindingKind.FACTOR
    name = finding.name if isinstance(finding, IndicatorFinding) else finding.code
    label = finding.label if isinstance(finding, IndicatorFinding) else finding.name
    kind = finding.kind if isinstance(finding, IndicatorFinding) else finding.type
    for when, group, level, level_label, figure in _figures(finding.waves, finding.breakdowns, wave):
        yield Level(about, name, label, when, group, level, level_label, kind, figure)


def _figures(
    waves: Sequence[WavePoint], breakdowns: Sequence[Breakdown], wave: str
) -> Iterator[tuple[str, str, str, Text, Published[Figure]]]:
    for point in waves:
        yield point.wave, "", "", {}, point.figure
    for breakdown in breakdowns:
        for row in breakdown.rows:
            yield wave, breakdown.group, row.level, row.label, row.figure


def level_evidence(found: Level, profile: Profile) -> PrevalenceEvidence:
    """A published share with what the profile says of its survey."""
    factor = next((each for each in profile.factors if each.code == found.name), None)
    about: dict[str, object] = {
        "kind": found.kind,
        "population": ASKED,
        "participation": _participation(each.rate for each in profile.quality.participation),
        "weighted": bool(profile.provenance.parameters.get("design.weight")) or profile.quality.weight_cv > 0,
        "validated": factor is None or (bool(factor.reliability) and all(one.acceptable for one in factor.reliability)),
    }
    figure = found.figure.value
    if figure is None:
        return PrevalenceEvidence(estimate=None, **about)  # type: ignore[arg-type]  # fields by name
    return PrevalenceEvidence(
        estimate=figure.estimate,
        ci_low=figure.ci_low,
        ci_high=figure.ci_high,
        df=figure.df,
        reliable=figure.reliability is not Reliability.UNRELIABLE,
        **about,  # type: ignore[arg-type]  # fields by name
    )


def _participation(rates: Iterable[float | None]) -> float | None:
    """Schools that took part times pupils who did; None where no stage reports it."""
    known = [rate for rate in rates if rate is not None]
    return math.prod(known) if known else None
