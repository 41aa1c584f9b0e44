"""Reads of releases, their profiles and their figures, and where each figure comes from."""

from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache

from django.db.models import Q, QuerySet

from hashar.assess.contracts.profile import Profile, Provenance
from hashar.assess.contracts.stored import figure_from, profile_from
from hashar.assess.contracts.surveys import (
    FindingKind,
    ReleaseState,
    ReleaseSummary,
    Source,
    StoredFinding,
    Why,
)
from hashar.assess.models import Finding, Release, ReleaseSource
from hashar.assess.queries.visible import (
    limits,
    path_of,
    the_release,
    visible_findings,
    visible_releases,
    with_names,
)
from hashar.assess.rules import rights
from hashar.assess.rules.visibility import reach
from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.people.contracts import Actor, Page

FIGURE_NUMBERS = ("n", "weighted_n", "estimate", "se", "ci_low", "ci_high", "df", "deff", "n_effective")


def releases(
    actor: Actor,
    page: int = 1,
    size: int = 50,
    *,
    state: ReleaseState | None = None,
    organisation: int | None = None,
    territory: str | None = None,
    survey: int | None = None,
) -> Page[ReleaseSummary]:
    """Releases the actor may read, the newest first. Two queries.

    Parameters
    ----------
    actor
        Who asks.
    page, size
        Which part of the list.
    state, organisation, survey
        Only those in this state, of this organisation, of this survey.
    territory
        Only those about the territory with this path, or a part of it.

    """
    page, size, part = limits(page, size)
    wanted = {"state": state, "survey__organisation_id": organisation, "survey_id": survey}
    rows = visible_releases(actor).filter(**{name: value for name, value in wanted.items() if value is not None})
    if territory:
        rows = rows.filter(territory__path__startswith=territory)
    found = with_names(rows).order_by("-made_at", "-pk")[part]
    return Page(tuple(summary_of(row, actor) for row in found), page, size, rows.count())


def release(actor: Actor, release_id: int) -> ReleaseSummary:
    """One release.

    Raises
    ------
    NotFound
        There is none, or it is not shared with the actor.

    """
    return summary_of(the_release(actor, release_id), actor)


def summary_of(row: Release, actor: Actor) -> ReleaseSummary:
    """A release as it leaves this step; the maker's name only for members of the organisation."""
    organisation = row.survey.organisation
    return ReleaseSummary(
        id=row.pk,
        survey=row.survey_id,
        number=row.number,
        title=row.title,
        wave=row.wave,
        state=ReleaseState(row.state),
        made_at=row.made_at,
        made_by=row.made_by.name if organisation.pk in reach(actor).member else "",
        territory_path=path_of(row),
        territory_names=row.territory.names if row.territory else {},
        organisation=organisation.pk,
        organisation_name=organisation.name,
        shared_at=row.shared_at,
        withdrawn_at=row.withdrawn_at,
        codebook=row.codebook.number,
        run=row.run_id,
        territory=row.territory_id,
        sample=row.survey.sample,
        may_share=rights.may_share(actor, organisation.pk, path_of(row)),
    )


def profile(actor: Actor, release_id: int) -> Profile:
    """The whole profile of a release, number for number as it was computed.

    Who computed it is the organisation that answers for it: profiles are downloaded and sent on, and the person is
    named to their own organisation alone (``ReleaseSummary.made_by``, the audit trail).

    Raises
    ------
    NotFound
        There is none, or it is not shared with the actor.

    """
    row = the_release(actor, release_id)
    found = _profile(row.pk, row.digest)
    return replace(found, provenance=replace(found.provenance, operator=row.survey.organisation.name))


@lru_cache(maxsize=8)
def _profile(release: int, digest: str) -> Profile:  # noqa: ARG001  (the digest tells apart what is kept in memory)
    """A profile never changes; who may see it is asked before."""
    return profile_from(Release.objects.values_list("profile", flat=True).get(pk=release))


