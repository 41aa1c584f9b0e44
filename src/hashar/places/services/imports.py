"""Import territories and populations: check first, then write the whole file or nothing, and undo it if need be."""

import datetime as dt
import hashlib
from pathlib import PurePath
from typing import BinaryIO

from django.db import transaction

from hashar.errors import Conflict, HasharError, InputError, NotFound, UsageError
from hashar.i18n import LANGUAGES, N_
from hashar.people.contracts import Actor
from hashar.people.services.audit import record
from hashar.places import permissions, queries
from hashar.places.contracts import ImportPreview, ImportSummary
from hashar.places.models import Import
from hashar.places.queries.imports import SHOWN_ROWS, as_import, import_preview
from hashar.places.rules import IMPORT_KINDS
from hashar.places.rules.cells import renamed
from hashar.places.rules.geometry import boundary
from hashar.places.rules.plans import MOST_PROBLEMS, Line, Plan, Problem
from hashar.places.services.planning import plan_import
from hashar.places.services.writing import restore, write
from hashar.places.sources.geojson import LARGEST_GEOJSON, read_geojson
from hashar.places.sources.tables import Record, read_table

KEPT_UNCONFIRMED = dt.timedelta(days=2)
"""A checked file that nobody confirmed is forgotten after this."""


def check(
    *,
    actor: Actor,
    organisation: int,
    kind: str,
    name: str,
    content: BinaryIO,
    language: str,
    parent: str,
    source: str,
    licence: str,
    now: dt.datetime,
) -> ImportPreview:
    """Read a file and say what importing it would do; nothing is written but the file's rows, for :func:`confirm`.

    Parameters
    ----------
    actor
        Coordinator, official or analyst of the organisation.
    organisation
        For whom the file is imported; its territory limits which places may be written.
    kind
        territories (CSV or GeoJSON) or population (CSV).
    name
        Name of the file; only its ending means something.
    content
        The file.
    language
        Language of a column called just "name".
    parent
        Code of the place in which territories without a parent lie; may be empty.
    source, licence
        Where the data come from and under which terms, shown wherever they are used.
    now
        The time.

    Raises
    ------
    Forbidden
        The actor may not import for this organisation.
    UsageError
        No such kind or language.
    InputError, TooLarge
        The file cannot be read at all. What is wrong in single rows stands in the preview.

    """
    person = permissions.require_import(actor, organisation)
    if kind not in IMPORT_KINDS or language not in LANGUAGES:
        raise UsageError(N_("Choose what the file holds and in which language its names are."))
    if not source.strip():
        raise UsageError(N_("Say where the data come from: it is shown wherever they are used."))
    if parent:
        queries.territory(parent)
    short = PurePath(name.replace("\\", "/")).name[:200] or "file"
    body = content.read(LARGEST_GEOJSON + 1)
    lines, problems = _lines(_records(body, short, kind), language)
    with transaction.atomic():
        Import.objects.filter(organisation=organisation, state="checked", made_at__lt=now - KEPT_UNCONFIRMED).delete()
        row = Import(
            organisation_id=organisation,
            kind=kind,
            state="checked",
            file_name=short,
            sha256=hashlib.sha256(body).hexdigest(),
            source=source.strip()[:200],
            licence=licence.strip()[:80],
            made_by_id=person,
            made_at=now,
        )
        plan = plan_import(row, lines, actor, parent, now)
        _keep(row, lines, plan, problems, parent)
        row.save()
        record(
            actor=actor,
            action="places.check",
            subject=f"import:{row.pk}",
            organisation=organisation,
            now=now,
            details={"kind": kind, "sha256": row.sha256, "problems": len(row.problems)},
        )
    return import_preview(actor, row.pk)


