"""Reads of registers and monitoring series: what a person may know of them, and their numbers as published."""

from collections.abc import Iterable

from django.db.models import Count, Max, Min, Q, QuerySet

from hashar.assess.contracts import series as contracts
from hashar.assess.contracts.series import (
    Breakdown,
    Flag,
    ImportState,
    Measure,
    PeriodKind,
    SeriesDescription,
    SeriesSummary,
)
from hashar.assess.contracts.stored import number_from
from hashar.assess.models import Observation, Series, SeriesImport
from hashar.assess.queries.visible import limits
from hashar.assess.rules.series_plan import breakdown_of, written
from hashar.assess.rules.series_rights import may_import_series, may_share_series, sees_own
from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.people.contracts import PREPARING, Actor, Page

MOST_SHOWN = 20_000
"""Numbers that one table may hold."""


def visible_series(actor: Actor) -> QuerySet[Series]:
    """Series that the actor may know of: the same decision as ``rules.series_rights.sees_series``."""
    prepared, member = actor.organisations(PREPARING), actor.organisations()
    inside = Q(pk__in=[])
    for path in {m.territory_path for m in actor.mandates}:
        inside |= Q(territory__path__startswith=path)
    shared = Q(shared_at__isnull=False) & (Q(organisation_id__in=member) | inside)
    rows = Series.objects.filter(Q(organisation_id__in=prepared) | shared)
    return rows.select_related("organisation", "territory", "made_by")


def series_list(actor: Actor, page: int = 1, size: int = 50) -> Page[SeriesSummary]:
    """Series that the actor may know of, the latest changed first. Two queries."""
    page, size, part = limits(page, size)
    rows = visible_series(actor)
    found = _counted(rows).order_by("-changed_at", "-pk")[part]
    return Page(tuple(_summary(row) for row in found), page, size, rows.count())


def _counted(rows: QuerySet[Series]) -> QuerySet[Series]:
    standing = Q(observations__current=True)
    return rows.annotate(
        number_count=Count("observations", filter=standing),
        territory_count=Count("observations__territory", filter=standing, distinct=True),
        first=Min("observations__period", filter=standing),
        last=Max("observations__period", filter=standing),
    )


