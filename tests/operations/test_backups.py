"""A backup holds everything, and what is restored from it is the same row by row and file by file."""

import json
import os
import resource
import signal
import subprocess
import sys
import zipfile

import pytest

from tests.operations.site import PREPARE, Site, rows_of

ONLY_AUDIT = "people.AuditRow"


def contents(path):
    """Rows by model, and files by name, of a backup; what it tells of itself is left out."""
    with zipfile.ZipFile(path) as archive:
        files = {name: archive.read(name) for name in archive.namelist() if name.startswith("files/")}
        return rows_of(archive), files


def assert_same(first, second):
    """The second has everything of the first, and beyond it only the note that it was restored."""
    rows, files = contents(first)
    again, files_again = contents(second)
    assert files == files_again
    assert rows.keys() == again.keys()
    added = again[ONLY_AUDIT][len(rows[ONLY_AUDIT]) :]
    again[ONLY_AUDIT] = again[ONLY_AUDIT][: len(rows[ONLY_AUDIT])]
    assert rows == again
    assert {row["action"] for row in added} <= {"site.backup", "site.restore"}


def restored(backup, site):
    done = site.run("restore", backup)
    assert done.returncode == 0, done.stderr
    return site


def backed_up(site, path):
    done = site.run("backup", path)
    assert done.returncode == 0, done.stderr
    return path


def test_a_backup_holds_rows_of_people_and_the_bytes_of_microdata(filled, backup):
    rows, files = contents(backup)
    assert [row["name"] for row in rows["people.Person"]] == ["Аида Ө. “Қыз” 😀"]
    assert rows["people.Person"][0]["joined_at"] == "2026-03-01T12:30:15.123456+00:00"
    assert rows["people.Organisation"][0]["names"] == {"kk": "Әкімдік", "en": "Akimat"}
    assert len(rows["places.Territory"]) > 50
    assert rows["assess.CodebookVersion"]  # comes before the survey it belongs to
    assert any(name.startswith("files/microdata/") and b"school,w,smoked" in content for name, content in files.items())
    assert files["files/secret-key"].decode() == (filled.data / "secret-key").read_text()


def test_a_backup_leaves_out_what_the_program_makes_itself(backup):
    rows, files = contents(backup)
    assert not {"sessions.Session", "contenttypes.ContentType", "runs.Worker"} & rows.keys()
    assert not [name for name in files if name.startswith(("files/static/", "files/hashar.sqlite3"))]


def test_sqlite_to_sqlite_gives_the_same_site(backup, tmp_path):
    site = restored(backup, Site(tmp_path / "new"))
    assert_same(backup, backed_up(site, tmp_path / "again"))


def test_sqlite_to_postgresql_and_back_gives_the_same_site(backup, tmp_path, empty_postgres):
    there = restored(backup, Site(tmp_path / "there", empty_postgres))
    from_postgres = backed_up(there, tmp_path / "from-postgres")
    assert_same(backup, from_postgres)
    back = restored(from_postgres, Site(tmp_path / "back"))
    assert_same(from_postgres, backed_up(back, tmp_path / "at-last"))


def test_numbers_that_were_given_out_are_not_given_again(site, tmp_path, empty_postgres):
    forget = """
import django; django.setup()
import datetime as dt
from django.db import connection
from hashar.people.models import Organisation
now = dt.datetime(2026, 3, 2, tzinfo=dt.UTC)
gone = Organisation.objects.create(name="gone", kind="ngo", sector="civic", level="region", made_at=now)
print(gone.pk); gone.delete()
"""
    given = int(site.python(forget))
    path = backed_up(site, tmp_path / "b")
    for number, target in enumerate((Site(tmp_path / "s"), Site(tmp_path / "p", empty_postgres))):
        restored(path, target)
        assert int(target.python(forget)) > given, number


def test_a_backup_never_replaces_a_file(filled, tmp_path):
    path = tmp_path / "precious"
    path.write_text("mine")
    done = filled.run("backup", path)
    assert done.returncode == 2
    assert "is there already" in done.stderr
    assert path.read_text() == "mine"


