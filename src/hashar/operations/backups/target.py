"""The empty database that a backup is restored into: nothing of it is seen before everything is there."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import DatabaseError, connections, transaction
from django.utils import timezone

from hashar.errors import Conflict
from hashar.i18n import N_
from hashar.operations.backups.snapshot import other_sqlite
from hashar.runs.queries import queue

NEW = "restored"


def refuse_occupied(using: str) -> None:
    """Refuse a database that holds a site, or that somebody works with.

    Raises
    ------
    Conflict
        There are accounts in it, or workers that are alive.

    """
    connection = connections[using]
    with contextlib.closing(connection.cursor()) as cursor:
        tables = connection.introspection.table_names(cursor)
    people = get_user_model()
    if people._meta.db_table not in tables:
        return
    accounts = people._base_manager.using(using).count()
    if accounts:
        raise Conflict(
            N_(
                "There is a site here already ({accounts} accounts); a backup is never written over one. "
                "Name an empty data folder with --data, or an empty database."
            ),
            accounts=accounts,
        )
    with contextlib.suppress(DatabaseError):  # tables of another version: nobody works with them
        if queue(timezone.now()).workers:
            raise Conflict(N_("Hashar is running on this data folder. Stop it first."))


@contextlib.contextmanager
def empty_database(using: str, folder: Path) -> Iterator[str]:
    """Give the alias of an empty database; at the end it takes the place of the one that is there, or all is undone."""
    if connections[using].vendor == "sqlite":
        with _new_file(using, folder) as alias:
            yield alias
        return
    with transaction.atomic(using=using):
        _drop_everything(using)
        yield using


@contextlib.contextmanager
def _new_file(using: str, folder: Path) -> Iterator[str]:
    real = Path(connections[using].settings_dict["NAME"])
    new = folder / ".restored.sqlite3"
    try:
        with other_sqlite(NEW, new, like=using):
            yield NEW
            with connections[NEW].cursor() as cursor:
                cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connections[using].close()
        with new.open("rb") as file:
            os.fsync(file.fileno())
        for beside in ("-wal", "-shm"):
            real.with_name(real.name + beside).unlink(missing_ok=True)
        new.replace(real)
    finally:
        for rest in folder.glob(".restored.sqlite3*"):
            rest.unlink(missing_ok=True)


def _drop_everything(using: str) -> None:
    """Remove the tables of a database that was prepared but never used."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"DROP TABLE {connection.ops.quote_name(table)} CASCADE")


def migrate_to(steps: list[tuple[str, str]], using: str) -> None:
    """Bring an empty database to exactly the given migrations."""
    for app, name in steps:
        call_command("migrate", app, name, database=using, verbosity=0, interactive=False)
