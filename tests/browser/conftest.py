"""A real browser on the real site: the server answers as in service, with gathered and compressed static files.

A test asks for ``visit`` and gets a page: ``visit("/en/assess/", who="analyst", width=360, dark=True)``. ``who`` is
somebody of ``cast`` (tests/people/cast.py), None is nobody. A page that reports an error or breaks its
Content-Security-Policy fails its test, unless the test empties ``page.faults`` because it wanted the fault.

The browser is the machine's Chromium; where there is none, these tests are skipped, unless ``CI`` is set.
"""

import os
import shutil
from pathlib import Path

import pytest

from tests.browser.pages import site

__all__ = ["site"]
NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def pytest_collection_modifyitems(config, items):
    """Whatever is in this folder works on committed data: the server has connections of its own.

    On PostgreSQL only the journeys run: how a page looks does not depend on the database.
    """
    ours = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in ours:
        item.add_marker(pytest.mark.django_db(transaction=True))
    if os.environ.get("HASHAR_TEST_DATABASE") == "postgresql":
        looks = [item for item in ours if not item.path.name.startswith("test_journey")]
        config.hook.pytest_deselected(items=looks)
        items[:] = [item for item in items if item not in looks]


def find_chromium():
    """Path of the browser, or None."""
    named = os.environ.get("HASHAR_CHROMIUM")
    return named or next(filter(None, map(shutil.which, NAMES)), None)


@pytest.fixture(scope="session")
def chromium():
    """The browser, started once."""
    program = find_chromium()
    if program is None:
        reason = "no Chromium on this machine (set HASHAR_CHROMIUM to its path)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    from playwright.sync_api import sync_playwright

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # playwright keeps a loop in this thread; the tests are not async
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield browser
        browser.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture(scope="session")
def server(django_db_setup, quick_site):
    """Address of a server that answers as in service: static files are gathered, compressed, and sent by WhiteNoise."""
    from django.conf import settings
    from django.core.management import call_command
    from django.test.testcases import LiveServerThread
    from django.test.utils import override_settings

    from hashar.config.bodies import whole_bodies

    files = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    with override_settings(STORAGES={**settings.STORAGES, "staticfiles": files}):
        call_command("collectstatic", interactive=False, verbosity=0)
        thread = LiveServerThread("127.0.0.1", whole_bodies)
        thread.daemon = True
        thread.start()
        thread.is_ready.wait()
        if thread.error:
            raise thread.error
        yield f"http://127.0.0.1:{thread.port}"
        thread.terminate()


@pytest.fixture
def visit(chromium, server, transactional_db, cast):
    """Open an address in a window of its own; more arguments go to playwright's ``new_context``."""
    from django.test import Client

    opened = []

    def open_window(address, who=None, *, width=1280, height=800, dark=False, **context):
        scheme = "dark" if dark else "light"
        window = chromium.new_context(
            base_url=server, viewport={"width": width, "height": height}, color_scheme=scheme, **context
        )
        if who is not None:
            session = cast.sign_in(Client(), who).cookies["sessionid"].value
            window.add_cookies([{"name": "sessionid", "value": session, "url": server}])
        page = window.new_page()
        page.faults = []
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("console", lambda line: page.faults.append(line.text) if line.type == "error" else None)
        opened.append((window, page))
        page.goto(address)
        return page

    yield open_window
    faults = [fault for _, page in opened for fault in page.faults]
    for window, _ in opened:
        window.close()
    assert faults == []
