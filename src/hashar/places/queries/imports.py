"""Imports of one's organisations, and what one of them would write."""

from hashar.errors import HasharError, NotFound
from hashar.i18n import N_
from hashar.people.contracts import PREPARING, Actor
from hashar.places.contracts import ImportPreview, ImportRow, ImportSummary, RowProblem
from hashar.places.models import Import

SHOWN_ROWS = 50
SHOWN_PROBLEMS = 200


def imports(actor: Actor, *, page: int = 1, size: int = 20) -> tuple[ImportSummary, ...]:
    """Imports of the organisations for which the actor may import, newest first."""
    rows = Import.objects.filter(organisation__in=actor.organisations(PREPARING)).exclude(state="checked")
    start = (page - 1) * size
    return tuple(
        as_import(row)
        for row in rows.select_related("made_by")
        .defer("rows", "before", "problems")
        .order_by("-made_at", "-pk")[start : start + size]
    )


def import_preview(actor: Actor, import_id: int) -> ImportPreview:
    """One import with its first rows and problems.

    Raises
    ------
    NotFound
        There is none, or it is of an organisation for which the actor may not import.

    """
    rows = (
        Import.objects.filter(organisation__in=actor.organisations(PREPARING))
        .select_related("made_by")
        .defer("rows", "before")
    )
    row = rows.filter(pk=import_id).first()
    if row is None:
        raise NotFound(N_("There is no such import (any more). Upload the file again."))
    problems = [RowProblem(p["row"], HasharError(p["message"], **p["values"])) for p in row.problems[:SHOWN_PROBLEMS]]
    shown = [
        ImportRow(s["row"], s["label"], s["change"], s["values"]) for s in row.counts.get("shown", [])[:SHOWN_ROWS]
    ]
    return ImportPreview(as_import(row), tuple(shown), tuple(problems), len(row.problems))


def as_import(row: Import) -> ImportSummary:
    """The record of a row (read with its maker)."""
    return ImportSummary(
        id=row.pk,
        kind=row.kind,
        state=row.state,
        file_name=row.file_name,
        sha256=row.sha256,
        organisation=row.organisation_id,
        made_by=row.made_by.name,
        made_at=row.made_at,
        source=row.source,
        licence=row.licence,
        new=row.counts.get("new", 0),
        changed=row.counts.get("changed", 0),
        same=row.counts.get("same", 0),
        undone_at=row.undone_at,
    )
