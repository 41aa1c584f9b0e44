"""Small work after the answer, in a thread of this process: mail, whose server may be slow or away.

A request neither waits for it nor takes longer for one person than for another. What a stopped process had not done yet
is not done: the person asks again.
"""

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from threading import BoundedSemaphore

from django.db import connections

MOST_WAITING = 100
"""Pieces of work that wait at most, so that a mail server that is away does not fill the memory."""

_thread = ThreadPoolExecutor(max_workers=1, thread_name_prefix="later")
_room = BoundedSemaphore(MOST_WAITING)
_log = logging.getLogger(__name__)


def later(work: Callable[[], object]) -> Future[None] | None:
    """Do it soon; None when too much waits already, and it is left undone."""
    if not _room.acquire(blocking=False):
        _log.warning("too much mail waits; one was not sent")
        return None
    return _thread.submit(_do, work)


def _do(work: Callable[[], object]) -> None:
    try:
        work()
    except Exception as error:  # noqa: BLE001  (whatever a mail server can do; nobody waits for an answer)
        _log.warning("mail was not sent (%s)", type(error).__name__)
    finally:
        connections.close_all()
        _room.release()
