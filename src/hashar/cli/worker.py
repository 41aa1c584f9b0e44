"""``hashar worker``."""

import os
import signal
import threading
from pathlib import Path

import click

from hashar.cli.console import Console
from hashar.cli.site import SITE, clock, data_option, open_site
from hashar.cli.translated import Option, TaughtCommand
from hashar.i18n import N_


@click.command(
    cls=TaughtCommand,
    short_help=N_("Do the long work of the site, beside its web server or on another machine."),
    help=N_(
        "Takes profiles and other long work from the queue, one at a time, until it is stopped. “hashar serve” starts "
        "one by itself; start more where there are processors to spare. What a stopped worker had begun goes back to "
        "the queue, and what a killed one had begun is taken over after two minutes."
    ),
    examples=[("hashar worker --data /var/lib/hashar", N_("One more worker for the site in this folder:"))],
)
@data_option
@click.option(
    "--attached",
    cls=Option,
    is_flag=True,
    section=SITE,
    help=N_("Stop when standard input closes, for programs that start workers themselves."),
)
@click.pass_obj
def worker(console: Console, data: Path | None, *, attached: bool) -> None:
    """Work until asked to stop."""
    os.umask(0o077)  # what the site writes is its own
    open_site(data)
    from hashar.operations.lifeline import end_with_standard_input  # noqa: PLC0415  (after the settings)
    from hashar.operations.preparing import wait_until_prepared  # noqa: PLC0415  (as above)
    from hashar.operations.working import Worker  # noqa: PLC0415  (as above)

    stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: stop.set())
    if attached:
        end_with_standard_input(stop.set)
    wait_until_prepared(stop)
    if not attached:
        console.done(N_("This worker waits for work. Ctrl-C stops it."))
    Worker(clock=clock, stop=stop).work()
