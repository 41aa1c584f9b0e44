"""Evidence read from where it stands: once when a claim is judged, and again to see whether it is still so."""

import dataclasses
from collections.abc import Mapping, Sequence

from hashar.assess.contracts.profile import Profile
from hashar.assess.contracts.series import Observation, SeriesDescription
from hashar.assess.contracts.surveys import ReleaseState, ReleaseSummary
from hashar.assess.queries import releases
from hashar.errors import HasharError, NotFound
from hashar.evaluate.contracts.claims import Evidence
from hashar.evaluate.contracts.kept import Offer, Source, SourceKind
from hashar.evaluate.queries.levels import level_evidence, the_level
from hashar.evaluate.queries.registers import register, register_offer
from hashar.evaluate.queries.trends import PublishedTrend, trends_of
from hashar.evaluate.rules.standing import Now
from hashar.i18n import N_, Text
from hashar.people.contracts import Actor

DOUBTS = ("same_definition", "same_population", "same_rules", "same_territory", "whole_periods")
"""What a person may know against published numbers."""
MOST = 1000
"""Releases of one survey that are looked through for a newer one."""


class Sources:
    """What an actor may read of releases and series; each is read once, however many claims rest on it.

    Another kind of evidence (the reach of activities, say) is one more line in :meth:`_read`.
    """

    def __init__(self, actor: Actor) -> None:
        self._actor = actor
        self._releases: dict[int, tuple[ReleaseSummary, Profile]] = {}
        self._shared: dict[int, tuple[ReleaseSummary, ...]] = {}
        self._series: dict[int, tuple[SeriesDescription, tuple[Observation, ...]]] = {}

    def offer(self, source: Source) -> Offer:
        """The evidence that a source holds now, with what the person noted against it.

        Raises
        ------
        NotFound
            There is no such source (any more), or it is not shared with the actor.
        UsageError
            The series holds no counts.

        """
        found = self._read(source)
        noted = {name: False for name in source.noted if name in DOUBTS and hasattr(found.evidence, name)}
        kept = dataclasses.replace(found.source, noted=tuple(sorted(noted)))
        evidence = dataclasses.replace(found.evidence, **noted)  # type: ignore[arg-type]  # fields that it has
        return Offer(kept, evidence)

    def _read(self, source: Source) -> Offer:
        if source.kind is SourceKind.RELEASE and source.release is not None:
            return self._of_release(source.release, source.place)
        if source.kind is SourceKind.SERIES and source.series is not None:
            if source.series not in self._series:
                self._series[source.series] = register(self._actor, source.series)
            return register_offer(*self._series[source.series], source.place)
        raise NotFound(N_("This evidence was typed by hand; there is nothing to read again."))

    def _of_release(self, release: int, place: Mapping[str, str]) -> Offer:
        if "about" in place:
            return self._level(release, place)
        summary, profile = self._release(release)
        found = next((one for one in trends_of(summary, profile) if one.name == place["name"]), None)
        if found is None:
            raise NotFound(N_("This profile compares nothing of that name with an earlier wave."))
        return trend_offer(found)

    def _level(self, release: int, place: Mapping[str, str]) -> Offer:
        summary, profile = self._release(release)
        found = the_level(profile, place)
        source = Source(
            kind=SourceKind.RELEASE,
            release=release,
            place=dict(place),
            title=dict(summary.title),
            label=joined(found.label, found.level_label),
            periods=(found.wave,),
            number=summary.number,
        )
        return Offer(source, level_evidence(found, profile))

    def _release(self, release: int) -> tuple[ReleaseSummary, Profile]:
        if release not in self._releases:
            summary = releases.release(self._actor, release)
            self._releases[release] = summary, releases.profile(self._actor, release)
        return self._releases[release]

    def newer(self, source: Source) -> Offer | None:
        """The same number in a newer release of the same survey and wave that is shared; None if there is none."""
        if source.release is None:
            return None
        summary, _ = self._release(source.release)
        if summary.survey not in self._shared:
            found = releases.releases(self._actor, size=MOST, state=ReleaseState.SHARED, survey=summary.survey)
            self._shared[summary.survey] = found.items
        known = [one for one in self._shared[summary.survey] if one.wave == summary.wave]
        newest = max(known, key=lambda one: one.number, default=summary)
        if newest.number <= summary.number:
            return None
        try:
            offer = self.offer(dataclasses.replace(source, release=newest.id))
        except NotFound:
            return None
        return offer if offer.source.periods == source.periods else None

    def now(self, source: Source, judged: Evidence) -> Now:
        """What a source says now; what was typed by hand stays as it was typed."""
        if source.kind is SourceKind.TYPED:
            return Now(judged)
        try:
            found = self.offer(source)
            newer = self.newer(source)
        except HasharError:
            return Now(None)
        return Now(found.evidence, self.withdrawn(source), newer.evidence if newer else None)

    def withdrawn(self, source: Source) -> bool:
        """Whether the release of a source is withdrawn."""
        return source.release is not None and self._release(source.release)[0].state is ReleaseState.WITHDRAWN


def trend_offer(found: PublishedTrend) -> Offer:
    """A published change as evidence with its source."""
    source = Source(
        kind=SourceKind.RELEASE,
        release=found.release.id,
        place={"name": found.name},
        title=dict(found.release.title),
        label=dict(found.label),
        periods=(found.earlier, found.later),
        number=found.release.number,
    )
    return Offer(source, found.evidence)


def joined(*texts: Text) -> Text:
    """Several texts as one, in every language that any of them has."""
    said: Sequence[Text] = [text for text in texts if text]
    languages = {language for text in said for language in text}
    return {
        language: ", ".join(text.get(language) or text.get("en") or next(iter(text.values())) for text in said)
        for language in sorted(languages)
    }
