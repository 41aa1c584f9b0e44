"""The browser opens when the site answers, and only where there is a display."""

import socket
import sys
import time

import pytest

from hashar.operations import browser

pytestmark = pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="asks for the display of Unix")


@pytest.fixture
def programs_browser(tmp_path, monkeypatch):
    """A program in the browser's place that notes what it was asked to open."""
    import webbrowser

    note = tmp_path / "opened"
    program = tmp_path / "browser"
    program.write_text(f'#!/bin/sh\nprintf %s "$1" > {note}\n')
    program.chmod(0o755)
    monkeypatch.setenv("DISPLAY", ":0")
    monkeypatch.setattr(webbrowser, "_tryorder", None)
    monkeypatch.setattr(webbrowser, "_browsers", {})
    monkeypatch.setenv("BROWSER", str(program))
    return note


def test_it_opens_the_site_once_it_answers(programs_browser):
    with socket.create_server(("127.0.0.1", 0)) as server:
        port = server.getsockname()[1]
        browser.open_when_there("127.0.0.1", port)
        end = time.monotonic() + 20
        while time.monotonic() < end and not programs_browser.exists():
            time.sleep(0.05)
    assert programs_browser.read_text() == f"http://localhost:{port}/"


def test_without_a_display_nothing_opens(programs_browser, monkeypatch):
    monkeypatch.delenv("DISPLAY")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.5)
        browser.open_when_there("127.0.0.1", server.getsockname()[1])
        with pytest.raises(TimeoutError):
            server.accept()


def test_a_site_that_never_answers_is_not_opened(programs_browser, monkeypatch):
    monkeypatch.setattr(browser, "PATIENCE", 0.3)
    browser._open("127.0.0.1", 1)
    assert not programs_browser.exists()
