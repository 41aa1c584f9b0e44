"""The loop of a worker: claim a run, do it, give signs of life, leave when asked."""

import datetime as dt
import logging
import os
import socket
import threading
from collections.abc import Callable

from django.db import DatabaseError, close_old_connections, connection

from hashar.operations.housekeeping import keep_house
from hashar.runs import services
from hashar.runs.contracts import Run, Stopping

WAKE = 1.0
"""Seconds between two looks into the queue."""
BEAT = 20.0
"""Seconds between two signs of life; well below the silence after which a run counts as abandoned."""
LOOK = dt.timedelta(minutes=10)
"""Time between two looks whether today's housekeeping is still to do."""
PATIENCE = 10.0
"""Seconds to wait when the database is away."""

Clock = Callable[[], dt.datetime]
_log = logging.getLogger(__name__)


class Worker:
    """One worker of this process.

    Parameters
    ----------
    clock
        What time it is.
    stop
        Set by whoever wants the worker to go.

    """

    def __init__(self, *, clock: Clock, stop: threading.Event) -> None:
        self.name = f"{socket.gethostname()}:{os.getpid()}"
        self._clock = clock
        self._stop = stop
        self._run: Run | None = None
        self._looked: dt.datetime | None = None

    def work(self) -> None:
        """Work until asked to stop; what is being done then is given back to the queue."""
        heart = threading.Thread(target=self._beat, name="heart", daemon=True)
        heart.start()
        try:
            while not self._stop.is_set():
                self._stop.wait(self._turn())
        finally:
            self._stop.set()
            heart.join(timeout=BEAT)
            self._leave()

    def _turn(self) -> float:
        """Do at most one run; how long to wait before the next."""
        close_old_connections()
        try:
            self._keep_house()
            self._run = services.claim(clock=self._clock)
            if self._run is None:
                return WAKE
            services.perform(run=self._run, clock=self._clock, leave=self._leave_now)
        except Stopping:
            if self._run is not None:
                services.give_back(run=self._run)
        except DatabaseError as error:
            _log.warning("the database is away (%s); trying again in %s seconds", type(error).__name__, PATIENCE)
            return PATIENCE
        finally:
            self._run = None
        return 0.0

    def _keep_house(self) -> None:
        now = self._clock()
        if self._looked is None or now - self._looked >= LOOK:
            self._looked = now
            keep_house(now=now)

    def _leave_now(self) -> None:
        if self._stop.is_set():
            raise Stopping

    def _beat(self) -> None:
        """Signs of life from a thread of their own: a computation of many minutes is not a dead worker."""
        while not self._stop.is_set():
            close_old_connections()
            try:
                self.beat_once()
            except DatabaseError as error:
                _log.warning("no sign of life could be given (%s)", type(error).__name__)
            self._stop.wait(BEAT)
        connection.close()

    def beat_once(self) -> None:
        """Say that this worker is alive, and at its run."""
        services.sign_of_life(worker=self.name, run=self._run, now=self._clock())

    def _leave(self) -> None:
        try:
            services.farewell(worker=self.name, now=self._clock())
        except DatabaseError:
            _log.warning("the database is away; this worker leaves without a farewell")
        connection.close()
