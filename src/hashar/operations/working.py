"""The loop of a worker: claim a run, do it, give signs of life, leave when asked."""

import datetime as dt
import logging
import os
import socket
import threading
from collections.abc import Callable

from django.core.cache import cache
from django.db import DatabaseError, close_old_connections, connection

from hashar.assess.services.series_imports import clean_up
from hashar.people.contracts import CONSOLE
from hashar.people.services.retention import purge
from hashar.runs import services
from hashar.runs.contracts import Run, Stopping

WAKE = 1.0
"""Seconds between two looks into the queue."""
BEAT = 20.0
"""Seconds between two signs of life; well below the silence after which a run counts as abandoned."""
DAY = 2 * 24 * 60 * 60
"""Seconds for which it is remembered that the house was kept on a day: longer than any day."""
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
        self._kept_house: dt.date | None = None

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
            self.keep_house()
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

    def keep_house(self) -> bool:
        """Once a day, in one worker of all: remove what is kept no longer. Whether this was it."""
        now = self._clock()
        if now.date() == self._kept_house:
            return False
        self._kept_house = now.date()
        if not cache.add(f"kept-house:{now.date().isoformat()}", self.name, timeout=DAY):
            return False
        purge(actor=CONSOLE, now=now)
        clean_up(now=now)
        return True

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