def confirm(*, actor: Actor, import_id: int, now: dt.datetime) -> ImportSummary:
    """Write a checked file, all of it in one transaction.

    Raises
    ------
    NotFound
        There is no such import.
    Forbidden
        The actor may not import for its organisation.
    Conflict
        It was confirmed before, has problems, or something changed since it was checked.

    """
    with transaction.atomic():
        row = _locked(actor, import_id)
        if row.state != "checked" or row.problems:
            raise Conflict(N_("This import was confirmed already, or has problems. Upload the file again."))
        lines = [Line(kept["row"], kept["cells"], kept.get("geometry")) for kept in row.rows]
        plan = plan_import(row, lines, actor, row.counts.get("parent", ""), now)
        if plan.problems:
            raise Conflict(N_("Something changed since this file was checked. Upload it again."))
        row.before = write(row, plan)
        row.rows = []
        row.state, row.done_at = "done", now
        _count(row, plan)
        row.save()
        record(
            actor=actor,
            action="places.import",
            subject=f"import:{row.pk}",
            organisation=row.organisation_id,
            now=now,
            details={"kind": row.kind, "new": row.counts["new"], "changed": row.counts["changed"]},
        )
    return as_import(row)


def undo(*, actor: Actor, import_id: int, now: dt.datetime) -> ImportSummary:
    """Put everything an import wrote back to how it was, in one transaction.

    Raises
    ------
    NotFound
        There is no such import.
    Forbidden
        The actor may not import for its organisation.
    Conflict
        It is not done (any more), a later import changed the same rows, or something else uses a place it brought.

    """
    with transaction.atomic():
        row = _locked(actor, import_id)
        if row.state != "done":
            raise Conflict(N_("This import was undone already."))
        restore(row)
        row.state, row.undone_at, row.before = "undone", now, []
        row.save()
        record(
            actor=actor,
            action="places.undo",
            subject=f"import:{row.pk}",
            organisation=row.organisation_id,
            now=now,
            details={"kind": row.kind},
        )
    return as_import(row)


def _locked(actor: Actor, import_id: int) -> Import:
    row = Import.objects.select_for_update(of=("self",)).select_related("made_by").filter(pk=import_id).first()
    if row is None or not permissions.may_import(actor, row.organisation_id):
        raise NotFound(N_("There is no such import (any more). Upload the file again."))
    return row


def _records(body: bytes, name: str, kind: str) -> list[Record]:
    if kind == "territories" and (
        name.lower().endswith((".geojson", ".json")) or body[:200].lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"{")
    ):
        return read_geojson(body, name)
    if body[:4] == b"PK\x03\x04":
        raise InputError(N_("{file} is a workbook. Save its sheet as CSV (UTF-8) and upload that."), file=name)
    return read_table(body, name)


def _lines(records: list[Record], language: str) -> tuple[list[Line], list[Problem]]:
    """Rows under our names, with light boundaries; what no boundary can be made of is a problem of its row."""
    lines, problems = [], []
    for one in records:
        try:
            light = None if one.geometry is None else boundary(one.geometry)
            lines.append(Line(one.row, renamed(one.cells, language), light))
        except HasharError as error:
            problems.append(Problem(one.row, error))
    return lines, problems


def _keep(row: Import, lines: list[Line], plan: Plan, more: list[Problem], parent: str) -> None:
    problems = sorted([*plan.problems, *more], key=lambda problem: problem.row)[:MOST_PROBLEMS]
    row.problems = [{"row": problem.row, **problem.error.stored()} for problem in problems]
    row.rows = [] if problems else [_stored(line) for line in lines]
    row.counts = {"parent": parent}
    _count(row, plan)


def _stored(line: Line) -> dict[str, object]:
    kept: dict[str, object] = {"row": line.row, "cells": dict(line.cells)}
    return kept | ({"geometry": line.geometry} if line.geometry is not None else {})


def _count(row: Import, plan: Plan) -> None:
    changes = [step.change for step in plan.steps]
    shown = [
        {
            "row": step.row,
            "label": str(step.key[0]),
            "change": step.change,
            "values": {name: value for name, value in step.values.items() if name != "geometry"},
        }
        for step in list(plan.steps)[:SHOWN_ROWS]
    ]
    row.counts = {
        **row.counts,
        **{change: changes.count(change) for change in ("new", "changed", "same")},
        "shown": shown,
    }
