"""Nothing is lost on the way from one version's tables to the next."""

import json
from pathlib import Path

import pytest

from tests.operations.site import Site, rows_of

FIRST = Path(__file__).parent / "data" / "first-site.backup"

BACK_AND_FORTH = """
import json
import django; django.setup()
from django.core.management import call_command
from django.db import connection
from django.db.migrations.exceptions import IrreversibleError
from django.db.migrations.loader import MigrationLoader
from hashar.operations.backups import rows
from hashar.operations.migrations import applied, models_at

def content():
    found = {}
    for model in rows.tables(models_at(applied())):
        found[model._meta.label] = [json.loads(line) for line in rows.lines(model, "default")]
    return found

def lost(before, after):
    problems = []
    for label in before.keys() & after.keys():
        if len(before[label]) != len(after[label]):
            problems.append(f"{label}: {len(before[label])} rows became {len(after[label])}")
        for one, other in zip(before[label], after[label]):
            problems += [f"{label}.{name}" for name in one.keys() & other.keys() if one[name] != other[name]]
    return sorted(set(problems))

graph = MigrationLoader(connection).graph
report = {}
for app in ("assess", "runs", "people", "reference", "places"):  # what depends on others comes first
    ((_, name),) = graph.leaf_nodes(app)
    above = [parent.key[1] for parent in graph.node_map[(app, name)].parents if parent.key[0] == app]
    if not above:
        continue
    try:
        call_command("migrate", app, above[0], verbosity=0)
    except IrreversibleError:
        report[f"{app}.{name}"] = ["cannot be undone: give it a test of its own"]
        continue
    before = content()
    call_command("migrate", verbosity=0)
    report[f"{app}.{name}"] = lost(before, content())
print(json.dumps(report))
"""


@pytest.mark.parametrize("database", ["sqlite", "postgresql"])
def test_the_last_step_of_every_app_keeps_the_rows_of_the_state_before(database, site, backup, tmp_path, request):
    if database == "postgresql":
        site = Site(tmp_path / "pg", request.getfixturevalue("empty_postgres"))
        assert site.run("restore", backup).returncode == 0
    report = json.loads(site.python(BACK_AND_FORTH))
    assert report, "no app has a second migration"
    assert {step: problems for step, problems in report.items() if problems} == {}


def test_a_backup_of_the_first_version_can_still_be_restored(tmp_path, tmp_path_factory):
    """Made by ``python -m tests.operations.data.generate`` when 0.2.0 was released, and never made again after."""
    import zipfile

    site = Site(tmp_path / "site")
    done = site.run("restore", FIRST)
    assert done.returncode == 0, done.stderr
    again = tmp_path / "again"
    assert site.run("backup", again).returncode == 0
    with zipfile.ZipFile(FIRST) as first, zipfile.ZipFile(again) as second:
        before, after = rows_of(first), rows_of(second)
        for label in (
            "people.Person",
            "people.Organisation",
            "people.Membership",
            "assess.Survey",
            "assess.SurveyFile",
        ):
            kept = [
                {name: row[name] for name in row if name in other}
                for row, other in zip(before[label], after[label], strict=True)
            ]
            same = [
                {name: other[name] for name in row if name in other}
                for row, other in zip(before[label], after[label], strict=True)
            ]
            assert kept == same, label
    assert site.run("doctor").returncode == 0
