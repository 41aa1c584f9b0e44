"""The doctor finds what is wrong, says how to mend it, and changes nothing."""

import datetime as dt
import json
import os
import sys
from pathlib import Path

import pytest
from django.test import override_settings

from hashar.operations.checkups import examining, machine, site
from hashar.operations.checkups.findings import Grade
from hashar.people.contracts import CONSOLE
from hashar.people.services.accounts import make_account
from hashar.runs import services
from tests.operations.site import Site

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


@pytest.fixture
def data(tmp_path):
    """An own data folder, private as it should be."""
    folder = tmp_path / "data"
    folder.mkdir(mode=0o700)
    with override_settings(DATA=folder, STATIC_ROOT=folder / "static"):
        yield folder


def only(findings):
    found = list(findings)
    assert len(found) == 1, found
    return found[0]


def test_a_healthy_data_folder_is_good(data):
    assert only(machine.data_folder()).grade is Grade.GOOD


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
def test_a_data_folder_that_others_can_look_into_is_wrong(data):
    data.chmod(0o755)
    found = only(machine.data_folder())
    assert found.grade is Grade.WRONG
    assert found.mend.format(**found.values) == f"chmod 700 {data}"


def test_a_data_folder_that_is_not_there_is_wrong(tmp_path):
    with override_settings(DATA=tmp_path / "none"):
        assert only(machine.data_folder()).grade is Grade.WRONG


@pytest.mark.parametrize(("limit", "grade"), [("ALMOST_NONE", Grade.WRONG), ("LITTLE", Grade.CAUTION)])
def test_a_full_disk_is_told_before_it_is_full(data, monkeypatch, limit, grade):
    monkeypatch.setattr(machine, limit, 10**18)
    assert only(machine.disk()).grade is grade


def test_room_on_the_disk_is_good(data, monkeypatch):
    monkeypatch.setattr(machine, "LITTLE", 0)
    monkeypatch.setattr(machine, "ALMOST_NONE", 0)
    assert only(machine.disk()).grade is Grade.GOOD


def test_a_short_secret_key_is_wrong(data):
    with override_settings(SECRET_KEY="short"):
        assert only(machine.secret_key()).grade is Grade.WRONG


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such bits")
def test_a_secret_key_that_others_can_read_is_wrong(data):
    (data / "secret-key").write_text("x" * 60)
    with override_settings(SECRET_KEY="x" * 60):
        (data / "secret-key").chmod(0o644)
        assert only(machine.secret_key()).grade is Grade.WRONG
        (data / "secret-key").chmod(0o600)
        assert only(machine.secret_key()).grade is Grade.GOOD


def test_a_clock_that_is_behind_its_files_is_wrong(data):
    path = data / "upload"
    path.write_text("x")
    os.utime(path, (NOW.timestamp() + 3600,) * 2)
    assert only(machine.clock(NOW)).grade is Grade.WRONG
    assert only(machine.clock(NOW + dt.timedelta(hours=2))).grade is Grade.GOOD


def test_missing_fonts_are_wrong(monkeypatch):
    assert only(machine.report_fonts()).grade is Grade.GOOD
    monkeypatch.setattr(machine, "FONTS", ("No-Such.ttf",))
    assert only(machine.report_fonts()).values["names"] == "No-Such.ttf"


@pytest.mark.parametrize(
    ("age", "inside", "grade"),
    [(1, False, Grade.GOOD), (1, True, Grade.CAUTION), (8, False, Grade.CAUTION)],
)
def test_old_backups_and_backups_on_the_same_disk_are_told(data, tmp_path, age, inside, grade):
    path = (data if inside else tmp_path) / "x.backup"
    note = {"at": (NOW - dt.timedelta(days=age)).isoformat(), "path": str(path)}
    (data / "last-backup").write_text(json.dumps(note))
    assert only(machine.backups(NOW)).grade is grade


@pytest.mark.parametrize("note", [None, "", "{}", '{"at": 3, "path": 4}', '{"at": "yesterday", "path": "x"}'])
def test_a_site_without_a_backup_is_told(data, note):
    if note is not None:
        (data / "last-backup").write_text(note)
    assert only(machine.backups(NOW)).grade is Grade.CAUTION


@pytest.mark.parametrize(
    ("hosts", "tls", "grade"),
    [
        (["localhost"], False, Grade.GOOD),
        (["*"], True, Grade.WRONG),
        (["localhost"], True, Grade.CAUTION),
        (["prevention.example"], False, Grade.WRONG),
        (["prevention.example"], True, Grade.GOOD),
    ],
)
def test_how_the_site_is_reached_is_judged(hosts, tls, grade, monkeypatch):
    monkeypatch.setattr(site, "run_checks", lambda **_: [])
    with override_settings(ALLOWED_HOSTS=hosts, TLS=tls):
        assert only(site.reach()).grade is grade


