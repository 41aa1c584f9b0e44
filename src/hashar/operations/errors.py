"""What the database says when it does not answer, as one sentence with the remedy."""

import contextlib
from collections.abc import Iterator

from django.core.exceptions import ImproperlyConfigured
from django.db import InterfaceError, OperationalError

from hashar.errors import EngineError
from hashar.i18n import N_


@contextlib.contextmanager
def database_away() -> Iterator[None]:
    """Turn a database that cannot be reached, or a missing driver, into a sentence.

    Raises
    ------
    EngineError
        The database does not answer, or its driver is not installed.

    """
    try:
        yield
    except (OperationalError, InterfaceError) as error:
        raise EngineError(
            N_(
                "The database does not answer ({reason}). Start it or correct DATABASE_URL; “hashar doctor” tells more."
            ),
            reason=_first_line(error),
        ) from error
    except ImproperlyConfigured as error:
        if "psycopg" not in str(error):
            raise
        raise EngineError(
            N_("PostgreSQL needs its driver: pip install “hashar[postgres]”. Without DATABASE_URL, SQLite is used.")
        ) from error


def _first_line(error: Exception) -> str:
    lines = str(error).strip().splitlines()
    return lines[0].strip() if lines else type(error).__name__
