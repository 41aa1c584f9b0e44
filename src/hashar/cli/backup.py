"""``hashar backup``."""

from pathlib import Path

import click

from hashar.cli.console import Console
from hashar.cli.options import FILE
from hashar.cli.site import clock, data_option, open_site
from hashar.cli.translated import Argument, TaughtCommand
from hashar.i18n import N_


@click.command(
    cls=TaughtCommand,
    short_help=N_("Write the whole site into one file, while it runs."),
    help=N_(
        "Writes every row of the database and every file of the data folder, as they are at one moment, into one new "
        "file with checksums inside. The site goes on meanwhile. The file fits SQLite and PostgreSQL. It holds "
        "microdata, accounts and the secret key: keep it as safe as the site itself."
    ),
    examples=[
        ("hashar backup /media/disk/hashar-2026-11-22.backup", N_("To another disk:")),
        ("hashar restore /media/disk/hashar-2026-11-22.backup --data restored", N_("And back, into an empty folder:")),
    ],
)
@click.argument("file", cls=Argument, type=FILE, metavar="FILE", help=N_("The backup to write; it must not be there."))
@data_option
@click.pass_obj
def backup(console: Console, file: Path, data: Path | None) -> None:
    """Write one backup."""
    open_site(data)
    from django.conf import settings  # noqa: PLC0415  (after the settings)

    from hashar.operations.backups.writing import write_backup  # noqa: PLC0415  (after the settings)

    with console.steps() as tell:
        manifest = write_backup(target=file, source=Path(settings.DATA), now=clock(), progress=tell)
    console.done(
        N_("The site is backed up: {rows} rows and {files} files, {size} MB."),
        rows=console.translator.integer(sum(manifest.rows.values())),
        files=console.translator.integer(len(manifest.parts) - len(manifest.rows)),
        size=console.translator.decimal(file.stat().st_size / 1e6, 1),
    )
    console.result(f"{file.absolute()}\n")
