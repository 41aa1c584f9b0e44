"""Look at a waiting file: its columns as they are said to be, and what storing it would do. Nothing is written here."""

import datetime as dt
from dataclasses import dataclass

from django.conf import settings

from hashar.assess.contracts.series import ImportState, Measure, PeriodKind
from hashar.assess.contracts.series_import import (
    Candidate,
    Change,
    FileMapping,
    Grid,
    Planned,
    Preview,
    Problem,
    ReadRows,
    Suggestion,
    UnknownName,
    Waiting,
)
from hashar.assess.models import Series, SeriesImport
from hashar.assess.permissions import require_import_series
from hashar.assess.queries.series import standing
from hashar.assess.queries.series_sources import the_import
from hashar.assess.rules.series_columns import Head, guess_mapping, headers_of, remember
from hashar.assess.rules.series_mapping import from_json, problems_of
from hashar.assess.rules.series_places import Gazetteer
from hashar.assess.rules.series_plan import digest_of, plan
from hashar.assess.rules.series_rows import Wanted, beyond_population, read_rows
from hashar.assess.services.series_places import gazetteer, place_of, suggestions
from hashar.assess.sources.series_files import read_grid
from hashar.assess.sources.series_waiting import WaitingRoom
from hashar.errors import Conflict, UsageError
from hashar.i18n import N_
from hashar.people.contracts import Actor
from hashar.places.queries import population_counts, territory_by_id

SAMPLES = 4
SHOWN_PROBLEMS = 100
SHOWN_ROWS = 60
MOST_UNKNOWN = 60
MOST_CHOICES = 120


@dataclass(frozen=True)
class Looked:
    """A waiting file read by its mapping, beside what is stored."""

    row: SeriesImport
    grid: Grid
    mapping: FileMapping
    read: ReadRows
    planned: tuple[Planned, ...]
    digest: str
    places: Gazetteer


def room() -> WaitingRoom:
    """Where files of this installation wait."""
    return WaitingRoom(settings.DATA)


def waiting_row(actor: Actor, import_id: int) -> SeriesImport:
    """One's own waiting import, as its row.

    Raises
    ------
    NotFound
        There is none for this actor.
    Forbidden
        The actor may no longer bring in series there.
    Conflict
        It was decided on already.

    """
    row = the_import(actor, import_id)
    require_import_series(actor, row.series.organisation_id, row.series.territory.path)
    if row.state != ImportState.PREVIEWED:
        raise Conflict(N_("This import was decided on already. Its page tells what became of it."))
    return row


def grid_of(row: SeriesImport, sheet: str) -> Grid:
    """The waiting file's sheet, read again from the disk."""
    return read_grid(room().path(row.folder, row.file), sheet=sheet)


def mapping_of(row: SeriesImport) -> FileMapping:
    """How the file of an import is read."""
    return from_json(row.mapping or {})


def waiting(actor: Actor, import_id: int) -> Waiting:
    """A waiting file with the mapping as it stands, for the page on which the mapping is corrected.

    Raises
    ------
    NotFound
        There is none for this actor, or its file is gone.
    Forbidden
        The actor may no longer bring in series there.
    Conflict
        It was decided on already.

    """
    row = waiting_row(actor, import_id)
    mapping = mapping_of(row)
    grid = grid_of(row, mapping.sheet)
    return Waiting(
        import_id=row.pk,
        series=row.series_id,
        grid=grid,
        mapping=mapping,
        remembered=bool(row.counts.get("remembered")),
        samples=tuple(_samples(grid, mapping, column) for column in range(len(mapping.columns))),
    )


def first_mapping(series: Series, grid: Grid) -> tuple[FileMapping, bool]:
    """How a new file is probably read: as the last one of the series if its headers are there, else by guessing."""
    places = gazetteer(series)
    guessed = guess_mapping(grid, measure=Measure(series.measure), known=places.knows)
    if series.mapping is None:
        return guessed, False
    last = from_json(series.mapping)
    headers = headers_of(grid, Head(guessed.header_row, guessed.header_rows, guessed.first_row))
    columns = remember(last, headers)
    if columns is None:
        return guessed, False
    kept = {name: getattr(last, name) for name in ("level_key", "decimal", "dash", "totals", "fractions", "names")}
    layout = {name: getattr(guessed, name) for name in ("sheet", "header_row", "header_rows", "first_row")}
    return FileMapping(columns=columns, territory=last.territory, **layout, **kept), True


def look(actor: Actor, import_id: int, *, today: dt.date) -> Looked:
    """A waiting file read in full.

    Raises
    ------
    UsageError
        The mapping is not complete; all that is missing is listed.
    NotFound, Forbidden, Conflict
        As :func:`waiting`.

    """
    row = waiting_row(actor, import_id)
    mapping = mapping_of(row)
    grid = grid_of(row, mapping.sheet)
    problems = problems_of(mapping, grid)
    if problems:
        raise UsageError(N_("The columns are not complete yet; correct what is named."), problems=problems)
    return read_against(row, grid, mapping, today=today)


def read_against(row: SeriesImport, grid: Grid, mapping: FileMapping, *, today: dt.date) -> Looked:
    """The sheet read by a complete mapping, beside what the series holds."""
    series = row.series
    places = gazetteer(series)
    wanted = Wanted(
        territory=place_of(territory_by_id(series.territory_id)),
        level=series.level,
        measure=Measure(series.measure),
        period_kind=PeriodKind(series.period_kind),
        gazetteer=places,
        today=today,
    )
    read = _within_population(read_rows(grid, mapping, wanted), series)
    planned = planned_against(series, read)
    return Looked(row, grid, mapping, read, planned, digest_of(planned, read.problems), places)


