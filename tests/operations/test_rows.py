"""Values go out as JSON and come back as they were; what a database does not take is told without its content."""

import datetime as dt
import decimal
import json
import uuid

import pytest
from django.db import models

from hashar.errors import Conflict, InputError
from hashar.operations.backups import restoring, rows
from hashar.operations.backups.manifest import Manifest
from hashar.operations.backups.writing import _publish


@pytest.mark.parametrize(
    ("field", "value"),
    [
        (models.DateTimeField(), dt.datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=dt.UTC)),
        (models.DateField(), dt.date(2026, 3, 1)),
        (models.TimeField(), dt.time(23, 59, 59, 999999)),
        (models.DurationField(), dt.timedelta(days=3, microseconds=7)),
        (models.DecimalField(max_digits=9, decimal_places=4), decimal.Decimal("12345.6789")),
        (models.UUIDField(), uuid.UUID(int=7)),
        (models.BinaryField(), b"\x00\xff"),
        (models.JSONField(), {"a": [1, None, "Ө"]}),
        (models.JSONField(), "2026-03-01"),
        (models.FloatField(), 0.1 + 0.2),
        (models.BooleanField(), True),
        (models.CharField(max_length=9), None),
        (models.CharField(max_length=9), "a\nb\u2028"),
    ],
)
def test_every_kind_of_value_comes_back_as_it_was(field, value):
    line = json.dumps(rows._outward(value))
    assert rows._inward(field, json.loads(line)) == value


def test_views_of_bytes_are_bytes():
    assert rows._outward(memoryview(b"abc")) == rows._outward(b"abc")


@pytest.mark.django_db
def test_a_row_that_does_not_fit_is_told_by_its_table_alone():
    from hashar.people.models import Person

    line = json.dumps({"id": 1, "username": "aigul", "joined_at": "no time at all"}).encode()
    with pytest.raises(InputError, match=r"people\.Person") as refused:
        restoring._fitting(Person, [line], "default")
    assert "aigul" not in str(refused.value)


@pytest.mark.django_db
def test_rows_that_a_migration_made_give_way_to_those_of_the_backup():
    from hashar.people.models import Organisation

    Organisation.objects.create(
        name="made", kind="ngo", sector="civic", level="region", made_at=dt.datetime(2026, 1, 1, tzinfo=dt.UTC)
    )
    rows.clear(Organisation, "default")
    assert not Organisation.objects.exists()


def test_a_name_that_appeared_meanwhile_is_left_alone(tmp_path):
    part, target = tmp_path / ".part", tmp_path / "x.backup"
    part.write_text("new")
    target.write_text("of somebody else")
    with pytest.raises(Conflict, match="appeared in the meantime"):
        _publish(part, target)
    assert target.read_text() == "of somebody else"


def test_on_a_disk_without_links_the_backup_is_renamed(tmp_path, monkeypatch):
    def no_links(*paths):
        raise OSError(95, "not supported")

    monkeypatch.setattr("os.link", no_links)
    part, target = tmp_path / ".part", tmp_path / "x.backup"
    part.write_text("new")
    _publish(part, target)
    assert target.read_text() == "new"


def test_a_manifest_is_written_as_it_is_read():
    manifest = Manifest(1, "0.2.0", "2026-03-01", "sqlite", (("people", "0001_initial"),), {}, {}, {})
    assert json.loads(manifest.text())["migrations"] == [["people", "0001_initial"]]
