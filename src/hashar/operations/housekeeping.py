"""What is done once a day, by one worker of all: throw away what is kept no longer."""

import datetime as dt
import logging
from collections.abc import Callable, Mapping
from types import MappingProxyType

from hashar.assess.services import series_imports, surveys
from hashar.people.contracts import CONSOLE
from hashar.people.services.retention import purge
from hashar.runs.services import begin_round, end_round

ROUND = "housekeeping"
Part = Callable[[dt.datetime], object]
PARTS: Mapping[str, Part] = MappingProxyType(
    {
        "retention": lambda now: purge(actor=CONSOLE, now=now),
        "microdata": lambda now: surveys.sweep(now=now),
        "imports": lambda now: series_imports.clean_up(now=now),
    }
)
"""Each may be done twice; none needs another."""

_log = logging.getLogger(__name__)


def keep_house(*, now: dt.datetime, parts: Mapping[str, Part] = PARTS) -> bool:
    """Do today's round unless it was done; whether this was it. A part that fails does not keep the others from it.

    Raises
    ------
    DatabaseError
        The database went away; the round will be begun again.

    """
    if not begin_round(name=ROUND, now=now):
        return False
    faults = []
    for name, part in parts.items():
        try:
            part(now)
        except Exception:  # noqa: BLE001  (logged and shown by the doctor; the other parts are independent)
            _log.exception("housekeeping: %s failed", name)
            faults.append(name)
    end_round(name=ROUND, faults=faults, now=now)
    return True
