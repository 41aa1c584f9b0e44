"""Make a data folder and a database ready for this version of the program; safe to repeat."""

import contextlib
import datetime as dt
import hashlib
import logging
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command
from django.db import DatabaseError, connection

from hashar.exchange.services.loading import load_shipped as load_practices
from hashar.operations.errors import database_away
from hashar.operations.migrations import pending
from hashar.places.services.loading import load_shipped as load_places

PATIENCE = 2.0
"""Seconds between two looks whether the database is ready."""
LOCK = 0x4861_7368_6172
"""Name of PostgreSQL's advisory lock: one process prepares, the others wait."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Prepared:
    """What preparing found to do."""

    migrations: int
    """Steps by which the database was changed."""
    static: bool
    """Whether styles, scripts and fonts were gathered anew."""


def prepare(*, now: dt.datetime) -> Prepared:
    """Bring the database and the data folder to this version.

    Raises
    ------
    Conflict
        A newer version of the program worked with this database.
    EngineError
        The database does not answer.

    """
    with database_away(), _alone():
        migrations = len(pending())
        call_command("migrate", verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        load_places(now=now)
        load_practices(now=now)
    return Prepared(migrations, gather_static())


def gather_static() -> bool:
    """Copy styles, scripts and fonts to where they are served from, unless they are there; whether it was needed.

    What is copied has names that hold a digest of the content, so pages that are open keep what they were made with.
    """
    note = Path(settings.STATIC_ROOT) / ".gathered"
    digest = _static_digest()
    if note.is_file() and note.read_text(encoding="ascii") == digest:
        return False
    call_command("collectstatic", verbosity=0, interactive=False)
    note.write_text(digest, encoding="ascii")
    return True


def _static_digest() -> str:
    """Names, sizes and times of the files the program brings."""
    digest = hashlib.sha256(settings.STORAGES["staticfiles"]["BACKEND"].encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            digest.update(f"{name} {storage.size(name)} {storage.get_modified_time(name).timestamp()}\n".encode())
    return digest.hexdigest()


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """Let one process prepare at a time; others of the same PostgreSQL database wait. SQLite has its own lock."""
    if connection.vendor != "postgresql":
        yield
        return
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_lock(%s)", [LOCK])
    try:
        yield
    finally:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_unlock(%s)", [LOCK])


def wait_until_prepared(stop: threading.Event) -> None:
    """For a worker that starts beside its server: wait until the database is at this version, or ``stop`` is set.

    Raises
    ------
    Conflict
        A newer version of the program worked with this database.

    """
    while not stop.is_set():
        try:
            if not pending():
                return
        except DatabaseError as error:
            _log.warning("the database is away (%s)", type(error).__name__)
        connection.close()
        stop.wait(PATIENCE)
