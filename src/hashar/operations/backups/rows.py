"""Rows of a table as lines of JSON and back, the same from either database."""

import base64
import datetime as dt
import decimal
import json
import uuid
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from django.apps.registry import Apps
from django.db import connections, models

from hashar.errors import InputError
from hashar.i18n import N_

LEFT_OUT = frozenset(
    {
        "contenttypes.ContentType",  # made by the program itself …
        "auth.Permission",  # … and nothing of ours uses permissions or groups
        "auth.Group",
        "auth.Group_permissions",
        "sessions.Session",  # whoever was signed in signs in again
        "usersessions.UserSession",
        "runs.Worker",  # processes of another time …
        "runs.Round",  # … and what they did
    }
)
BATCH = 500


def tables(apps: Apps) -> list[type[models.Model]]:
    """The models whose rows are kept, in a stable order."""
    found = apps.get_models(include_auto_created=True)
    return sorted((m for m in found if m._meta.managed and m._meta.label not in LEFT_OUT), key=lambda m: m._meta.label)


def lines(model: type[models.Model], using: str) -> Iterator[bytes]:
    """Every row of a table, by its key."""
    fields = model._meta.concrete_fields
    rows = model._base_manager.using(using).order_by("pk").iterator(chunk_size=BATCH)
    for row in rows:
        values = {field.attname: _outward(field.value_from_object(row)) for field in fields}
        yield json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def load(model: type[models.Model], content: Iterable[bytes], using: str) -> int:
    """Put rows into an empty table as they were; how many.

    Raises
    ------
    InputError
        A row does not fit this database.

    """
    fields = model._meta.concrete_fields
    for field in fields:  # times that were set when the row was written, not now
        if isinstance(field, models.DateField):
            field.auto_now = field.auto_now_add = False
    count, batch = 0, list[models.Model]()
    for line in content:
        values = json.loads(line)
        batch.append(model(**{f.attname: _inward(f, values[f.attname]) for f in fields if f.attname in values}))
        if len(batch) == BATCH:
            count += _insert(model, batch, using)
            batch = []
    return count + _insert(model, batch, using)


def _insert(model: type[models.Model], batch: list[models.Model], using: str) -> int:
    model._base_manager.using(using).bulk_create(batch, batch_size=BATCH)
    return len(batch)


def clear(model: type[models.Model], using: str) -> None:
    """Take out what migrations put into a new table."""
    connection = connections[using]
    if model._base_manager.using(using).exists():
        with connection.cursor() as cursor:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608  (a table of ours)


def defer_references(using: str) -> None:
    """Let rows come in any order until :func:`check_references`; on PostgreSQL making the tables switched this off."""
    connection = connections[using]
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def check_references(using: str) -> None:
    """Find rows that refer to rows that are not there, now rather than when the transaction ends."""
    connections[using].check_constraints()


def misfit(model: type[models.Model], error: Exception) -> InputError:
    """A row that this database does not take, told without its content."""
    return InputError(
        N_("The rows of “{table}” in this backup do not fit this database ({reason}). Nothing was restored."),
        table=model._meta.label,
        reason=type(error).__name__,
    )


def _outward(value: object) -> object:
    match value:
        case dt.datetime() | dt.date() | dt.time():
            return value.isoformat()
        case dt.timedelta():
            return value.total_seconds()
        case decimal.Decimal() | uuid.UUID():
            return str(value)
        case bytes() | memoryview():
            return base64.b64encode(bytes(value)).decode("ascii")
        case _:
            return value


def _inward(field: "models.Field[Any, Any]", value: object) -> object:
    if value is None:
        return None
    if isinstance(field, models.DurationField):
        return dt.timedelta(seconds=float(str(value)))
    if isinstance(field, models.BinaryField):
        return base64.b64decode(str(value))
    if isinstance(field, models.ForeignKey):
        return field.target_field.to_python(value)
    return value if isinstance(field, models.JSONField) else field.to_python(value)


def last_numbers(kept: Iterable[type[models.Model]], using: str) -> dict[str, int]:
    """The last number given out in each table that numbers its rows."""
    connection = connections[using]
    found = {}
    with connection.cursor() as cursor:
        for model in kept:
            table = model._meta.db_table
            if not isinstance(model._meta.pk, models.AutoField | models.BigAutoField):
                continue
            if connection.vendor == "sqlite":
                cursor.execute("SELECT seq FROM sqlite_sequence WHERE name = %s", [table])
            else:
                sequence = "pg_get_serial_sequence(%s, %s)::regclass"
                cursor.execute(f"SELECT pg_sequence_last_value({sequence})", _serial(model))
            row = cursor.fetchone()
            if row and row[0]:
                found[table] = int(row[0])
    return found


def set_last_numbers(kept: Iterable[type[models.Model]], numbers: Mapping[str, int], using: str) -> None:
    """Go on numbering where the backed-up site stopped."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for model in kept:
            table = model._meta.db_table
            if table not in numbers:
                continue
            if connection.vendor == "sqlite":
                cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
                cursor.execute("INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)", [table, numbers[table]])
            else:
                cursor.execute("SELECT setval(pg_get_serial_sequence(%s, %s), %s)", [*_serial(model), numbers[table]])


def _serial(model: type[models.Model]) -> list[str]:
    pk = model._meta.pk
    return [f'"{model._meta.db_table}"', (pk.column or "") if pk is not None else ""]
