"""Look at everything once."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator

from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, InterfaceError

from hashar.operations.checkups import machine, site
from hashar.operations.checkups.findings import Finding


def examine(*, now: dt.datetime, thorough: bool) -> Iterator[Finding]:
    """Every finding, the machine first; when the database is away, what needs it is left out.

    Parameters
    ----------
    now
        What time it is.
    thorough
        Read every microdata file and compare its fingerprint.

    """
    yield from machine.data_folder()
    yield from machine.disk()
    yield from machine.secret_key()
    yield from machine.clock(now)
    yield from machine.report_fonts()
    yield from machine.backups(now)
    yield from site.static_files()
    yield from site.reach()
    try:
        yield from site.database(now)
        yield from site.migrations()
    except (DatabaseError, InterfaceError, ImproperlyConfigured) as error:
        yield site.unanswered(error)
        return
    yield from _each(
        site.operator,
        lambda: site.workers(now),
        lambda: site.microdata(thorough=thorough),
        lambda: site.retention(now),
        lambda: site.housekeeping(now),
        site.second_factors,
    )


def _each(*looks: Callable[[], Iterable[Finding]]) -> Iterator[Finding]:
    """What needs the tables of this version; in a database of another version they cannot be read."""
    for look in looks:
        try:
            yield from list(look())
        except DatabaseError as error:
            yield site.unreadable(error)
            return
