"""Power cuts, full disks and two people at once, on both databases: nothing is lost, doubled or half there."""

import hashlib
import json
import shutil
import signal
import subprocess
import sys

import pytest

from tests.assess.faults import world
from tests.operations.site import Site


@pytest.fixture(scope="module")
def postgres():
    """A PostgreSQL server of these tests' own."""
    from tests.postgres import OwnServer

    with OwnServer() as server:
        yield server


def made_at(data, address=""):
    """A site with a survey of two waves, a codebook, and a profile asked for."""
    site = Site(data, address)
    site.known = json.loads(site.python(world.MAKE).splitlines()[-1])
    return site


@pytest.fixture(scope="module")
def in_files(tmp_path_factory):
    """The site on SQLite that the tests copy."""
    return made_at(tmp_path_factory.mktemp("files") / "data")


@pytest.fixture(scope="module")
def on_server(tmp_path_factory, postgres):
    """The site on PostgreSQL that the tests copy."""
    return made_at(tmp_path_factory.mktemp("server") / "data", postgres.new_database())


def copied(site, data, address=""):
    """The same site elsewhere, for a test to harm."""
    shutil.copytree(site.data, data)
    copy = Site(data, address)
    copy.known = site.known
    return copy


@pytest.fixture
def file_site(in_files, tmp_path):
    """A copy on SQLite."""
    return copied(in_files, tmp_path / "data")


@pytest.fixture(params=["sqlite", "postgresql"])
def site(request, tmp_path):
    """A copy on either database."""
    if request.param == "sqlite":
        return request.getfixturevalue("file_site")
    made = request.getfixturevalue("on_server")
    return copied(made, tmp_path / "data", request.getfixturevalue("postgres").new_database(made.database))


def state(site):
    return json.loads(site.python(world.STATE).splitlines()[-1])


def process(site, script, *arguments):
    command = [sys.executable, "-c", script, *map(str, arguments)]
    return subprocess.run(command, check=False, env=site.environment, capture_output=True, text=True, timeout=120)


@pytest.mark.slow
@pytest.mark.parametrize(
    ("where", "releases"),
    [
        ("Estimating indicators", 0),
        ('INSERT INTO "assess_release"', 0),
        ('INSERT INTO "assess_finding"', 0),
        ('UPDATE "runs_run" SET "state" = %s, "finished_at" = %s, "result"', 1),
    ],
    ids=["computing", "storing", "storing figures", "noting the end"],
)
def test_a_worker_killed_in_the_middle_leaves_nothing_half_published_and_the_next_makes_it_once(site, where, releases):
    died = process(site, world.DIE, where)
    assert died.returncode == -signal.SIGKILL, died.stderr
    left = state(site)
    assert (left["releases"], left["sources"], left["runs"]) == (releases, 2 * releases, [["running", 1, ""]])
    assert (left["findings"] > 0) == bool(releases)
    assert site.python(world.WORK).splitlines()[-1] == "True"
    done = state(site)
    assert (done["releases"], done["sources"], done["runs"]) == (1, 2, [["done", 2, ""]])
    assert done["findings"] > 50
    assert site.python(world.WORK).splitlines()[-1] == "False"


@pytest.mark.slow
def test_a_profile_that_the_full_disk_cannot_take_is_not_half_there_and_is_made_when_there_is_room(file_site):
    site = file_site
    size = max((path.stat().st_size for path in site.data.glob("hashar.sqlite3*")), default=0)
    told = process(site, world.FULL, min(size, 60_000))
    assert told.returncode == 0, told.stderr
    left = state(site)
    assert (left["releases"], left["findings"], left["sources"]) == (0, 0, 0)
    assert left["runs"][0][0] in ("queued", "running")
    assert site.python(world.WORK).splitlines()[-1] == "True"
    done = state(site)
    assert (done["releases"], done["runs"][0][0]) == (1, "done")


@pytest.mark.slow
def test_an_upload_that_the_full_disk_cannot_take_leaves_nothing(file_site):
    site = file_site
    told = process(site, world.UPLOAD_FULL, site.known["people"][0], site.known["survey"])
    assert told.stdout.startswith("OutputError The disk of this site is full"), told.stdout + told.stderr
    assert state(site)["files"] == 2
    assert not list(site.data.rglob("full.csv"))
    assert list((site.data / "uploads").iterdir()) == []


@pytest.mark.slow
def test_of_many_who_save_the_codebook_at_once_one_wins_and_the_others_are_told(site):
    known = site.known
    told = json.loads(site.python(world.SAVE_TOGETHER, json.dumps(known["people"]), known["survey"]).splitlines()[-1])
    assert told == [2, *["NewerCodebook"] * 5]
    versions = state(site)["versions"]
    assert [number for number, _ in versions] == [1, 2]
    assert versions[1][1].startswith("title: number ")


@pytest.mark.slow
def test_a_run_is_claimed_by_one_of_many_workers(site):
    told = json.loads(site.python(world.CLAIM_TOGETHER).splitlines()[-1])
    claimed = [number for number in told if number is not None]
    assert len(claimed) == len(set(claimed)) == 3
    assert told.count(None) == 3
    assert [run[:2] for run in state(site)["runs"]] == [["running", 1]] * 3


@pytest.mark.slow
def test_many_workers_make_one_release(site):
    told = json.loads(site.python(world.WORK_TOGETHER).splitlines()[-1])
    assert told.count(True) == 1
    done = state(site)
    assert (done["releases"], done["runs"]) == (1, [["done", 1, ""]])


@pytest.mark.slow
def test_of_many_who_upload_the_same_file_at_once_one_stores_it(site):
    known = site.known
    told = json.loads(site.python(world.UPLOAD_TOGETHER, known["people"][0], known["survey"]).splitlines()[-1])
    assert told == [20_000, *["Conflict"] * 5]
    (kept,) = site.data.rglob("same.csv")
    assert kept.parent.name == hashlib.sha256(kept.read_bytes()).hexdigest()
    assert list((site.data / "uploads").iterdir()) == []
