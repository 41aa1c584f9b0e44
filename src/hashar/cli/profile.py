"""``hashar profile``."""

import datetime as dt
import getpass
from pathlib import Path

import click

from hashar.cli.console import Console
from hashar.cli.options import FILE, METHOD, OUTPUT, QUESTION, split
from hashar.cli.translated import Argument, Option, TaughtCommand
from hashar.errors import UsageError
from hashar.i18n import N_

FORMATS = ("html", "pdf", "docx", "xlsx", "csv", "parquet", "json")
SEED = 20_260_101
"""Ranks are drawn at random; the same seed gives the same profile."""


@click.command(
    cls=TaughtCommand,
    short_help=N_("The community prevention profile: quality, estimates, factors, priorities."),
    help=N_(
        "Makes the profile of a survey: a data-quality report, estimates by the sampling design, risk and protective "
        "factors and priorities with their uncertainty, as documents to read and tables to use. Small groups are "
        "protected in everything that is written."
    ),
    examples=[
        (
            "hashar profile survey.sav --codebook codebook.yaml --out profile --by place,sex,grade --lang kk",
            N_("A profile in Kazakh, by place, sex and grade:"),
        ),
        (
            "hashar profile 2024.sav --codebook codebook.yaml --compare 2022.sav --out profile --formats html,docx",
            N_("Compared with the wave before, as web page and Word document:"),
        ),
    ],
)
@click.argument("file", cls=Argument, type=FILE, metavar="FILE", help=N_("The survey file; it is only read."))
@click.option(
    "--codebook",
    "codebook_file",
    cls=Option,
    type=FILE,
    required=True,
    section=QUESTION,
    metavar="CODEBOOK",
    help=N_("What the columns mean; see “hashar codebook draft”."),
)
@click.option(
    "--by",
    cls=Option,
    multiple=True,
    section=QUESTION,
    metavar="GROUPS",
    help=N_("Groups of the codebook, separated by commas; crossed ones as sex*grade. All of them when not given."),
)
@click.option(
    "--compare",
    cls=Option,
    type=FILE,
    multiple=True,
    section=QUESTION,
    metavar="FILE",
    help=N_("An earlier wave of the same codebook."),
)
@click.option(
    "--seed",
    cls=Option,
    type=int,
    default=SEED,
    section=METHOD,
    metavar="N",
    help=N_("Seed of the random draws behind the priorities; the same seed, the same profile."),
)
@click.option(
    "--out",
    "-o",
    cls=Option,
    type=FILE,
    required=True,
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
def profile(
    console: Console,
    file: Path,
    codebook_file: Path,
    by: tuple[str, ...],
    compare: tuple[Path, ...],
    seed: int,
    out: Path,
    formats: str,
) -> None:
    """Make one profile and write it."""
    from hashar.cli.profiling import Order, make  # noqa: PLC0415  (scipy, altair and typst: not needed for --help)

    order = Order(
        file=file,
        codebook=codebook_file,
        compare=compare,
        by=split(by),
        out=out,
        formats=chosen_formats(formats),
        seed=seed,
        now=dt.datetime.now(dt.UTC),
        operator=operator(),
    )
    make(console, order)


def chosen_formats(given: str) -> tuple[str, ...]:
    """The formats of ``--formats``.

    Raises
    ------
    UsageError
        One that is not known.

    """
    wanted = split((given,))
    unknown = [name for name in wanted if name not in FORMATS]
    if unknown or not wanted:
        raise UsageError(N_("{name} must be one of: {choices}."), name="--formats", choices=", ".join(FORMATS))
    return wanted


def operator() -> str:
    """Who ran this, as the system knows them; empty when it does not."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""