def test_a_backup_into_the_data_folder_is_refused_but_for_its_place(site, tmp_path):
    inside = site.run("backup", site.data / "x.backup")
    assert inside.returncode == 2
    assert "in the data folder itself" in inside.stderr
    first = backed_up(site, site.data / "backups" / "1.backup")
    second = backed_up(site, site.data / "backups" / "2.backup")
    assert abs(first.stat().st_size - second.stat().st_size) < 2000


def test_a_backup_of_nothing_says_so(tmp_path):
    done = Site(tmp_path / "empty").run("backup", tmp_path / "b")
    assert done.returncode == 11
    assert "no site here yet" in done.stderr
    assert not (tmp_path / "b").exists()


def test_a_backup_is_readable_by_its_owner_alone(backup):
    if sys.platform == "win32":
        pytest.skip("Windows has no such bits")
    assert backup.stat().st_mode & 0o077 == 0


def test_a_site_is_never_written_over(filled, backup, site):
    before = (site.data / "hashar.sqlite3").read_bytes()
    done = site.run("restore", backup)
    assert done.returncode == 12
    assert "There is a site here already (1 accounts)" in done.stderr
    assert (site.data / "hashar.sqlite3").read_bytes() == before


def test_files_of_somebody_else_are_in_the_way(backup, tmp_path):
    site = Site(tmp_path / "home")
    site.data.mkdir()
    (site.data / "letter.txt").write_text("dear")
    done = site.run("restore", backup)
    assert done.returncode == 12
    assert "letter.txt" in done.stderr
    assert sorted(p.name for p in site.data.iterdir() if not p.name.startswith("hashar.sqlite3")) == [
        "letter.txt",
        "secret-key",
    ]


def test_a_prepared_site_without_accounts_is_empty_enough(backup, tmp_path, empty_postgres):
    for site in (Site(tmp_path / "a"), Site(tmp_path / "b", empty_postgres)):
        site.python(PREPARE)
        restored(backup, site)
    assert_same(backup, backed_up(site, tmp_path / "again"))


@pytest.mark.parametrize("where", ["rows", "files", "manifest", "tail"])
def test_a_damaged_backup_restores_nothing(backup, tmp_path, where):
    damaged = tmp_path / "damaged"
    if where == "tail":
        damaged.write_bytes(backup.read_bytes()[:-2000])
    else:
        with zipfile.ZipFile(backup) as whole, zipfile.ZipFile(damaged, "w") as archive:
            for info in whole.infolist():
                content = whole.read(info)
                if info.filename.startswith(where) and content:
                    content = content[:-1] + bytes([content[-1] ^ 1])
                archive.writestr(info.filename, content)
    site = Site(tmp_path / "new")
    done = site.run("restore", damaged)
    assert done.returncode == 3
    assert "damaged" in done.stderr
    assert "Traceback" not in done.stderr
    assert not (site.data / "microdata").exists()
    assert site.run("restore", backup).returncode == 0


@pytest.mark.parametrize("content", [b"", b"not a zip", None])
def test_what_is_no_backup_is_called_so(tmp_path, content):
    path = tmp_path / "x"
    if content is not None:
        path.write_bytes(content)
    done = Site(tmp_path / "new").run("restore", path)
    assert done.returncode == 3
    assert "is not a backup" in done.stderr or "There is no file" in done.stderr


def test_names_that_lead_out_of_the_data_folder_are_refused(backup, tmp_path):
    evil = tmp_path / "evil"
    with zipfile.ZipFile(backup) as whole, zipfile.ZipFile(evil, "w") as archive:
        manifest = json.loads(whole.read("manifest.json"))
        moved = next(name for name in manifest["parts"] if name.startswith("files/microdata/"))
        manifest["parts"]["files/../../outside"] = manifest["parts"].pop(moved)
        for info in whole.infolist():
            name = "files/../../outside" if info.filename == moved else info.filename
            archive.writestr(name, json.dumps(manifest) if name == "manifest.json" else whole.read(info))
    (tmp_path / "deep").mkdir()
    done = Site(tmp_path / "deep" / "new").run("restore", evil)
    assert done.returncode == 3
    assert not (tmp_path / "outside").exists()


