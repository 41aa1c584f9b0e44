"""``hashar serve``."""

import os
from collections.abc import Callable
from pathlib import Path

import click

from hashar.cli.console import Console
from hashar.cli.site import SITE, Decorated, clock, data_option, open_site, port_option
from hashar.cli.translated import Option, TaughtCommand
from hashar.i18n import N_

PORT = 8000
OWN = {"127.0.0.1", "localhost", "::1", "[::1]"}
"""Names that a computer has for itself."""
PROCESSES = N_("Processes")


def _number(name: str, default: int, words: str) -> Callable[[Decorated], Decorated]:
    """An option that says how many of something there are."""
    number = click.IntRange(1, 64)
    return click.option(name, cls=Option, type=number, default=default, section=PROCESSES, metavar="N", help=words)


@click.command(
    cls=TaughtCommand,
    short_help=N_("Run the site: web server, workers, and the database brought to this version."),
    help=N_(
        "Runs the site until it is stopped (Ctrl-C). Everything it keeps is in the data folder, in SQLite unless "
        "DATABASE_URL names a PostgreSQL database. At every start the database is brought to this version; nothing is "
        "fetched from elsewhere. Only this computer can reach the site unless --host says otherwise; put a proxy that "
        "speaks TLS in front before others do."
    ),
    examples=[
        ("hashar serve --data hashar-data", N_("On this computer alone:")),
        ("hashar serve --host 0.0.0.0 --port 8000 --workers 2", N_("For the office's network, two web processes:")),
    ],
)
@data_option
@click.option(
    "--host",
    cls=Option,
    default="127.0.0.1",
    section=SITE,
    metavar="ADDRESS",
    help=N_("Address to listen at; 0.0.0.0 for every address of this computer."),
)
@port_option(PORT)
@_number("--workers", 1, N_("Web processes; one for each processor is enough."))
@_number("--threads", 4, N_("Requests that each web process answers at once."))
@_number("--background", 1, N_("Processes for long work, such as profiles."))
@click.option(
    "--no-worker",
    cls=Option,
    is_flag=True,
    section=PROCESSES,
    help=N_("Start none; “hashar worker” runs elsewhere."),
)
@click.pass_obj
def serve(
    console: Console,
    *,
    data: Path | None,
    host: str,
    port: int,
    workers: int,
    threads: int,
    background: int,
    no_worker: bool,
) -> None:
    """Prepare, say where the site is, serve."""
    os.umask(0o077)  # what the site writes is its own
    open_site(data)
    from hashar.operations import serving  # noqa: PLC0415  (as above)
    from hashar.operations.preparing import prepare  # noqa: PLC0415  (after the settings)

    serving.check_port(host, port)
    prepare(now=clock())
    _greet(console, host, port)
    serving.serve(serving.Plan(host, port, workers, threads, 0 if no_worker else background))
    console.done(N_("Hashar has stopped."))


def _greet(console: Console, host: str, port: int) -> None:
    from django.conf import settings  # noqa: PLC0415  (as above)

    from hashar.people.queries import waiting_setup  # noqa: PLC0415  (after the settings)

    shown = {"0.0.0.0": "localhost", "::": "localhost", "127.0.0.1": "localhost"}.get(host, host)  # noqa: S104  (shown)
    shown = f"[{shown}]" if ":" in shown else shown
    console.done(N_("Hashar is at {address} – Ctrl-C stops it."), address=f"http://{shown}:{port}/")
    if host not in OWN and set(settings.ALLOWED_HOSTS) <= OWN:
        console.note(
            N_("Other computers reach this address but get no answer: set HASHAR_HOSTS to the names they use for it.")
        )
    if waiting_setup():
        console.note(
            N_("Nobody can sign in yet. Make the first account, in another window: {command}"),
            command="hashar user add LOGIN --name NAME --operator",
        )
