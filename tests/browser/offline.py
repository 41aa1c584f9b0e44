"""What tests of the queue share: a phone, its connection, and what it keeps."""

import pytest

from tests.web.offline.form import ENTRIES

READ = """async ([table, want]) => {
  if (!(await indexedDB.databases()).some(({ name }) => name === "hashar")) return [];
  return new Promise((done, failed) => {
    const asked = indexedDB.open("hashar");
    asked.onerror = () => failed(asked.error);
    asked.onsuccess = () => {
      const got = asked.result.transaction(table).objectStore(table).getAll();
      got.onsuccess = () => {
        asked.result.close();
        done(got.result.map((one) => Object.fromEntries(want.map((name) => [name, one[name]]))));
      };
    };
  });
}"""
PAGES = """async () => {
  const found = [];
  for (const name of await caches.keys())
    for (const request of await (await caches.open(name)).keys()) found.push(new URL(request.url).pathname);
  return found.filter((path) => !path.startsWith("/static/")).sort();
}"""
TURNS, TURN = 200, 50
"""How often something is looked at until it is so, and the milliseconds between."""


@pytest.fixture
def taken():
    """What the form of words took."""
    ENTRIES.clear()
    return ENTRIES


def entries_kept(page):
    """Key, state and person of the entries that wait in the browser of a page."""
    return page.evaluate(READ, ["entries", ["key", "state", "person"]])


def persons_with_keys(page):
    """Whose keys the browser of a page has."""
    return [each["person"] for each in page.evaluate(READ, ["keys", ["person"]])]


def pages_kept(page):
    """Paths of the pages that the browser of a page opens without a connection."""
    return page.evaluate(PAGES)


def wait_until(page, look, wanted):
    """Wait until what ``look`` sees in a page is as wanted."""
    for _ in range(TURNS):
        if look(page) == wanted:
            return
        page.wait_for_timeout(TURN)
    raise AssertionError(f"{look(page)}, not {wanted}")


def wait_until_kept(page, *paths):
    """Wait until the browser opens these pages alone without a connection, and its person can lock entries."""
    wait_until(page, pages_kept, sorted(paths))
    wait_until(page, lambda page: page.evaluate("navigator.serviceWorker.controller?.state"), "activated")
    wait_until(page, lambda page: len(persons_with_keys(page)), 1)


def wait_for_entries(page, number):
    """Wait until so many entries wait in the browser."""
    wait_until(page, lambda page: len(entries_kept(page)), number)


def without_network(page):
    """What a browser says where there is no connection, or the site refuses, is no fault of the page."""
    page.faults[:] = [fault for fault in page.faults if "Failed to load resource" not in fault]
