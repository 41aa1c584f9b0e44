"""Where a table goes: standard output or a file, checked before the work begins."""

from collections.abc import Sequence
from pathlib import Path

from hashar.cli.console import Console
from hashar.errors import UsageError
from hashar.i18n import N_
from hashar.reports.render.files import check_folder
from hashar.reports.render.results import About, Columns, csv_text, table_writer, write_table

STANDARD_OUTPUT = Path("-")


def check_target(out: Path, inputs: Sequence[Path]) -> None:
    """Refuse a target that cannot be written, or that is one of the inputs, before computing anything.

    Raises
    ------
    UsageError
        Unknown ending; the target is an input.
    OutputError
        No permission, a file in the way of a folder.

    """
    if out == STANDARD_OUTPUT:
        return
    table_writer(out)
    if any(path.exists() and out.exists() and path.samefile(out) for path in inputs):
        raise UsageError(
            N_("“{path}” is the survey file itself; it is never written to. Give --out another name."), path=out
        )
    if not out.exists() or out.is_file():
        check_folder(out.parent)


def deliver(console: Console, out: Path, columns: Columns, about: About) -> None:
    """Print the table as CSV, or write it to ``out`` and say so."""
    if out == STANDARD_OUTPUT:
        console.result(csv_text(columns))
        return
    write_table(out, columns, about)
    rows = len(next(iter(columns.values())))
    console.done(N_("{rows} rows written to {path}."), rows=rows, path=out)


def check_new(out: Path, source: Path, *, force: bool) -> None:
    """Refuse to write over what a person has worked on.

    Raises
    ------
    UsageError
        The target is there already, or is the survey file.
    OutputError
        No permission, a file in the way of a folder.

    """
    if out == STANDARD_OUTPUT:
        return
    if out.is_file() and source.exists() and out.samefile(source):
        raise UsageError(
            N_("“{path}” is the survey file itself; it is never written to. Give --out another name."), path=out
        )
    if out.is_file() and not force:
        raise UsageError(N_("“{path}” is there already. Give --out another name, or --force to replace it."), path=out)
    check_folder(out.parent)
