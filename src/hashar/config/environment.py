"""What the machine tells the program: environment variables and the data directory."""

import os
import secrets
import zoneinfo
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

from hashar.errors import OutputError, UsageError
from hashar.i18n import N_

POSTGRESQL = ("postgresql", "postgres")
LASTING = 60
"""Seconds for which a connection to the database is kept between requests; it is tested before each."""


def data_folder() -> Path:
    """Where everything that is not program lives: the database, microdata, uploads, documents, the secret key.

    Raises
    ------
    OutputError
        It cannot be made.

    """
    folder = Path(os.environ.get("HASHAR_DATA") or "hashar-data").absolute()
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(
            N_("The data folder “{path}” cannot be made ({reason}). Set HASHAR_DATA, or --data, to a folder of yours."),
            path=folder,
            reason=error.strerror,
        ) from error
    return folder


def secret_key(folder: Path) -> str:
    """The site's own key, made at the first start and readable by its owner alone.

    Raises
    ------
    OutputError
        The data folder cannot be written to, or the key in it cannot be read.

    """
    given = os.environ.get("HASHAR_SECRET_KEY")
    if given:
        return given
    path = folder / "secret-key"
    try:
        _make_key(path)
        return path.read_text(encoding="ascii").strip()
    except OSError as error:
        raise OutputError(
            N_(
                "The secret key “{path}” cannot be written or read ({reason}). "
                "The data folder must belong to the user who runs Hashar."
            ),
            path=path,
            reason=error.strerror,
        ) from error


def _make_key(path: Path) -> None:
    """Whole or not at all: of processes that start together, one makes it."""
    if path.exists():
        return
    draft = path.with_name(f".{path.name}.{os.getpid()}")
    with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:
        file.write(secrets.token_urlsafe(64))
    try:
        os.link(draft, path)
    except FileExistsError:
        pass
    except OSError:  # a disk without links (FAT on a stick)
        if not path.exists():
            draft.replace(path)
    draft.unlink(missing_ok=True)


def database(folder: Path) -> Mapping[str, object]:
    """Django's description of the database: SQLite in the data directory, or what ``DATABASE_URL`` names.

    Raises
    ------
    UsageError
        ``DATABASE_URL`` is not a PostgreSQL address.

    """
    address = os.environ.get("DATABASE_URL", "")
    if not address:
        return _sqlite(folder / "hashar.sqlite3")
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        parts, port = urlsplit(""), None
    name = unquote(parts.path.lstrip("/"))
    if parts.scheme not in POSTGRESQL or not name:
        raise UsageError(
            N_(
                "DATABASE_URL must be postgresql://user:password@host:port/name. "
                "Leave it out to use SQLite in the data folder."
            )
        )
    further = {key: values[-1] for key, values in parse_qs(parts.query).items()}
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": unquote(parts.username or ""),
        "PASSWORD": unquote(parts.password or ""),
        "HOST": further.pop("host", unquote(parts.hostname or "")),  # a socket's folder comes so
        "PORT": str(port or ""),
        "CONN_MAX_AGE": LASTING,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **further},  # sslmode, sslrootcert … as libpq knows them
    }


def _sqlite(path: Path) -> Mapping[str, object]:
    """SQLite with a write-ahead log: readers and one writer do not wait for each other.

    A writer says so when its transaction begins (IMMEDIATE) and waits for its turn; in the middle it could not wait.
    """
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": str(path),
        "CONN_MAX_AGE": LASTING,
        "OPTIONS": {
            "timeout": 20,
            "transaction_mode": "IMMEDIATE",
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;",
        },
    }


def flag(name: str, *, default: bool = False) -> bool:
    """Whether an environment variable says yes; ``default`` when it says nothing.

    Raises
    ------
    UsageError
        It says something else than yes or no.

    """
    given = os.environ.get(name, "").strip().lower()
    if given in ("1", "true", "yes", "on"):
        return True
    if given in ("0", "false", "no", "off"):
        return False
    if not given:
        return default
    raise UsageError(N_("{name} must be 1 or 0, not “{given}”."), name=name, given=given)


def number(name: str, default: int) -> int:
    """A whole number of an environment variable.

    Raises
    ------
    UsageError
        It is not a whole number of at least 0.

    """
    given = os.environ.get(name, "").strip()
    if not given:
        return default
    if not given.isascii() or not given.isdigit():
        raise UsageError(N_("{name} must be a whole number, not “{given}”."), name=name, given=given)
    return int(given)


def words(name: str, default: str = "") -> list[str]:
    """A comma-separated environment variable."""
    return [word.strip() for word in (os.environ.get(name) or default).split(",") if word.strip()]


def time_zone(name: str, default: str) -> str:
    """A time zone by its name.

    Raises
    ------
    UsageError
        There is none of that name.

    """
    given = os.environ.get(name) or default
    try:
        zoneinfo.ZoneInfo(given)
    except (zoneinfo.ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise UsageError(
            N_("{name} must be the name of a time zone such as Asia/Bishkek, not “{given}”."), name=name, given=given
        ) from error
    return given


def log_level(name: str) -> str:
    """How much is written to the log.

    Raises
    ------
    UsageError
        It is none of the known levels.

    """
    levels = ("DEBUG", "INFO", "WARNING", "ERROR")
    given = (os.environ.get(name) or "WARNING").upper()
    if given not in levels:
        raise UsageError(N_("{name} must be one of: {choices}."), name=name, choices=", ".join(levels))
    return given


def openid_connect() -> list[Mapping[str, object]]:
    """The provider that may sign people in besides their password: ``HASHAR_OIDC_*``; none unless all are given.

    Raises
    ------
    UsageError
        Only some of them are given.

    """
    names = ("HASHAR_OIDC_SERVER", "HASHAR_OIDC_CLIENT", "HASHAR_OIDC_SECRET")
    server, client, secret = (os.environ.get(name, "") for name in names)
    if not (server or client or secret):
        return []
    if not (server and client and secret):
        raise UsageError(N_("OpenID Connect needs all of {names}; give them all, or none."), names=", ".join(names))
    return [
        {
            "provider_id": "openid",
            "name": os.environ.get("HASHAR_OIDC_NAME", "OpenID Connect"),
            "client_id": client,
            "secret": secret,
            "settings": {"server_url": server},
        }
    ]