def findings(
    actor: Actor,
    *,
    release: int | None = None,
    indicator: str | None = None,
    territory: str | None = None,
    about: FindingKind | None = None,
    group: str | None = None,
    wave: str | None = None,
    page: int = 1,
    size: int = 100,
) -> Page[StoredFinding]:
    """Published figures the actor may read, releases from new to old, in the order of their profiles. Two queries.

    Parameters
    ----------
    actor
        Who asks.
    release, indicator, about, group, wave
        Only those of this release, indicator or factor, sort, group (empty: everybody) or wave.
    territory
        Only those of releases about the territory with this path, or a part of it.
    page, size
        Which part of the list.

    """
    page, size, part = limits(page, size)
    wanted = {"release_id": release, "indicator": indicator, "about": about, "group": group, "wave": wave}
    rows = visible_findings(actor).filter(**{name: value for name, value in wanted.items() if value is not None})
    if territory:
        rows = rows.filter(release__territory__path__startswith=territory)
    return _page(rows, page, size, part)


def _page(rows: QuerySet[Finding], page: int, size: int, part: slice) -> Page[StoredFinding]:
    found = _whole(rows).order_by("-release__made_at", "-release_id", "position")[part]
    return Page(tuple(finding_of(row) for row in found), page, size, rows.count())


def _whole(rows: QuerySet[Finding]) -> QuerySet[Finding]:
    return rows.select_related("release__survey__organisation", "release__territory").defer("release__profile")


def finding_of(row: Finding) -> StoredFinding:
    """A figure as it leaves this step."""
    return StoredFinding(
        id=row.pk,
        release=row.release_id,
        indicator=row.indicator,
        label=row.label,
        about=FindingKind(row.about),
        kind=row.kind,
        substance=row.substance,
        statistic=row.statistic,
        unit=row.unit,
        wave=row.wave,
        group=row.group,
        group_label=row.group_label,
        level=row.level,
        level_label=row.level_label,
        figure=figure_from(
            {name: getattr(row, name) for name in FIGURE_NUMBERS}, row.undefined, row.reliability, row.suppressed
        ),
        higher_is=row.higher_is,
        release_number=row.release.number,
        organisation_name=row.release.survey.organisation.name,
        territory_path=path_of(row.release),
        place=row.release.place,
        made_at=row.release.made_at,
    )


def finding(actor: Actor, finding_id: int) -> StoredFinding:
    """One figure.

    Raises
    ------
    NotFound
        There is none, or its release is not shared with the actor.

    """
    return finding_of(_the_finding(actor, finding_id))


def _the_finding(actor: Actor, finding_id: int) -> Finding:
    rows = _whole(visible_findings(actor)).select_related("source__file", "first_source__file")
    row = rows.filter(pk=finding_id).first()
    if row is None:
        raise NotFound(N_("There is no such figure, or its release is not shared with you. Choose one from a release."))
    return row


def finding_id(
    actor: Actor, *, release: int, about: FindingKind, indicator: str, wave: str, group: str = "", level: str = ""
) -> int:
    """The id of a figure by its place in the profile, for a link to “why this number?”.

    Raises
    ------
    NotFound
        The profile has no such figure, or it is not shared with the actor.

    """
    place = {"release_id": release, "about": about, "indicator": indicator, "wave": wave}
    rows = visible_findings(actor).filter(**place, group=group, level=level).values_list("pk", flat=True)
    found = rows.order_by("pk").first()
    if found is None:
        raise NotFound(N_("There is no such figure, or its release is not shared with you. Choose one from a release."))
    return found


def finding_ids(actor: Actor, release: int) -> dict[tuple[str, str, str, str, str], int]:
    """(about, indicator, wave, group, level) → id, for all figures of a release at once, to link them. One query."""
    columns = ("about", "indicator", "wave", "group", "level", "pk")
    rows = visible_findings(actor).filter(release_id=release).values_list(*columns)
    return {(about, indicator, wave, group, level): pk for about, indicator, wave, group, level, pk in rows}


