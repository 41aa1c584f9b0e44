"""What every test shares: the network is off, and programs run as a user's do."""

import ipaddress
import socket

import pytest

pytest_plugins = ["tests.people.cast"]


def _refuse(address: object) -> None:
    host = address[0] if isinstance(address, tuple) else address
    if isinstance(host, bytes):
        host = host.decode()
    try:
        loopback = host in ("localhost", "") or ipaddress.ip_address(str(host)).is_loopback
    except ValueError:
        loopback = False
    if not loopback:
        raise OSError(f"the network is off in tests: {host}")


@pytest.fixture(autouse=True, scope="session")
def network_off():
    """Nothing leaves the machine: connections other than to loopback or a Unix socket fail."""
    real = socket.socket.connect

    def connect(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6):
            _refuse(address)
        return real(self, address)

    patch = pytest.MonkeyPatch()
    patch.setattr(socket.socket, "connect", connect)
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def ordinary_interpreter():
    """Commands run as a user's do: standard output is buffered, whatever this machine's environment says.

    They write no bytecode: a limit on file sizes, which some tests set, would leave a module cut short.
    """
    patch = pytest.MonkeyPatch()
    patch.delenv("PYTHONUNBUFFERED", raising=False)
    patch.setenv("PYTHONDONTWRITEBYTECODE", "1")
    yield
    patch.undo()


@pytest.fixture(autouse=True, scope="session")
def quick_site():
    """Passwords hash fast and static files need no gathering; all else is as in service."""
    from django.test.utils import override_settings

    storages = {
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"], STORAGES=storages):
        yield


@pytest.fixture(autouse=True, scope="session")
def emptied_between_tests():
    """A test with real transactions leaves a database that must be emptied: the audit trail's guard steps aside."""
    from django.db.backends.base.operations import BaseDatabaseOperations

    from hashar.people.migrations._append_only import guard, unguard

    real = BaseDatabaseOperations.execute_sql_flush

    def flush(self, statements):
        unguard(self.connection)
        try:
            real(self, statements)
        finally:
            guard(self.connection)

    patch = pytest.MonkeyPatch()
    patch.setattr(BaseDatabaseOperations, "execute_sql_flush", flush)
    yield
    patch.undo()


@pytest.fixture(scope="session")
def django_db_modify_db_settings():
    """SQLite keeps its tests in a file, as in service: the server of the browser tests has connections of its own."""
    from django.conf import settings

    from tests.environment import DATA

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        database.setdefault("TEST", {})["NAME"] = str(DATA / "tests.sqlite3")