def the_series(actor: Actor, series: int) -> Series:
    """One series that the actor may know of, as its row, without what is counted of its numbers.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    return _one(visible_series(actor), series)


def the_counted_series(actor: Actor, series: int) -> Series:
    """As :func:`the_series`, with how many numbers it holds, of how many territories, since when and until when."""
    return _one(_counted(visible_series(actor)), series)


def _one(rows: QuerySet[Series], series: int) -> Series:
    row = rows.filter(pk=series).first()
    if row is None:
        raise NotFound(N_("There is no such series, or it is not shared with you. Choose one from your list."))
    return row


def series(actor: Actor, series_id: int) -> SeriesDescription:
    """What a series counts, and what the actor may do with it. One query.

    Raises
    ------
    NotFound
        There is none, or the actor may not know of it.

    """
    return described(actor, the_counted_series(actor, series_id))


def described(actor: Actor, row: Series) -> SeriesDescription:
    """The record of a row (read by :func:`the_counted_series`)."""
    return SeriesDescription(
        summary=_summary(row),
        definition=row.definition,
        source=row.source,
        licence=row.licence,
        caveats=row.caveats,
        measure=Measure(row.measure),
        unit=row.unit,
        level=row.level,
        period_kind=PeriodKind(row.period_kind),
        breakdowns=tuple(row.breakdowns),
        rate_sex=row.rate_sex,
        rate_age=(row.rate_age_from, row.rate_age_to),
        made_by=row.made_by.name if sees_own(actor, row.organisation_id) else "",
        made_at=row.made_at,
        sample=row.sample,
        may_import=may_import_series(actor, row.organisation_id, row.territory.path),
        may_share=may_share_series(actor, row.organisation_id, row.territory.path),
        sees_own=sees_own(actor, row.organisation_id),
    )


def _summary(row: Series) -> SeriesSummary:
    return SeriesSummary(
        id=row.pk,
        title=row.title,
        indicator=row.indicator,
        kind=row.kind,
        organisation=row.organisation_id,
        organisation_name=row.organisation.name,
        territory=row.territory_id,
        territory_code=row.territory.code,
        territory_path=row.territory.path,
        territory_names=row.territory.names,
        shared=row.shared_at is not None,
        observations=int(getattr(row, "number_count", 0)),
        territories=int(getattr(row, "territory_count", 0)),
        first_period=getattr(row, "first", None) or "",
        last_period=getattr(row, "last", None) or "",
        changed_at=row.changed_at,
    )


def levels(row: Series) -> dict[str, tuple[str, ...]]:
    """Breakdown key → the levels that stand in a series, in the order of their names. One query."""
    standing = row.observations.filter(current=True).exclude(breakdown="")
    found: dict[str, set[str]] = {}
    for text in standing.order_by("breakdown").values_list("breakdown", flat=True).distinct():
        for key, level in breakdown_of(text):
            found.setdefault(key, set()).add(level)
    return {key: tuple(sorted(found[key])) for key in sorted(found)}


def breakdowns(row: Series) -> tuple[Breakdown, ...]:
    """The combinations of levels that stand in a series; the one without any first. One query."""
    texts = row.observations.filter(current=True).order_by("breakdown").values_list("breakdown", flat=True).distinct()
    return tuple(breakdown_of(text) for text in texts)


def the_combination(actor: Actor, series_id: int, asked: str | None) -> Breakdown | None:
    """The combination of levels that an address asks for (``sex=f;age=15-19``); None if the series has no such one.

    Raises
    ------
    NotFound
        There is no such series, or the actor may not know of it.

    """
    if asked is None:
        return None
    found = breakdowns(the_series(actor, series_id))
    return next((each for each in found if ";".join(f"{key}={level}" for key, level in each) == asked), None)


def observations(actor: Actor, row: Series, chosen: Breakdown) -> tuple[contracts.Observation, ...]:
    """The numbers of one combination of levels, territories in the order of the map, then of time. Two queries."""
    rows = standing(row).filter(breakdown=written(chosen)).order_by("territory__path", "period")[:MOST_SHOWN]
    return as_observations(actor, row.organisation_id, rows)


def all_observations(actor: Actor, series_id: int, page: int = 1, size: int = 500) -> Page[contracts.Observation]:
    """Every number of a series as the actor may see it, paged; for files and the API. Three queries.

    Raises
    ------
    NotFound
        There is no such series, or the actor may not know of it.

    """
    row = the_series(actor, series_id)
    page, size, part = limits(page, size)
    rows = standing(row).order_by("territory__path", "breakdown", "period")
    return Page(as_observations(actor, row.organisation_id, rows[part]), page, size, rows.count())


def standing(row: Series) -> QuerySet[Observation]:
    """The numbers of a series that stand, read with their territories (each once, in a query of its own)."""
    return row.observations.filter(current=True).prefetch_related("territory")


def as_observations(actor: Actor, organisation: int, rows: Iterable[Observation]) -> tuple[contracts.Observation, ...]:
    """Records of rows; the stored number only for those who may see it."""
    own = sees_own(actor, organisation)
    return tuple(_observation(each, own=own) for each in rows)


def _observation(each: Observation, *, own: bool) -> contracts.Observation:
    return contracts.Observation(
        id=each.pk,
        territory=each.territory_id,
        territory_code=each.territory.code,
        territory_path=each.territory.path,
        territory_names=each.territory.names,
        territory_level=each.territory.level,
        period=each.period,
        breakdown=breakdown_of(each.breakdown),
        published=number_from(each.value, each.suppressed),
        own=each.value if own else None,
        flag=Flag(each.flag),
        note=each.note,
        revision=each.revision,
        import_id=each.source_id,
        row=each.row,
    )


def imports(row: Series) -> tuple[contracts.Import, ...]:
    """The files of a series, the newest first; those that wait are only for those who may import. One query."""
    rows = SeriesImport.objects.filter(series=row).select_related("uploaded_by", "undone_by")
    return tuple(as_import(each) for each in rows.order_by("-uploaded_at", "-pk")[:200])


def as_import(each: SeriesImport) -> contracts.Import:
    """The record of a row (read with its people)."""
    return contracts.Import(
        id=each.pk,
        series=each.series_id,
        file=each.file,
        sha256=each.sha256,
        size=each.size,
        sheet=each.sheet,
        state=ImportState(each.state),
        uploader=each.uploaded_by_id,
        uploaded_by=each.uploaded_by.name,
        uploaded_at=each.uploaded_at,
        decided_at=each.decided_at,
        undone_by=each.undone_by.name if each.undone_by else "",
        undone_at=each.undone_at,
        **{name: int(each.counts.get(name, 0)) for name in contracts.COUNTS},
    )