def why(actor: Actor, finding_id: int) -> Why:
    """Where a figure comes from: files, codebook, methods, parameters, who and when. Three queries at most.

    Raises
    ------
    NotFound
        There is none, or its release is not shared with the actor.

    """
    row = _the_finding(actor, finding_id)
    release_row = the_release(actor, row.release_id)
    told = summary_of(release_row, actor)
    whole = _profile(release_row.pk, release_row.digest)
    origin = whole.provenance
    sources = [row.source] + ([row.first_source] if row.first_source else [])
    return Why(
        finding=finding_of(row),
        release=told,
        sources=tuple(_source(source, actor, told.organisation) for source in sources),
        columns=_columns(whole, row),
        codebook=told.codebook,
        codebook_sha256=origin.codebook.sha256,
        version=origin.version,
        methods=_methods(row, origin),
        parameters=_parameters(row, origin),
        computed_at=origin.computed_at,
        made_by=told.made_by,
    )


def _columns(whole: Profile, row: Finding) -> tuple[str, ...]:
    if row.about in (FindingKind.FACTOR, FindingKind.SCORE):
        return tuple(item for one in whole.factors if one.code == row.indicator for item in one.items if item)
    by_wave = next((one.columns for one in whole.indicators if one.name == row.indicator), {})
    return tuple(by_wave.get(row.wave, "").split(", ")) if row.wave in by_wave else ()


def _methods(row: Finding, origin: Provenance) -> dict[str, str]:
    """A mean has no logit interval, an indicator no scale; changes and ranks are no figures."""
    without = {"survey.contrasts", "survey.multiplicity", "survey.power", "ranking"}
    if row.about not in (FindingKind.FACTOR, FindingKind.SCORE):
        without.add("scales")
    if row.statistic != "proportion":
        without.add("survey.intervals")
    return {name: paper for name, paper in origin.methods.items() if name not in without}


def _parameters(row: Finding, origin: Provenance) -> dict[str, str]:
    """The settings that had a say in this figure: no other factor's cut-point, no ranking."""
    own = f"cut.{row.indicator}"
    return {
        name: value
        for name, value in origin.parameters.items()
        if not name.startswith(("priorities.", "change.", "cut.")) or name == own
    }


def sources(actor: Actor, release_id: int) -> tuple[Source, ...]:
    """The files behind a release, in the order of time.

    Raises
    ------
    NotFound
        There is no such release for this actor.

    """
    row = the_release(actor, release_id)
    found = row.sources.select_related("file").order_by("position")
    return tuple(_source(source, actor, row.survey.organisation_id) for source in found)


def _source(row: ReleaseSource, actor: Actor, organisation: int) -> Source:
    known = reach(actor).survey(organisation)
    return Source(
        name=row.name,
        sha256=row.sha256,
        size=row.size,
        rows=row.rows,
        columns=row.columns,
        wave=row.wave,
        file=row.file_id if known else None,
        removed_at=row.file.removed_at if known else None,
    )


def figures_from_source(actor: Actor, sha256: str, page: int = 1, size: int = 100) -> Page[StoredFinding]:
    """All figures the actor may read that were computed from the file with this fingerprint. Two queries."""
    page, size, part = limits(page, size)
    used = Q(source__sha256=sha256) | Q(first_source__sha256=sha256)
    return _page(visible_findings(actor).filter(used), page, size, part)


def releases_from_source(actor: Actor, sha256: str) -> Iterable[ReleaseSummary]:
    """Releases the actor may read that used the file with this fingerprint, the newest first. One query."""
    rows = visible_releases(actor).filter(sources__sha256=sha256)
    return tuple(summary_of(row, actor) for row in with_names(rows).order_by("-made_at", "-pk")[:200])
