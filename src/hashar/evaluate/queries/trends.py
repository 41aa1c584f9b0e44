"""Evidence that the site already holds: the changes that released profiles publish."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from hashar.assess.contracts.profile import FactorFinding, IndicatorFinding, Profile, Text, WavePoint
from hashar.assess.contracts.published import Change, Figure
from hashar.assess.contracts.surveys import ReleaseSummary
from hashar.assess.queries import releases
from hashar.errors import NotFound
from hashar.evaluate.contracts.claims import TrendEvidence
from hashar.i18n import N_
from hashar.people.contracts import Actor


@dataclass(frozen=True)
class PublishedTrend:
    """An indicator (or factor) of a release whose change was published, as evidence."""

    release: ReleaseSummary
    name: str
    label: Text
    earlier: str
    later: str
    unit: Text
    evidence: TrendEvidence


def published_trends(actor: Actor, release_id: int) -> tuple[PublishedTrend, ...]:
    """Everything in a release that was compared with an earlier wave, in the order of the profile.

    Raises
    ------
    NotFound
        There is no such release, or it is not shared with the actor.

    """
    release = releases.release(actor, release_id)
    return tuple(trends_of(release, releases.profile(actor, release_id)))


def published_trend(actor: Actor, release_id: int, name: str) -> PublishedTrend:
    """One of them.

    Raises
    ------
    NotFound
        There is no such release, or its profile compares nothing of that name with an earlier wave.

    """
    found = next((one for one in published_trends(actor, release_id) if one.name == name), None)
    if found is None:
        raise NotFound(N_("This profile compares nothing of that name with an earlier wave."))
    return found


def trends_of(release: ReleaseSummary, profile: Profile) -> Iterator[PublishedTrend]:
    """The changes that a profile publishes; all that it compared count as looked at together."""
    findings: list[IndicatorFinding | FactorFinding] = [*profile.indicators, *profile.factors]
    compared = sum(1 for finding in findings if finding.change is not None and finding.change.value is not None)
    for finding in findings:
        change = finding.change.value if finding.change is not None else None
        if change is None:
            continue
        points = {point.wave: point for point in finding.waves}
        evidence = TrendEvidence(
            earlier=_estimate(points.get(change.earlier)),
            later=_estimate(points.get(change.later)),
            se=change.se,
            df=change.df,
            comparisons=compared,
            p_adjusted=change.p_adjusted,
            kind=getattr(finding, "kind", "attitude"),
            waves=len(finding.waves),
            share=getattr(finding, "statistic", "proportion") == "proportion",
            n=min((figure.n for figure in _shown(points, change)), default=0),
            deff=max((figure.deff for figure in _shown(points, change)), default=1.0),
        )
        yield PublishedTrend(
            release=release,
            name=finding.name if isinstance(finding, IndicatorFinding) else finding.code,
            label=finding.label if isinstance(finding, IndicatorFinding) else finding.name,
            earlier=change.earlier,
            later=change.later,
            unit=finding.unit if isinstance(finding, IndicatorFinding) else {},
            evidence=evidence,
        )


def _estimate(point: WavePoint | None) -> float | None:
    return None if point is None or point.figure.value is None else point.figure.value.estimate


def _shown(points: Mapping[str, WavePoint], change: Change) -> list[Figure]:
    """The figures of the two waves compared, as far as they are shown."""
    found = [points[wave].figure.value for wave in (change.earlier, change.later) if wave in points]
    return [figure for figure in found if figure is not None]