@pytest.mark.django_db
class TestWithADatabase:
    def test_nobody_who_can_run_the_site_is_wrong(self):
        assert only(site.operator()).grade is Grade.WRONG
        make_account(actor=CONSOLE, login="boss", name="Boss", password=None, operator=True, now=NOW)
        assert only(site.operator()).grade is Grade.GOOD

    def test_the_database_answers_and_is_at_this_version(self):
        assert only(site.database(dt.datetime.now(dt.UTC))).grade is Grade.GOOD
        assert only(site.migrations()).grade is Grade.GOOD

    def test_a_worker_that_is_alive_is_named(self):
        assert only(site.workers(NOW)).grade is Grade.CAUTION
        services.sign_of_life(worker="here:1", run=None, now=NOW)
        found = only(site.workers(NOW))
        assert (found.grade, found.values["names"]) == (Grade.GOOD, "here:1")

    def test_work_that_waits_for_nobody_is_wrong(self, cast):
        services.register("test.doctor", lambda run, progress: {})
        actor = cast.actor("analyst")
        services.ask(
            actor=actor, kind="test.doctor", organisation=cast.centre, subject="test:9", parameters={}, now=NOW
        )
        assert only(site.workers(NOW)).grade is Grade.WRONG
        services.sign_of_life(worker="here:1", run=None, now=NOW + dt.timedelta(hours=1))
        assert only(site.workers(NOW + dt.timedelta(hours=1))).grade is Grade.CAUTION
        services.claim(clock=lambda: NOW + dt.timedelta(hours=1))
        lost = list(site.workers(NOW + dt.timedelta(hours=2)))
        assert "lost their worker" in lost[-1].what

    def test_retention_that_is_due_is_told(self):
        assert only(site.retention(NOW)).grade is Grade.GOOD
        make_account(actor=CONSOLE, login="old", name="Old", password=None, now=NOW - dt.timedelta(days=900))
        assert only(site.retention(NOW)).grade is Grade.CAUTION

    def test_microdata_without_surveys_are_all_there(self):
        assert only(site.microdata(thorough=True)).grade is Grade.GOOD

    def test_styles_that_were_not_gathered_are_told(self, data):
        assert only(site.static_files()).grade is Grade.CAUTION
        (data / "static").mkdir()
        (data / "static" / ".gathered").write_text("x")
        assert only(site.static_files()).grade is Grade.GOOD

    def test_looking_changes_nothing(self, data):
        before = sorted(data.rglob("*"))
        assert list(examining.examine(now=NOW, thorough=True))
        assert sorted(data.rglob("*")) == before


def test_missing_and_changed_microdata_are_found(site_of_its_own):
    file = next(site_of_its_own.data.glob("microdata/*/*/pupils.csv"))
    content = file.read_bytes()
    file.write_bytes(content[:-2] + b"9\n")
    assert "✗" not in site_of_its_own.run("doctor").stdout  # the size is the same
    thorough = site_of_its_own.run("doctor", "--thorough")
    assert thorough.returncode == 1
    assert "pupils.csv of survey" in thorough.stdout
    file.unlink()
    missing = site_of_its_own.run("doctor", "--lang", "ru")
    assert missing.returncode == 1
    assert "pupils.csv" in missing.stdout


@pytest.fixture
def site_of_its_own(site):
    """The filled site, reachable as a healthy one."""
    return site


def test_a_damaged_database_is_found(site):
    file = site.data / "hashar.sqlite3"
    with file.open("r+b") as pages:
        pages.seek(4096 * 5)
        pages.write(b"\x00rubbish" * 4000)
    done = site.run("doctor")
    assert done.returncode == 1
    assert "is damaged" in done.stdout or "malformed" in done.stdout
    assert "Traceback" not in done.stderr


def test_a_database_that_is_away_is_told_with_its_remedy(tmp_path):
    done = Site(tmp_path / "x", "postgresql://nobody:secret-word@127.0.0.1:1/none").run("doctor")
    assert done.returncode == 1
    assert "The database does not answer" in done.stdout
    assert "secret-word" not in done.stdout + done.stderr


def test_an_empty_installation_is_told_what_to_do(tmp_path):
    done = Site(tmp_path / "x").run("doctor")
    assert done.returncode == 1
    assert "✗ The database is not at this version yet" in done.stdout
    assert Path(tmp_path / "x").is_dir()
