"""Bring files into a series: upload, store, undo. What the columns are is said in ``series_mappings``."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace
from typing import BinaryIO

from django.conf import settings
from django.db import transaction

from hashar.assess.contracts.series import ImportState
from hashar.assess.contracts.series_import import Change, Planned
from hashar.assess.models import Observation, RejectedRow, Series, SeriesImport
from hashar.assess.permissions import require_import_series
from hashar.assess.queries.series import the_series
from hashar.assess.queries.series_sources import the_import
from hashar.assess.rules.series_mapping import as_json
from hashar.assess.rules.series_plan import digest_of, written
from hashar.assess.rules.uploads import safe_name
from hashar.assess.services.series_preview import (
    Looked,
    counts,
    first_mapping,
    look,
    planned_against,
    room,
    waiting_row,
    words,
)
from hashar.assess.services.series_release import AT_ONCE, change_numbers, decide_suppression, foresee_suppression
from hashar.assess.sources.series_files import read_grid
from hashar.errors import Conflict, UsageError
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.people.permissions import require_signed_in
from hashar.people.services.audit import record
from hashar.runs.contracts import Run
from hashar.runs.services import still_mine

MOST_BYTES = 50_000_000
"""A register file larger than this holds more than a register."""
KEPT = dt.timedelta(days=1)
"""How long an uploaded file waits for a decision."""
Key = tuple[int, str, str]


def upload(*, actor: Actor, series: int, name: str, content: BinaryIO, now: dt.datetime) -> int:
    """Take in a file and guess its columns; nothing is stored yet. Returns the import's id.

    Parameters
    ----------
    actor
        A coordinator, official or analyst of the organisation.
    series
        The series.
    name
        The file's name as the browser gave it.
    content
        Its bytes; read once, in pieces.
    now
        When.

    Raises
    ------
    NotFound
        There is no such series for this actor.
    Forbidden
        The actor may not bring in series there.
    InputError
        It cannot be read as a table; nothing is kept.
    TooLarge
        It is larger than a register is.
    OutputError
        The disk is full; nothing is kept.

    """
    row = the_series(actor, series)
    require_import_series(actor, row.organisation_id, row.territory.path)
    clean_up(now=now)
    folder, arrived = room().take(content, safe_name(name), min(MOST_BYTES, settings.UPLOAD_LIMIT))
    try:
        grid = read_grid(arrived.path)
        mapping, remembered = first_mapping(row, grid)
        with transaction.atomic():
            made = SeriesImport.objects.create(
                series=row,
                file=arrived.path.name,
                sha256=arrived.sha256,
                size=arrived.size,
                folder=folder,
                sheet=grid.sheet,
                mapping=as_json(mapping),
                state=ImportState.PREVIEWED,
                counts={"remembered": int(remembered)},
                uploaded_by_id=require_signed_in(actor),
                uploaded_at=now,
            )
            _audit(actor, "series.upload", made, now)
    except BaseException:
        room().drop(folder)
        raise
    return made.pk


def store(
    *, actor: Actor, import_id: int, digest: str, good_only: bool, now: dt.datetime, run: Run | None = None
) -> None:
    """Store what the preview showed, all in one step.

    Parameters
    ----------
    actor
        Who uploaded the file.
    import_id
        The waiting import.
    digest
        Of the preview that the person saw.
    good_only
        Store the good numbers although others cannot be taken; those are kept with the import, with their reasons.
    now
        When.
    run
        The run whose worker stores them; None within a request.

    Raises
    ------
    NotFound, Forbidden
        As for ``series_mappings.set_mapping``.
    Conflict
        Something changed since the preview, or the import was decided on already.
    UsageError
        Some numbers cannot be taken and ``good_only`` is not chosen, or there is nothing to store.

    """
    looked = look(actor, import_id, today=now.date())
    if looked.read.problems and not good_only:
        raise UsageError(
            N_("{count} cells cannot be taken. Correct the file and upload it again, or store only the others."),
            count=len(looked.read.problems),
        )
    if not looked.read.candidates:
        raise UsageError(N_("There is no number to store. Correct the columns, or the file."))
    foresee_suppression(looked.row.series, looked.planned, {each.id: each for each in looked.places.by_code.values()})
    with transaction.atomic():
        if run is not None:
            still_mine(run)
        series = Series.objects.select_for_update().get(pk=looked.row.series_id)
        row = SeriesImport.objects.select_for_update().get(pk=import_id)
        planned = planned_against(series, looked.read)
        if row.state != ImportState.PREVIEWED or digest_of(planned, looked.read.problems) != digest:
            raise Conflict(
                N_("The columns or the stored numbers changed since this preview. Look at the new one first.")
            )
        _write(series, row, looked, planned, now)
        _audit(actor, "series.import", row, now)
        transaction.on_commit(lambda: room().drop(looked.row.folder))


def _write(series: Series, row: SeriesImport, looked: Looked, planned: Sequence[Planned], now: dt.datetime) -> None:
    before = _standing(series, planned)
    change_numbers((pk for pk, _ in before.values()), current=False)
    Observation.objects.bulk_create([_observation(series, row, each, before) for each in planned], batch_size=AT_ONCE)
    RejectedRow.objects.bulk_create(
        [
            RejectedRow(
                source=row,
                row=problem.row,
                column=problem.column,
                content=problem.content,
                message=problem.message,
                values={name: str(value) for name, value in problem.values.items()},
                cells=words(looked.grid, problem.row),
            )
            for problem in looked.read.problems
        ],
        batch_size=AT_ONCE,
    )
    row.state, row.decided_at, row.folder = ImportState.DONE, now, ""
    row.counts = counts(replace(looked, planned=tuple(planned)))
    row.save()
    keys = {key for each in planned for key, _ in each.candidate.breakdown}
    series.breakdowns = [*series.breakdowns, *sorted(keys - set(series.breakdowns))]
    series.mapping, series.changed_at = row.mapping, now
    series.save()
    decide_suppression(series, {each.candidate.period for each in planned})


def _standing(series: Series, planned: Sequence[Planned]) -> dict[Key, tuple[int, int]]:
    """Key → id and revision of the number that stands, for the keys of the file."""
    wanted = {_key(each) for each in planned}
    rows = series.observations.filter(current=True, period__in={key[1] for key in wanted})
    found = rows.values_list("territory_id", "period", "breakdown", "pk", "revision")
    return {
        (place, period, text): (pk, number)
        for place, period, text, pk, number in found
        if (place, period, text) in wanted
    }


def _key(each: Planned) -> Key:
    return each.candidate.territory, each.candidate.period, written(each.candidate.breakdown)


def _observation(series: Series, row: SeriesImport, each: Planned, before: dict[Key, tuple[int, int]]) -> Observation:
    candidate, key = each.candidate, _key(each)
    last = before[key][1] if key in before else 0
    return Observation(
        series=series,
        source=row,
        row=candidate.row,
        column=candidate.column,
        territory_id=candidate.territory,
        period=candidate.period,
        breakdown=key[2],
        value=candidate.value,
        flag=candidate.flag.value,
        note=candidate.note,
        revision=last if each.change is Change.SAME else last + 1,
    )


def discard(*, actor: Actor, import_id: int, now: dt.datetime) -> int:
    """Throw a waiting file away; returns its series.

    Raises
    ------
    NotFound, Forbidden, Conflict
        As for ``series_mappings.set_mapping``.

    """
    row = waiting_row(actor, import_id)
    with transaction.atomic():
        _audit(actor, "series.discard", row, now)
        folder = row.folder
        row.delete()
        transaction.on_commit(lambda: room().drop(folder))
    return row.series_id


def undo(*, actor: Actor, import_id: int, now: dt.datetime) -> None:
    """Take a stored import back: numbers that stood before it stand again; later imports stay.

    Raises
    ------
    NotFound
        There is no such import for this actor.
    Forbidden
        The actor may not bring in series there.
    Conflict
        It was undone already, or never stored.

    """
    row = the_import(actor, import_id)
    require_import_series(actor, row.series.organisation_id, row.series.territory.path)
    with transaction.atomic():
        series = Series.objects.select_for_update().get(pk=row.series_id)
        locked = SeriesImport.objects.select_for_update().get(pk=import_id)
        if locked.state != ImportState.DONE:
            raise Conflict(N_("Only a stored import can be undone, and only once."))
        locked.state, locked.undone_by_id, locked.undone_at = ImportState.UNDONE, actor.person, now
        locked.save()
        _restore(series, locked)
        series.changed_at = now
        series.save()
        _audit(actor, "series.undo", locked, now)


def _restore(series: Series, undone: SeriesImport) -> None:
    """Let the latest number of every import that is still done stand, for the keys of the undone one."""
    keys = {(each.territory_id, each.period, each.breakdown) for each in undone.observations.all()}
    periods = {key[1] for key in keys}
    rows = series.observations.filter(period__in=periods, source__state=ImportState.DONE)
    history: dict[Key, list[Observation]] = {}
    for each in rows.order_by("source__decided_at", "pk"):
        key = (each.territory_id, each.period, each.breakdown)
        if key in keys:
            history.setdefault(key, []).append(each)
    change_numbers(undone.observations.values_list("pk", flat=True), current=False)
    change_numbers((each[-1].pk for each in history.values()), current=True)
    renumbered = [each for kept in history.values() for each in _renumbered(kept)]
    Observation.objects.bulk_update(renumbered, ["revision"], batch_size=AT_ONCE)
    decide_suppression(series, periods)


def _renumbered(kept: Sequence[Observation]) -> list[Observation]:
    """Those whose revision changes because one between or before them is gone."""
    changed, number, last = [], 0, None
    for each in kept:
        said = (each.value, each.flag, each.note)
        number += said != last
        last = said
        if each.revision != number:
            each.revision = number
            changed.append(each)
    return changed


def clean_up(*, now: dt.datetime) -> int:
    """Throw away files that waited longer than a day, and folders that no import knows; returns how many."""
    late = list(SeriesImport.objects.filter(state=ImportState.PREVIEWED, uploaded_at__lt=now - KEPT))
    with transaction.atomic():
        for row in late:
            row.delete()
    known = SeriesImport.objects.exclude(folder="").values_list("folder", flat=True)
    strangers = room().strangers(known, before=now - KEPT)
    for folder in (*(row.folder for row in late), *strangers):
        room().drop(folder)
    return len(late) + len(strangers)


def _audit(actor: Actor, action: str, row: SeriesImport, now: dt.datetime) -> None:
    details = {"sha256": row.sha256, "series": row.series_id, **row.counts}
    record(
        actor=actor,
        action=action,
        subject=f"series_import:{row.pk}",
        organisation=row.series.organisation_id,
        now=now,
        details=details,
    )
