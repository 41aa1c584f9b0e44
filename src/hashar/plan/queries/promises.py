"""What organisations promised before, and the measures that are open to more: for matching them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from hashar.i18n import Text
from hashar.people.contracts import Actor
from hashar.plan.contracts.commitments import CommitmentState
from hashar.plan.models import Commitment, Measure
from hashar.plan.queries.plans import path_of, visible_plans
from hashar.plan.rules.commitments import INVOLVED, STANDING


@dataclass(frozen=True)
class EarlierPromise:
    """A promise that was accepted, of a measure that the actor sees."""

    organisation: int
    measure: int
    text: str
    texts: Text


@dataclass(frozen=True)
class OpenMeasure:
    """A measure as it is matched."""

    plan: int
    plan_titles: Text
    measure: int
    number: str
    texts: Text
    territory_path: str
    involved: frozenset[int]
    """Organisations that the plan names, or that were invited or promised something."""


def earlier_promises(actor: Actor) -> Sequence[EarlierPromise]:
    """Promises that were accepted and not called broken, in the plans that the actor sees. One SQL query."""
    rows = Commitment.objects.filter(state__in=STANDING, measure__plan__in=visible_plans(actor))
    rows = rows.exclude(state=CommitmentState.NOT_KEPT).select_related("measure").order_by("pk")
    return [EarlierPromise(row.organisation_id, row.measure_id, row.text, row.measure.texts) for row in rows]


def open_measures(actor: Actor, plan: int | None = None) -> Sequence[OpenMeasure]:
    """Measures of the plans that the actor sees, or of one. Four SQL queries."""
    rows = Measure.objects.filter(plan__in=visible_plans(actor), present=True)
    if plan is not None:
        rows = rows.filter(plan=plan)
    rows = rows.select_related("plan__territory").prefetch_related("bodies", "commitments")
    return [
        OpenMeasure(
            plan=row.plan_id,
            plan_titles=row.plan.titles,
            measure=row.pk,
            number=row.number,
            texts=row.texts,
            territory_path=path_of(row.plan),
            involved=_involved(row),
        )
        for row in rows.order_by("plan_id", "position", "pk")
    ]


def _involved(row: Measure) -> frozenset[int]:
    named: Mapping[int, None] = {each.organisation_id: None for each in row.bodies.all() if each.organisation_id}
    asked = [each.organisation_id for each in row.commitments.all() if each.state in INVOLVED]
    return frozenset((*named, *asked))
