"""A database as it is at one moment, while others go on writing to it."""

import contextlib
import sqlite3
import tempfile
from collections.abc import Iterator
from pathlib import Path

from django.db import connections, transaction

COPY = "snapshot"
PAGES = 1000
"""Pages that SQLite copies before it lets writers in."""


@contextlib.contextmanager
def snapshot(using: str, folder: Path) -> Iterator[str]:
    """Give the alias of a database that does not change during the block.

    SQLite is copied by its online backup (into a temporary file in ``folder``): nobody waits. PostgreSQL shows one
    transaction one moment by itself.
    """
    connection = connections[using]
    if connection.vendor != "sqlite":
        with transaction.atomic(using=using):
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield using
        return
    with tempfile.TemporaryDirectory(prefix=".hashar-snapshot-", dir=folder) as scratch:
        path = Path(scratch) / "copy.sqlite3"
        connection.ensure_connection()
        with contextlib.closing(sqlite3.connect(path)) as target:
            connection.connection.backup(target, pages=PAGES)
        with other_sqlite(COPY, path, like=using):
            yield COPY


@contextlib.contextmanager
def other_sqlite(alias: str, path: Path, *, like: str) -> Iterator[None]:
    """Know a further SQLite file under ``alias`` for the time of the block."""
    described = {**connections[like].settings_dict, "NAME": str(path), "CONN_MAX_AGE": 0}
    connections.settings[alias] = described
    connections[alias] = connections.create_connection(alias)
    try:
        yield
    finally:
        connections[alias].close()
        del connections[alias]
        del connections.settings[alias]
