"""Large imports are long work: a worker writes them, and takes them back."""

import datetime as dt
from collections.abc import Mapping

from django.db import transaction

from hashar.people.contracts import Actor
from hashar.places import permissions
from hashar.places.queries.imports import import_preview
from hashar.places.services import imports
from hashar.runs.contracts import Run
from hashar.runs.services import ask, still_mine

STORE, UNDO = "places.import", "places.undo"
SUBJECT = "place_import"
LARGE = 1_000
"""Rows that an import writes within a request; five thousand places take some five seconds."""
_ENDS = {STORE: "done", UNDO: "undone"}


def confirm(*, actor: Actor, import_id: int, now: dt.datetime) -> Run | None:
    """Write a checked file, or ask a worker to where it is large; the run, None when the file is written.

    Raises
    ------
    NotFound, Forbidden, Conflict
        As :func:`hashar.places.services.imports.confirm`; what a worker meets stands at the run.

    """
    run = _ask(STORE, actor, import_id, now)
    if run is None:
        imports.confirm(actor=actor, import_id=import_id, now=now)
    return run


def undo(*, actor: Actor, import_id: int, now: dt.datetime) -> Run | None:
    """Put back what an import wrote, or ask a worker to; the run, None when everything is as it was.

    Raises
    ------
    NotFound, Forbidden, Conflict
        As :func:`hashar.places.services.imports.undo`; what a worker meets stands at the run.

    """
    run = _ask(UNDO, actor, import_id, now)
    if run is None:
        imports.undo(actor=actor, import_id=import_id, now=now)
    return run


def carry_out(*, run: Run, actor: Actor, now: dt.datetime) -> Mapping[str, object]:
    """Do what a run asks for, with the rights that the person has now; what was done already stays."""
    number = int(run.subject.partition(":")[2])
    with transaction.atomic():
        still_mine(run)
        if import_preview(actor, number).summary.state != _ENDS[run.kind]:
            (imports.confirm if run.kind == STORE else imports.undo)(actor=actor, import_id=number, now=now)
    return {"import": number}


def _ask(kind: str, actor: Actor, import_id: int, now: dt.datetime) -> Run | None:
    it = import_preview(actor, import_id).summary
    if it.new + it.changed <= LARGE or it.state != ("checked" if kind == STORE else "done"):
        return None
    permissions.require_import(actor, it.organisation)
    with transaction.atomic():
        subject = f"{SUBJECT}:{it.id}"
        return ask(actor=actor, kind=kind, organisation=it.organisation, subject=subject, parameters={}, now=now)
