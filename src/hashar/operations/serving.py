"""The web server and the workers beside it, started and stopped as one."""

import errno
import logging
import multiprocessing
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from hashar.errors import EngineError, UsageError
from hashar.i18n import N_

APPLICATION = "hashar.config.wsgi:application"
STOPPING = 30
"""Seconds that a web process has to finish its requests, and a worker to give back its run."""
RESTART = (1.0, 60.0)
"""Seconds before a worker that ended by itself is started again: at first, and at most (doubled each time)."""
LASTING = 120.0
"""A worker that lived for so many seconds is not in a loop of crashes."""

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Plan:
    """What to start."""

    host: str
    port: int
    workers: int
    """Web processes."""
    threads: int
    """Requests that each of them answers at once."""
    background: int
    """Processes that do long work."""


def check_port(host: str, port: int) -> None:
    """Find out whether the address is free, before anything is started.

    Raises
    ------
    UsageError
        The port is taken, may not be used, or the address is not this machine's.

    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind, protocol) as probe:
            if sys.platform != "win32":  # there the option would let two servers share a port
                probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise _unusable(error, host, port) from error


def _unusable(error: OSError, host: str, port: int) -> UsageError:
    if error.errno == errno.EADDRINUSE:
        return UsageError(
            N_("Port {port} is in use, perhaps by a Hashar that runs already. Stop it, or choose another with --port."),
            port=port,
        )
    if error.errno == errno.EACCES:
        return UsageError(N_("Port {port} may not be used by ordinary programs. Choose one above 1024."), port=port)
    return UsageError(
        N_("“{host}” is not an address of this computer. Use 127.0.0.1, or 0.0.0.0 for all its addresses."), host=host
    )


def serve(plan: Plan) -> None:
    """Serve until asked to stop (Ctrl-C, SIGTERM); workers go with the server.

    Raises
    ------
    EngineError
        The web processes cannot be started.

    """
    connections.close_all()  # no connection is shared with a process that is started from here
    multiprocessing.set_start_method("spawn", force=True)  # a forked copy of a process with threads may hang
    server = Granian(
        APPLICATION,
        address=plan.host,
        port=plan.port,
        interface=Interfaces.WSGI,
        workers=plan.workers,
        blocking_threads=plan.threads,
        websockets=False,
        log_level=LogLevels.error,
        respawn_failed_workers=True,
        workers_kill_timeout=STOPPING,
    )
    with _background(plan.background):
        try:
            server.serve()
        except SystemExit as stop:
            if stop.code:
                raise EngineError(
                    N_("The web processes end as soon as they start. “hashar doctor” tells what is wrong.")
                ) from stop


@contextmanager
def _background(number: int) -> Iterator[None]:
    """Workers for the time of the block; one that ends by itself is started again."""
    stop = threading.Event()
    keepers = [threading.Thread(target=_keep, args=(stop,), name=f"keeper-{n}") for n in range(number)]
    for keeper in keepers:
        keeper.start()
    try:
        yield
    finally:
        stop.set()
        for keeper in keepers:
            keeper.join()


def _keep(stop: threading.Event) -> None:
    wait, longest = RESTART
    while not stop.is_set():
        begun = time.monotonic()
        ended = _one_worker(stop)
        if stop.is_set():
            return
        if ended == 0:  # Ctrl-C reaches the worker too, perhaps before us
            stop.wait(RESTART[0])
            continue
        wait = RESTART[0] if time.monotonic() - begun > LASTING else min(2 * wait, longest)
        _log.warning("a worker ended by itself (exit code %s); another starts in %s seconds", ended, wait)
        stop.wait(wait)


def _one_worker(stop: threading.Event) -> int:
    """Start a worker and stay with it; closing its standard input asks it to go."""
    command = [sys.executable, "-m", "hashar", "worker", "--attached"]
    with subprocess.Popen(command, stdin=subprocess.PIPE) as child:  # noqa: S603  (our own program, fixed words)
        while child.poll() is None and not stop.is_set():
            stop.wait(0.5)
        if child.poll() is None and child.stdin is not None:
            child.stdin.close()
            try:
                child.wait(timeout=STOPPING)
            except subprocess.TimeoutExpired:
                child.kill()
        return child.wait()
