"""Why this number, and the way back: from an observation to its files, from a file to all its observations."""

from django.db.models import QuerySet

from hashar.assess.contracts import series as contracts
from hashar.assess.contracts.series import Edition, Flag, ImportDetail, ImportState, Provenance, Revision
from hashar.assess.models import Observation, SeriesImport
from hashar.assess.queries.series import as_import, as_observations, described, the_counted_series, visible_series
from hashar.assess.queries.visible import limits
from hashar.assess.rules.series_rights import sees_own
from hashar.errors import NotFound
from hashar.i18n import N_
from hashar.people.contracts import Actor, Page


def why(actor: Actor, observation: int) -> Provenance:
    """Where a number comes from, and for its owners every value that it had. Four queries.

    A number that was revised since is answered by the one that stands in its place, so that addresses last.

    Raises
    ------
    NotFound
        There is no such number, nothing stands in its place, or its series is not shared with the actor.

    """
    row = _standing(actor, observation)
    if row is None:
        raise NotFound(N_("This number does not stand (any more), or is not shared with you. Open its series."))
    series = the_counted_series(actor, row.series_id)
    own = sees_own(actor, series.organisation_id)
    return Provenance(
        series=described(actor, series),
        observation=as_observations(actor, series.organisation_id, [row])[0],
        revisions=tuple(_revision(each) for each in _history(row)) if own else (),
        edition=Edition(
            file=row.source.file,
            sha256=row.source.sha256,
            sheet=row.source.sheet,
            row=row.row,
            imported_at=row.source.decided_at or row.source.uploaded_at,
            imported_by=row.source.uploaded_by.name if own else "",
        ),
    )


def _standing(actor: Actor, observation: int) -> Observation | None:
    """The number that stands under the key of an observation."""
    rows = Observation.objects.filter(series__in=visible_series(actor))
    asked = rows.filter(pk=observation).values("series_id", "territory_id", "period", "breakdown").first()
    if asked is None:
        return None
    return rows.select_related("territory", "source__uploaded_by").filter(current=True, **asked).first()


def _history(row: Observation) -> QuerySet[Observation]:
    same = Observation.objects.filter(
        series_id=row.series_id, territory_id=row.territory_id, period=row.period, breakdown=row.breakdown
    )
    return same.select_related("source__uploaded_by").order_by("-source__decided_at", "-pk")


def _revision(each: Observation) -> Revision:
    return Revision(
        value=each.value,
        flag=Flag(each.flag),
        note=each.note,
        current=each.current,
        undone=each.source.state == ImportState.UNDONE,
        import_id=each.source_id,
        file=each.source.file,
        sha256=each.source.sha256,
        sheet=each.source.sheet,
        row=each.row,
        column=each.column,
        imported_by=each.source.uploaded_by.name,
        imported_at=each.source.decided_at or each.source.uploaded_at,
    )


def the_import(actor: Actor, import_id: int) -> SeriesImport:
    """One import of a series whose stored numbers the actor may see, as its row.

    Raises
    ------
    NotFound
        There is none, or it belongs to another organisation, or is somebody else's waiting file.

    """
    rows = SeriesImport.objects.filter(series__in=visible_series(actor))
    rows = rows.select_related("series__organisation", "series__territory", "uploaded_by", "undone_by")
    row = rows.filter(pk=import_id).first()
    waiting = row is not None and row.state == ImportState.PREVIEWED and row.uploaded_by_id != actor.person
    if row is None or waiting or not sees_own(actor, row.series.organisation_id):
        raise NotFound(N_("There is no such import (any more), or it belongs to another organisation."))
    return row


def import_detail(actor: Actor, import_id: int, page: int = 1, size: int = 100) -> ImportDetail:
    """One import with the numbers that it brought, whether they stand or not. Five queries.

    Raises
    ------
    NotFound
        There is none for this actor.

    """
    row = the_import(actor, import_id)
    series = the_counted_series(actor, row.series_id)
    page, size, part = limits(page, size)
    rows = row.observations.select_related("territory").order_by("row", "pk")
    return ImportDetail(
        summary=as_import(row),
        series=described(actor, series),
        observations=Page(
            as_observations(actor, series.organisation_id, rows[part]), page=page, size=size, total=rows.count()
        ),
        standing=frozenset(row.observations.filter(current=True).values_list("pk", flat=True)),
    )


def observations_of_file(actor: Actor, sha256: str, page: int = 1, size: int = 100) -> Page[contracts.Observation]:
    """The way back: all standing numbers that the actor sees and that come from the file with this fingerprint."""
    page, size, part = limits(page, size)
    rows = Observation.objects.filter(series__in=visible_series(actor), current=True, source__sha256=sha256)
    rows = rows.select_related("territory", "series").order_by("series_id", "row", "pk")
    found = tuple(each for row in rows[part] for each in as_observations(actor, row.series.organisation_id, [row]))
    return Page(found, page, size, rows.count())
