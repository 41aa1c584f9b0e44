"""A profile's figures as rows: one for each, linked to the file it was computed from. Nothing is computed here."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from hashar.assess.contracts.profile import Breakdown, FactorFinding, IndicatorFinding, Profile, Row, WavePoint
from hashar.assess.contracts.published import Figure, Published
from hashar.assess.contracts.stored import figure_numbers
from hashar.assess.contracts.surveys import FindingKind
from hashar.assess.models import Finding, Release, ReleaseSource

Text = Mapping[str, str]


@dataclass(frozen=True)
class _Line:
    """A figure and where in the profile it stands."""

    about: FindingKind
    wave: str
    figure: Published[Figure]
    group: str = ""
    group_label: Text = field(default_factory=dict)
    level: str = ""
    level_label: Text = field(default_factory=dict)


def finding_rows(release: Release, profile: Profile, sources: Mapping[str, ReleaseSource]) -> Sequence[Finding]:
    """All figures of a profile in its order, not yet stored."""
    first = sources[profile.waves[0]]
    rows: list[Finding] = []
    for about, lines in _measures(profile):
        for line in lines:
            source = sources[line.wave]
            from_first = bool(about.get("first_wave")) and source.pk != first.pk
            rows.append(
                Finding(
                    release=release,
                    position=len(rows),
                    source=source,
                    first_source=first if from_first else None,
                    about=line.about,
                    wave=line.wave,
                    group=line.group,
                    group_label=dict(line.group_label),
                    level=line.level,
                    level_label=dict(line.level_label),
                    **{name: value for name, value in about.items() if name != "first_wave"},
                    **figure_numbers(line.figure),
                )
            )
    return rows


def _measures(profile: Profile) -> Iterator[tuple[dict[str, object], Iterator[_Line]]]:
    for indicator in profile.indicators:
        yield _indicator(indicator), _indicator_lines(indicator, profile.wave)
    for factor in profile.factors:
        yield _factor(factor, "proportion"), _factor_lines(factor)
        yield _factor(factor, "mean"), iter([_Line(FindingKind.SCORE, profile.wave, factor.mean_score)])


def _indicator(finding: IndicatorFinding) -> dict[str, object]:
    return {
        "indicator": finding.name,
        "label": dict(finding.label),
        "kind": finding.kind,
        "substance": finding.substance,
        "statistic": finding.statistic,
        "unit": dict(finding.unit),
        "higher_is": finding.higher_is,
    }


def _factor(finding: FactorFinding, statistic: str) -> dict[str, object]:
    return {
        "indicator": finding.code,
        "label": dict(finding.name),
        "kind": finding.type,
        "statistic": statistic,
        "higher_is": "worse" if finding.type == "risk" else "better",
        "first_wave": finding.cut_source == "first_wave",
    }


def _indicator_lines(finding: IndicatorFinding, wave: str) -> Iterator[_Line]:
    yield from _waves(FindingKind.INDICATOR, finding.waves)
    yield from _breakdowns(FindingKind.INDICATOR, finding.breakdowns, wave)
    for row in finding.distribution:
        yield _Line(FindingKind.ANSWER, wave, row.figure, level=row.level, level_label=row.label)


def _factor_lines(finding: FactorFinding) -> Iterator[_Line]:
    yield from _waves(FindingKind.FACTOR, finding.waves)
    yield from _breakdowns(FindingKind.FACTOR, finding.breakdowns, finding.waves[-1].wave)


def _waves(about: FindingKind, points: Sequence[WavePoint]) -> Iterator[_Line]:
    """The last of them is the survey's own figure."""
    for point in points:
        yield _Line(about, point.wave, point.figure)


def _breakdowns(about: FindingKind, breakdowns: Sequence[Breakdown], wave: str) -> Iterator[_Line]:
    for breakdown in breakdowns:
        for row in breakdown.rows:
            yield _level(about, wave, breakdown, row)


def _level(about: FindingKind, wave: str, breakdown: Breakdown, row: Row) -> _Line:
    return _Line(about, wave, row.figure, breakdown.group, breakdown.label, row.level, row.label)
