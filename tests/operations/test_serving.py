"""The server starts ready, tells what stands in its way, and stops cleanly however it is stopped."""

import contextlib
import signal
import socket
import sys
import time

import psutil
import pytest

from tests.operations.site import PREPARE, Site, free_port

LATER = """
import django; django.setup()
from django.db.migrations.recorder import MigrationRecorder
from django.db import connection
MigrationRecorder(connection).record_applied("people", "9999_later")
"""


@pytest.fixture
def running(site):
    """A server on the filled site with one worker."""
    server = site.serve()
    yield server
    server.stop()


def children(server):
    return psutil.Process(server.process.pid).children(recursive=True)


def workers(server):
    found = []
    for process in children(server):
        with contextlib.suppress(psutil.NoSuchProcess):  # gone, or a zombie, meanwhile
            if "worker" in process.cmdline():
                found.append(process)
    return found


def gone(processes, seconds=30):
    end = time.monotonic() + seconds
    while time.monotonic() < end and any(p.is_running() and p.status() != psutil.STATUS_ZOMBIE for p in processes):
        time.sleep(0.1)
    return not [p for p in processes if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]


def test_a_new_site_answers_and_says_how_to_make_the_first_account(tmp_path):
    site = Site(tmp_path / "new")
    server = site.serve("--no-worker")
    try:
        status, text = server.get("/en/")
        assert status == 200
        assert "<html" in text
        log = server.log.read_text()
        assert f"http://localhost:{server.port}/" in log
        assert "hashar user add LOGIN --name NAME --operator" in log
    finally:
        assert server.stop() == 0
    assert "Hashar has stopped" in server.log.read_text()
    assert "Traceback" not in server.log.read_text()


def test_a_second_start_does_nothing_anew(site):
    first = site.python(PREPARE)
    assert first == "Prepared(migrations=0, static=False)\n"


def test_a_worker_runs_beside_the_server_and_is_seen(site, running):
    done = site.run("doctor")
    assert "✓ Workers: " in done.stdout
    assert done.returncode == 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_asked_to_stop_it_leaves_no_process_behind(running, number):
    family = children(running)
    assert len(family) >= 2
    assert running.stop(number) == 0
    assert gone(family)


@pytest.mark.skipif(sys.platform == "win32", reason="signals of Unix")
def test_killed_it_leaves_no_process_behind_and_starts_again(site, running):
    """kill -9: web processes and workers notice that they are alone, and the data are whole."""
    family = children(running)
    running.stop(signal.SIGKILL)
    assert gone(family)
    again = site.serve()
    assert again.get("/en/")[0] == 200
    assert again.stop() == 0


def test_a_worker_that_dies_is_replaced(running):
    worker = workers(running)[0]
    worker.kill()
    end = time.monotonic() + 30
    while time.monotonic() < end:
        if [p for p in workers(running) if p.pid != worker.pid]:
            return
        time.sleep(0.2)
    raise AssertionError(running.log.read_text())


def test_a_taken_port_is_told_in_one_sentence(site):
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        done = site.run("serve", "--port", other.getsockname()[1])
    assert done.returncode == 2
    assert "is in use" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_of_another_machine_is_told(site):
    done = site.run("serve", "--host", "192.0.2.1", "--port", free_port())
    assert done.returncode == 2
    assert "is not an address of this computer" in done.stderr


def test_an_open_door_that_answers_nobody_is_told(site):
    server = site.serve("--no-worker", "--host", "0.0.0.0")
    assert server.stop() == 0
    assert "set HASHAR_HOSTS" in server.log.read_text()


def test_data_of_a_newer_version_are_refused(site):
    site.python(LATER)
    done = site.run("serve", "--port", free_port())
    assert done.returncode == 12
    assert "A newer version of Hashar worked with these data" in done.stderr


def test_names_that_the_site_does_not_answer_to_are_refused_without_a_word_in_the_log(running):
    import urllib.error
    import urllib.request

    request = urllib.request.Request(f"http://127.0.0.1:{running.port}/en/", headers={"Host": "evil.example"})
    with pytest.raises(urllib.error.HTTPError) as refused:
        urllib.request.urlopen(request, timeout=10)
    with refused.value:
        assert refused.value.code == 400
    assert "evil" not in running.log.read_text()


def test_a_database_restart_costs_one_plain_answer(filled, backup, tmp_path, postgres):
    """The request that meets it is answered plainly; the next one works."""
    site = Site(tmp_path / "pg", postgres.new_database())
    assert site.run("restore", backup).returncode == 0
    server = site.serve()
    cookie = {"Cookie": "sessionid=abcdefghijklmnopqrstuvwxyz012345"}  # makes every page ask the database
    try:
        assert server.get("/en/account/login/", **cookie)[0] == 200
        postgres.stop()
        status, text = server.get("/en/account/login/", **cookie)
        assert status == 503
        assert "The database is away at the moment" in text
        assert "Traceback" not in text
        postgres.start()
        assert server.get("/en/account/login/", **cookie)[0] == 200
        assert "Traceback" not in server.log.read_text()
    finally:
        assert server.stop() == 0


def test_without_its_database_the_server_does_not_start(tmp_path):
    done = Site(tmp_path / "x", "postgresql://nobody@127.0.0.1:1/none").run("serve", "--port", free_port())
    assert done.returncode == 8
    assert "The database does not answer" in done.stderr
