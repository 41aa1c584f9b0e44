"""Which practices somebody may read, and a practice as it leaves this app."""

import re

from django.db.models import Q, QuerySet

from hashar.errors import NotFound
from hashar.exchange.contracts import PracticeSummary
from hashar.exchange.models import Practice
from hashar.exchange.rules.evidence import Read, contradictions
from hashar.i18n import N_
from hashar.people.contracts import Actor

_OWN = re.compile(r"o(\d{1,18})-(\d{1,18})")


def visible_practices(actor: Actor) -> QuerySet[Practice]:
    """Shared ones, and all of the actor's organisations."""
    mine = {mandate.organisation for mandate in actor.mandates}
    return Practice.objects.filter(Q(state="shared") | Q(organisation__in=mine)).select_related("organisation")


def the_practice(actor: Actor, code: str) -> Practice:
    """The row with this code.

    Raises
    ------
    NotFound
        There is none, or it is not shared with the actor.

    """
    own = _OWN.fullmatch(code)
    rows = visible_practices(actor)
    rows = rows.filter(organisation=int(own[1]), pk=int(own[2])) if own else rows.filter(code=code)
    row = rows.first()
    if row is None:
        raise NotFound(
            N_("There is no practice “{code}”, or it is not shared. Look for it in the list."), code=code[:40]
        )
    return row


def summary_of(row: Practice) -> PracticeSummary:
    """A row as it leaves this app."""
    return PracticeSummary(
        code=str(row),
        names=row.names,
        lane=row.lane,
        state=row.state,
        organisation=row.organisation_id,
        organisation_name=row.organisation.name if row.organisation else "",
        settings=tuple(row.settings),
        levels=tuple(row.levels),
        age_from=row.age_from,
        age_to=row.age_to,
        cost=row.cost,
        languages=tuple(row.languages),
        evidence=row.evidence,
        used_in=tuple(row.used_in),
    )


def contradicted(row: Practice) -> list[tuple[int, int]]:
    """Pairs of positions among the ratings (fetched with the row) that contradict each other."""
    told = sorted(row.ratings.all(), key=lambda one: one.position)
    reads = [Read(str(place), one.rating, one.year, one.reading) for place, one in enumerate(told)]
    return [(int(one.registry), int(other.registry)) for one, other in contradictions(reads)]
