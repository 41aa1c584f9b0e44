"""Say what the columns of a waiting file are; nothing is stored by that."""

from dataclasses import replace

from hashar.assess.contracts.series import Measure
from hashar.assess.contracts.series_import import FileMapping
from hashar.assess.models import SeriesImport
from hashar.assess.rules.series_columns import guess_mapping
from hashar.assess.rules.series_mapping import as_json, with_headers
from hashar.assess.services.series_places import gazetteer
from hashar.assess.services.series_preview import first_mapping, grid_of, mapping_of, waiting_row
from hashar.errors import UsageError
from hashar.i18n import N_
from hashar.people.contracts import Actor


def choose_sheet(*, actor: Actor, import_id: int, sheet: str) -> None:
    """Read another sheet of the waiting workbook; its columns are guessed anew.

    Raises
    ------
    NotFound, Forbidden, Conflict
        As for :func:`set_mapping`.
    InputError
        There is no such sheet, or it holds nothing.

    """
    row = waiting_row(actor, import_id)
    mapping, _ = first_mapping(row.series, grid_of(row, sheet))
    SeriesImport.objects.filter(pk=row.pk).update(sheet=sheet, mapping=as_json(mapping))


def guess_again(*, actor: Actor, import_id: int, header_row: int, header_rows: int, first_row: int) -> None:
    """Guess the columns anew below a header that a person pointed out.

    Raises
    ------
    NotFound, Forbidden, Conflict
        As for :func:`set_mapping`.
    UsageError
        The rows are not inside the sheet, or not in this order.

    """
    row = waiting_row(actor, import_id)
    grid = grid_of(row, row.sheet)
    if not (header_row >= 1 and 1 <= header_rows <= 3 and header_row + header_rows <= first_row <= len(grid.rows)):
        raise UsageError(
            N_("The first row of data must come after the header, and inside the sheet; correct the rows.")
        )
    places = gazetteer(row.series)
    head = (header_row, header_rows, first_row)
    mapping = guess_mapping(grid, measure=Measure(row.series.measure), known=places.knows, head=head)
    SeriesImport.objects.filter(pk=row.pk).update(mapping=as_json(mapping))


def set_mapping(*, actor: Actor, import_id: int, mapping: FileMapping) -> None:
    """Keep what a person says the columns are; whether it is complete shows in the preview.

    Raises
    ------
    NotFound
        There is no such waiting import for this actor, or its file is gone.
    Forbidden
        The actor may no longer bring in series there.
    Conflict
        It was decided on already.
    UsageError
        The columns are not those of the file.

    """
    row = waiting_row(actor, import_id)
    kept = mapping_of(row)
    if len(mapping.columns) != len(kept.columns):
        raise UsageError(N_("The columns of the file are not those of this mapping; guess them again."))
    layout = {name: getattr(kept, name) for name in ("sheet", "header_row", "header_rows", "first_row")}
    whole = with_headers(replace(mapping, **layout), grid_of(row, kept.sheet))
    SeriesImport.objects.filter(pk=row.pk).update(mapping=as_json(whole))


def name_territories(*, actor: Actor, import_id: int, names: dict[str, str]) -> None:
    """Say which territories names of the file mean (a code, or ``"-"`` to leave their rows out).

    Raises
    ------
    NotFound, Forbidden, Conflict
        As for :func:`set_mapping`.
    UsageError
        A code is of no territory.

    """
    row = waiting_row(actor, import_id)
    known = gazetteer(row.series).by_code
    wrong = [code for code in names.values() if code not in known and code != "-"]
    if wrong:
        raise UsageError(
            N_("There is no territory with the code “{code}”; choose one from the list."), code=wrong[0][:40]
        )
    mapping = mapping_of(row)
    said = {**mapping.names, **names}
    SeriesImport.objects.filter(pk=row.pk).update(mapping=as_json(replace(mapping, names=said)))