def test_a_backup_of_a_newer_version_is_refused(backup, tmp_path):
    newer = tmp_path / "newer"
    with zipfile.ZipFile(backup) as whole, zipfile.ZipFile(newer, "w") as archive:
        manifest = json.loads(whole.read("manifest.json"))
        manifest["migrations"].append(["people", "9999_of_tomorrow"])
        for info in whole.infolist():
            archive.writestr(
                info.filename, json.dumps(manifest) if info.filename == "manifest.json" else whole.read(info)
            )
    done = Site(tmp_path / "new").run("restore", newer)
    assert done.returncode == 12
    assert "people.9999_of_tomorrow" in done.stderr


def test_a_backup_can_be_checked_without_restoring_it(backup, tmp_path):
    done = Site(tmp_path / "new").run("restore", "--check", backup)
    assert done.returncode == 0
    assert "The backup is whole" in done.stderr
    assert not (tmp_path / "new").exists()


def test_a_full_disk_leaves_no_half_backup(site, tmp_path):
    if sys.platform == "win32":
        pytest.skip("no limit on the size of files there")
    (site.data / "microdata" / "big").mkdir(parents=True)
    (site.data / "microdata" / "big" / "noise.parquet").write_bytes(os.urandom(3_000_000))

    def small():
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (2_000_000, 2_000_000))

    command = [sys.executable, "-m", "hashar", "backup", str(tmp_path / "out" / "b")]
    environment = {**site.environment, "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        command, check=False, env=environment, capture_output=True, text=True, preexec_fn=small, cwd=tmp_path
    )
    assert done.returncode == 9, done.stderr
    assert "The disk is full" in done.stderr
    assert list((tmp_path / "out").iterdir()) == []
    assert not [path for path in site.data.iterdir() if path.name.startswith(".")]


def test_a_restore_that_was_killed_can_be_done_again(backup, tmp_path, empty_postgres):
    """Wherever it is killed: either there is no site, or all of it."""
    for number, database in enumerate(("", empty_postgres)):
        site = Site(tmp_path / f"site-{number}", database)
        for seconds in (0.9, 1.3, 1.7, 2.1):
            command = [sys.executable, "-m", "hashar", "restore", str(backup)]
            process = subprocess.Popen(command, env=site.environment, stderr=subprocess.PIPE, stdout=subprocess.PIPE)
            try:
                process.wait(timeout=seconds)
            except subprocess.TimeoutExpired:
                process.kill()
            process.communicate()
        done = site.run("restore", backup)
        assert done.returncode in (0, 12), done.stderr  # 12: the last of the killed ones was done already
        assert_same(backup, backed_up(site, tmp_path / f"again-{number}"))
        assert not [path for path in site.data.iterdir() if path.name.startswith(".restored")]


WATCHED = """
import datetime as dt, os, sys
from pathlib import Path
import django; django.setup()
from django.conf import settings
from hashar.errors import EngineError
from hashar.operations.backups.writing import write_backup
folder = settings.DATA / "extra"
folder.mkdir()
for name in ("a", "b"):
    (folder / name).write_text(name)
def once(step, done, whole):
    if step == "Files":
        (folder / "b").unlink(missing_ok=True)
def always(step, done, whole):
    for path in folder.iterdir():
        path.unlink()
    (folder / os.urandom(8).hex()).write_text("x")
try:
    told, now = eval(sys.argv[2]), dt.datetime.now(dt.UTC)
    made = write_backup(target=Path(sys.argv[1]), source=settings.DATA, now=now, progress=told)
    print(sorted(name for name in made.parts if name.startswith("files/extra")))
except EngineError as error:
    print(error)
"""


def test_a_file_deleted_during_the_backup_makes_it_begin_again(site, tmp_path):
    """The second try sees rows and files that belong together."""
    assert site.python(WATCHED, tmp_path / "b", "once") == "['files/extra/a']\n"


def test_files_that_keep_going_are_told(site, tmp_path):
    assert "deleted while they were backed up" in site.python(WATCHED, tmp_path / "b", "always")
    assert not [path for path in tmp_path.iterdir() if path.name.startswith((".", "b"))]
