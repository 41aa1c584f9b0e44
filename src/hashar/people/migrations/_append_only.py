"""The database itself refuses to change or delete a row of the audit trail, whoever asks (ADR 0012)."""

from django.db.backends.base.base import BaseDatabaseWrapper

TABLE = "people_auditrow"
REFUSAL = "the audit trail is append-only"

SQLITE = {
    "audit_no_update": f"BEFORE UPDATE ON {TABLE}",
    "audit_no_delete": f"BEFORE DELETE ON {TABLE}",
    # INSERT OR REPLACE removes a row without asking the trigger above
    "audit_no_replace": f"BEFORE INSERT ON {TABLE} WHEN EXISTS (SELECT 1 FROM {TABLE} WHERE id = NEW.id)",
}
POSTGRESQL = {
    "audit_no_change": f"BEFORE UPDATE OR DELETE ON {TABLE}",
    "audit_no_truncate": f"BEFORE TRUNCATE ON {TABLE}",
}


def statements(vendor: str) -> list[str]:
    """What guards the table in this kind of database."""
    if vendor == "sqlite":
        return [
            f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END" for name, when in SQLITE.items()
        ]
    function = (
        "CREATE OR REPLACE FUNCTION hashar_refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$ "
        f"BEGIN RAISE EXCEPTION '{REFUSAL}' USING ERRCODE = 'integrity_constraint_violation'; END $$"
    )
    triggers = [
        f"CREATE TRIGGER {name} {when} FOR EACH STATEMENT EXECUTE FUNCTION hashar_refuse_audit_change()"
        for name, when in POSTGRESQL.items()
    ]
    return [function, *triggers]


def removals(vendor: str) -> list[str]:
    """What takes the guard away."""
    if vendor == "sqlite":
        return [f"DROP TRIGGER IF EXISTS {name}" for name in SQLITE]
    return [f"DROP TRIGGER IF EXISTS {name} ON {TABLE}" for name in POSTGRESQL]


def guard(connection: BaseDatabaseWrapper) -> None:
    """Put the guard up."""
    with connection.cursor() as cursor:
        for statement in statements(connection.vendor):
            cursor.execute(statement)


def unguard(connection: BaseDatabaseWrapper) -> None:
    """Take the guard away: only for a migration that remakes the table, and for emptying a test's database."""
    with connection.cursor() as cursor:
        for statement in removals(connection.vendor):
            cursor.execute(statement)
