"""Whether a judgement was made on numbers that stand."""

from typing import NamedTuple

from hashar.evaluate.contracts.claims import Evidence, Verdict
from hashar.evaluate.rules.several import counted
from hashar.i18n import N_

CHANGED = N_("The numbers of its source have changed since.")
NEWER = N_("A newer release of the profile has other numbers.")
WITHDRAWN = N_("The release that it comes from was withdrawn.")
GONE = N_("Its source cannot be read any more.")
OTHERS = N_("The report looks at another number of changes together now than when it was judged.")


class Now(NamedTuple):
    """What the source of a claim says now."""

    evidence: Evidence | None
    """None: it cannot be read any more."""
    withdrawn: bool = False
    newer: Evidence | None = None
    """The same number in a newer release that is shared; None: there is none."""


class Judged(NamedTuple):
    """What a judgement was made on, and its verdict."""

    evidence: Evidence
    together: int
    verdict: Verdict


def outdated(judged: Judged, now: Now, together: int) -> tuple[str, ...]:
    """Why a judgement was made on earlier numbers (msgids); empty if it was not.

    Looking at more changes never makes a claim stronger, at fewer never weaker: their number is told only where it
    could change the verdict.
    """
    found = []
    if now.evidence is None:
        found.append(GONE)
    elif now.evidence != judged.evidence:
        found.append(CHANGED)
    if now.withdrawn:
        found.append(WITHDRAWN)
    if now.newer is not None and now.newer != judged.evidence:
        found.append(NEWER)
    matters = {Verdict.SUPPORTED: together > judged.together, Verdict.NOT_SHOWN: together < judged.together}
    if matters.get(judged.verdict) and counted(judged.evidence, judged.together) != counted(judged.evidence, together):
        found.append(OTHERS)
    return tuple(found)
