"""Levels that released profiles publish, as evidence."""

import math
from collections.abc import Iterable

from hashar.assess.contracts.profile import Profile
from hashar.assess.contracts.published import Reliability
from hashar.assess.contracts.surveys import FindingKind, StoredFinding
from hashar.assess.queries import releases
from hashar.errors import NotFound
from hashar.evaluate.contracts.claims import PrevalenceEvidence
from hashar.i18n import N_
from hashar.people.contracts import Actor

ASKED = "asked"
"""The people whom a survey asked: the population of its evidence."""
SHARES = (FindingKind.INDICATOR, FindingKind.FACTOR)


def levels(actor: Actor, release_id: int, name: str = "") -> tuple[StoredFinding, ...]:
    """Shares that a release publishes, in the order of the profile: everybody's, or all of one indicator or factor.

    Raises
    ------
    NotFound
        There is no such release, it is not shared with the actor, or it has no share of that name.

    """
    releases.release(actor, release_id)
    group = None if name else ""
    found = releases.findings(actor, release=release_id, indicator=name or None, group=group, size=1000).items
    kept = tuple(each for each in found if each.about in SHARES and each.statistic == "proportion")
    if name and not kept:
        raise NotFound(N_("This profile has no share of that name. Choose one from its list."))
    return kept


def level_evidence(found: StoredFinding, profile: Profile) -> PrevalenceEvidence:
    """A published share with what the profile says of its survey."""
    factor = next((each for each in profile.factors if each.code == found.indicator), None)
    about: dict[str, object] = {
        "kind": found.kind,
        "population": ASKED,
        "participation": _participation(each.rate for each in profile.quality.participation),
        "weighted": bool(profile.provenance.parameters.get("design.weight")) or profile.quality.weight_cv > 0,
        "validated": factor is None
        or (bool(factor.reliability) and all(each.acceptable for each in factor.reliability)),
    }
    figure = found.figure.value
    if figure is None:
        return PrevalenceEvidence(estimate=None, **about)  # type: ignore[arg-type]  # fields by name
    return PrevalenceEvidence(
        estimate=figure.estimate,
        ci_low=figure.ci_low,
        ci_high=figure.ci_high,
        df=figure.df,
        reliable=figure.reliability is not Reliability.UNRELIABLE,
        **about,  # type: ignore[arg-type]  # fields by name
    )


def _participation(rates: Iterable[float | None]) -> float | None:
    """Schools that took part times pupils who did; None where no stage reports it."""
    known = [rate for rate in rates if rate is not None]
    return math.prod(known) if known else None
