"""``hashar demo``."""

import datetime as dt
import os
from pathlib import Path

import click

from hashar.cli.console import Console
from hashar.cli.options import FILE, OUTPUT
from hashar.cli.profile import FORMATS, SEED, chosen_formats, operator
from hashar.cli.site import SITE, clock, open_site, port_option
from hashar.cli.translated import Option, TaughtCommand
from hashar.errors import UsageError
from hashar.flows.demonstration import Account, accounts, begin, survey
from hashar.i18n import N_

PORT = 8642
ROLES = {
    "operator": N_("runs the site: organisations and accounts"),
    "coordinator": N_("coordinator: members, surveys, sharing"),
    "official": N_("official: registers and findings"),
    "analyst": N_("analyst: uploads, codebooks, profiles"),
    "programme_manager": N_("programme manager: looks over many organisations"),
    "reader": N_("reader: what is shared"),
}


@click.command(
    cls=TaughtCommand,
    short_help=N_("A working site with sample data, or the sample profile as files."),
    help=N_(
        "Opens a site with sample data on this computer: organisations, people of every role, and the profile of the "
        "US national Youth Risk Behavior Survey 2019 (13,677 pupils, public domain), compared with 2017 and 2015. It "
        "needs no internet and no other server. With --out it makes that profile as files instead."
    ),
    examples=[
        ("hashar demo", N_("A site to look round in:")),
        ("hashar demo --out demo-profile --lang ru", N_("The profile alone, as files, in Russian:")),
    ],
)
@click.option(
    "--out",
    "-o",
    cls=Option,
    type=FILE,
    section=OUTPUT,
    metavar="FOLDER",
    help=N_("Make the profile as files in this folder, and no site."),
)
@click.option(
    "--formats",
    cls=Option,
    default=",".join(FORMATS),
    section=OUTPUT,
    metavar="LIST",
    help=N_("Formats of the files, separated by commas."),
)
@click.option(
    "--data",
    cls=Option,
    type=FILE,
    default="demo-site",
    section=SITE,
    metavar="FOLDER",
    help=N_("Folder of the site with sample data; it is made when it is not there."),
)
@port_option(PORT)
@click.option("--no-browser", cls=Option, is_flag=True, section=SITE, help=N_("Do not open the browser."))
@click.pass_obj
def demo(console: Console, out: Path | None, formats: str, data: Path, port: int, *, no_browser: bool) -> None:
    """Files, or a site."""
    if out is not None:
        _files(console, out, formats)
    else:
        _site(console, data.absolute(), port, browser=not no_browser)


def _files(console: Console, out: Path, formats: str) -> None:
    from hashar.cli.profiling import Order, make  # noqa: PLC0415  (scipy, altair and typst: not needed for --help)

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


def _site(console: Console, data: Path, port: int, *, browser: bool) -> None:
    if data.is_file():
        raise UsageError(N_("“{path}” is a file; --data needs the name of a folder."), path=data)
    begin(data)
    _alone()
    open_site(data)
    from hashar.flows import demonstration_site  # noqa: PLC0415  (after the settings)
    from hashar.operations import serving  # noqa: PLC0415  (as above)
    from hashar.operations.browser import open_when_there  # noqa: PLC0415  (as above)
    from hashar.operations.preparing import prepare  # noqa: PLC0415  (as above)

    serving.check_port("127.0.0.1", port)
    prepare(now=clock())
    if not accounts(data):
        demonstration_site.make(data=data, clock=clock, tell=console.done)
    _introduce(console, accounts(data), port)
    if browser:
        open_when_there("127.0.0.1", port)
    serving.serve(serving.Plan(host="127.0.0.1", port=port, workers=1, threads=4, background=1))


def _alone() -> None:
    """Whatever this machine is set up for: a demonstration is on this computer, in SQLite, and says what it is."""
    for name in ("DATABASE_URL", "HASHAR_TLS", "HASHAR_HOSTS", "HASHAR_MAIL_HOST", "HASHAR_REQUIRE_SECOND_FACTOR"):
        os.environ.pop(name, None)
    os.environ["HASHAR_DEMONSTRATION"] = "1"


def _introduce(console: Console, made: tuple[Account, ...], port: int) -> None:
    console.done(N_("A site with sample data is at {address} – Ctrl-C stops it."), address=f"http://localhost:{port}/")
    console.done(
        N_("Sign in with any of these accounts; the password of all is {password}."), password=made[0].password
    )
    width = max(len(account.login) for account in made)
    for account in made:
        role = console.text(ROLES[account.role])
        home = f" – {account.organisation}" if account.organisation else ""
        console.result(f"  {account.login:<{width}}  {role}{home}\n")
