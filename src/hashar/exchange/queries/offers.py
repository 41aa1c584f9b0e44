"""Practices that organisations of the site entered themselves: what each of them can do."""

from collections.abc import Sequence
from dataclasses import dataclass

from hashar.exchange.queries.visible import visible_practices
from hashar.i18n import Text
from hashar.people.contracts import Actor


@dataclass(frozen=True)
class OwnPractice:
    """A practice of an organisation."""

    code: str
    organisation: int
    names: Text
    summary: Text
    age_from: int | None
    age_to: int | None
    factors: tuple[str, ...]


def own_practices(actor: Actor) -> Sequence[OwnPractice]:
    """Those that are shared, and those of the actor's organisations; none that was withdrawn. Two SQL queries."""
    rows = visible_practices(actor).filter(organisation__isnull=False).exclude(state="withdrawn")
    return [
        OwnPractice(
            code=str(row),
            organisation=row.organisation_id or 0,
            names=row.names,
            summary=row.summary,
            age_from=row.age_from,
            age_to=row.age_to,
            factors=tuple(sorted(link.factor for link in row.links.all())),
        )
        for row in rows.prefetch_related("links").order_by("pk")
    ]
