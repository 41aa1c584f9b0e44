from django.db import migrations

from hashar.people.migrations._append_only import guard, unguard


class Migration(migrations.Migration):
    """The audit trail cannot be changed (ADR 0012)."""

    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunPython(
            lambda apps, editor: guard(editor.connection),
            lambda apps, editor: unguard(editor.connection),
        )
    ]
