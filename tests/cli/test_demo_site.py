"""``hashar demo`` opens a working site with sample data; a second call starts at once."""

import json
import os
import signal
import subprocess
import sys

import pytest

from tests.cli.command import run
from tests.operations.site import Server, free_port


def start(folder, port):
    command = [sys.executable, "-m", "hashar", "demo", "--data", str(folder), "--port", str(port), "--no-browser"]
    environment = {
        **os.environ,
        "HASHAR_LANG": "en",
        "DATABASE_URL": "mysql://not/for/a/demonstration",
        "HASHAR_TLS": "1",
    }
    log = folder.parent / f"{port}.log"
    with log.open("wb") as out:
        process = subprocess.Popen(command, env=environment, stdout=out, stderr=out, cwd=folder.parent)
    server = Server(process, port, log)
    server.wait(120)
    return server


@pytest.mark.slow
def test_a_site_with_sample_data_opens_and_opens_again(tmp_path):
    folder, port = tmp_path / "demo-site", free_port()
    first = start(folder, port)
    try:
        made = (folder / "demonstration.json").read_text()
        log = first.log.read_text()
        for account in json.loads(made)["accounts"]:
            assert account["login"] in log
            assert account["password"] in log
        status, page = first.get("/en/account/login/")
        assert status == 200
        assert "Sample data" in page
        assert all(account["login"] in page for account in json.loads(made)["accounts"])
    finally:
        assert first.stop(signal.SIGTERM) == 0
    again = start(folder, port)
    try:
        assert "Computing" not in again.log.read_text()
        assert (folder / "demonstration.json").read_text() == made
    finally:
        assert again.stop() == 0


def test_a_folder_of_somebody_else_is_refused(tmp_path):
    (tmp_path / "letter.txt").write_text("dear")
    outcome = run("demo", "--data", tmp_path, "--no-browser")
    assert outcome.code == 12
    assert "something else than a demonstration" in outcome.err


def test_a_file_is_no_folder(tmp_path):
    (tmp_path / "file").write_text("")
    outcome = run("demo", "--data", tmp_path / "file")
    assert outcome.code == 2
    assert "is a file" in outcome.err
