"""What every command of the site needs: its data folder, its settings, Django."""

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from hashar.cli.options import FILE
from hashar.cli.translated import Option
from hashar.i18n import N_

Decorated = TypeVar("Decorated", bound=Callable[..., Any])

SITE = N_("The site")
SETTINGS = "hashar.config.settings"


def data_option(command: Decorated) -> Decorated:
    """Add ``--data``, which every command of the site has."""
    return click.option(
        "--data",
        cls=Option,
        type=FILE,
        section=SITE,
        metavar="FOLDER",
        help=N_("Data folder of the site; else HASHAR_DATA, else “hashar-data” in the current folder."),
    )(command)


def port_option(default: int) -> Callable[[Decorated], Decorated]:
    """Add ``--port``."""
    return click.option(
        "--port",
        cls=Option,
        type=click.IntRange(1, 65535),
        default=default,
        section=SITE,
        metavar="N",
        help=N_("Port to listen at."),
    )


def open_site(data: Path | None = None) -> None:
    """Load the settings and the apps; nothing of the site may be imported before.

    Raises
    ------
    UsageError
        An environment variable says what cannot be.
    OutputError
        The data folder cannot be made or written to.

    """
    import django  # noqa: PLC0415  (Django: not needed for --help, nor for a profile made from files)

    if data is not None:
        os.environ["HASHAR_DATA"] = str(data.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", SETTINGS)
    django.setup()


def clock() -> dt.datetime:
    """The time, for services that take it as an argument."""
    return dt.datetime.now(dt.UTC)
