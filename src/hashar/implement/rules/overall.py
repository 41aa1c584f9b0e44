"""How far a measure is when all its responsible bodies are taken together, and whether it is late.

The convening body («созыв», «свод», «жинақтау») speaks first: its words are the wording of the report, and it alone
can take a measure off the list for all. It cannot declare done what another body says is not.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence

from hashar.implement.contracts.progress import Field, Period, Standing, Status

FINISHED = frozenset({Status.DONE, Status.TAKEN_OFF})


def overall(said: Mapping[str, Status | None], convening: str | None = None) -> Status:
    """One status for a measure.

    Parameters
    ----------
    said
        Name of each responsible body → its status; None: it said nothing yet.
    convening
        Name of the body that brings the others' work together, if the plan names one.

    """
    if convening is not None and said.get(convening) is Status.TAKEN_OFF:
        return Status.TAKEN_OFF
    rest = [status or Status.NOT_STARTED for status in said.values() if status is not Status.TAKEN_OFF]
    if not rest:
        return Status.TAKEN_OFF if said else Status.NOT_STARTED
    if Status.NOT_DONE in rest:
        return Status.NOT_DONE
    if len(set(rest)) == 1:
        return rest[0]
    return Status.UNDER_WAY


def wording(bodies: Iterable[str], convening: str | None = None) -> Sequence[str]:
    """The bodies in the order in which a report quotes them: the convening body first, then as the plan names them."""
    return sorted(dict.fromkeys(bodies), key=lambda body: body != convening)


def statuses(bodies: Mapping[str, Mapping[Field, Standing]]) -> Mapping[str, Status | None]:
    """The status of each body, from all that stands for a measure."""
    found: dict[str, Status | None] = {}
    for body, fields in bodies.items():
        standing = fields.get(Field.STATUS)
        found[body] = Status(str(standing.value)) if standing else None
    return found


def late(due: Iterable[dt.date], period: Period, status: Status, today: dt.date) -> bool:
    """Whether something was due in the period, its day has passed, and the measure is neither done nor taken off."""
    last = min(period.end, today - dt.timedelta(days=1))
    return status not in FINISHED and any(period.start <= day <= last for day in due)
