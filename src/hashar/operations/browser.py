"""Open the browser where there is one."""

import contextlib
import os
import socket
import sys
import threading
import time
import webbrowser

PATIENCE = 30.0
"""Seconds within which the server answers, or the browser stays closed."""


def open_when_there(host: str, port: int) -> None:
    """Open the site in the user's browser as soon as it answers; nothing where there is no display."""
    if not _display():
        return
    threading.Thread(target=_open, args=(host, port), name="browser", daemon=True).start()


def _display() -> bool:
    return sys.platform in ("win32", "darwin") or any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _open(host: str, port: int) -> None:
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        with contextlib.suppress(OSError), socket.create_connection((host, port), timeout=1):
            webbrowser.open(f"http://localhost:{port}/")
            return
        time.sleep(0.2)