def planned_against(series: Series, read: ReadRows) -> tuple[Planned, ...]:
    """What was read beside the numbers that stand now."""
    stored = {
        (each["territory_id"], each["period"], each["breakdown"]): (each["value"], each["flag"], each["note"])
        for each in standing(series).values("territory_id", "period", "breakdown", "value", "flag", "note")
    }
    return tuple(plan(read.candidates, stored))


def _within_population(read: ReadRows, series: Series) -> ReadRows:
    if series.measure not in (Measure.PEOPLE, Measure.EVENTS):
        return read
    years = {int(each.period[:4]) for each in read.candidates}
    people = population_counts({each.territory for each in read.candidates}, years=years)
    return beyond_population(read, {key: found.count for key, found in people.items()}, _content)


def _content(candidate: Candidate) -> str:
    return f"{candidate.value:.15g}"


def preview(actor: Actor, import_id: int, *, now: dt.datetime, language: str = "en") -> Preview:
    """What storing a waiting file would do: every problem with its row, and what is new, changed or the same.

    Raises
    ------
    UsageError
        The mapping is not complete; all that is missing is listed.
    NotFound, Forbidden, Conflict
        As :func:`waiting`.

    """
    looked = look(actor, import_id, today=now.date())
    counted = counts(looked)
    order = {Change.CHANGED: 0, Change.NEW: 1, Change.SAME: 2}
    sample = sorted(looked.planned, key=lambda each: (order[each.change], each.candidate.row))[:SHOWN_ROWS]
    by_id = {place.id: place for place in looked.places.by_code.values()}
    within = by_id[looked.row.series.territory_id]
    return Preview(
        import_id=import_id,
        series=looked.row.series_id,
        file=looked.grid.file,
        sheet=looked.grid.sheet,
        **counted,
        dashes=looked.read.dashes,
        sample=tuple(sample),
        problems=looked.read.problems[:SHOWN_PROBLEMS],
        problem_count=len(looked.read.problems),
        unknown=tuple(UnknownName(name, rows, suggestions(name, within, language)) for name, rows in _unknown(looked)),
        choices=_choices(looked),
        places={each.candidate.territory: by_id[each.candidate.territory] for each in sample},
        digest=looked.digest,
        repeats=_repeats(looked.row),
    )


def counts(looked: Looked) -> dict[str, int]:
    """What is counted of an import."""
    changes = [each.change for each in looked.planned]
    return {
        "rows": looked.read.rows,
        "new": changes.count(Change.NEW),
        "changed": changes.count(Change.CHANGED),
        "same": changes.count(Change.SAME),
        "rejected": len({problem.row for problem in looked.read.problems}),
        "empty": looked.read.empty,
        "left_out": looked.read.left_out,
    }


@dataclass(frozen=True)
class Rejections:
    """Cells that are not taken, each with its whole row, for a file to correct."""

    headers: tuple[str, ...]
    problems: tuple[tuple[Problem, tuple[str, ...]], ...]


def rejections(actor: Actor, import_id: int, *, now: dt.datetime) -> Rejections:
    """All cells that are not taken from a file, waiting or stored.

    Raises
    ------
    NotFound
        There is no such import for this actor.
    UsageError
        It waits, and its mapping is not complete.

    """
    row = the_import(actor, import_id)
    if row.state == ImportState.PREVIEWED:
        looked = look(actor, import_id, today=now.date())
        headers = tuple(each.header for each in looked.mapping.columns)
        return Rejections(headers, tuple((each, words(looked.grid, each.row)) for each in looked.read.problems))
    mapping = mapping_of(row)
    found = row.rejected.order_by("row", "pk")
    return Rejections(
        tuple(each.header for each in mapping.columns),
        tuple(
            (Problem(each.row, each.column, each.content, each.message, each.values), tuple(each.cells))
            for each in found
        ),
    )


def words(grid: Grid, row: int) -> tuple[str, ...]:
    """The cells of a row as text."""
    return tuple(f"{cell:.15g}" if isinstance(cell, float) else str(cell) for cell in grid.rows[row - 1])


def _samples(grid: Grid, mapping: FileMapping, column: int) -> tuple[str, ...]:
    last = min(len(grid.rows), mapping.first_row + 200)
    cells = (words(grid, row) for row in range(mapping.first_row, last + 1))
    texts = (each[column] for each in cells if column < len(each) and each[column])
    return tuple(dict.fromkeys(texts))[:SAMPLES]


def unknown_names(actor: Actor, import_id: int, *, now: dt.datetime) -> list[str]:
    """The names of territories that are asked about, in the order of the preview.

    Raises
    ------
    NotFound, Forbidden, Conflict, UsageError
        As :func:`look`.

    """
    return [name for name, _ in _unknown(look(actor, import_id, today=now.date()))]


def _unknown(looked: Looked) -> list[tuple[str, int]]:
    """Unknown names of territories with how often they stand there, the most frequent first."""
    return sorted(looked.read.unknown.items(), key=lambda item: (-item[1], item[0]))[:MOST_UNKNOWN]


def _choices(looked: Looked) -> tuple[Suggestion, ...]:
    path = looked.row.series.territory.path
    inside = [place for place in looked.places.by_code.values() if place.path.startswith(path)]
    return tuple(Suggestion(each.code, each.names) for each in inside) if len(inside) <= MOST_CHOICES else ()


def _repeats(row: SeriesImport) -> str:
    earlier = SeriesImport.objects.filter(series_id=row.series_id, sha256=row.sha256, state=ImportState.DONE)
    return earlier.order_by("-decided_at").values_list("file", flat=True).first() or ""
