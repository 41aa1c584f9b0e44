"""``hashar demo``."""

import datetime as dt
from pathlib import Path

import click

from hashar.cli.console import Console
from hashar.cli.options import FILE, OUTPUT
from hashar.cli.profile import FORMATS, SEED, chosen_formats, operator
from hashar.cli.translated import Option, TaughtCommand
from hashar.i18n import N_


@click.command(
    cls=TaughtCommand,
    short_help=N_("The profile of a real survey that comes with the program."),
    help=N_(
        "Makes the profile of the US national Youth Risk Behavior Survey 2019 (13,677 pupils, public domain), compared "
        "with 2017 and 2015. The survey and its codebook come with the program."
    ),
    examples=[("hashar demo --out demo-profile --lang ru", N_("The demonstration in Russian:"))],
)
@click.option(
    "--out",
    "-o",
    cls=Option,
    type=FILE,
    default="demo-profile",
    section=OUTPUT,
    metavar="FOLDER",
    help=N_("Folder for the profile; it is made when it is not there."),
)
@click.option(
    "--formats",
    cls=Option,
    default=",".join(FORMATS),
    section=OUTPUT,
    metavar="LIST",
    help=N_("Formats, separated by commas."),
)
@click.pass_obj
def demo(console: Console, out: Path, formats: str) -> None:
    """Make the profile of the shipped survey."""
    from hashar.cli.profiling import Order, make  # noqa: PLC0415  (scipy, altair and typst: not needed for --help)
    from hashar.flows.demonstration import survey  # noqa: PLC0415  (beside the above)

    shipped = survey()
    order = Order(
        file=shipped.file,
        codebook=shipped.codebook,
        compare=shipped.earlier,
        by=(),
        out=out,
        formats=chosen_formats(formats),
        seed=SEED,
        now=dt.datetime.now(dt.UTC),
        operator=operator(),
    )
    make(console, order)
