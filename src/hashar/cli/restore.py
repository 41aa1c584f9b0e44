"""``hashar restore``."""

from pathlib import Path

import click

from hashar.cli.console import Console
from hashar.cli.options import FILE
from hashar.cli.site import SITE, clock, data_option, open_site
from hashar.cli.translated import Argument, Option, TaughtCommand
from hashar.i18n import N_


@click.command(
    cls=TaughtCommand,
    short_help=N_("Put a backup into an empty site, on either database."),
    help=N_(
        "Checks every part of the backup, then restores all of it or nothing, into an empty data folder and an empty "
        "database (SQLite, or what DATABASE_URL names). A site that is there already is never written over. A backup "
        "of an older version is brought to this one."
    ),
    examples=[
        ("hashar restore hashar-2026-11-22.backup --data restored", N_("Into a new folder:")),
        ("hashar restore hashar-2026-11-22.backup --check", N_("Only look whether the backup is whole:")),
    ],
)
@click.argument("file", cls=Argument, type=FILE, metavar="FILE", help=N_("The backup; it is only read."))
@data_option
@click.option(
    "--check",
    cls=Option,
    is_flag=True,
    section=SITE,
    help=N_("Read the whole backup and compare its checksums; restore nothing."),
)
@click.pass_obj
def restore(console: Console, file: Path, data: Path | None, *, check: bool) -> None:
    """Check, or check and restore."""
    if check:
        from hashar.operations.backups.reading import opened  # noqa: PLC0415  (not needed for --help)

        with opened(file) as (_, manifest):
            rows = console.translator.integer(sum(manifest.rows.values()))
            console.done(N_("The backup is whole: {rows} rows, made at {time}."), rows=rows, time=manifest.made_at)
        return
    open_site(data)
    from django.conf import settings  # noqa: PLC0415  (after the settings)

    from hashar.operations.backups.restoring import restore_backup  # noqa: PLC0415  (after the settings)

    with console.steps() as tell:
        manifest = restore_backup(source=file, target=Path(settings.DATA), now=clock(), progress=tell)
    console.done(
        N_("The site is restored: {rows} rows and {files} files. “hashar doctor” looks it over."),
        rows=console.translator.integer(sum(manifest.rows.values())),
        files=console.translator.integer(len(manifest.parts) - len(manifest.rows)),
    )
