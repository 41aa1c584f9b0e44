"""Whether a judgement was made on numbers that stand."""

from typing import NamedTuple

from hashar.evaluate.contracts.claims import Evidence
from hashar.evaluate.rules.several import counted
from hashar.i18n import N_

CHANGED = N_("The numbers of its source have changed since.")
NEWER = N_("A newer release of the profile has other numbers.")
WITHDRAWN = N_("The release that it comes from was withdrawn.")
GONE = N_("Its source cannot be read any more.")
MORE = N_("The report compares more changes now than when it was judged.")


class Now(NamedTuple):
    """What the source of a claim says now."""

    evidence: Evidence | None
    """None: it cannot be read any more."""
    withdrawn: bool = False
    newer: Evidence | None = None
    """The same number in a newer release that is shared; None: there is none."""


def outdated(judged: Evidence, together: int, now: Now, together_now: int) -> tuple[str, ...]:
    """Why a judgement was made on earlier numbers (msgids); empty if it was not."""
    found = []
    if now.evidence is None:
        found.append(GONE)
    elif now.evidence != judged:
        found.append(CHANGED)
    if now.withdrawn:
        found.append(WITHDRAWN)
    if now.newer is not None and now.newer != judged:
        found.append(NEWER)
    if counted(judged, together) != counted(judged, together_now):
        found.append(MORE)
    return tuple(found)
