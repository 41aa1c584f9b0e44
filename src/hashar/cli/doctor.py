"""``hashar doctor``."""

from pathlib import Path

import click

from hashar.cli.console import Console
from hashar.cli.exit_codes import FOUND
from hashar.cli.site import SITE, clock, data_option, open_site
from hashar.cli.translated import Option, TaughtCommand
from hashar.i18n import N_

MARKS = ("✓", "!", "✗")


@click.command(
    cls=TaughtCommand,
    short_help=N_("What is wrong with this installation, and how to mend it."),
    help=N_(
        "Looks at data folder, disk, clock, backups, database, workers, microdata, protection of the way to the site "
        "and retention, and says of each what it found and how to mend it. It changes nothing. Exit code 1 when "
        "something must be mended."
    ),
    examples=[
        ("hashar doctor --data /var/lib/hashar", N_("Look over the site in this folder:")),
        ("hashar doctor --thorough", N_("Compare also the fingerprint of every microdata file:")),
    ],
)
@data_option
@click.option(
    "--thorough",
    cls=Option,
    is_flag=True,
    section=SITE,
    help=N_("Read every microdata file and compare its fingerprint."),
)
@click.pass_obj
def doctor(console: Console, data: Path | None, *, thorough: bool) -> int:
    """Print every finding; the exit code."""
    open_site(data)
    from hashar.operations.checkups.examining import examine  # noqa: PLC0415  (after the settings)

    worst = 0
    for finding in examine(now=clock(), thorough=thorough):
        worst = max(worst, finding.grade)
        console.result(f"{MARKS[finding.grade]} {console.text(finding.what, **finding.values)}\n")
        if finding.mend:
            console.result(f"  → {console.text(finding.mend, **finding.values)}\n")
    return FOUND if worst == len(MARKS) - 1 else 0
