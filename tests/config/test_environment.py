"""What the machine says is read strictly: a wrong value is one sentence, not a guess."""

import os
import stat
import sys

import pytest

from hashar.config import environment
from hashar.errors import OutputError, UsageError


@pytest.mark.parametrize(
    ("given", "wanted"), [("1", True), ("Yes", True), ("on", True), ("0", False), ("no", False), ("", False)]
)
def test_yes_and_no(monkeypatch, given, wanted):
    monkeypatch.setenv("HASHAR_TLS", given)
    assert environment.flag("HASHAR_TLS") is wanted


def test_what_was_not_said_is_the_default(monkeypatch):
    monkeypatch.delenv("HASHAR_X", raising=False)
    assert environment.flag("HASHAR_X", default=True)
    assert environment.number("HASHAR_X", 7) == 7
    assert environment.words("HASHAR_X", "a, b") == ["a", "b"]
    assert environment.log_level("HASHAR_X") == "WARNING"
    assert environment.time_zone("HASHAR_X", "Asia/Dushanbe") == "Asia/Dushanbe"


@pytest.mark.parametrize(
    ("read", "given"),
    [
        (environment.flag, "perhaps"),
        (lambda name: environment.number(name, 1), "many"),
        (lambda name: environment.number(name, 1), "-3"),
        (lambda name: environment.time_zone(name, "UTC"), "Asia/Atlantis"),
        (lambda name: environment.time_zone(name, "UTC"), "../../etc/passwd"),
        (environment.log_level, "LOUD"),
    ],
)
def test_what_cannot_be_is_refused_by_name(monkeypatch, read, given):
    monkeypatch.setenv("HASHAR_X", given)
    with pytest.raises(UsageError, match="HASHAR_X"):
        read("HASHAR_X")


@pytest.mark.parametrize("address", ["mysql://x/y", "postgresql://host", "postgresql://host:port/name", "nonsense"])
def test_an_address_that_is_no_postgresql_is_refused(monkeypatch, tmp_path, address):
    monkeypatch.setenv("DATABASE_URL", address)
    with pytest.raises(UsageError, match="DATABASE_URL must be postgresql"):
        environment.database(tmp_path)


def test_an_address_is_taken_apart_with_everything_the_driver_knows(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://us%40er:p%2Fw@db.example:5433/hash%20ar?sslmode=verify-full")
    found = environment.database(tmp_path)
    assert (found["USER"], found["PASSWORD"], found["NAME"]) == ("us@er", "p/w", "hash ar")
    assert (found["HOST"], found["PORT"]) == ("db.example", "5433")
    assert found["OPTIONS"] == {"connect_timeout": 5, "sslmode": "verify-full"}
    assert found["CONN_HEALTH_CHECKS"]


def test_a_socket_folder_is_a_host(monkeypatch, tmp_path):
    monkeypatch.setenv("DATABASE_URL", "postgresql://postgres@/name?host=/run/postgresql")
    assert environment.database(tmp_path)["HOST"] == "/run/postgresql"


def test_without_an_address_it_is_sqlite_with_a_write_ahead_log(monkeypatch, tmp_path):
    monkeypatch.delenv("DATABASE_URL", raising=False)
    found = environment.database(tmp_path)
    assert found["NAME"] == str(tmp_path / "hashar.sqlite3")
    assert "journal_mode=WAL" in found["OPTIONS"]["init_command"]
    assert found["OPTIONS"]["transaction_mode"] == "IMMEDIATE"


def test_the_secret_key_is_made_once_and_private(monkeypatch, tmp_path):
    monkeypatch.delenv("HASHAR_SECRET_KEY", raising=False)
    first = environment.secret_key(tmp_path)
    assert len(first) > 50
    assert environment.secret_key(tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]
    if sys.platform != "win32":
        assert stat.S_IMODE((tmp_path / "secret-key").stat().st_mode) == 0o600


def test_the_secret_key_of_the_environment_goes_first(monkeypatch, tmp_path):
    monkeypatch.setenv("HASHAR_SECRET_KEY", "given")
    assert environment.secret_key(tmp_path) == "given"
    assert not list(tmp_path.iterdir())


def test_a_disk_without_links_keeps_the_key_too(monkeypatch, tmp_path):
    def no_links(*paths):
        raise OSError(95, "not supported")

    monkeypatch.delenv("HASHAR_SECRET_KEY", raising=False)
    monkeypatch.setattr("os.link", no_links)
    first = environment.secret_key(tmp_path)
    assert environment.secret_key(tmp_path) == first
    assert [path.name for path in tmp_path.iterdir()] == ["secret-key"]


def test_of_two_that_make_a_key_at_once_the_first_wins(monkeypatch, tmp_path):
    real = os.link

    def slower(draft, path):
        path.write_text("of the other")
        real(draft, path)

    monkeypatch.delenv("HASHAR_SECRET_KEY", raising=False)
    monkeypatch.setattr("os.link", slower)
    assert environment.secret_key(tmp_path) == "of the other"


def test_openid_connect_is_all_or_nothing(monkeypatch):
    names = ("HASHAR_OIDC_SERVER", "HASHAR_OIDC_CLIENT", "HASHAR_OIDC_SECRET")
    for name in names:
        monkeypatch.delenv(name, raising=False)
    assert environment.openid_connect() == []
    monkeypatch.setenv("HASHAR_OIDC_SERVER", "https://login.example")
    with pytest.raises(UsageError, match="needs all of"):
        environment.openid_connect()
    monkeypatch.setenv("HASHAR_OIDC_CLIENT", "hashar")
    monkeypatch.setenv("HASHAR_OIDC_SECRET", "word")
    (found,) = environment.openid_connect()
    assert found["settings"] == {"server_url": "https://login.example"}


def test_a_data_folder_that_cannot_be_made_is_one_sentence(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("HASHAR_DATA", str(tmp_path / "file" / "below"))
    with pytest.raises(OutputError, match="cannot be made"):
        environment.data_folder()


def test_a_key_that_cannot_be_written_is_one_sentence(monkeypatch, tmp_path):
    monkeypatch.delenv("HASHAR_SECRET_KEY", raising=False)
    (tmp_path / "secret-key").mkdir()
    with pytest.raises(OutputError, match="secret key"):
        environment.secret_key(tmp_path)


def test_the_data_folder_is_private_from_the_start(monkeypatch, tmp_path):
    monkeypatch.setenv("HASHAR_DATA", str(tmp_path / "a" / "b"))
    folder = environment.data_folder()
    assert folder == tmp_path / "a" / "b"
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
