"""Child processes end with the process that started them, however that one ended."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable


def end_with_parent() -> None:
    """In a web process: ask ourselves to stop when the server that started us is gone, killed or not."""
    parent = multiprocessing.parent_process()
    if parent is None:
        return

    def watch() -> None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)

    threading.Thread(target=watch, name="lifeline", daemon=True).start()


def end_with_standard_input(stop: Callable[[], object]) -> None:
    """In a worker process: call ``stop`` when standard input, the other end of which our parent holds, closes."""
    standard_input = sys.stdin.fileno()  # read below Python's buffers: their lock would be held when the process ends

    def watch() -> None:
        while os.read(standard_input, 1024):
            pass
        stop()

    threading.Thread(target=watch, name="lifeline", daemon=True).start()
