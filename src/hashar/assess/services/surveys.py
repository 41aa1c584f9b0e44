"""Surveys and their files: create, upload, remove."""

import datetime as dt
from typing import BinaryIO

from django.conf import settings
from django.db import IntegrityError, transaction

from hashar.assess import sources
from hashar.assess.contracts import surveys as contracts
from hashar.assess.contracts.table import SurveyTable
from hashar.assess.models import Survey, SurveyFile
from hashar.assess.permissions import require_create, require_work
from hashar.assess.queries.surveys import file_of, latest_codebook
from hashar.assess.queries.visible import path_of, the_survey
from hashar.assess.rules.uploads import (
    AT_ONCE_BYTES,
    AT_ONCE_CELLS,
    check_extent,
    require_kind,
    safe_name,
)
from hashar.assess.sources.microdata import Arrived, Store
from hashar.errors import Conflict, HasharError, NotFound, UsageError
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.people.permissions import require_signed_in
from hashar.people.queries import organisation as the_organisation
from hashar.people.services.audit import record
from hashar.places.queries import territory_by_id
from hashar.runs.contracts import Run
from hashar.runs.services import ask

INSPECT = "inspect"
"""Kind of the run that looks through a large file."""
LEFT_OVER = dt.timedelta(days=1)


def store() -> Store:
    """The folders of microdata of this installation."""
    return Store(settings.DATA)


def create_survey(
    *, actor: Actor, organisation: int, title: str, territory: int | None, now: dt.datetime, sample: bool = False
) -> int:
    """Begin a survey; returns its id.

    Parameters
    ----------
    actor
        A coordinator of the organisation.
    organisation
        Who owns it.
    title
        What it is called, up to 200 letters.
    territory
        What it is about; None: all of the organisation's territory.
    now
        When.
    sample
        It holds sample data of the demonstration; every page about it says so.

    Raises
    ------
    Forbidden
        The actor is no coordinator there, or not for this territory.
    UsageError
        The title is empty or too long.
    NotFound
        There is no such organisation or territory.

    """
    owner = the_organisation(organisation)
    place = owner.territory if territory is None else territory
    path = territory_by_id(place).path if place is not None else ""
    require_create(actor, organisation, path)
    title = " ".join(title.split())
    if not 0 < len(title) <= 200 or not title.isprintable():
        raise UsageError(N_("Give the survey a title of up to {most} letters."), most=200)
    with transaction.atomic():
        row = Survey.objects.create(
            organisation_id=organisation,
            territory_id=place,
            title=title,
            made_by_id=require_signed_in(actor),
            made_at=now,
            sample=sample,
        )
        record(actor=actor, action="survey.create", subject=f"survey:{row.pk}", organisation=organisation, now=now)
    return row.pk


def add_file(*, actor: Actor, survey: int, name: str, content: BinaryIO, now: dt.datetime) -> contracts.SurveyFile:
    """Take in a survey file: check it, keep it outside the database, note its fingerprint.

    Small files are read at once, so that damage shows at once; large ones are looked through by a run.

    Parameters
    ----------
    actor
        An analyst of the owning organisation.
    survey
        The survey.
    name
        The file's name as the browser gave it; the codebook's patterns tell the wave by it.
    content
        Its bytes; read once, in pieces.
    now
        When.

    Raises
    ------
    NotFound
        There is no such survey for this actor.
    Forbidden
        The actor is no analyst of the organisation that owns it.
    InputError
        It cannot be read, is of another kind, or was made to do harm; nothing is kept.
    Conflict
        It is there already, or another file of this name is.
    TooLarge
        It is larger than this site takes.
    OutputError
        The disk is full; nothing is kept.

    """
    row = workable(actor, survey)
    shown = safe_name(name)
    require_kind(shown)
    with store().arriving(content, shown, settings.UPLOAD_LIMIT) as arrived:
        _refuse_known(row, arrived)
        table = _read(arrived)
        return _keep(actor, row, arrived, table, now)


def _refuse_known(row: Survey, arrived: Arrived) -> None:
    present = row.files.filter(removed_at__isnull=True)
    same = present.filter(sha256=arrived.sha256).first()
    if same is not None:
        raise Conflict(N_("This file is in the survey already, as {file}. Nothing was stored twice."), file=same.name)
    if present.filter(name=arrived.path.name).exists():
        raise Conflict(
            N_("The survey has another file named {file}. Remove that one first, or rename yours."),
            file=arrived.path.name,
        )


def _read(arrived: Arrived) -> SurveyTable | None:
    """The file read in full, or None for one that takes too long to wait for."""
    extent = sources.look(arrived.path)
    if arrived.size > AT_ONCE_BYTES or extent.cells > AT_ONCE_CELLS:
        return None
    table = sources.read_survey(arrived.path)
    check_extent(arrived.path.name, table.rows, len(table.columns))
    return table


