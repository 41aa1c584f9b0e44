"""Published shares that a target can start from."""

from collections.abc import Iterable

from django.db.models import F

from hashar.assess.contracts.surveys import FindingKind, StoredFinding
from hashar.assess.queries.releases import finding_of
from hashar.assess.queries.visible import visible_findings
from hashar.people.contracts import Actor


def baselines(actor: Actor, release: int) -> tuple[StoredFinding, ...]:
    """Shares of everybody in the latest wave of a release that are published, in the order of the profile.

    Indicators and elevated factors; nothing for a release that is not shared with the actor. One query.
    """
    rows = visible_findings(actor).filter(
        release_id=release,
        wave=F("release__wave"),
        statistic="proportion",
        group="",
        level="",
        about__in=(FindingKind.INDICATOR, FindingKind.FACTOR),
    )
    rows = rows.select_related("release__survey__organisation", "release__territory").defer("release__profile")
    found = [finding_of(row) for row in rows.order_by("position")]
    return tuple(one for one in found if one.figure.value is not None)


def visible_finding_ids(actor: Actor, findings: Iterable[int]) -> frozenset[int]:
    """Those of the figures that the actor may look at. One query."""
    return frozenset(visible_findings(actor).filter(pk__in=list(findings)).values_list("pk", flat=True))


def releases_of(actor: Actor, findings: Iterable[int]) -> dict[int, int]:
    """Figure → its release, for those that the actor may look at. One query."""
    return dict(visible_findings(actor).filter(pk__in=list(findings)).values_list("pk", "release_id"))
