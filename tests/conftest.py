"""What every test shares: the network is off, and programs run as a user's do."""

import ipaddress
import socket

import pytest


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