def _keep(
    actor: Actor, survey: Survey, arrived: Arrived, table: SurveyTable | None, now: dt.datetime
) -> contracts.SurveyFile:
    """Row, audit row and bytes, or none of them."""
    kept = False
    try:
        with transaction.atomic():
            row = SurveyFile.objects.create(
                survey=survey,
                name=arrived.path.name,
                sha256=arrived.sha256,
                size=arrived.size,
                uploaded_by_id=require_signed_in(actor),
                uploaded_at=now,
                **_told(table),
            )
            _record(actor, "survey.upload", row, now)
            if table is None:
                _ask_to_inspect(actor, row, now)
            kept = True
            store().keep(arrived, survey.pk)
    except IntegrityError:
        _refuse_known(survey, arrived)
        raise
    except BaseException:
        if kept:
            store().remove(survey.pk, arrived.sha256)
        raise
    return file_of(row, latest_codebook(survey))


def _told(table: SurveyTable | None) -> dict[str, object]:
    if table is None:
        return {}
    notes = [
        {"message": note.message, "values": {name: str(value) for name, value in note.values.items()}}
        for note in table.notes
    ]
    return {"rows": table.rows, "columns": len(table.columns), "notes": notes}


def _record(actor: Actor, action: str, row: SurveyFile, now: dt.datetime) -> None:
    record(
        actor=actor,
        action=action,
        subject=f"survey:{row.survey_id}",
        organisation=row.survey.organisation_id,
        now=now,
        details={"file": row.pk, "sha256": row.sha256},
    )


def _ask_to_inspect(actor: Actor, row: SurveyFile, now: dt.datetime) -> Run:
    return ask(
        actor=actor,
        kind=INSPECT,
        organisation=row.survey.organisation_id,
        subject=f"survey:{row.survey_id}",
        parameters={"file": row.pk},
        now=now,
    )


def inspect(*, run: Run, actor: Actor, now: dt.datetime) -> dict[str, object]:
    """Look through a large file for a run: note its rows and columns, or why it cannot be read.

    Raises
    ------
    HasharError
        What is wrong with the file; it is noted with the file too.

    """
    file = int(str(run.parameters["file"]))
    row = SurveyFile.objects.select_related("survey").filter(pk=file, removed_at__isnull=True).first()
    if row is None:
        raise NotFound(N_("The file was removed in the meantime."))
    try:
        table = read_file(actor=actor, file=row, purpose=INSPECT, now=now)
        check_extent(row.name, table.rows, len(table.columns))
    except HasharError as error:
        SurveyFile.objects.filter(pk=row.pk).update(problem=error.stored())
        raise
    SurveyFile.objects.filter(pk=row.pk).update(problem=None, **_told(table))
    return {"file": row.pk, "rows": table.rows, "columns": len(table.columns)}


def sweep(*, now: dt.datetime) -> int:
    """Delete files in the data folder that a power cut left, older than a day; returns how many. For the worker."""
    known = SurveyFile.objects.filter(removed_at__isnull=True).values_list("survey_id", "sha256")
    return len(store().sweep(known, (now - LEFT_OVER).timestamp()))


def note_read(*, actor: Actor, file: SurveyFile, purpose: str, now: dt.datetime) -> None:
    """Write into the audit trail that somebody's call opens microdata; committed before the file is opened."""
    with transaction.atomic():
        record(
            actor=actor,
            action="microdata.read",
            subject=f"survey:{file.survey_id}",
            organisation=file.survey.organisation_id,
            now=now,
            details={"file": file.pk, "purpose": purpose},
        )


def read_file(*, actor: Actor, file: SurveyFile, purpose: str, now: dt.datetime) -> SurveyTable:
    """A kept file, read in full, with the reading in the audit trail."""
    note_read(actor=actor, file=file, purpose=purpose, now=now)
    return sources.read_survey(store().path(file.survey_id, file.sha256, file.name))


def takes_long(file: SurveyFile) -> bool:
    """Whether reading a file takes longer than a person waits; also before it was looked through."""
    return file.rows is None or file.columns is None or file.rows * file.columns > AT_ONCE_CELLS


def remove_file(*, actor: Actor, survey: int, file: int, now: dt.datetime) -> None:
    """Delete a file's bytes for good. Its row and fingerprint stay: figures go on telling where they come from.

    Raises
    ------
    NotFound
        There is no such survey or file for this actor.
    Forbidden
        The actor is no analyst of the organisation that owns it.

    """
    row = the_file(actor, survey, file)
    with transaction.atomic():
        gone = SurveyFile.objects.filter(pk=row.pk, removed_at__isnull=True)
        if gone.update(removed_at=now, removed_by_id=actor.person):
            _record(actor, "survey.remove_file", row, now)
        transaction.on_commit(lambda: store().remove(row.survey_id, row.sha256))


def workable(actor: Actor, survey: int) -> Survey:
    """A survey, for an analyst of its owner.

    Raises
    ------
    NotFound
        There is no such survey for this actor.
    Forbidden
        The actor is no analyst of the organisation that owns it.

    """
    row = the_survey(actor, survey)
    require_work(actor, row.organisation_id, path_of(row))
    return row


def the_file(actor: Actor, survey: int, file: int) -> SurveyFile:
    """A present file of a survey, for an analyst of its owner.

    Raises
    ------
    NotFound
        There is no such survey or file for this actor.
    Forbidden
        The actor is no analyst of the organisation that owns it.

    """
    home = workable(actor, survey)
    rows = home.files.filter(removed_at__isnull=True)
    row = rows.filter(pk=file).first()
    if row is None:
        raise NotFound(N_("The survey has no such file (any more). Choose one from its list."))
    row.survey = home
    return row
